"""Compiled branch and bound: every set of picks looked at, or shown not to be worth looking at.

Offers, limits and state are those of `mawj.plan.kernels.picking`. Offers are decided one after
the other, picked first, then left out. Below picks S nothing can be worth more than S plus what
fractions of the offers still undecided add to S by themselves, under the money that is left and
under the number that may still be picked, since returns fall (Nemhauser & Wolsey 1981).
"""

import numpy as np
from numba import njit

from mawj.graph.arrays import Float64s, Int32s, Int64s
from mawj.plan.kernels.picking import Tuples, fits, gain, is_short, put, take


@njit(cache=True, nogil=True)
def most_below(
    offers: Tuples, limits: Tuples, state: Tuples, undecided: Int32s, picks_left: int
) -> float:
    """What the undecided can add at most: under the money, under the number; the smaller."""
    price, most, used = limits[2], limits[3], state[2]
    money = float(most[0, 1] - used[0, 1])
    gained, cost = np.empty(undecided.size, np.float64), np.empty(undecided.size, np.float64)
    n = 0
    for i in undecided:
        if fits(limits, state, i):
            gained[n], cost[n] = gain(offers, state, i), float(price[i])
            n += 1
    ratio = gained[:n] / np.maximum(cost[:n], 1e-9)
    by_money, left = 0.0, money
    for place in np.argsort(-ratio):
        share = 1.0 if cost[place] <= left else left / cost[place]
        by_money += share * gained[place]
        left -= share * cost[place]
        if share < 1.0:
            break
    if picks_left >= n:
        return by_money
    by_number: float = np.sort(gained[:n])[n - picks_left :].sum()
    return min(by_money, by_number)


@njit(cache=True, nogil=True)
def branch(
    offers: Tuples, limits: Tuples, state: Tuples, order: Int32s, at: Tuples, kept: Tuples
) -> None:
    """Look at every set that decides offers from `at[0]` on, where the picks are worth `at[1]`.

    `kept` holds what is known: the best value (float64[1]), its picks (bool[n]), and how many
    sets were looked at, may be, and may be picked (int64[3]).
    """
    depth, value = at
    best, chosen, counts = kept
    counts[0] += 1
    if counts[0] > counts[1]:
        return
    if value > best[0] * (1 + 1e-12) and not is_short(limits, state):
        best[0] = value
        chosen[:] = state[3]
    if depth == order.size:
        return
    left = counts[2] - np.sum(state[3])
    if value + most_below(offers, limits, state, order[depth:], left) <= best[0] * (1 + 1e-9):
        return
    i = int(order[depth])
    if fits(limits, state, i):
        added = gain(offers, state, i)
        put(offers, limits, state, i)
        branch(offers, limits, state, order, (depth + 1, value + added), kept)
        take(offers, limits, state, i)
    branch(offers, limits, state, order, (depth + 1, value), kept)


@njit(cache=True, nogil=True)
def order_of(gained: Float64s, price: Int64s) -> Int32s:
    """Offers by what they bring by themselves for their money."""
    return np.argsort(-gained / np.maximum(price, 0.5), kind="mergesort").astype(np.int32)
