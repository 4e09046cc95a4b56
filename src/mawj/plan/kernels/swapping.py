"""Compiled local search over picks: leave one out and fill up, or push one in and make room.

Offers, limits and state are those of `mawj.plan.kernels.picking`, cut down to a pool of offers
and the elements that these cover. Beside them `near` holds, for each element, which offers of
the pool cover it (``ptr int64[elements + 1]``, ``row int32[m]``) and ``added float64[n]``, what
each offer of the pool adds to the others that are picked; it is kept up with every move, so
that a move costs what its own elements cost and not what the whole pool does.

``costs float64[ways, n]`` holds what a gain is divided by in each way of filling up.
"""

from typing import Any

import numpy as np
from numba import njit

from mawj.graph.arrays import Float64s, Int32s, Int64s
from mawj.plan.kernels.picking import (
    FULL,
    Tuples,
    belongs,
    count,
    fits,
    helps,
    is_short,
    over,
)


@njit(cache=True, nogil=True)
def inverse(ptr: Int64s, member: Int32s, n_elements: int) -> tuple[Int64s, Int32s]:
    """For each element the rows that cover it."""
    inv_ptr = np.zeros(n_elements + 1, np.int64)
    for e in member:
        inv_ptr[e + 1] += 1
    for e in range(n_elements):
        inv_ptr[e + 1] += inv_ptr[e]
    at, row = inv_ptr[:-1].copy(), np.empty(member.size, np.int32)
    for i in range(ptr.size - 1):
        for t in range(ptr[i], ptr[i + 1]):
            row[at[member[t]]] = i
            at[member[t]] += 1
    return inv_ptr, row


@njit(cache=True, nogil=True)
def shift(offers: Tuples, limits: Tuples, state: Tuples, near: Tuples, move: Any) -> None:
    """Pick an offer (`move` is its place and 1) or undo that (-1), and keep `added` up."""
    ptr, member, weight, chance, _ = offers
    left, full, _, is_in = state
    inv_ptr, row, added = near
    i, by = move
    kept = 1.0 - chance[i] if by > 0 else 1.0 / (1.0 - min(chance[i], FULL))
    for t in range(ptr[i], ptr[i + 1]):
        e = member[t]
        before = left[e] if full[e] == 0 else 0.0
        if chance[i] >= FULL:
            full[e] += by
        else:
            left[e] *= kept
        changed = weight[e] * ((left[e] if full[e] == 0 else 0.0) - before)
        if changed != 0.0:
            for u in range(inv_ptr[e], inv_ptr[e + 1]):
                added[row[u]] += chance[row[u]] * changed
    count(limits, state, i, by)
    is_in[i] = by > 0


@njit(cache=True, nogil=True)
def fill(
    offers: Tuples, limits: Tuples, state: Tuples, near: Tuples, how: Tuples
) -> tuple[float, Int32s]:
    """Pick until nothing fits, lower bounds first: what that adds, and whom.

    `how` is whom not to pick (-1: anybody) and the costs that gains are divided by.
    """
    banned, cost = how
    added = near[2]
    won, n = 0.0, 0
    chosen = np.empty(cost.size, np.int32)
    while True:
        needed = is_short(limits, state)
        best, best_key = -1, -1.0
        for i in range(cost.size):
            key = added[i] / cost[i]
            if (
                state[3][i]
                or i == banned
                or key <= best_key
                or (added[i] <= 0.0 and not needed)
            ):
                continue
            if fits(limits, state, i) and (not needed or helps(limits, state, i)):
                best, best_key = i, key
        if best < 0:
            return won, chosen[:n].copy()
        won += added[best]
        shift(offers, limits, state, near, (best, 1))
        chosen[n] = best
        n += 1


@njit(cache=True, nogil=True)
def undo(offers: Tuples, limits: Tuples, state: Tuples, near: Tuples, chosen: Int32s) -> None:
    """Take out those picked last."""
    for place in range(chosen.size - 1, -1, -1):
        shift(offers, limits, state, near, (chosen[place], -1))


@njit(cache=True, nogil=True)
def drop_pass(
    offers: Tuples, limits: Tuples, state: Tuples, near: Tuples, costs: Float64s, least: float
) -> float:
    """Each pick in turn: left out and filled up in each way; the best is kept if better."""
    total = 0.0
    for i in np.flatnonzero(state[3]).astype(np.int32):
        if not state[3][i]:
            continue
        shift(offers, limits, state, near, (i, -1))
        lost = near[2][i]
        best, best_way = least, -1
        for way in range(costs.shape[0]):
            won, chosen = fill(offers, limits, state, near, (i, costs[way]))
            if won - lost > best and not is_short(limits, state):
                best, best_way = won - lost, way
            undo(offers, limits, state, near, chosen)
        if best_way < 0:
            shift(offers, limits, state, near, (i, 1))
        else:
            fill(offers, limits, state, near, (i, costs[best_way]))
            total += best
    return total


