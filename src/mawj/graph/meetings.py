"""Which actors turn up together, again and again, at the same places within minutes.

Pairs are counted in two passes (Park, Chen and Yu 1995, An effective hash-based algorithm for
mining association rules): the first counts every pair in a table of small counters by its hash,
the second keeps only pairs whose counter reached the least number. So what happens once or
twice by chance, which is nearly everything, is never held in memory.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]

LEAST_BITS, MOST_BITS = 16, 29
"""Counters: four for each pair of visits, 64 thousand at least, 512 MB at most."""


@dataclass(frozen=True)
class Meeting:
    """What counts as meeting.

    Attributes:
        window_s: seconds between two visits at the same place, at most.
        most_next: visits right after one that are looked at; bounds the work at busy places.
        least_places: places at which a pair must have met.
    """

    window_s: int
    most_next: int
    least_places: int


@dataclass(frozen=True)
class Pairs:
    """One entry a meeting of a pair that met often enough; sorted by pair, then place.

    Attributes:
        one, other: the pair, `one` the smaller number; place: where.
        lead: 1 where `one` came first, -1 where `other` did, 0 in the same second.
    """

    one: Int32s
    other: Int32s
    place: Int32s
    lead: npt.NDArray[np.int8]


def meeting_pairs(place: Int32s, actor: Int32s, at: Int64s, meeting: Meeting) -> Pairs:
    """Every meeting of the pairs that met at `least_places` or more.

    Args:
        place: of each visit, sorted; within a place by `at`. One visit an actor and place.
        actor: who came.
        at: when, in seconds.
        meeting: what counts.

    Time is linear in visits times `most_next`; memory is a byte or more for each pair of visits
    up to 512 MB, and 13 bytes for each that is kept.
    """
    visits, reach = (place, actor, at), (meeting.window_s, meeting.most_next)
    total = _total(place, at, reach)
    bits = int(np.clip(np.ceil(np.log2(max(4 * total, 2))), LEAST_BITS, MOST_BITS))
    counters = np.zeros(1 << bits, np.uint8)
    limits = (64 - bits, min(meeting.least_places, 255))
    _count(visits, reach, counters, limits[0])
    n = _fill(visits, reach, counters, limits, _room(0))
    found = _room(n)
    _fill(visits, reach, counters, limits, found)
    del counters
    return _often(Pairs(*found), meeting.least_places)


def _room(n: int) -> tuple[Int32s, Int32s, Int32s, npt.NDArray[np.int8]]:
    """Arrays for `n` meetings."""
    one, other, where = (np.empty(n, np.int32) for _ in range(3))
    return one, other, where, np.empty(n, np.int8)


def pair_starts(pairs: Pairs) -> Int64s:
    """Where each pair begins, and the number of meetings at the end."""
    if len(pairs.one) == 0:
        return np.zeros(1, np.int64)
    new = (pairs.one[1:] != pairs.one[:-1]) | (pairs.other[1:] != pairs.other[:-1])
    return np.concatenate([[0], np.flatnonzero(new) + 1, [len(pairs.one)]]).astype(np.int64)


def _often(found: Pairs, least: int) -> Pairs:
    """The pairs that truly met often enough: others share their counter."""
    key = (found.one.astype(np.int64) << 32) | found.other.astype(np.int64)
    order = np.argsort(key, kind="stable")
    placed = Pairs(*(values[order] for values in vars(found).values()))
    starts = pair_starts(placed)
    lengths = np.diff(starts)
    keep = np.repeat(lengths >= least, lengths)
    return Pairs(*(values[keep] for values in vars(placed).values()))


@njit(cache=True, nogil=True)
def _hash(one: Any, other: Any) -> Any:
    """A mixed 64-bit number of a pair (SplitMix64, Steele, Lea and Flood 2014)."""
    x = (np.uint64(one) << np.uint64(32)) | np.uint64(other)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@njit(cache=True, nogil=True)
def _last(place: Any, at: Any, i: int, reach: tuple[int, int]) -> int:
    """The place after the last visit that visit `i` meets."""
    window_s, most_next = reach
    end = min(i + 1 + most_next, len(place))
    j = i + 1
    while j < end and place[j] == place[i] and at[j] - at[i] <= window_s:
        j += 1
    return j


@njit(cache=True, nogil=True)
def _total(place: Any, at: Any, reach: tuple[int, int]) -> int:
    n = 0
    for i in range(len(place)):
        n += _last(place, at, i, reach) - i - 1
    return n


@njit(cache=True, nogil=True)
def _count(visits: Any, reach: tuple[int, int], counters: Any, shift: int) -> None:
    place, actor, at = visits
    for i in range(len(place)):
        for j in range(i + 1, _last(place, at, i, reach)):
            a, b = min(actor[i], actor[j]), max(actor[i], actor[j])
            slot = _hash(a, b) >> np.uint64(shift)
            if counters[slot] < 255:
                counters[slot] += 1


@njit(cache=True, nogil=True)
def _fill(
    visits: Any, reach: tuple[int, int], counters: Any, limits: tuple[int, int], found: Any
) -> int:
    """Write the meetings of pairs whose counter is high enough; as many as there is room for.

    How many there are is told, so that a call without room counts them.
    """
    place, actor, at = visits
    shift, least = limits
    one, other, where, lead = found
    n, room = 0, len(one)
    for i in range(len(place)):
        for j in range(i + 1, _last(place, at, i, reach)):
            a, b = min(actor[i], actor[j]), max(actor[i], actor[j])
            if a == b or counters[_hash(a, b) >> np.uint64(shift)] < least:
                continue
            if n < room:
                one[n], other[n], where[n] = a, b, place[i]
                lead[n] = 0 if at[i] == at[j] else (1 if actor[i] == a else -1)
            n += 1
    return n
