"""Which language a word in Latin letters speaks for, Arabizi and Finglish among them.

Arabizi is Arabic in Latin letters with digits for the sounds Latin lacks (2 ء, 3 ع, 5 خ, 6 ط,
7 ح, 8 ق or غ, 9 ص or ق); Finglish is Persian in Latin letters, seldom with digits. Both are
told by words (``words/arabizi.txt``, ``words/finglish.txt``) and by the shape of words. All
weights are our judgement; a word in the lists of several languages is shared among them.
"""

import re
from functools import cache

from mawj.text.word_lists import strong_and_weak, words

Votes = tuple[tuple[str, float], ...]

_LISTED = ("en", "fr", "es", "de", "id", "tr", "pt", "it", "nl")
_ROMANISED = {"ar-Latn": "arabizi", "fa-Latn": "finglish"}
_STRONG, _WEAK, _COMMON = 1.5, 0.5, 0.6
_LETTERS = {
    "ş": {"tr": 1.5}, "ğ": {"tr": 2.0}, "ı": {"tr": 1.5}, "ñ": {"es": 1.5}, "ß": {"de": 2.0},
    "ã": {"pt": 1.5}, "õ": {"pt": 1.5}, "œ": {"fr": 1.5}, "è": {"fr": 0.5, "it": 0.5},
    "ê": {"fr": 0.6, "pt": 0.4}, "é": {"fr": 0.5}, "ä": {"de": 0.6},
    "ö": {"de": 0.4, "tr": 0.4}, "ü": {"de": 0.4, "tr": 0.4},
    "ç": {"fr": 0.4, "tr": 0.4, "pt": 0.4}, "ó": {"es": 0.5}, "í": {"es": 0.5},
}  # fmt: skip
_SHAPES = tuple(
    (code, re.compile(pattern), weight)
    for code, pattern, weight in (
        ("en", r"[a-z]{2,}ing|[a-z]+n['’]t|[a-z]+['’](?:s|ll|ve|re)", 0.5),
        ("ar-Latn", r"[a-z]+(?:allah|ullah)", 0.8),
        ("ar-Latn", r"(?:el|al|il|bel|wel|fel|lel)[2356789][a-z]+", 1.5),
        ("ar-Latn", r"[a-z]+[2356789]+[a-z]+(?:[2356789]+[a-z]*)*", 1.3),
        ("ar-Latn", r"[379][a-z]{2,}(?:[2356789][a-z]*)?", 1.1),
        ("ar-Latn", r"[2568][a-z]{3,}(?:[2356789][a-z]*)?", 0.9),
        ("ar-Latn", r"[a-z]{1,4}[237]", 0.8),
        ("ar-Latn", r"[237][aeiou][237]?", 0.8),
        ("fa-Latn", r"nemi[a-z]{2,}(?:am|i|e|eh|im|in|an|and|id)", 1.5),
        ("fa-Latn", r"mi[a-z]{2,}(?:am|im|eh|and|id|anam)", 0.6),
        ("fa-Latn", r"[a-z]{3,}(?:etoon|etun|amoon|emoon|eshoon|ashoon|haye|hash|hamoon)", 0.7),
        ("fa-Latn", r"(?:be|na)[a-z]{2,}(?:im|id|and)", 0.3),
    )
)
_DIGITS_OF_OTHERS = re.compile(
    r"\d+(?:st|nd|rd|th|am|pm|x|k|m|g|d|s|h|hrs?|mins?|days?|weeks?|months?|years?|yrs?|yo|gb|mb|"
    r"kg|cm|mm|km|ml|px|hz|ghz|fps|inch|way|time|times|star|stars|pack|pcs|rd|eme|er|ème|lik|li)"
    r"|\w*(?:\d[014]|[014]\d|\d{3})\w*|(?:iphone|galaxy|ipad|ps|xbox|covid|top|vol|part|ep|day|v)\d+\w*"
)
_MOST_REMEMBERED = 400_000


@cache
def _listed() -> dict[str, dict[str, float]]:
    """Weight of each listed word in each language that lists it."""
    found: dict[str, dict[str, float]] = {}
    for code in _LISTED:
        for word in words(f"stop_{code}"):
            found.setdefault(word, {})[code] = 1.0
    for word in words("en_common"):
        found.setdefault(word, {"en": _COMMON})
    for code, name in _ROMANISED.items():
        for group, weight in zip(strong_and_weak(name), (_STRONG, _WEAK), strict=True):
            for word in group:
                found.setdefault(word, {})[code] = weight
    return found


@cache
def _no_arabizi() -> frozenset[str]:
    return frozenset(words("latin_digits"))


def _shape_votes(word: str) -> dict[str, float]:
    has_digit = any(c.isdigit() for c in word)
    if has_digit and (word in _no_arabizi() or _DIGITS_OF_OTHERS.fullmatch(word)):
        return {}
    votes: dict[str, float] = {}
    for code, pattern, weight in _SHAPES:
        if pattern.fullmatch(word):
            votes[code] = max(votes.get(code, 0.0), weight)
    return votes


def _votes(word: str) -> Votes:
    plain = re.sub(r"(.)\1{2,}", r"\1", word)
    listed = _listed().get(word) or _listed().get(plain) or {}
    votes = {code: weight / len(listed) for code, weight in listed.items()}
    if not votes:
        votes = _shape_votes(plain)
    for letter in set(plain).intersection(_LETTERS):
        for code, weight in _LETTERS[letter].items():
            votes[code] = votes.get(code, 0.0) + weight
    return tuple(votes.items())


class VoteMemory(dict[str, Votes]):
    """Votes of each word met; forgets all when it has grown too large."""

    def __missing__(self, word: str) -> Votes:
        """Work out the votes of a word once."""
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[word] = found = _votes(word)
        return found


VOTES = VoteMemory()


def votes_of(found: list[str]) -> dict[str, float]:
    """Sums of the votes of lower-case words, by code; codes without a vote are absent."""
    sums: dict[str, float] = {}
    for word in found:
        for code, weight in VOTES[word]:
            sums[code] = sums.get(code, 0.0) + weight
    return sums
