"""The search for picks: lower bounds first, lazy greedy twice, then swaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from mawj.plan.choosing.limits import NO_LIMIT
from mawj.plan.kernels.picking import fits, gain, gains, helps, is_short, lazy_greedy, put, take
from mawj.plan.kernels.swapping import drop_pass, fill, inverse, push_pass

if TYPE_CHECKING:
    from mawj.plan.choosing.asked import Float64s, Int32s, PortfolioSettings
    from mawj.plan.choosing.instance import Instance
    from mawj.plan.choosing.limits import Limits

LEAST_GAIN = 1e-9
"""Share of the value that a swap must add: below lies what another order of adding changes."""
MOST_TRIES = 25
"""Offers tried in turn to serve a lower bound before the cheapest way is taken."""
NEAR = 0.97
"""A start below this share of the best is not improved where there are many offers."""
MOST_MOVED = 2_000_000
"""Elements of the pool, times passes, after which swaps end: the first bring nearly all."""
MOST_EACH = 300
"""Up to so many offers a search begins with each of the best ones; above, with the best."""
MOST_ELIGIBLE, KEPT_OF_A_KIND = 3_000, 60
"""Up to so many offers all are looked at for whether limits can be obeyed; above, the cheapest
and the dearest so many of each kind: wishes ask for fewer of a kind."""


@dataclass(frozen=True)
class Found:
    """Picks and what they are worth.

    Attributes:
        picks: sorted places of the offers.
        value: of the objective.
    """

    picks: Int32s
    value: float


def found(instance: Instance, limits: Limits, picks: Int32s) -> Found:
    """The picks with their value, added up afresh."""
    picks = np.sort(picks).astype(np.int32)
    return Found(picks, instance.value(limits, picks))


def best_found(
    instance: Instance,
    limits: Limits,
    settings: PortfolioSettings,
    *,
    also: tuple[Int32s, ...] = (),
) -> Found | None:
    """The best picks that the search finds; None where no picks obey the limits.

    Greedy by gain for the money, greedy by gain, greedy round the best single offers and the
    picks given in `also`: the best of these are improved by swaps, and the best is kept, the
    earlier of equals.
    """
    singles = instance.by_themselves(limits)
    starts = [one for one in also if limits.keeps(one)]
    needed = needed_first(instance, limits)
    if needed is None:
        return None
    ways = costs_of(limits)
    starts += [greedy(instance, limits, singles, needed, cost) for cost in ways]
    starts += _best_single(instance, limits, singles, needed)
    results = [found(instance, limits, start) for start in _distinct(starts)]
    results.sort(key=lambda one: -one.value)
    # The weaker starts seldom end higher; a few of them are worth the time, in large cases one.
    n_starts = 4 if instance.n_offers <= MOST_EACH else 2
    least = 0.0 if instance.n_offers <= MOST_EACH else NEAR * results[0].value
    likely = [one for one in results[:n_starts] if one.value >= least]
    improved = [swapped(instance, limits, one, settings) for one in likely]
    return max(improved, key=lambda one: one.value)


def _distinct(starts: list[Int32s]) -> list[Int32s]:
    return list({tuple(np.sort(one).tolist()): one for one in starts}.values())


def costs_of(limits: Limits) -> Float64s:
    """What gains are divided by: the money; the money and the place of a pick; nothing.

    Where both money and number are limited, a pick uses up a share of each.
    """
    price = np.maximum(limits.price.astype(np.float64), 0.5)
    most = min([one.most for one in limits.limits if one.key == "picks"], default=NO_LIMIT)
    ways = [price, np.ones_like(price)]
    if 0 < most < NO_LIMIT:
        ways.insert(1, price + max(limits.budget_minor, 1) / most)
    return np.stack(ways)


def greedy(
    instance: Instance, limits: Limits, singles: Float64s, first: Int32s, cost: Float64s
) -> Int32s:
    """Greedy picks that begin with `first`; `singles` bounds what each offer can add."""
    state = instance.state(limits, first)
    more, _ = lazy_greedy(instance.arrays, limits.arrays, state, singles, cost)
    return np.concatenate([first, more]).astype(np.int32)


def _best_single(
    instance: Instance, limits: Limits, singles: Float64s, first: Int32s
) -> list[Int32s]:
    """The offers that bring most by themselves, each with greedy picks round it.

    Partial enumeration (Khuller, Moss & Naor 1999) of the first pick; where there are many
    offers only of the one that brings most.
    """
    state = instance.state(limits, first)
    starts: list[Int32s] = []
    most = MOST_TRIES if instance.n_offers <= MOST_EACH else 1
    cost = costs_of(limits)[0]
    for i in np.argsort(-singles, kind="stable").tolist():
        if len(starts) == most:
            break
        if not state[3][i] and fits(limits.arrays, state, i):
            begun = np.append(first, np.int32(i))
            starts.append(greedy(instance, limits, singles, begun, cost))
    return starts


def needed_first(instance: Instance, limits: Limits) -> Int32s | None:
    """Picks that reach every lower bound, by gain for the money; None where none exist."""
    nobody = np.empty(0, np.int32)
    if not limits.arrays[5].size:
        return nobody
    cheapest = cheapest_picks(limits)
    if cheapest is None:
        return None
    state = instance.state(limits)
    chosen: list[int] = []
    while is_short(limits.arrays, state):
        i = _next_needed(instance, limits, state)
        if i < 0:
            return cheapest
        put(instance.arrays, limits.arrays, state, i)
        chosen.append(i)
    return np.array(chosen, np.int32)


def _next_needed(instance: Instance, limits: Limits, state: tuple[Any, ...]) -> int:
    """The best offer that serves a lower bound and leaves a way to reach the others."""
    everyone = range(instance.n_offers)
    may = [
        i
        for i in everyone
        if not state[3][i] and helps(limits.arrays, state, i) and fits(limits.arrays, state, i)
    ]
    if not may:
        return -1
    pool = np.array(may, np.int32)
    worth = gains(instance.arrays, state, pool) / np.maximum(limits.price[pool], 0.5)
    for i in pool[np.argsort(-worth, kind="stable")[:MOST_TRIES]].tolist():
        put(instance.arrays, limits.arrays, state, i)
        picked = np.flatnonzero(state[3]).astype(np.int32)
        can = not is_short(limits.arrays, state) or cheapest_picks(limits, picked) is not None
        take(instance.arrays, limits.arrays, state, i)
        if can:
            return int(i)
    return -1


def cheapest_picks(limits: Limits, fixed: Int32s | None = None) -> Int32s | None:
    """The cheapest picks that obey every limit, with some picks fixed; None where none do."""
    n = limits.price.size
    if n == 0:
        return (
            np.empty(0, np.int32) if not any(one.has_least for one in limits.limits) else None
        )
    low, high = np.zeros(n), eligible(limits).astype(np.float64)
    if fixed is not None:
        low[fixed] = high[fixed] = 1.0
    solved = milp(
        limits.price.astype(np.float64), integrality=np.ones(n, np.int8),
        bounds=Bounds(low, high), constraints=constraints_of(limits),
        options={"mip_rel_gap": 0.01},
    )  # fmt: skip
    if solved.x is None:
        return None
    picks = np.flatnonzero(solved.x > 0.5).astype(np.int32)
    return picks if limits.keeps(picks) else None


def eligible(limits: Limits) -> npt.NDArray[np.bool_]:
    """Offers that can matter to whether limits can be obeyed: all where there are few.

    Where there are many, of those that the same limits count only the cheapest and the dearest.
    """
    n = limits.price.size
    if n <= MOST_ELIGIBLE:
        return np.ones(n, bool)
    ptr, limit, _, _, _, _ = limits.arrays
    keys = np.random.default_rng(1).integers(1, 2**40, len(limits.limits))
    keys[[one.key == "creator" for one in limits.limits]] = 0
    signature = np.add.reduceat(np.append(keys[limit], 0), ptr[:-1]) * (np.diff(ptr) > 0)
    chosen = np.zeros(n, bool)
    for price in (limits.price, -limits.price):
        order = np.lexsort((np.arange(n), price, signature))
        ordered = signature[order]
        starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
        place = np.arange(n) - np.repeat(starts, np.diff(np.r_[starts, n]))
        chosen[order[place < KEPT_OF_A_KIND]] = True
    return chosen


def constraints_of(limits: Limits, extra_columns: int = 0) -> list[LinearConstraint]:
    """The limits as linear constraints on picks (0 or 1), with columns for other variables."""
    rows: list[tuple[Int32s, Float64s, float, float]] = []
    for one in limits.limits:
        if one.most < NO_LIMIT or one.least > 0:
            most = np.inf if one.most >= NO_LIMIT else float(one.most)
            rows.append((one.offers, np.ones(one.offers.size), float(one.least), most))
        if one.most_minor < NO_LIMIT or one.least_minor > 0:
            most = np.inf if one.most_minor >= NO_LIMIT else float(one.most_minor)
            price = limits.price[one.offers].astype(np.float64)
            rows.append((one.offers, price, float(one.least_minor), most))
    if not rows:
        return []
    ptr = np.cumsum([0, *(row[0].size for row in rows)])
    shape = (len(rows), limits.price.size + extra_columns)
    columns = np.concatenate([row[0] for row in rows])
    values = np.concatenate([row[1] for row in rows])
    matrix = csr_array((values, columns, ptr), shape)
    low, high = np.array([row[2] for row in rows]), np.array([row[3] for row in rows])
    # Money in the thousands of millions is scaled down to what the solver's tolerances suit.
    scale = np.maximum(np.where(np.isfinite(high), np.abs(high), np.abs(low)), 1.0)
    sizes = np.repeat(scale, np.diff(ptr))
    matrix = csr_array((values / sizes, columns, ptr), shape)
    return [LinearConstraint(matrix, low / scale, high / scale)]


def swap_pool(
    instance: Instance, limits: Limits, picks: Int32s, singles: Float64s, size: int
) -> Int32s:
    """Offers that are most likely to be swapped in: by gain and by gain for the money."""
    state = instance.state(limits, picks)
    n = instance.n_offers
    everyone = np.arange(n, dtype=np.int32)
    likely = everyone
    if n > 20 * size:
        # Far more offers than are looked at: those that bring most by themselves come first.
        likely = _first_of(singles, limits.price, everyone, 10 * size)
    added = gains(instance.arrays, state, likely)
    pool = _first_of(added, limits.price[likely], likely, size)
    serving = _serving(limits, picks)
    return np.unique(np.concatenate([pool, picks, serving])).astype(np.int32)


def _serving(limits: Limits, picks: Int32s) -> Int32s:
    """For each limit with a lower bound, the cheapest few that count."""
    chosen = [picks]
    for place in limits.arrays[5]:
        offers = limits.limits[place].offers
        order = np.argsort(limits.price[offers], kind="stable")
        chosen.append(offers[order[:10]])
    return np.concatenate(chosen)


def _first_of(added: Float64s, price: Any, ids: Int32s, size: int) -> Int32s:
    by_gain = np.argsort(-added, kind="stable")[: size // 2]
    by_price = np.argsort(-added / np.maximum(price, 0.5), kind="stable")[: size - size // 2]
    return np.unique(np.concatenate([ids[by_gain], ids[by_price]])).astype(np.int32)


@dataclass(frozen=True)
class Near:
    """A case cut down to a pool of offers, for swaps.

    Attributes:
        ids: the pool.
        offers, limits, state, near: as `mawj.plan.kernels.swapping` reads them.
        costs: what gains are divided by.
    """

    ids: Int32s
    offers: tuple[Any, ...]
    limits: tuple[Any, ...]
    state: tuple[Any, ...]
    near: tuple[Any, ...]
    costs: Float64s

    @property
    def picks(self) -> Int32s:
        """Who is picked now."""
        return self.ids[np.flatnonzero(self.state[3])]


def near_of(instance: Instance, limits: Limits, picks: Int32s, pool: Int32s) -> Near:
    """The case cut down to a pool, which must hold the picks."""
    sizes = np.diff(instance.ptr)[pool]
    ptr = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    places = np.repeat(instance.ptr[pool] - ptr[:-1], sizes) + np.arange(ptr[-1])
    seen, member = np.unique(instance.member[places], return_inverse=True)
    member = member.astype(np.int32)
    offers = (ptr, member, instance.weight[seen], instance.chance[pool], instance.alone[pool])
    limit_ptr, limit, price, most, least, with_least = limits.arrays
    n_limits = np.diff(limit_ptr)[pool]
    own_ptr = np.concatenate([[0], np.cumsum(n_limits)]).astype(np.int64)
    at = np.repeat(limit_ptr[pool] - own_ptr[:-1], n_limits) + np.arange(own_ptr[-1])
    bounds = (own_ptr, limit[at], price[pool], most, least, with_least)
    state = (
        np.ones(seen.size), np.zeros(seen.size, np.uint16), np.zeros_like(most),
        np.zeros(pool.size, bool),
    )  # fmt: skip
    for i in np.searchsorted(pool, np.sort(picks)).tolist():
        put(offers, bounds, state, i)
    added = gains(offers, state, np.arange(pool.size, dtype=np.int32))
    for i in np.flatnonzero(state[3]).tolist():
        take(offers, bounds, state, i)
        added[i] = gain(offers, state, i)
        put(offers, bounds, state, i)
    near = (*inverse(ptr, member, seen.size), added)
    costs = np.ascontiguousarray(costs_of(limits)[:, pool])
    return Near(pool, offers, bounds, state, near, costs)


def filled_up(instance: Instance, limits: Limits, picks: Int32s, size: int) -> Int32s:
    """The picks and more, lower bounds first, until nothing of the likely fits."""
    pool = swap_pool(instance, limits, picks, instance.by_themselves(limits), size)
    near = near_of(instance, limits, picks, pool)
    fill(near.offers, near.limits, near.state, near.near, (-1, near.costs[0]))
    return near.picks


def swapped(
    instance: Instance, limits: Limits, start: Found, settings: PortfolioSettings
) -> Found:
    """The picks after swaps, each of which makes them better, until none does."""
    if instance.n_offers == 0 or settings.swap_pool == 0:
        return start
    singles = instance.by_themselves(limits)
    best = start
    for number in range(settings.swap_rounds):
        pool = swap_pool(instance, limits, best.picks, singles, settings.swap_pool)
        case = near_of(instance, limits, best.picks, pool)
        least = LEAST_GAIN * max(best.value, 1e-12)
        for move in (drop_pass, push_pass):
            move(case.offers, case.limits, case.state, case.near, case.costs, least)
        now = found(instance, limits, case.picks)
        if now.value <= best.value + least or not limits.keeps(now.picks):
            break
        best = now
        if case.offers[1].size * (number + 1) > MOST_MOVED:
            break
    return best
