"""Hashtags, mentions, links and emoji of a post, in the order in which they stand.

Hashtags follow the rule that X and Instagram share: a mark (# or ＃) that no letter precedes,
then letters, digits and underscores of any script with at least one letter; ZWNJ may stand
inside (Persian), and hashtags may be strung together (#a#b). Source: our judgement, after the
platforms' public help pages.
"""

import re

import emoji as emoji_list

from mawj.text.letters import MARKS, SEEN, ZWNJ
from mawj.text.normalise import search_form

_IN_TAG = rf"\w{MARKS}{ZWNJ}"
# The mark stands before the look back: a search that begins with it skips most text at once.
_TAGS = re.compile(rf"[#＃](?<![\w/&=?].)[{_IN_TAG}]+(?:[#＃][{_IN_TAG}]+)*")
_MARK = re.compile("[#＃]")
_MOST_REMEMBERED = 200_000
_MENTION = re.compile(
    r"[@＠](?<![\w@＠/].)"
    r"([A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_])?"
    r"(?:@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+)?"
    rf"|[^\W\d_a-zA-Z][{_IN_TAG}]*)"
)
# Endings of addresses that people write without https://; a list, since "done.Then" is no link.
_ENDINGS = (
    "com|net|org|edu|gov|info|biz|io|co|me|ly|gl|be|tv|app|dev|ai|shop|store|link|page|site|"
    "online|blog|sa|ae|eg|kw|qa|bh|om|jo|lb|iq|ir|ma|tn|dz|ps|sy|ye|tr|uk|de|fr|es|it|nl|eu"
)
_LINK = re.compile(
    r"(?:https?://|(?<![\w@])www\.)[^\s<>\"«»“”\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
    rf"|(?<![\w@.\-])(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+(?:{_ENDINGS})"
    r"(?:/[^\s<>\"«»“”\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]*|(?![\w@\-]|\.\w))",
    re.IGNORECASE,
)
# The short links of X are ASCII: what follows without a blank is the next word.
_SHORT = re.compile(r"https?://t\.co/[A-Za-z0-9]+", re.IGNORECASE)
_EMAIL = re.compile(r"(?<![@＠\w.+\-])[\w.+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_AFTER_LINK = ".,;:!?'\"…،؛؟۔*_~|"
# Every address has this, few other texts do; found by its first character, it costs nothing.
_DOT_LETTERS = re.compile(r"\.[A-Za-z]{2}")
_UNSEEN = re.compile(
    "[\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c\u00ad\x00-\x08]"
)
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def _trimmed(link: str) -> str:
    """Link without the punctuation after it; a bracket stays when its partner is inside."""
    if short := _SHORT.match(link):
        return short[0]
    while link:
        last = link[-1]
        opening = _BRACKETS.get(last)
        unbalanced = opening is not None and link.count(opening) < link.count(last)
        if last not in _AFTER_LINK and not unbalanced:
            break
        link = link[:-1]
    return link


def links_and_rest(text: str) -> tuple[list[str], str]:
    """Web addresses of a text, and the text with a blank for each web and e-mail address."""
    if not _DOT_LETTERS.search(text):
        return [], text
    if "@" in text:
        text = _EMAIL.sub(" ", text)
    found: list[str] = []

    def blank_for(match: re.Match[str]) -> str:
        link = _trimmed(match[0])
        if "." in link:
            found.append(link)
        return " " + match[0][len(link) :]

    rest = _LINK.sub(blank_for, text)
    return found, rest


def links(text: str) -> list[str]:
    """Web addresses as written, without the punctuation that follows them."""
    return links_and_rest(text)[0]


def without_links(text: str) -> str:
    """Text with a blank in place of each web and e-mail address."""
    return links_and_rest(text)[1]


def without_mentions(text: str) -> str:
    """Text with a blank in place of each mention."""
    return _MENTION.sub(" ", text) if "@" in text or "＠" in text else text


def without_hashtags(text: str) -> str:
    """Text with a blank in place of each hashtag."""
    return _TAGS.sub(" ", text) if "#" in text or "＃" in text else text


def _seen(text: str) -> str:
    return text.translate(SEEN) if _UNSEEN.search(text) else text


class _TagMemory(dict[str, str]):
    """Form of each hashtag met, '' where it is none; forgets all when it grows too large."""

    def __missing__(self, tag: str) -> str:
        """Fold a tag once: few tags are most of all tags."""
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        form = search_form(tag).strip("_")
        self[tag] = "" if form.replace("_", "").isdigit() else form
        return self[tag]


_FORMS = _TagMemory()


def _tags_in(text: str) -> list[str]:
    found = (part for run in _TAGS.findall(text) for part in _MARK.split(run))
    return [form for form in map(_FORMS.__getitem__, found) if form]


def hashtags_of(unlinked: str) -> list[str]:
    """Hashtags of a text that holds no links."""
    return _tags_in(_seen(unlinked)) if "#" in unlinked or "＃" in unlinked else []


def hashtags(text: str) -> list[str]:
    """Hashtags without the mark, in search form; underscores inside stay, repeats too."""
    return hashtags_of(without_links(text)) if "#" in text or "＃" in text else []


def mentions_of(unlinked: str) -> list[str]:
    """Mentions of a text that holds no links."""
    if "@" not in unlinked and "＠" not in unlinked:
        return []
    return [name.lower().replace(ZWNJ, "") for name in _MENTION.findall(_seen(unlinked))]


def mentions(text: str) -> list[str]:
    """Names mentioned, without the mark, in lower case; an e-mail address is no mention."""
    return mentions_of(without_links(text)) if "@" in text or "＠" in text else []


def emoji(text: str) -> list[str]:
    """Emoji in their order; a flag, a family or a skin tone is one emoji."""
    if text.isascii():
        return []
    return [match["emoji"] for match in emoji_list.emoji_list(text)]
