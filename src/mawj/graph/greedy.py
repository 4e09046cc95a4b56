"""Compiled greedy choice over sets: always the node that adds most for its cost.

What a node adds only falls as others are chosen (the count is submodular), so a heap of old
values needs to look again only at its top: lazy greedy (Minoux 1978; `lazy_heap`).

`fill_most` is the bound of Tang et al. (Online Processing Algorithms for Influence
Maximization, SIGMOD 2018): after any choice S the best possible is at most what S holds plus
what the best filling of the budget would add to S, each node counted on its own.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mawj.graph.arrays import Bytes, Float64s, Int32s, Int64s
from mawj.graph.lazy_heap import (
    SIZE,
    Heap,
    Limits,
    drop_top,
    heap_of,
    pass_over,
    take_in,
    top_of,
)

# Nodes a bound may look at for each choice made since the one before; so bounds never take
# much longer than choosing.
BOUND_EACH = 256

# Room for a bound: values and entries, three times the places; and the least bound so far with
# the number of choices before it is taken again.
Room = tuple[Float64s, Int64s, Float64s]


class Sets(NamedTuple):
    """A pile and its index as the kernels read them; see `pile.Pile`."""

    ptr: Int64s
    member: Int32s
    index_ptr: Int64s
    index_sets: Int32s
    node: Int32s


class Way(NamedTuple):
    """How to choose.

    Attributes:
        by_cost: by what a node adds for its cost, not by what it adds.
        bounded: whether the best possible is bounded as well; only `by_cost`.
        exchanged: whether the best exchange is looked for as well (`Chosen.keep`).
    """

    by_cost: bool
    bounded: bool
    exchanged: bool


class Chosen(NamedTuple):
    """What was chosen.

    Attributes:
        places: in the order of choice, those of `Limits.first` left out.
        held: int64; sets held with the first i places, from none of them to all.
        most: no choice within the limits holds more.
        keep, instead: the best exchange: the first so many places to keep, and one place that
            with them holds most of all that keep the first so many; -1: not looked for, or no
            better than the choice itself.
        alone: the place that holds most by itself; -1: not looked for, or none fits.
    """

    places: Int32s
    held: Int64s
    most: float
    keep: int
    instead: int
    alone: int


@njit(cache=True, nogil=True)
def take(place: int, sets: Sets, taken: Bytes, gain: Int32s) -> None:
    """Count the sets of `place` as held: those in them add so much less."""
    for i in range(sets.index_ptr[place], sets.index_ptr[place + 1]):
        s = sets.index_sets[i]
        if taken[s]:
            continue
        taken[s] = 1
        for e in range(sets.ptr[s], sets.ptr[s + 1]):
            gain[sets.member[e]] -= 1
    gain[place] = 0


@njit(cache=True, nogil=True)
def take_all(places: Int32s, sets: Sets, taken: Bytes, gain: Int32s) -> int:
    """Take each of the places; how many sets they hold together."""
    held = 0
    for place in places:
        held += gain[place]
        take(place, sets, taken, gain)
    return held


@njit(cache=True, nogil=True)
def push(values: Float64s, entries: Int64s, size: int, value: float, entry: int) -> int:
    """Add to a heap of values with entries; the new size."""
    i = size
    while i > 0 and values[(i - 1) // 2] < value:
        values[i], entries[i] = values[(i - 1) // 2], entries[(i - 1) // 2]
        i = (i - 1) // 2
    values[i], entries[i] = value, entry
    return size + 1


@njit(cache=True, nogil=True)
def pop(values: Float64s, entries: Int64s, size: int) -> int:
    """Take the top of a heap of values with entries away; the new size."""
    size -= 1
    value, entry = values[size], entries[size]
    i = 0
    while 2 * i + 1 < size:
        child = 2 * i + 1
        if child + 1 < size and values[child + 1] > values[child]:
            child += 1
        if values[child] <= value:
            break
        values[i], entries[i] = values[child], entries[child]
        i = child
    values[i], entries[i] = value, entry
    return size


@njit(cache=True, nogil=True)
def fill_most(heap: Heap, gain: Int32s, limits: Limits, room: Room) -> tuple[float, int]:
    """The most that the budget could add if nothing overlapped, and how many it looked at.

    The last node may be cut. Less than 0: what stands outside the heap is needed as well.

    The heap is read from its top. Entries below `heap.key.size` are places in the heap not yet
    looked at, others are exact.
    """
    values, entries, _ = room
    size, whole, budget = heap.counts[SIZE], heap.key.size, limits.budget
    total, waiting, looked = 0.0, 0, 0
    if size > 0:
        waiting = push(values, entries, waiting, heap.key[heap.place[0]], 0)
    while waiting > 0 and budget > 0 and values[0] > heap.floor[0]:
        entry = entries[0]
        waiting = pop(values, entries, waiting)
        looked += 1
        if entry < whole:
            for child in range(2 * entry + 1, min(2 * entry + 3, size)):
                waiting = push(values, entries, waiting, heap.key[heap.place[child]], child)
            node = heap.place[entry]
            exact = gain[node] / limits.cost[node]
            waiting = push(values, entries, waiting, exact, whole + node)
            continue
        node = entry - whole
        total += min(1.0, budget / limits.cost[node]) * gain[node]
        budget -= limits.cost[node]
    if budget > 0 and heap.floor[0] > 0:
        return -1.0, looked
    return total, looked


@njit(cache=True, nogil=True)
def take_bound(
    heap: Heap, gain: Int32s, limits: Limits, room: Room, so_far: tuple[int, int]
) -> None:
    """Bound the best possible after n choices that hold so many sets."""
    held, n = so_far
    added, looked = fill_most(heap, gain, limits, room)
    while added < 0:
        take_in(heap, gain, limits, limits.budget)
        added, looked = fill_most(heap, gain, limits, room)
    bound = room[2]
    bound[0], bound[1] = min(bound[0], held + added), n + 1 + looked // BOUND_EACH


@njit(cache=True, nogil=True)
def too_much(top: int, n: int, left: float, limits: Limits) -> bool:
    """Whether the choice of `top` would break a limit."""
    group = limits.group[top]
    full = group >= 0 and limits.room[group] <= 0
    return full or limits.cost[top] > left or n >= limits.most


@njit(cache=True, nogil=True)
def spend(top: int, left: float, limits: Limits) -> float:
    """Use up the room in the group and the budget; what is left."""
    if limits.group[top] >= 0:
        limits.room[limits.group[top]] -= 1
    rest: float = left - limits.cost[top]
    return rest


@njit(cache=True, nogil=True)
def best_single(heap: Heap, gain: Int32s, limits: Limits, n: int, left: float) -> int:
    """The place that adds most of those that fit beside the first n; -1: none.

    What does not fit now will not fit later, money and room only shrink: it is dropped.
    """
    top = top_of(heap, gain, limits, left)
    while top >= 0 and too_much(top, n, left, limits):
        pass_over(heap, limits, left)
        top = top_of(heap, gain, limits, left)
    found: int = top
    return found


@njit(cache=True, nogil=True)
def look_around(
    heap: Heap, gain: Int32s, limits: Limits, spent: tuple[int, float, int], best: Int64s
) -> None:
    """Note the place that holds most with the first n, if it holds more than any before.

    `spent` is n, the money left and the sets held; `best` what the best exchange holds, how
    many it keeps, its place, and the place that holds most alone.
    """
    n, left, held = spent
    single = best_single(heap, gain, limits, n, left)
    if n == 0:
        best[3] = single
    if single >= 0 and held + gain[single] > best[0]:
        best[0], best[1], best[2] = held + gain[single], n, single


@njit(cache=True, nogil=True)
def greedy(sets: Sets, start: Int32s, limits: Limits, way: Way) -> Chosen:
    """Choose until the limits allow nothing more that adds something.

    `start` is int32[p]: in how many sets each node stands, sets of one included. The bound is
    taken as long as nothing has been passed over, and once more when the first is.

    With the best exchange greedy by cost holds at least half of the best possible
    (Yaroslavtsev, Zhou, Avdiukhin, "Bring Your Own Greedy"+Max, AISTATS 2020).
    """
    gain, taken = start.copy(), np.zeros(sets.ptr.size, np.uint8)
    left, held, n, passed = limits.budget, take_all(limits.first, sets, taken, gain), 0, 0
    heap = heap_of(gain, sets.node, limits, way.by_cost)
    singles = heap_of(gain if way.exchanged else gain[:0], sets.node, limits, False)
    size, best, bound = 3 * start.size + 4, np.array([-1, 0, -1, -1]), np.array([np.inf, 0.0])
    room = np.empty(size), np.empty(size, np.int64), bound
    places, after = np.empty(start.size, np.int32), np.empty(start.size + 1, np.int64)
    after[0] = held
    look_around(singles, gain, limits, (n, left, held), best)
    top = top_of(heap, gain, limits, limits.budget)
    while top >= 0:
        much = too_much(top, n, left, limits)
        if way.bounded and passed == 0 and (much or n >= bound[1]):
            take_bound(heap, gain, limits, room, (held, n))
        if much:
            passed += 1
            if left <= 0 or n >= limits.most:
                break
            pass_over(heap, limits, left)
        else:
            drop_top(heap)
            held, left, n = held + gain[top], spend(top, left, limits), n + 1
            take(top, sets, taken, gain)
            places[n - 1], after[n] = top, held
            look_around(singles, gain, limits, (n, left, held), best)
        # A bound needs all that the whole budget pays, what comes after only what is left.
        top = top_of(heap, gain, limits, left if passed else limits.budget)
    most = min(bound[0], np.float64(held)) if passed == 0 else bound[0]
    instead = best[2] if best[0] > held else -1
    return Chosen(places[:n].copy(), after[: n + 1].copy(), most, best[1], instead, best[3])
