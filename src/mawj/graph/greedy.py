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

# Beyond so many choices the bound is taken only now and then: each costs about as many steps.
BOUND_EACH = 128


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
    """

    cost: Float64s
    group: Int32s
    room: Int32s
    budget: float
    first: Int32s
    may: Bytes
    most: int
    by_cost: bool


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
) -> float:
    """The most that `budget` could add if nothing overlapped; the last node may be cut.

    The heap is read from its top; `values_of` are old values for cost, what each adds now, and
    costs; `room` is scratch, two arrays of three times its length.
    Entries below `heap.size` are places in the heap not yet looked at, others are exact.
    """
    key, gain, cost = values_of
    values, entries = room
    total, waiting = 0.0, 0
    if size > 0:
        waiting = push(values, entries, waiting, key[heap[0]], 0)
    while waiting > 0 and budget > 0:
        value, entry = values[0], entries[0]
        waiting = pop(values, entries, waiting)
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
    return total


@njit(cache=True, nogil=True)
def bound_now(n_chosen: int, limits: Limits) -> bool:
    """Whether the bound is taken before this choice: often at first, then now and then."""
    if not limits.by_cost:
        return False
    return n_chosen < BOUND_EACH or n_chosen % (n_chosen // 16) == 0


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
def greedy(sets: Sets, start: Int32s, limits: Limits) -> Chosen:
    """Choose until the limits allow nothing more that adds something.

    `start` is int32[p]: in how many sets each node stands, sets of one included. The bound is
    taken as long as nothing has been passed over, and once more when the first is.
    """
    gain, key, taken = start.copy(), np.zeros(start.size), np.zeros(sets.ptr.size, np.uint8)
    most, left, held = np.inf, limits.budget, take_all(limits.first, sets, taken, gain)
    heap = heap_of(gain, key, sets.node, limits)
    size, n, passed = heap.size, 0, False
    room = np.empty(3 * size + 4), np.empty(3 * size + 4, np.int64)
    places, after = np.empty(size, np.int32), np.empty(size + 1, np.int64)
    after[0] = held
    while fresh_top(heap, size, (key, gain), sets.node, limits):
        top = heap[0]
        much = too_much(top, n, left, limits)
        if not passed and (much or bound_now(n, limits)):
            values_of = key, gain, limits.cost
            added = fill_most(heap, size, values_of, limits.budget, room)
            most = min(most, held + added)
        passed |= much
        size = drop_top(heap, size, key, sets.node)
        if not much:
            held += gain[top]
            left -= limits.cost[top]
            if limits.group[top] >= 0:
                limits.room[limits.group[top]] -= 1
            take(top, sets, taken, gain)
            places[n] = top
            n += 1
            after[n] = held
        elif left <= 0 or n >= limits.most:
            break
    if not passed:
        most = min(most, np.float64(held))
    return Chosen(places[:n].copy(), after[: n + 1].copy(), most)


@njit(cache=True, nogil=True)
def best_that_fits(gain: Int32s, left: float, limits: Limits) -> int:
    """The place that adds most of those whose price and group still fit; -1: none."""
    best, most = -1, 0
    for i in range(gain.size):
        if limits.may[i] and gain[i] > most and limits.cost[i] <= left:
            group = limits.group[i]
            if group < 0 or limits.room[group] > 0:
                best, most = i, gain[i]
    return best


@njit(cache=True, nogil=True)
def one_more(sets: Sets, start: Int32s, limits: Limits, chosen: Chosen) -> tuple[int, int]:
    """The first so many of `chosen` to keep, and one place that then beats all of it; -1: none.

    With the best such exchange greedy holds at least half of the best possible (Yaroslavtsev,
    Zhou, Avdiukhin, "Bring Your Own Greedy"+Max, AISTATS 2020).
    """
    gain, taken = start.copy(), np.zeros(sets.ptr.size, np.uint8)
    take_all(limits.first, sets, taken, gain)
    left, best, keep, place = limits.budget, chosen.held[-1], 0, -1
    top = start.max() if start.size > 0 else 0
    for n in range(min(chosen.places.size, limits.most)):
        if chosen.held[n] + top > best:
            found = best_that_fits(gain, left, limits)
            if found >= 0 and chosen.held[n] + gain[found] > best:
                best, keep, place = chosen.held[n] + gain[found], n, found
        node = chosen.places[n]
        take(node, sets, taken, gain)
        left -= limits.cost[node]
        if limits.group[node] >= 0:
            limits.room[limits.group[node]] -= 1
    return keep, place
