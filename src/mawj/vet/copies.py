"""Texts that say nearly the same: told by the shingles that they share.

Source:
    Broder 1997, On the resemblance and containment of documents: resemblance of texts as that
    of their sets of shingles, estimated by the least of many hashes; bands of them to find
    candidates as in Indyk and Motwani 1998. Every candidate is compared in full.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from mawj.text.forms import search_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

SHINGLE = 5
"""Letters of a shingle; our judgement, as are the bands: two texts that share seven tenths of
their shingles are compared with a chance of 0.99."""

LEAST_ALIKE = 0.7
"""Share of shingles in common from which two texts are nearly the same; our judgement."""

_BANDS, _ROWS = 12, 3
_MOST_IN_BUCKET = 50
_PRIME = np.uint64(4_294_967_291)
_DICE = np.random.default_rng(11)
_FACTORS = _DICE.integers(1, 2**31, _BANDS * _ROWS, dtype=np.uint64)
_SHIFTS = _DICE.integers(0, 2**31, _BANDS * _ROWS, dtype=np.uint64)


def letters_of(texts: Sequence[str]) -> list[str]:
    """The letters of each text in one spelling: no digits, signs, emoji or blanks."""
    return ["".join(filter(str.isalpha, form)) for form in search_forms(texts)]


def same_groups(texts: Sequence[str], least_letters: int) -> list[list[int]]:
    """Places of the texts that say nearly the same, two or more together, the largest first.

    Args:
        texts: what is compared with one another.
        least_letters: shorter texts are left out: they are alike by nature.
    """
    by_key: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(letters_of(texts)):
        if len(key) >= least_letters:
            by_key[key].append(place)
    keys = list(by_key)
    groups = [
        sorted(place for key in together for place in by_key[keys[key]])
        for together in _joined(len(keys), _near(keys))
    ]
    return sorted((g for g in groups if len(g) > 1), key=lambda g: (-len(g), g))


def _shingles(key: str) -> NDArray[np.uint64]:
    last = max(len(key) - SHINGLE, 0)
    found = {crc32(key[at : at + SHINGLE].encode("utf-8", "replace")) for at in range(last + 1)}
    return np.fromiter(found, np.uint64, len(found))


def _near(keys: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs of different keys that share enough shingles."""
    shingles = [_shingles(key) for key in keys]
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for number, found in enumerate(shingles):
        least = ((found[:, None] * _FACTORS + _SHIFTS) % _PRIME).min(axis=0)
        for band in range(_BANDS):
            part = least[band * _ROWS : (band + 1) * _ROWS].tobytes()
            buckets[band, part].append(number)
    candidates = {
        pair
        for together in buckets.values()
        for pair in combinations(together[:_MOST_IN_BUCKET], 2)
    }
    for left, right in sorted(candidates):
        both = len(np.intersect1d(shingles[left], shingles[right], assume_unique=True))
        either = len(shingles[left]) + len(shingles[right]) - both
        if both >= LEAST_ALIKE * either:
            yield left, right


def _joined(n: int, pairs: Iterator[tuple[int, int]]) -> list[list[int]]:
    """Numbers below `n` in the groups that the pairs connect."""
    parent = list(range(n))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for left, right in pairs:
        parent[root(right)] = root(left)
    groups: dict[int, list[int]] = defaultdict(list)
    for number in range(n):
        groups[root(number)].append(number)
    return list(groups.values())
