"""How somebody writes, whatever about: traits of single posts as numbers.

Source:
    Function words and signs rather than subjects, after Burrows 2002 (Delta) and Stamatatos
    2009 (A survey of modern authorship attribution methods); what Arabic and Persian writers
    vary in (dots and hamzas left out, ZWNJ, lengthened letters, digits) is our addition.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from mawj.text.forms import search_forms
from mawj.text.stopwords import CODES, stop_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

MOST_CHARACTERS = 2_000
"""Read of one post; our judgement."""

N_FUNCTION_WORDS = 40
"""Function words of an account that are followed: its own most used; our judgement."""

_WORD = re.compile(r"\w+")
_RUN = re.compile(r"(\w)\1\1")


def _count(pattern: str) -> Callable[[str], float]:
    found = re.compile(pattern)
    return lambda text: float(len(found.findall(text)))


def _share_of(part: str, whole: str) -> Callable[[str], float]:
    """Share of the signs of `whole` that are of `part`; a half where there are none."""
    some, every = re.compile(part), re.compile(whole)

    def share(text: str) -> float:
        n = len(every.findall(text))
        return len(some.findall(text)) / n if n else 0.5

    return share


_EMOJI = "[\u2600-\u27bf\U0001f300-\U0001faff]"
COUNTED: dict[str, Callable[[str], float]] = {
    "full_stops": _count(r"[.۔](?!\w)"), "commas": _count("[,،]"), "exclamations": _count("!"),
    "question_marks": _count("[?؟]"), "ellipses": _count(r"…|\.\.+"), "colons": _count("[:؛;]"),
    "quotes": _count("[\"«»“”]"), "brackets": _count(r"[()\[\]]"), "dashes": _count(r"[-–—|]"),
    "emoji": _count(_EMOJI), "hashtags": _count("[#＃]"), "mentions": _count("[@＠]"),
    "links": _count("https?://|www\\."), "line_breaks": _count("\n"), "digits": _count(r"\d"),
    "lengthened": _count(_RUN.pattern), "harakat": _count("[\u064b-\u0652]"),
    "zwnj": _count("\u200c"), "tatweel": _count("\u0640"),
}  # fmt: skip
"""Signs that are counted for each ten words of a post."""

SHARED: dict[str, Callable[[str], float]] = {
    "latin_letters": _share_of("[A-Za-z]", "[A-Za-z\u0620-\u06d3]"),
    "capitals": _share_of("[A-Z]", "[A-Za-z]"),
    "own_digits": _share_of("[٠-٩۰-۹]", r"\d"),
    "teh_marbuta": _share_of(r"ة\b", r"[ةه]\b"),
    "hamza_written": _share_of("[أإآ]", "[أإآا]"),
    "dotted_yeh": _share_of(r"[يی]\b", r"[يیى]\b"),
    "persian_letters": _share_of("[یک]", "[یکيك]"),
}
"""Habits of spelling: how often of two ways the first is chosen."""

TRAITS = ("words", "letters_a_word", *COUNTED, *SHARED)
"""What is measured of every post, besides function words."""


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word for code in CODES for word in stop_words(code))


def traits_of(texts: Sequence[str]) -> NDArray[np.float64]:
    """One row a text, one column for each of TRAITS."""
    return np.array([_traits(text[:MOST_CHARACTERS]) for text in texts]).reshape(
        len(texts), len(TRAITS)
    )


def _traits(text: str) -> list[float]:
    words = _WORD.findall(text)
    n = max(len(words), 1)
    # A tenth word and the next differ less than the first and the second.
    counted = [min(count(text) * 10.0 / n, 20.0) ** 0.5 for count in COUNTED.values()]
    shared = [share(text) for share in SHARED.values()]
    return [float(np.log1p(len(words))), sum(map(len, words)) / n, *counted, *shared]


def function_words_of(texts: Sequence[str]) -> NDArray[np.float64]:
    """One row a text, one column for each function word that the texts use most: its rate."""
    split = [form.split() for form in search_forms([t[:MOST_CHARACTERS] for t in texts])]
    known = _function_words()
    used = Counter(word for words in split for word in set(words) if word in known)
    order = sorted(used, key=lambda word: (-used[word], word))[:N_FUNCTION_WORDS]
    place = {word: at for at, word in enumerate(order)}
    rates = np.zeros((len(texts), len(order)))
    for row, words in enumerate(split):
        for word in words:
            if word in place:
                rates[row, place[word]] += 10.0 / max(len(words), 1)
    return np.sqrt(np.minimum(rates, 20.0))
