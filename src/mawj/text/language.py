"""The language of a short post: letters first, then words, then n-gram models where in doubt.

Codes are those of BCP 47: ``ar``, ``fa``, ``ur``, ``ckb``, ``ps``, ``en``, ``fr``, ``es``,
``de``, ``id``, ``tr``, ``pt``, ``it``, ``nl``, ``tl``; ``ar-Latn`` (Arabizi) and ``fa-Latn``
(Finglish); one language for each script that has no other here (``ru``, ``he``, ``ko`` …); and
``und`` with certainty 0 where a text has no letters. Dialects are not told apart.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mawj.text import latin_votes, script_votes
from mawj.text.doubt import guesses
from mawj.text.tags import without_hashtags, without_links, without_mentions

_ARABIC = re.compile(
    r"[\u0620-\u0652\u066E-\u06D3\u06D5\u06D6-\u06DC\u06EE\u06EF\u06FA-\u06FF\u0750-\u077F"
    r"\u08A0-\u08C7\uFB50-\uFDCF\uFDF0-\uFDFC\uFE70-\uFEFC\u200C\u0670]+"
)
_LATIN = re.compile(r"(?=[0-9]*[a-zà-ɏ])[a-zà-ɏ0-9]+(?:['’][a-zà-ɏ]+)*")
_ANY_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_MARKUP = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d+);|<[a-zA-Z/][^<>]{0,40}>")
_RETWEET = re.compile(r"^\W*RT\b")
_OTHER_SCRIPTS = (
    ("ko", "\uac00-\ud7af\u1100-\u11ff"), ("ja", "\u3040-\u30ff"), ("zh", "\u4e00-\u9fff"),
    ("he", "\u05d0-\u05ea"), ("th", "\u0e01-\u0e2e"), ("el", "\u0370-\u03ff"),
    ("uk", "іїєґІЇЄҐ"), ("ru", "\u0400-\u04ff"), ("hi", "\u0904-\u0939"),
    ("bn", "\u0985-\u09b9"), ("ta", "\u0b85-\u0bb9"), ("hy", "\u0531-\u0587"),
    ("ka", "\u10d0-\u10ff"),
)  # fmt: skip
_OTHERS = tuple((code, re.compile(f"[{letters}]")) for code, letters in _OTHER_SCRIPTS)
_ANY_OTHER = re.compile("[" + "".join(letters for _, letters in _OTHER_SCRIPTS) + "]")


@dataclass(frozen=True, slots=True)
class Language:
    """What a post is written in.

    Attributes:
        code: BCP 47 code, ``und`` where nothing can be said.
        certainty: 0 to 1; share of the evidence that speaks for the code. No probability.
        other_codes: further languages of a mixed post, the stronger first.
    """

    code: str
    certainty: float
    other_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """When evidence is enough. All values are our judgement.

    Attributes:
        longest: characters of a text that are looked at.
        least_votes: votes that decide without an n-gram model.
        least_lead: how many times the votes of the second language they must be.
        least_share: votes for each word that they must be, for Latin letters.
        doubt: weight of evidence for nothing, in the certainty.
        other_votes: votes that make another language of a mixed post.
        other_share: share of all votes which it must have.
        mixed_words: words in Latin letters that make a post in Arabic letters mixed.
        mixed_arabic_words: words in Arabic letters that make a post in Latin letters mixed.
        arabic_share: share of the letters from which on a post is read by its Arabic letters.
        romanised_share: share of the words that must be Arabizi or Finglish where few are.
    """

    longest: int = 2_000
    least_votes: float = 1.5
    least_lead: float = 1.6
    least_share: float = 0.12
    doubt: float = 0.3
    other_votes: float = 3.0
    other_share: float = 0.3
    mixed_words: int = 3
    mixed_arabic_words: int = 2
    arabic_share: float = 0.4
    romanised_share: float = 0.34


UNKNOWN = Language("und", 0.0)
RULES = LanguageRules()


def _from_votes(votes: dict[str, float], rules: LanguageRules) -> Language:
    ranked = sorted(votes.items(), key=lambda pair: -pair[1])
    total = sum(votes.values())
    others = tuple(
        code
        for code, vote in ranked[1:]
        if vote >= rules.other_votes and vote >= rules.other_share * total
    )
    code, best = ranked[0]
    return Language(code, best / (total + rules.doubt), others)


def _leads(votes: dict[str, float], rules: LanguageRules) -> bool:
    ranked = sorted(votes.values(), reverse=True)
    second = ranked[1] if len(ranked) > 1 else 0.0
    return (
        bool(ranked)
        and ranked[0] >= rules.least_votes
        and ranked[0] >= rules.least_lead * second
    )


def _in_arabic_letters(words: list[str], rules: LanguageRules) -> Language:
    sums = script_votes.votes_of(words)
    votes = {c: v for c, v in zip(script_votes.CODES, sums, strict=True) if v > 0}
    if _leads(votes, rules):
        return _from_votes(votes, rules)
    total = sum(votes.values()) + 1.0
    # Votes and model each have their say: weak letters still count where the model wavers.
    joint = {
        code: votes.get(code, 0.0) / total + p for code, p in guesses(" ".join(words), "arabic")
    }
    joint |= {c: v / total for c, v in votes.items() if c not in joint}
    if not joint:
        return UNKNOWN
    best = max(joint, key=joint.__getitem__)
    return Language(best, joint[best] / (sum(joint.values()) + rules.doubt))


def _is_romanised(votes: dict[str, float], n_words: int, rules: LanguageRules) -> bool:
    best = max(votes, key=votes.__getitem__)
    return best.endswith("-Latn") and votes[best] >= rules.romanised_share * n_words


def _in_latin_letters(words: list[str], rules: LanguageRules) -> Language:
    votes = latin_votes.votes_of(words)
    if votes and _leads(votes, rules):
        romanised = max(votes, key=votes.__getitem__).endswith("-Latn")
        least = rules.romanised_share if romanised else rules.least_share
        if max(votes.values()) >= min(least * len(words), 4 * rules.least_votes):
            return _from_votes(votes, rules)
    if votes and len(words) <= 3 and _is_romanised(votes, len(words), rules):
        return _from_votes(votes, rules)
    total = sum(votes.values()) + 1.0
    joint = {c: v / total for c, v in votes.items()}
    for code, p in guesses(" ".join(words), "latin"):
        joint[code] = joint.get(code, 0.0) + p
    if not joint:
        return UNKNOWN
    best = max(joint, key=joint.__getitem__)
    return Language(best, joint[best] / (sum(joint.values()) + rules.doubt))


def _in_other_letters(text: str) -> Language:
    counts = [(len(letters.findall(text)), code) for code, letters in _OTHERS]
    n_letters = sum(n for n, _ in counts)
    if not n_letters:
        return UNKNOWN
    # Kana and the letters of Ukrainian decide by their presence: the rest they share.
    for code in ("ja", "uk"):
        if any(n and c == code for n, c in counts):
            return Language(code, 0.8)
    n, code = max(counts)
    return Language(code, 0.9 * n / n_letters)


def _mixed(arabic: Language, latin: list[str], rules: LanguageRules) -> Language:
    if len(latin) < rules.mixed_words:
        return arabic
    other = _in_latin_letters(latin, rules)
    codes = (*arabic.other_codes, other.code) if other.code != "und" else arabic.other_codes
    return Language(arabic.code, arabic.certainty, codes)


def _of_words(text: str, rules: LanguageRules) -> Language:
    if text.isascii():
        latin = _LATIN.findall(text.lower())
        return _in_latin_letters(latin, rules) if latin else UNKNOWN
    arabic = _ARABIC.findall(text)
    latin = _LATIN.findall(text.lower()) if _ANY_LATIN.search(text) else []
    n_arabic, n_latin = sum(map(len, arabic)), sum(map(len, latin))
    if _ANY_OTHER.search(text) and len(_ANY_OTHER.findall(text)) > n_arabic + n_latin:
        return _in_other_letters(text)
    if n_arabic and n_arabic >= rules.arabic_share * (n_arabic + n_latin):
        found = _in_arabic_letters(arabic, rules)
        return _mixed(found, latin, rules) if latin else found
    if not latin:
        return UNKNOWN
    found = _in_latin_letters(latin, rules)
    if len(arabic) >= rules.mixed_arabic_words:
        other = _in_arabic_letters(arabic, rules)
        return Language(found.code, found.certainty, (*found.other_codes, other.code))
    return found


def _own_words(text: str) -> str:
    """Text without links, mentions, markup and the mark of a repost."""
    text = without_mentions(without_links(text))
    if "&" in text or "<" in text:
        text = _MARKUP.sub(" ", text)
    return _RETWEET.sub(" ", text) if "RT" in text else text


def language(text: str, rules: LanguageRules = RULES) -> Language:
    """Language of one post; hashtags are read only where there are no other words."""
    own = _own_words(text[: rules.longest])
    found = _of_words(without_hashtags(own), rules)
    if found.code == "und" and ("#" in own or "＃" in own):
        found = _of_words(own.replace("_", " "), rules)
    return found


def languages(texts: Sequence[str], rules: LanguageRules = RULES) -> list[Language]:
    """Language of each post, in their order."""
    return [language(text, rules) for text in texts]
