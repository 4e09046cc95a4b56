"""How much of a claim a passage says, by words of one language."""

from __future__ import annotations

import itertools
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mawj.text.stopwords import stop_words
from mawj.text.tokens import search_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LONGEST = 4_000
"""Characters of a post that are read. Our judgement."""

MOST_PASSAGES = 40
OTHER_NUMBER = 0.6
"""What is left of a likeness where claim and passage give figures and none is the same."""

LEAST_SHARED = 0.6
"""Share of letter pairs from which two words count as forms of one word. Our judgement."""

_SENTENCE_END = re.compile(r"(?<=[.!?؟;؛\n…])\s+|\n+")
_SHORT_WORD = 3


@cache
def _function_words() -> frozenset[str]:
    return frozenset().union(*(stop_words(language) for language in ("en", "ar", "fa")))


def content_terms(text: str) -> list[str]:
    """Distinct search terms of a text but for function words, in their order."""
    return [t for t in dict.fromkeys(search_terms(text)) if t not in _function_words()]


def passages(text: str) -> list[str]:
    """Each sentence, and each two that follow each other; the first ones of a long text."""
    single = [one.strip() for one in _SENTENCE_END.split(text[:LONGEST]) if one.strip()]
    single = single[:MOST_PASSAGES]
    return single + [f"{a} {b}" for a, b in itertools.pairwise(single)]


def likeness(weights: Mapping[str, float], passage: Sequence[str]) -> float:
    """Share of a claim's weight that a passage says: 0 to 1.

    Args:
        weights: the claim's terms with how much each tells (rare ones more).
        passage: the passage's terms. One that shares most letter pairs with a term of the
            claim (Dice 1945) stands for it in part: another form of the same word.
    """
    whole = sum(weights.values())
    if not whole or not passage:
        return 0.0
    there = set(passage)
    met = sum(
        weight * (1.0 if term in there else _nearest(term, there))
        for term, weight in weights.items()
    )
    factor = OTHER_NUMBER if has_other_number(weights, passage) else 1.0
    return factor * met / whole


def has_other_number(claim: Iterable[str], passage: Iterable[str]) -> bool:
    """Whether the terms of both give figures, and none is the same."""
    told = {term for term in claim if term.isdigit()}
    said = {term for term in passage if term.isdigit()}
    return bool(told and said) and told.isdisjoint(said)


def _nearest(term: str, there: set[str]) -> float:
    if len(term) <= _SHORT_WORD or term.isdigit():
        return 0.0
    best = max((_dice(term, other) for other in there if len(other) > _SHORT_WORD), default=0.0)
    return best if best >= LEAST_SHARED else 0.0


@lru_cache(200_000)
def _dice(left: str, right: str) -> float:
    a, b = _pairs(left), _pairs(right)
    return 2.0 * len(a & b) / (len(a) + len(b))


@lru_cache(100_000)
def _pairs(word: str) -> frozenset[str]:
    return frozenset(word[i : i + 2] for i in range(len(word) - 1))
