"""A heap of what nodes add, for lazy greedy: the best on top, values looked at again late.

Few nodes of a large pile are ever looked at. The heap begins with the best ones only, those of
at least a floor, and takes the others in when nothing in it reaches the floor any more. What a
node adds only falls, so nothing outside can come before: the order is the same as of a heap of
all nodes, which takes longer to lay out than to use.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mawj.graph.arrays import Bytes, Float64s, Int32s, Int64s

# Nodes that a heap begins with, each time it is used up so many times more, and the nodes of
# the sample by which they are found. Our judgement.
FIRST = 8192
MORE = 2
SAMPLE = 2048
# So many passed over for their price, and all others are looked through.
MANY = 64

SIZE, WAITED, WAITS, ROOM = 0, 1, 2, 3


class Limits(NamedTuple):
    """What may be chosen, by place in the pile.

    Attributes:
        cost: float64[p]; above 0.
        group: int32[p]; the group of each, -1: none.
        room: int32[groups]; how many more of each group may be chosen; used up.
        budget: what may be spent beyond `first`.
        first: int32; chosen before all others, at no cost.
        may: uint8[p]; 1 where a node may be chosen.
        most: how many may be chosen beyond `first`.
    """

    cost: Float64s
    group: Int32s
    room: Int32s
    budget: float
    first: Int32s
    may: Bytes
    most: int


class Heap(NamedTuple):
    """Places by what each adds, or adds for its cost, as it was last looked at.

    Attributes:
        place: int32[p]; the heap, as far as `counts` says.
        key: float64[p]; by place.
        node: int32[p]; by place; of equals the lower comes first.
        counts: int64[4]; entries in the heap; nodes passed over since all were looked through,
            and how many of them make it worth looking through all; about how many nodes are
            in the heap at first.
        floor: float64[1]; what stands outside adds less.
        by_cost: whether what a node adds is divided by its cost.
    """

    place: Int32s
    key: Float64s
    node: Int32s
    counts: Int64s
    floor: Float64s
    by_cost: bool


@njit(cache=True, nogil=True)
def heap_of(gain: Int32s, node: Int32s, limits: Limits, by_cost: bool) -> Heap:
    """The best that may be chosen, can be paid and add something."""
    size = gain.size
    heap = Heap(
        np.empty(size, np.int32), np.zeros(size), node, np.array([0, 0, MANY, FIRST]),
        np.zeros(1), by_cost,
    )  # fmt: skip
    lay_out(heap, gain, limits, limits.budget)
    return heap


@njit(cache=True, nogil=True)
def take_in(heap: Heap, gain: Int32s, limits: Limits, left: float) -> None:
    """Lay the heap out anew, with more of those that cost no more than `left`."""
    heap.counts[ROOM] *= MORE
    lay_out(heap, gain, limits, left)


@njit(cache=True, nogil=True)
def lay_out(heap: Heap, gain: Int32s, limits: Limits, left: float) -> None:
    """Look at every node, and put the best of those that cost no more than `left` into order.

    Those that were chosen add nothing any more.
    """
    for i in range(gain.size):
        fits = limits.may[i] and limits.cost[i] <= left
        each = limits.cost[i] if heap.by_cost else 1.0
        heap.key[i] = gain[i] / each if fits else 0.0
    heap.floor[0], size = floor_of(heap.key, heap.counts[ROOM]), 0
    for i in range(gain.size):
        if heap.key[i] > 0 and heap.key[i] >= heap.floor[0]:
            heap.place[size] = i
            size += 1
    heap.counts[SIZE] = size
    heapify(heap)


@njit(cache=True, nogil=True)
def floor_of(key: Float64s, room: int) -> float:
    """A value that some `room` keys reach, by a sample of them; 0 where there are not many."""
    if key.size <= 2 * room:
        return 0.0
    sample = np.sort(key[:: key.size // SAMPLE])
    floor: float = sample[sample.size - 1 - room * sample.size // key.size]
    return floor


@njit(cache=True, nogil=True)
def heapify(heap: Heap) -> None:
    """Make a heap of the entries."""
    for i in range(heap.counts[SIZE] // 2 - 1, -1, -1):
        sift_down(heap, i)


@njit(cache=True, nogil=True)
def before(a: int, b: int, heap: Heap) -> bool:
    """Whether `a` comes above `b`: more first, equal ones by number (busiest first)."""
    left, right = heap.key[a], heap.key[b]
    above: bool = left > right or (left == right and heap.node[a] < heap.node[b])
    return above


@njit(cache=True, nogil=True)
def sift_down(heap: Heap, at: int) -> None:
    """Let the entry at `at` sink to where it belongs."""
    place, size = heap.place, heap.counts[SIZE]
    entry = place[at]
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size and before(place[child + 1], place[child], heap):
            child += 1
        if not before(place[child], entry, heap):
            break
        place[at] = place[child]
        at = child
    place[at] = entry


@njit(cache=True, nogil=True)
def drop_top(heap: Heap) -> None:
    """Take the top away."""
    heap.counts[SIZE] -= 1
    heap.place[0] = heap.place[heap.counts[SIZE]]
    if heap.counts[SIZE] > 0:
        sift_down(heap, 0)


@njit(cache=True, nogil=True)
def top_of(heap: Heap, gain: Int32s, limits: Limits, left: float) -> int:
    """The place that adds most, looked at again until that is so; -1: nothing adds anything.

    Of those that stand outside none is taken in that costs more than `left`.
    """
    while heap.counts[SIZE] > 0 or heap.floor[0] > 0:
        if heap.counts[SIZE] == 0 or heap.key[heap.place[0]] < heap.floor[0]:
            take_in(heap, gain, limits, left)
            continue
        top = heap.place[0]
        exact = gain[top] / limits.cost[top] if heap.by_cost else np.float64(gain[top])
        if heap.key[top] <= exact:
            return top if gain[top] > 0 else -1
        heap.key[top] = exact
        sift_down(heap, 0)
    return -1


@njit(cache=True, nogil=True)
def pass_over(heap: Heap, limits: Limits, left: float) -> None:
    """Drop the top; once many were dropped so, keep only what the money left still pays.

    A little money left over would else take the heap apart one by one. They are looked through
    more seldom where most were kept.
    """
    drop_top(heap)
    heap.counts[WAITED] += 1
    if heap.counts[WAITED] < heap.counts[WAITS]:
        return
    size, kept = heap.counts[SIZE], 0
    for i in range(size):
        if limits.cost[heap.place[i]] <= left:
            heap.place[kept] = heap.place[i]
            kept += 1
    heap.counts[SIZE] = kept
    heapify(heap)
    heap.counts[WAITED] = 0
    if 2 * kept > size:
        heap.counts[WAITS] *= 4
