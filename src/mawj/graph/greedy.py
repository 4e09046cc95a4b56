"""Compiled greedy choice over sets: always the node that adds most for its cost.

What a node adds only falls as others are chosen (the count is submodular), so a heap of old
values needs to look again only at its top: lazy greedy (Minoux 1978). The heap holds only
nodes that stand in some set.

`fill_most` is the bound of Tang et al. (Online Processing Algorithms for Influence
Maximization, SIGMOD 2018): after any choice S the best possible is at most what S holds plus
what the best filling of the budget would add to S, each node counted on its own.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mawj.graph.arrays import Bytes, Float64s, Int32s, Int64s

# Nodes a bound may look at for each choice made since the one before; so bounds never take
# much longer than choosing.
BOUND_EACH = 256
# So many passed over for their price, and all others are looked through.
MANY = 64


class Sets(NamedTuple):
    """A pile and its index as the kernels read them; see `pile.Pile`."""

    ptr: Int64s
    member: Int32s
    index_ptr: Int64s
    index_sets: Int32s
    node: Int32s


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
        by_cost: whether what a node adds is divided by its cost.
        bounded: whether the best possible is bounded as well; only where `by_cost`.
    """

    cost: Float64s
    group: Int32s
    room: Int32s
    budget: float
    first: Int32s
    may: Bytes
    most: int
    by_cost: bool
    bounded: bool


class Chosen(NamedTuple):
    """What was chosen.

    Attributes:
        places: in the order of choice, those of `Limits.first` left out.
        held: int64; sets held with the first i places, from none of them to all.
        most: no choice within the limits holds more.
    """

    places: Int32s
    held: Int64s
    most: float


@njit(cache=True, nogil=True)
def before(a: int, b: int, key: Float64s, node: Int32s) -> bool:
    """Whether `a` comes above `b`: more first, equal ones by number (busiest first)."""
    above: bool = key[a] > key[b] or (key[a] == key[b] and node[a] < node[b])
    return above


@njit(cache=True, nogil=True)
def sift_down(heap: Int32s, size: int, place: int, key: Float64s, node: Int32s) -> None:
    """Let the entry at `place` sink to where it belongs."""
    entry = heap[place]
    while 2 * place + 1 < size:
        child = 2 * place + 1
        if child + 1 < size and before(heap[child + 1], heap[child], key, node):
            child += 1
        if not before(heap[child], entry, key, node):
            break
        heap[place] = heap[child]
        place = child
    heap[place] = entry


@njit(cache=True, nogil=True)
def drop_top(heap: Int32s, size: int, key: Float64s, node: Int32s) -> int:
    """Take the top away; the new size."""
    heap[0] = heap[size - 1]
    if size > 1:
        sift_down(heap, size - 1, 0, key, node)
    return size - 1


