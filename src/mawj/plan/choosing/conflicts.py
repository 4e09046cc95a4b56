"""Which wishes exclude each other, and the nearest that can be had."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from mawj.plan.choosing.limits import NO_LIMIT, Limit, packed
from mawj.plan.choosing.search import cheapest_picks, constraints_of, eligible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.plan.choosing.asked import Int32s
    from mawj.plan.choosing.limits import Limits

MOST_TOGETHER = 3
"""Wishes relaxed together at most before all that conflict are relaxed at once."""


@dataclass(frozen=True)
class Relaxed:
    """One way out: the wishes given up in part, and limits under which something can be had.

    Attributes:
        wishes: the limits as wished.
        nearest: the same limits as far as they can be kept.
        limits: all limits with those in place.
    """

    wishes: tuple[Limit, ...]
    nearest: tuple[Limit, ...]
    limits: Limits


@dataclass(frozen=True)
class Conflict:
    """Why nothing can be had.

    Attributes:
        wishes: limits that cannot be obeyed together, while without any one of them the others
            could.
        ways_out: the fewest wishes that must be relaxed, each way that is enough.
    """

    wishes: tuple[Limit, ...]
    ways_out: tuple[Relaxed, ...]


def conflict_of(limits: Limits) -> Conflict | None:
    """Why no picks obey the limits; None where some do.

    Wishes are dropped one after the other while the rest still cannot be obeyed (a deletion
    filter: Chinneck & Dravnieks 1991); what remains conflicts, and each part of it is needed
    for that. Then the wishes are relaxed one at a time, in pairs, and in threes, each as little
    as possible, relative to what was wished.
    """
    if cheapest_picks(limits) is not None:
        return None
    kept = list(range(len(limits.limits)))
    # What people are least attached to is dropped first, so that budget and must-haves are
    # named where they are part of it.
    for place in sorted(kept, key=lambda i: _attachment(limits.limits[i])):
        rest = [i for i in kept if i != place]
        if not _can(limits, rest):
            kept = rest
    ways: list[Relaxed] = []
    for n in range(1, MOST_TOGETHER + 1):
        ways = [way for some in _some(limits, kept, n) if (way := _relaxed(limits, some))]
        if ways:
            break
    if not ways:
        way = _relaxed(limits, tuple(range(len(limits.limits))))
        ways = [way] if way else []
    return Conflict(tuple(limits.limits[i] for i in kept), tuple(ways))


def _attachment(limit: Limit) -> int:
    return ("creator", "group_share", "group", "picks", "must", "budget", "differs").index(
        limit.key
    )


def _some(limits: Limits, core: Sequence[int], n: int) -> list[tuple[int, ...]]:
    """Sets of `n` limits to relax, of which one at least is among those that conflict."""
    if n == 1:
        return [(i,) for i in core]
    others = [i for i, one in enumerate(limits.limits) if one.key != "creator" or i in core]
    return [some for some in combinations(others[:40], n) if set(some) & set(core)]


def _can(limits: Limits, kept: Sequence[int]) -> bool:
    """Whether some picks obey these limits only."""
    free = replace(limits.limits[0], most=NO_LIMIT, most_minor=NO_LIMIT, least=0, least_minor=0)
    some = [limits.limits[i] for i in kept]
    return cheapest_picks(packed(some or [free], limits.price)) is not None


def _relaxed(limits: Limits, which: tuple[int, ...]) -> Relaxed | None:
    """The least relaxation of some limits under which the others can be obeyed."""
    picks = _nearest_picks(limits, which)
    if picks is None:
        return None
    wishes = tuple(limits.limits[i] for i in which)
    nearest = tuple(_loosened(one, picks, limits) for one in wishes)
    now = list(limits.limits)
    for i, one in zip(which, nearest, strict=True):
        now[i] = one
    relaxed = packed(now, limits.price)
    changed = [(w, m) for w, m in zip(wishes, nearest, strict=True) if w != m]
    if not relaxed.keeps(picks) or len(changed) < len(wishes):
        # A smaller set of wishes is enough; it is found by itself.
        return None if len(which) <= MOST_TOGETHER else _all_changed(changed, relaxed)
    return Relaxed(wishes, nearest, relaxed)


def _all_changed(changed: list[tuple[Limit, Limit]], relaxed: Limits) -> Relaxed:
    return Relaxed(tuple(w for w, _ in changed), tuple(m for _, m in changed), relaxed)


def _loosened(limit: Limit, picks: Int32s, limits: Limits) -> Limit:
    n, cost = limit.used(picks, limits.price)
    return replace(
        limit,
        most=max(limit.most, n), most_minor=max(limit.most_minor, cost),
        least=min(limit.least, n), least_minor=min(limit.least_minor, cost),
    )  # fmt: skip


def _nearest_picks(limits: Limits, which: tuple[int, ...]) -> Int32s | None:
    """Picks that break the limits of `which` least, as shares of what was wished."""
    n = limits.price.size
    if n == 0:
        return np.empty(0, np.int32)
    [wished] = constraints_of(limits)
    owner = _owners(limits)
    slack_rows = np.flatnonzero(np.isin(owner, which))
    k = slack_rows.size
    # Rows are scaled to what is wished, so that a slack is a share of it.
    over = csr_array((np.full(k, -1.0), (slack_rows, np.arange(k))), (owner.size, k))
    whole: Any = wished.A
    matrix = hstack([whole, over, -over], format="csr")
    # Among equally near picks the cheapest: a thousandth of a share weighs next to nothing.
    price = limits.price / max(float(limits.price.sum()), 1.0) * 1e-3
    objective = np.concatenate([price, np.ones(2 * k)])
    integral = np.concatenate([np.ones(n), np.zeros(2 * k)])
    most: Any = np.concatenate([eligible(limits).astype(float), np.full(2 * k, np.inf)])
    solved = milp(
        objective, integrality=integral, bounds=Bounds(0.0, most),
        constraints=[LinearConstraint(matrix, wished.lb, wished.ub)],
        options={"mip_rel_gap": 1e-6},
    )  # fmt: skip
    if solved.x is None:
        return None
    return np.flatnonzero(solved.x[:n] > 0.5).astype(np.int32)


def _owners(limits: Limits) -> Any:
    """Which limit each row of `constraints_of` belongs to."""
    owner = []
    for place, one in enumerate(limits.limits):
        if one.most < NO_LIMIT or one.least > 0:
            owner.append(place)
        if one.most_minor < NO_LIMIT or one.least_minor > 0:
            owner.append(place)
    return np.array(owner)
