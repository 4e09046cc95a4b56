"""Named streams of randomness, and weighted picks from groups of items."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Words = np.ndarray[Any, np.dtype[np.object_]]


@dataclass(frozen=True)
class Dice:
    """Independent streams for one seed: a new step does not change the draws of another."""

    seed: int

    def stream(self, name: str) -> np.random.Generator:
        """The stream called `name`; the same on any machine (PCG64, CRC-32 of the name)."""
        sequence = np.random.SeedSequence([self.seed, zlib.crc32(name.encode())])
        return np.random.Generator(np.random.PCG64(sequence))


class Picker:
    """Draws items from groups, each with a weight, for many draws at once.

    Items are sorted by group and their weights summed up, so that one binary search answers a
    draw whatever the number of groups.
    """

    def __init__(self, groups: Ints, weights: Floats, n_groups: int) -> None:
        self.order: Ints = np.argsort(groups, kind="stable")
        self.ends: Floats = np.concatenate([[0.0], np.cumsum(weights[self.order])])
        self.bounds: Ints = np.searchsorted(groups[self.order], np.arange(n_groups + 1))

    def has_items(self, groups: Ints) -> Flags:
        """Whether each of `groups` holds an item of any weight."""
        flags: Flags = self.ends[self.bounds[groups + 1]] > self.ends[self.bounds[groups]]
        return flags

    def pick(self, stream: np.random.Generator, groups: Ints) -> Ints:
        """One item for each of `groups`; -1 where the group is empty."""
        low, high = self.ends[self.bounds[groups]], self.ends[self.bounds[groups + 1]]
        place = np.searchsorted(
            self.ends, low + stream.random(len(groups)) * (high - low), "right"
        )
        item = (
            self.order[np.clip(place - 1, 0, max(len(self.order) - 1, 0))]
            if len(self.order)
            else np.zeros(len(groups), np.int64)
        )
        return np.where(high > low, item, -1)


def one_of(
    stream: np.random.Generator, weights: NDArray[Any] | Sequence[float], n: int
) -> Ints:
    """`n` indices drawn in proportion to `weights`."""
    ends = np.cumsum(np.asarray(weights, np.float64))
    places: Ints = np.searchsorted(ends, stream.random(n) * ends[-1], "right").clip(
        0, len(ends) - 1
    )
    return places


def lognormal(stream: np.random.Generator, median: Any, sigma: float, n: int) -> Floats:
    """`n` log-normal draws around `median`."""
    values: Floats = np.asarray(median) * np.exp(sigma * stream.standard_normal(n))
    return values


def evened(stream: np.random.Generator, expected: Floats) -> Ints:
    """Whole numbers whose mean is `expected`: the fraction is a chance of one more."""
    whole = np.floor(expected)
    more = stream.random(len(expected)) < expected - whole
    counts: Ints = (whole + more).astype(np.int64)
    return counts