@njit(cache=True, nogil=True)
def heap_of(gain: Int32s, key: Float64s, node: Int32s, limits: Limits) -> Int32s:
    """All that may be chosen, can be paid and add something, as a heap."""
    heap = np.empty(gain.size, np.int32)
    size = 0
    for i in range(gain.size):
        if limits.may[i] and gain[i] > 0 and limits.cost[i] <= limits.budget:
            key[i] = gain[i] / limits.cost[i] if limits.by_cost else gain[i]
            heap[size] = i
            size += 1
    heap = heap[:size].copy()
    for i in range(size // 2 - 1, -1, -1):
        sift_down(heap, size, i, key, node)
    return heap


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
def fill_most(
    heap: Int32s,
    size: int,
    values_of: tuple[Float64s, Int32s, Float64s],
    budget: float,
    room: tuple[Float64s, Int64s],
) -> tuple[float, int]:
    """The most that `budget` could add if nothing overlapped, and how many nodes it looked at.

    The last node may be cut.

    The heap is read from its top; `values_of` are old values for cost, what each adds now, and
    costs; `room` is scratch, two arrays of three times its length.
    Entries below `heap.size` are places in the heap not yet looked at, others are exact.
    """
    key, gain, cost = values_of
    values, entries = room
    total, waiting, looked = 0.0, 0, 0
    if size > 0:
        waiting = push(values, entries, waiting, key[heap[0]], 0)
    while waiting > 0 and budget > 0:
        value, entry = values[0], entries[0]
        waiting = pop(values, entries, waiting)
        looked += 1
        if entry < heap.size:
            for child in range(2 * entry + 1, min(2 * entry + 3, size)):
                waiting = push(values, entries, waiting, key[heap[child]], child)
            node = heap[entry]
            exact = gain[node] / cost[node]
            waiting = push(values, entries, waiting, exact, heap.size + node)
            continue
        node = entry - heap.size
        part = min(1.0, budget / cost[node])
        budget -= cost[node]
        total += part * gain[node]
        if value <= 0:
            break
    return total, looked


@njit(cache=True, nogil=True)
def fresh_top(
    heap: Int32s, size: int, values_of: tuple[Float64s, Int32s], node: Int32s, limits: Limits
) -> bool:
    """Look again at the top until it is what it says; False when nothing adds anything."""
    key, gain = values_of
    while size > 0:
        top = heap[0]
        exact = gain[top] / limits.cost[top] if limits.by_cost else np.float64(gain[top])
        if key[top] <= exact:
            more: bool = gain[top] > 0
            return more
        key[top] = exact
        sift_down(heap, size, 0, key, node)
    return False


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
def what_fits(
    heap: Int32s,
    size: int,
    left: float,
    values_of: tuple[Float64s, Int32s, Float64s],
    waits: Int64s,
) -> int:
    """Once many were passed over, keep only what the money left still pays; how many that are.

    A little money left over would else take the heap apart one by one. `waits` counts those
    passed over, and how many of them make it worth looking through all: more each time that
    most were kept.
    """
    waits[0] += 1
    if waits[0] < waits[1]:
        return size
    key, node, cost = values_of
    kept = 0
    for i in range(size):
        if cost[heap[i]] <= left:
            heap[kept] = heap[i]
            kept += 1
    for i in range(kept // 2 - 1, -1, -1):
        sift_down(heap, kept, i, key, node)
    waits[0] = 0
    if 2 * kept > size:
        waits[1] *= 4
    return kept


@njit(cache=True, nogil=True)
def greedy(sets: Sets, start: Int32s, limits: Limits) -> Chosen:
    """Choose until the limits allow nothing more that adds something.

    `start` is int32[p]: in how many sets each node stands, sets of one included. The bound is
    taken as long as nothing has been passed over, and once more when the first is.
    """
    gain, key, taken = start.copy(), np.zeros(start.size), np.zeros(sets.ptr.size, np.uint8)
    most, left, held = np.inf, limits.budget, take_all(limits.first, sets, taken, gain)
    heap = heap_of(gain, key, sets.node, limits)
    size, n, passed, waits = heap.size, 0, 0, np.array([0, MANY])
    room = np.empty(3 * size + 4), np.empty(3 * size + 4, np.int64)
    places, after = np.empty(size, np.int32), np.empty(size + 1, np.int64)
    after[0], bound_at = held, 0
    while fresh_top(heap, size, (key, gain), sets.node, limits):
        top = heap[0]
        much = too_much(top, n, left, limits)
        if passed == 0 and (much or n >= bound_at) and limits.bounded:
            values_of = key, gain, limits.cost
            added, looked = fill_most(heap, size, values_of, limits.budget, room)
            most, bound_at = min(most, held + added), n + 1 + looked // BOUND_EACH
        size = drop_top(heap, size, key, sets.node)
        if not much:
            held += gain[top]
            left = spend(top, left, limits)
            take(top, sets, taken, gain)
            places[n], after[n + 1] = top, held
            n += 1
            continue
        passed += 1
        if left <= 0 or n >= limits.most:
            break
        size = what_fits(heap, size, left, (key, sets.node, limits.cost), waits)
    if passed == 0:
        most = min(most, np.float64(held))
    return Chosen(places[:n].copy(), after[: n + 1].copy(), most)


@njit(cache=True, nogil=True)
def one_more(sets: Sets, start: Int32s, limits: Limits, chosen: Chosen) -> tuple[int, int]:
    """The first so many of `chosen` to keep, and one place that then beats all of it; -1: none.

    `limits` must go by gain alone. With the best such exchange greedy holds at least half of
    the best possible (Yaroslavtsev, Zhou, Avdiukhin, "Bring Your Own Greedy"+Max, AISTATS
    2020).
    """
    gain, key, taken = start.copy(), np.zeros(start.size), np.zeros(sets.ptr.size, np.uint8)
    take_all(limits.first, sets, taken, gain)
    heap = heap_of(gain, key, sets.node, limits)
    left, size, waits = limits.budget, heap.size, np.array([0, MANY])
    best, keep, place = chosen.held[-1], 0, -1
    for n in range(chosen.places.size + 1):
        # What does not fit now will not fit later: money and room only shrink.
        while fresh_top(heap, size, (key, gain), sets.node, limits):
            if not too_much(heap[0], n, left, limits):
                break
            size = drop_top(heap, size, key, sets.node)
            size = what_fits(heap, size, left, (key, sets.node, limits.cost), waits)
        if size > 0 and chosen.held[n] + gain[heap[0]] > best:
            best, keep, place = chosen.held[n] + gain[heap[0]], n, heap[0]
        if n < chosen.places.size:
            take(chosen.places[n], sets, taken, gain)
            left = spend(chosen.places[n], left, limits)
    return keep, place
