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
        romanised_share: the same for Arabizi and Finglish.
        enough_votes: votes that decide whatever the number of words.
        doubt: weight of evidence for nothing, in the certainty.
        other_votes: votes that make another language of a mixed post.
        other_share: share of all votes which it must have.
        mixed_words: words in Latin letters that make a post in Arabic letters mixed.
        mixed_arabic_words: words in Arabic letters that make a post in Latin letters mixed.
        arabic_share: share of the letters from which on a post is read by its Arabic letters.
    """

    longest: int = 2_000
    least_votes: float = 0.8
    least_lead: float = 2.0
    least_share: float = 0.12
    romanised_share: float = 0.3
    enough_votes: float = 6.0
    doubt: float = 0.3
    other_votes: float = 3.0
    other_share: float = 0.2
    mixed_words: int = 3
    mixed_arabic_words: int = 2
    arabic_share: float = 0.4


UNKNOWN = Language("und", 0.0)
RULES = LanguageRules()


def _ranked(votes: dict[str, float]) -> tuple[str, float, float]:
    """The code with most votes, its votes, and those of the second."""
    code, best, second = "und", 0.0, 0.0
    for other, vote in votes.items():
        if vote > best:
            code, best, second = other, vote, best
        elif vote > second:
            second = vote
    return code, best, second


def _others(votes: dict[str, float], code: str, rules: LanguageRules) -> tuple[str, ...]:
    least = max(rules.other_votes, rules.other_share * sum(votes.values()))
    found = [(-vote, c) for c, vote in votes.items() if c != code and vote >= least]
    return tuple(c for _, c in sorted(found))


def _decided(votes: dict[str, float], n_words: int, rules: LanguageRules) -> Language | None:
    """Language by votes alone, or None where they do not suffice."""
    code, best, second = _ranked(votes)
    if best < max(rules.least_votes, rules.least_lead * second):
        return None
    if n_words:
        share = rules.romanised_share if code.endswith("-Latn") else rules.least_share
        if best < min(share * n_words, rules.enough_votes):
            return None
    others = _others(votes, code, rules) if second >= rules.other_votes else ()
    return Language(code, best / (sum(votes.values()) + rules.doubt), others)


def _with_model(
    votes: dict[str, float], words: list[str], script: str, rules: LanguageRules
) -> Language:
    """Votes and model each have their say: weak votes still count where the model wavers."""
    total = sum(votes.values()) + 1.0
    joint = {code: vote / total for code, vote in votes.items() if vote > 0}
    for code, certainty in guesses(" ".join(words), script):
        joint[code] = joint.get(code, 0.0) + certainty
    code, best, _ = _ranked(joint)
    if not best:
        return UNKNOWN
    others = _others(votes, code, rules)
    return Language(code, best / (sum(joint.values()) + rules.doubt), others)


def _in_arabic_letters(words: list[str], rules: LanguageRules) -> Language:
    votes = dict(zip(script_votes.CODES, script_votes.votes_of(words), strict=True))
    return _decided(votes, 0, rules) or _with_model(votes, words, "arabic", rules)


def _in_latin_letters(words: list[str], rules: LanguageRules) -> Language:
    votes = latin_votes.votes_of(words)
    return _decided(votes, len(words), rules) or _with_model(votes, words, "latin", rules)


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
    """A post in Arabic letters, with the language of its Latin words where votes tell it."""
    if len(latin) < rules.mixed_words:
        return arabic
    other = _decided(latin_votes.votes_of(latin), len(latin), rules)
    if other is None:
        return arabic
    return Language(arabic.code, arabic.certainty, (*arabic.other_codes, other.code))


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


def _without_markup(text: str) -> str:
    if "&" in text or "<" in text:
        text = _MARKUP.sub(" ", text)
    return _RETWEET.sub(" ", text) if "RT" in text else text


def language_of_own(own: str, rules: LanguageRules = RULES) -> Language:
    """Language of a text that holds no links and mentions, cut to ``rules.longest``."""
    own = _without_markup(own)
    tagless = without_hashtags(own)
    found = _of_words(tagless, rules)
    if found is UNKNOWN and tagless is not own:
        found = _of_words(own.replace("_", " "), rules)
    return found


def language(text: str, rules: LanguageRules = RULES) -> Language:
    """Language of one post; hashtags are read only where there are no other words."""
    return language_of_own(without_mentions(without_links(text[: rules.longest])), rules)


def languages(texts: Sequence[str], rules: LanguageRules = RULES) -> list[Language]:
    """Language of each post, in their order."""
    return [language(text, rules) for text in texts]
