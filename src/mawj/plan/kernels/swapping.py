"""Compiled local search over picks: leave one out and fill up, or push one in and make room.

Offers, limits and state are those of `mawj.plan.kernels.picking`. Each function tries every
move of its kind, undoes it, and says which was best; the caller makes it by the same steps.
"""

import numpy as np
from numba import njit

from mawj.graph.arrays import Int32s
from mawj.plan.kernels.picking import (
    Tuples,
    belongs,
    fits,
    gain,
    helps,
    is_short,
    over,
    put,
    take,
    worth,
)

Move = tuple[float, int, int]
"""What a move adds, the offer that it starts from (-1: none), how it fills up."""


@njit(cache=True, nogil=True)
def next_best(
    offers: Tuples, limits: Tuples, state: Tuples, pool: Int32s, banned: int, by_price: bool
) -> tuple[int, float]:
    """The offer of the pool to pick next and what it adds; lower bounds first; -1 for none."""
    needed = is_short(limits, state)
    best, best_key, best_gain = -1, -1.0, 0.0
    for i in pool:
        if state[3][i] or i == banned or not fits(limits, state, i):
            continue
        if needed and not helps(limits, state, i):
            continue
        added = gain(offers, state, i)
        key = worth(added, limits[2][i], by_price)
        if key > best_key and (added > 0.0 or needed):
            best, best_key, best_gain = i, key, added
    return best, best_gain


@njit(cache=True, nogil=True)
def fill(
    offers: Tuples, limits: Tuples, state: Tuples, pool: Int32s, banned: int, by_price: bool
) -> tuple[float, Int32s]:
    """Pick from the pool until nothing fits: what that adds, and whom."""
    won, n = 0.0, 0
    chosen = np.empty(pool.size, np.int32)
    while True:
        i, added = next_best(offers, limits, state, pool, banned, by_price)
        if i < 0:
            break
        put(offers, limits, state, i)
        chosen[n] = i
        won += added
        n += 1
    return won, chosen[:n].copy()


@njit(cache=True, nogil=True)
def best_drop(
    offers: Tuples, limits: Tuples, state: Tuples, picks: Int32s, pool: Int32s
) -> Move:
    """The best of: leave out one pick, then fill up by gain (1) or by gain for money (0)."""
    best, start, how = 0.0, -1, 0
    for i in picks:
        for by_price in (0, 1):
            take(offers, limits, state, i)
            lost = gain(offers, state, i)
            won, chosen = fill(offers, limits, state, pool, i, by_price == 1)
            if won - lost > best and not is_short(limits, state):
                best, start, how = won - lost, i, by_price
            for j in chosen[::-1]:
                take(offers, limits, state, j)
            put(offers, limits, state, i)
    return best, start, how


@njit(cache=True, nogil=True)
def make_room(
    offers: Tuples, limits: Tuples, state: Tuples, picks: Int32s, i: int
) -> tuple[float, Int32s]:
    """Take picks out until offer i, picked already, is over no limit: the loss, and whom.

    Of the picks that count for the limit gone over, the one that loses least for its money
    goes first. A loss below 0 says that there is no way.
    """
    lost, n = 0.0, 0
    dropped = np.empty(picks.size, np.int32)
    while True:
        limit = over(limits, state, i)
        if limit < 0:
            return lost, dropped[:n].copy()
        out, out_key, out_loss = -1, np.inf, 0.0
        for j in picks:
            if j == i or not state[3][j] or not belongs(limits, j, limit):
                continue
            take(offers, limits, state, j)
            loss = gain(offers, state, j)
            put(offers, limits, state, j)
            key = worth(loss, limits[2][j], True)
            if key < out_key:
                out, out_key, out_loss = j, key, loss
        if out < 0:
            return -1.0, dropped[:n].copy()
        take(offers, limits, state, out)
        dropped[n] = out
        n += 1
        lost += out_loss


@njit(cache=True, nogil=True)
def best_push(
    offers: Tuples, limits: Tuples, state: Tuples, picks: Int32s, pool: Int32s
) -> Move:
    """The best of: pick one more, take out what that is too much, fill up by gain for money."""
    best, start = 0.0, -1
    for i in pool:
        if state[3][i]:
            continue
        added = gain(offers, state, i)
        # Even without taking anything out it would not be better.
        if added <= best:
            continue
        put(offers, limits, state, i)
        lost, dropped = make_room(offers, limits, state, picks, i)
        if lost >= 0.0:
            won, chosen = fill(offers, limits, state, pool, i, True)
            if added + won - lost > best and not is_short(limits, state):
                best, start = added + won - lost, i
            for j in chosen[::-1]:
                take(offers, limits, state, j)
        for j in dropped[::-1]:
            put(offers, limits, state, j)
        take(offers, limits, state, i)
    return best, start, 1
