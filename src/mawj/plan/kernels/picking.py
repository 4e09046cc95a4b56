"""Compiled search for the best picks: offers that cover elements, under limits.

What a set of offers is worth: ``sum of alone + sum over elements of weight * (1 - product of
(1 - chance) over the picks that cover it)``: monotone, with falling returns (submodular). With
a chance of 1 it is weighted coverage.

Offers are ``(ptr int64[n + 1], member int32[m], weight float64[elements], chance float64[n],
alone float64[n])``: the elements of offer i are ``member[ptr[i]:ptr[i + 1]]``.

Limits are ``(ptr int64[n + 1], limit int32[], price int64[n], most int64[l, 2], least
int64[l, 2], with_least int32[])``: which limits count offer i; column 0 of `most` and `least`
bounds how many are picked, column 1 what they cost together. `with_least` lists the limits with
a lower bound.

The state is ``(left float64[elements], full uint16[elements], used int64[l, 2], is_in
bool[n])``: what picks leave of each element (those with a chance below 1), how many cover it
with certainty, what is used of each limit, who is picked.

Source: lazy evaluation, Minoux 1978, Accelerated greedy algorithms; gain over cost, Leskovec et
al. 2007, Cost-effective outbreak detection in networks.
"""

from typing import Any

import numpy as np
from numba import njit

from mawj.graph.arrays import Float64s, Int32s

FULL = 0.999999
"""A chance from which an element counts as covered with certainty."""

Tuples = Any


@njit(cache=True, nogil=True)
def gain(offers: Tuples, state: Tuples, i: int) -> float:
    """What offer i adds to the picks of the state."""
    ptr, member, weight, chance, alone = offers
    left, full = state[0], state[1]
    total = 0.0
    for t in range(ptr[i], ptr[i + 1]):
        e = member[t]
        if full[e] == 0:
            total += weight[e] * left[e]
    added: float = alone[i] + chance[i] * total
    return added


@njit(cache=True, nogil=True)
def gains(offers: Tuples, state: Tuples, which: Int32s) -> Float64s:
    """What each offer of `which` adds by itself to the picks of the state."""
    made = np.empty(which.size, np.float64)
    for place in range(which.size):
        made[place] = gain(offers, state, which[place])
    return made


@njit(cache=True, nogil=True)
def put(offers: Tuples, limits: Tuples, state: Tuples, i: int) -> None:
    """Pick offer i."""
    ptr, member, _, chance, _ = offers
    left, full, _, is_in = state
    if chance[i] >= FULL:
        for t in range(ptr[i], ptr[i + 1]):
            full[member[t]] += 1
    else:
        kept = 1.0 - chance[i]
        for t in range(ptr[i], ptr[i + 1]):
            left[member[t]] *= kept
    count(limits, state, i, 1)
    is_in[i] = True


@njit(cache=True, nogil=True)
def take(offers: Tuples, limits: Tuples, state: Tuples, i: int) -> None:
    """Undo the picking of offer i."""
    ptr, member, _, chance, _ = offers
    left, full, _, is_in = state
    if chance[i] >= FULL:
        for t in range(ptr[i], ptr[i + 1]):
            full[member[t]] -= 1
    else:
        kept = 1.0 / (1.0 - chance[i])
        for t in range(ptr[i], ptr[i + 1]):
            left[member[t]] *= kept
    count(limits, state, i, -1)
    is_in[i] = False


@njit(cache=True, nogil=True)
def count(limits: Tuples, state: Tuples, i: int, by: int) -> None:
    """Add offer i to what is used of its limits (`by` 1), or take it off (-1)."""
    ptr, limit, price, _, _, _ = limits
    used = state[2]
    for t in range(ptr[i], ptr[i + 1]):
        used[limit[t], 0] += by
        used[limit[t], 1] += by * price[i]


@njit(cache=True, nogil=True)
def fits(limits: Tuples, state: Tuples, i: int) -> bool:
    """Whether offer i may be picked without going over any limit."""
    ptr, limit, price, most, _, _ = limits
    used = state[2]
    for t in range(ptr[i], ptr[i + 1]):
        k = limit[t]
        if used[k, 0] + 1 > most[k, 0] or used[k, 1] + price[i] > most[k, 1]:
            return False
    return True


@njit(cache=True, nogil=True)
def over(limits: Tuples, state: Tuples, i: int) -> int:
    """A limit of offer i that is gone over; -1 for none."""
    ptr, limit, _, most, _, _ = limits
    used = state[2]
    for t in range(ptr[i], ptr[i + 1]):
        k = limit[t]
        if used[k, 0] > most[k, 0] or used[k, 1] > most[k, 1]:
            return int(k)
    return -1


