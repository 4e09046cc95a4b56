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

# A heap begins with this part of the nodes, within bounds; each time it is used up it takes in
# so many times more. A sample of so many nodes finds them. Our judgement.
PART, LEAST, FIRST = 32, 512, 8192
MORE = 2
SAMPLE = 1024
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
    counts = np.array([0, 0, MANY, min(max(size // PART, LEAST), FIRST)])
    place, key = np.empty(size, np.int32), np.zeros(size)
    heap = Heap(place, key, node, counts, np.zeros(1), by_cost)
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
    key, place, by_cost, size = heap.key, heap.place, heap.by_cost, 0
    may, cost = limits.may, limits.cost
    for i in range(gain.size):
        each = cost[i] if by_cost else 1.0
        key[i] = gain[i] / each if may[i] and cost[i] <= left else 0.0
    floor = heap.floor[0] = floor_of(key, heap.counts[ROOM])
    for i in range(gain.size):
        if key[i] > 0 and key[i] >= floor:
            place[size] = i
            size += 1
    heap.counts[SIZE] = size
    heapify(place, size, key, heap.node)


@njit(cache=True, nogil=True)
def floor_of(key: Float64s, room: int) -> float:
    """A value that some `room` keys reach, by a sample of them; 0 where there are not many."""
    if key.size <= 2 * room:
        return 0.0
    sample = np.sort(key[:: max(key.size // SAMPLE, 1)])
    floor: float = sample[sample.size - 1 - room * sample.size // key.size]
    return floor


# What follows is called so often that arrays are named one by one: a whole heap would have each
# of its arrays counted at every call.


@njit(cache=True, nogil=True)
def before(a: int, b: int, key: Float64s, node: Int32s) -> bool:
    """Whether `a` comes above `b`: more first, equal ones by number (busiest first)."""
    above: bool = key[a] > key[b] or (key[a] == key[b] and node[a] < node[b])
    return above


@njit(cache=True, nogil=True)
def sift_down(place: Int32s, size: int, at: int, key: Float64s, node: Int32s) -> None:
    """Let the entry at `at` sink to where it belongs."""
    entry = place[at]
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size and before(place[child + 1], place[child], key, node):
            child += 1
        if not before(place[child], entry, key, node):
            break
        place[at] = place[child]
        at = child
    place[at] = entry


@njit(cache=True, nogil=True)
def heapify(place: Int32s, size: int, key: Float64s, node: Int32s) -> None:
    """Make a heap of the first `size` entries."""
    for i in range(size // 2 - 1, -1, -1):
        sift_down(place, size, i, key, node)


@njit(cache=True, nogil=True)
def drop_top(heap: Heap) -> None:
    """Take the top away."""
    size = heap.counts[SIZE] - 1
    heap.counts[SIZE] = size
    heap.place[0] = heap.place[size]
    if size > 0:
        sift_down(heap.place, size, 0, heap.key, heap.node)


@njit(cache=True, nogil=True)
def settle(
    place: Int32s, size: int, told: tuple[Float64s, Int32s, Int32s, Float64s], floor: float
) -> int:
    """Look again at the top until it is what it says, or below the floor; the place, or -1.

    `told` are keys, node numbers, what each adds, and what that is divided by (of one: by 1).
    """
    key, node, gain, cost = told
    while size > 0:
        top = place[0]
        if key[top] < floor:
            return -1
        exact = gain[top] / (cost[top] if cost.size > 1 else cost[0])
        if key[top] <= exact:
            found: int = top
            return found
        key[top] = exact
        sift_down(place, size, 0, key, node)
    return -1


@njit(cache=True, nogil=True)
def top_of(heap: Heap, gain: Int32s, limits: Limits, left: float) -> int:
    """The place that adds most, looked at again until that is so; -1: nothing adds anything.

    Of those that stand outside none is taken in that costs more than `left`.
    """
    cost = limits.cost if heap.by_cost else np.ones(1)
    told = heap.key, heap.node, gain, cost
    while True:
        top = settle(heap.place, heap.counts[SIZE], told, heap.floor[0])
        if top >= 0:
            return top if gain[top] > 0 else -1
        if heap.floor[0] <= 0:
            return -1
        take_in(heap, gain, limits, left)


@njit(cache=True, nogil=True)
def pass_over(heap: Heap, limits: Limits, left: float) -> None:
    """Drop the top; once many were dropped so, keep only what the money left still pays.

    A little money left over would else take the heap apart one by one. They are looked through
    more seldom where most were kept.
    """
    drop_top(heap)
    counts, place, cost = heap.counts, heap.place, limits.cost
    counts[WAITED] += 1
    if counts[WAITED] < counts[WAITS]:
        return
    size, kept = counts[SIZE], 0
    for i in range(size):
        if cost[place[i]] <= left:
            place[kept] = place[i]
            kept += 1
    counts[SIZE], counts[WAITED] = kept, 0
    heapify(place, kept, heap.key, heap.node)
    if 2 * kept > size:
        counts[WAITS] *= 4