@njit(cache=True, nogil=True)
def make_room(
    offers: Tuples, limits: Tuples, state: Tuples, near: Tuples, how: Tuples
) -> tuple[float, Int32s]:
    """Take picks out until an offer, picked already, is over no limit: the loss, and whom.

    `how` is the offer and the costs that losses are divided by: of the picks that count for the
    limit gone over, the one that loses least goes first. A loss below 0 says that there is no
    way.
    """
    i, cost = how
    lost, n = 0.0, 0
    dropped = np.empty(cost.size, np.int32)
    # Losses grow as others go, so that one worked out before is still a lower bound.
    losses = np.full(cost.size, -1.0)
    while True:
        limit = over(limits, state, i)
        if limit < 0:
            return lost, dropped[:n].copy()
        out = least_lost(offers, limits, state, losses, (i, limit, cost))
        if out < 0:
            return -1.0, dropped[:n].copy()
        lost += losses[out]
        shift(offers, limits, state, near, (out, -1))
        dropped[n] = out
        n += 1


@njit(cache=True, nogil=True)
def least_lost(
    offers: Tuples, limits: Tuples, state: Tuples, losses: Float64s, how: Tuples
) -> int:
    """The pick of a limit that loses least for its cost; -1 for none. `losses` is kept up."""
    i, limit, cost = how
    fresh = np.zeros(cost.size, np.bool_)
    while True:
        out, least = -1, np.inf
        for j in range(cost.size):
            if j == i or not state[3][j] or not belongs(limits, j, limit):
                continue
            if losses[j] < 0.0:
                losses[j] = lost_without(offers, state, j)
                fresh[j] = True
            if losses[j] / cost[j] < least:
                out, least = j, losses[j] / cost[j]
        if out < 0 or fresh[out]:
            return out
        losses[out] = lost_without(offers, state, out)
        fresh[out] = True


@njit(cache=True, nogil=True)
def lost_without(offers: Tuples, state: Tuples, i: int) -> float:
    """What is lost without a pick."""
    ptr, member, weight, chance, alone = offers
    left, full = state[0], state[1]
    is_full = chance[i] >= FULL
    total = 0.0
    for t in range(ptr[i], ptr[i + 1]):
        e = member[t]
        if full[e] == (1 if is_full else 0):
            total += weight[e] * left[e]
    lost: float = alone[i] + (total if is_full else chance[i] * total / (1.0 - chance[i]))
    return lost


@njit(cache=True, nogil=True)
def push_pass(
    offers: Tuples, limits: Tuples, state: Tuples, near: Tuples, costs: Float64s, least: float
) -> float:
    """Each offer not picked, in turn: picked, room made, filled up; kept if better."""
    total = 0.0
    for i in range(costs.shape[1]):
        if state[3][i] or near[2][i] <= least:
            continue
        added = near[2][i]
        shift(offers, limits, state, near, (i, 1))
        lost, dropped = make_room(offers, limits, state, near, (i, costs[0]))
        if lost >= 0.0:
            won, chosen = fill(offers, limits, state, near, (-1, costs[0]))
            if added + won - lost > least and not is_short(limits, state):
                total += added + won - lost
                continue
            undo(offers, limits, state, near, chosen)
        for place in range(dropped.size - 1, -1, -1):
            shift(offers, limits, state, near, (dropped[place], 1))
        shift(offers, limits, state, near, (i, -1))
    return total


@njit(cache=True, nogil=True)
def if_taken(
    offers: Tuples, limits: Tuples, state: Tuples, near: Tuples, how: Tuples
) -> tuple[float, bool]:
    """What changes if an offer is put in, room made and the rest filled up; then it is undone.

    `how` is the offer and the costs; also whether every limit is kept then.
    """
    i, cost = how
    added = near[2][i]
    shift(offers, limits, state, near, (i, 1))
    lost, dropped = make_room(offers, limits, state, near, how)
    won, is_kept = 0.0, False
    if lost >= 0.0:
        won, chosen = fill(offers, limits, state, near, (-1, cost))
        is_kept = not is_short(limits, state)
        undo(offers, limits, state, near, chosen)
    for place in range(dropped.size - 1, -1, -1):
        shift(offers, limits, state, near, (dropped[place], 1))
    shift(offers, limits, state, near, (i, -1))
    return added + won - lost, is_kept