@njit(cache=True, nogil=True)
def is_short(limits: Tuples, state: Tuples) -> bool:
    """Whether some lower bound is not reached yet."""
    _, _, _, _, least, with_least = limits
    used = state[2]
    for k in with_least:  # noqa: SIM110
        if used[k, 0] < least[k, 0] or used[k, 1] < least[k, 1]:
            return True
    return False


@njit(cache=True, nogil=True)
def helps(limits: Tuples, state: Tuples, i: int) -> bool:
    """Whether offer i counts for a lower bound that is not reached yet."""
    ptr, limit, _, _, least, _ = limits
    used = state[2]
    for t in range(ptr[i], ptr[i + 1]):
        k = limit[t]
        if used[k, 0] < least[k, 0] or used[k, 1] < least[k, 1]:
            return True
    return False


@njit(cache=True, nogil=True)
def belongs(limits: Tuples, i: int, k: int) -> bool:
    """Whether limit k counts offer i."""
    ptr, limit = limits[0], limits[1]
    for t in range(ptr[i], ptr[i + 1]):  # noqa: SIM110
        if limit[t] == k:
            return True
    return False


@njit(cache=True, nogil=True)
def sink(keys: Float64s, ids: Int32s, size: int, at: int) -> None:
    """Move an entry of the heap down; the largest key is first, of equals the smallest id."""
    key, i = keys[at], ids[at]
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        other = child + 1
        if other < size and (
            keys[other] > keys[child]
            or (keys[other] == keys[child] and ids[other] < ids[child])
        ):
            child = other
        if key > keys[child] or (key == keys[child] and i < ids[child]):
            break
        keys[at], ids[at] = keys[child], ids[child]
        at = child
    keys[at], ids[at] = key, i


@njit(cache=True, nogil=True)
def heap_of(
    limits: Tuples, state: Tuples, most_gain: Float64s, cost: Float64s
) -> tuple[Float64s, Int32s, int]:
    """Offers that fit and may add something, as a heap: keys, offers, how many."""
    keys, ids = np.empty(cost.size, np.float64), np.empty(cost.size, np.int32)
    size = 0
    for i in range(cost.size):
        if not state[3][i] and fits(limits, state, i) and most_gain[i] > 0.0:
            keys[size], ids[size] = most_gain[i] / cost[i], i
            size += 1
    for at in range(size // 2 - 1, -1, -1):
        sink(keys, ids, size, at)
    return keys, ids, size


@njit(cache=True, nogil=True)
def lazy_greedy(
    offers: Tuples, limits: Tuples, state: Tuples, most_gain: Float64s, cost: Float64s
) -> tuple[Int32s, Float64s]:
    """Pick the largest gain for its cost until nothing fits.

    The state is changed; `most_gain` says for each offer at least what it adds now. A cost of 1
    for each compares gains, prices gains for the money.

    Returns:
        Whom, in the order picked, and what each added then.
    """
    keys, ids, size = heap_of(limits, state, most_gain, cost)
    chosen, added, n = np.empty(size, np.int32), np.empty(size, np.float64), 0
    while size > 0:
        i = ids[0]
        is_next = False
        if fits(limits, state, i):
            now = gain(offers, state, i)
            key = now / cost[i]
            rivals = max(keys[1] if size > 1 else -1.0, keys[2] if size > 2 else -1.0)
            if now > 0.0 and key < rivals:
                keys[0] = key
                sink(keys, ids, size, 0)
                continue
            is_next = now > 0.0
        if is_next:
            put(offers, limits, state, i)
            chosen[n], added[n] = i, now
            n += 1
        size -= 1
        keys[0], ids[0] = keys[size], ids[size]
        if size > 0:
            sink(keys, ids, size, 0)
    return chosen[:n].copy(), added[:n].copy()


@njit(cache=True, nogil=True)
def fitting(limits: Tuples, state: Tuples, which: Int32s) -> Any:
    """Whether each of some offers may be picked and is not picked yet."""
    made = np.zeros(which.size, np.bool_)
    for place in range(which.size):
        made[place] = not state[3][which[place]] and fits(limits, state, which[place])
    return made


@njit(cache=True, nogil=True)
def losses(offers: Tuples, limits: Tuples, state: Tuples, picks: Int32s) -> Float64s:
    """What would be lost without each pick."""
    made = np.empty(picks.size, np.float64)
    for place in range(picks.size):
        take(offers, limits, state, picks[place])
        made[place] = gain(offers, state, picks[place])
        put(offers, limits, state, picks[place])
    return made
