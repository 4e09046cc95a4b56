"""How good the best possible picks could be at most, and what the search guarantees."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from mawj.plan.choosing.limits import NO_LIMIT
from mawj.plan.kernels.covering import gathered, scattered
from mawj.plan.kernels.picking import FULL, gains

if TYPE_CHECKING:
    from collections.abc import Callable

    from mawj.plan.choosing.asked import Float64s, Int32s
    from mawj.plan.choosing.instance import Instance
    from mawj.plan.choosing.limits import Limits
    from mawj.plan.choosing.search import Found

RATIO_GUARANTEE, COUNT_GUARANTEE = 0.405, 1.0 - np.exp(-1.0)
"""What greedy reaches of the best before any swap: under a budget alone, the better of greedy
by gain for the money and the best single offer (Tang et al., Revisiting modified greedy
algorithm for monotone submodular maximization with a knapsack constraint, SIGMETRICS 2021);
under a number of picks alone, greedy by gain (Nemhauser, Wolsey & Fisher 1978)."""
MOST_WORK = 1_000_000_000
"""Steps of the subgradient method, times elements looked at: some twenty seconds on a core."""
CLOSE = 1e-4
"""A bound this near to the value cannot be told from it to a reader."""


def guarantee(limits: Limits) -> float | None:
    """The share of the best that greedy reaches whatever the data; None where none is known.

    Limits of creators, groups and must-haves leave no guarantee of this kind that the search
    could claim; the bound of the case at hand (`most_possible`) holds under all limits.
    """
    kinds = {one.key for one in limits.limits}
    budget = limits.limits[0].most_minor
    if kinds == {"budget"}:
        return RATIO_GUARANTEE
    is_free = int(limits.price.sum()) <= budget
    picks_only = kinds == {"budget", "picks"} and not any(
        one.has_least for one in limits.limits
    )
    return float(COUNT_GUARANTEE) if picks_only and is_free else None


class FractionalPicks:
    """The most that fractions of offers can bring under budget, number and one a creator.

    Other limits are left out, which can only raise the bound.
    """

    def __init__(self, limits: Limits) -> None:
        self.price = limits.price.astype(np.float64)
        self.budget = float(limits.budget_minor)
        n = self.price.size
        self.creator = np.arange(n)
        self.most = NO_LIMIT
        for one in limits.limits:
            if one.key == "picks":
                self.most = one.most
            if one.key == "creator" and one.most == 1 and one.offers.size:
                self.creator[one.offers] = one.offers[0]
        self.can = self.price <= self.budget
        order = np.argsort(self.creator, kind="stable")
        self.order = order
        sorted_creator = self.creator[order]
        self.starts = np.flatnonzero(np.r_[True, sorted_creator[1:] != sorted_creator[:-1]])
        self.is_single = self.starts.size == n

    def best(self, worth: Float64s) -> tuple[float, Int32s, float]:
        """The bound, who is picked at the best price of money, and that price.

        The bound is the least over prices of money λ of λ × budget + the best of worth - λ ×
        price: any λ gives one, the search only makes it small.
        """
        worth = np.where(self.can, worth, 0.0)
        if float(self.price[worth > 0].sum()) <= self.budget:
            value, picks = self._at(worth, 0.0)
            return value, picks, 0.0
        ratio = worth / np.maximum(self.price, 1e-9)
        low, high = 0.0, float(ratio[self.price > 0].max(initial=0.0))
        best, chosen, at = self._at(worth, low)[0], None, low
        for _ in range(40):
            middle = (low + high) / 2
            value, picks = self._at(worth, middle)
            if value < best:
                best, chosen, at = value, picks, middle
            if self.price[picks].sum() > self.budget:
                low = middle
            else:
                high = middle
        picks = self._at(worth, at)[1] if chosen is None else chosen
        return best, picks, at

    def _at(self, worth: Float64s, money: float) -> tuple[float, Int32s]:
        reduced = worth - money * self.price
        if self.is_single:
            picks = np.flatnonzero(reduced > 0)
        else:
            ordered = reduced[self.order]
            top = np.maximum.reduceat(ordered, self.starts)
            sizes = np.diff(np.r_[self.starts, ordered.size])
            is_top = (ordered == np.repeat(top, sizes)) & (ordered > 0)
            # Of equal offers of one creator only the first counts.
            first = np.flatnonzero(is_top)
            _, keep = np.unique(self.creator[self.order[first]], return_index=True)
            picks = self.order[first[keep]]
        if picks.size > self.most:
            picks = picks[np.argsort(-reduced[picks], kind="stable")[: self.most]]
        return money * self.budget + float(reduced[picks].sum()), picks.astype(np.int32)


def most_possible(instance: Instance, limits: Limits, best: Found, *, rounds: int) -> float:
    """A number that no picks under the limits can exceed.

    Two bounds, of which the smaller is given. For picks S, whatever else is best adds at most
    what fractions of offers add by themselves to S. And by duality: for any prices of elements
    between 0 and 1, the unpriced rest of the elements plus the best fractional picks at those
    prices; the prices start from what the picks leave and are improved by a subgradient method
    with Polyak's step.
    """
    if instance.n_offers == 0:
        return 0.0
    fractional = FractionalPicks(limits)
    everyone = np.arange(instance.n_offers, dtype=np.int32)
    smallest = np.inf
    for picks in (np.empty(0, np.int32), best.picks):
        state = instance.state(limits, picks)
        added = gains(instance.arrays, state, everyone)
        added[picks] = 0.0
        value = best.value if picks.size else 0.0
        smallest = min(smallest, value + fractional.best(added)[0])
    if rounds and instance.member.size and smallest > best.value * (1 + CLOSE):
        smallest = min(smallest, _by_prices(instance, fractional, best, rounds))
    # Sums in another order differ in their last digits; a bound must not fall below the value.
    return max(float(smallest) * (1 + 1e-12), best.value)


class _Elements:
    """Bounds of `1 - product of (1 - chance)` by lines in y, the sum of -log(1 - chance).

    For certain cover y counts offers and the function is min(1, y). Else it is 1 - exp(-y),
    from 0 to the smallest y of one offer replaced by the chord: picks are whole.
    """

    def __init__(self, instance: Instance) -> None:
        chance = instance.chance
        used = chance[np.diff(instance.ptr) > 0]
        self.is_certain = bool(np.all(used >= FULL))
        if self.is_certain:
            self.amount, self.first, self.chord = np.ones(chance.size), 1.0, 1.0
            return
        self.amount = -np.log1p(-np.minimum(chance, FULL))
        self.first = float(self.amount[(chance > 0) & (np.diff(instance.ptr) > 0)].min())
        self.chord = -np.expm1(-self.first) / self.first

    def rest_and_cover(self, slope: Float64s) -> tuple[Float64s, Float64s]:
        """For each slope: the most of function minus slope × y, and the y where it is."""
        if self.is_certain:
            return 1.0 - slope, np.ones_like(slope)
        safe = np.maximum(slope, 1e-12)
        bent = safe < np.exp(-self.first)
        y = np.where(bent, -np.log(safe), self.first)
        rest = np.where(bent, 1.0 + slope * (np.log(safe) - 1.0), 0.0)
        rest = np.where(bent, rest, -np.expm1(-self.first) - slope * self.first)
        return np.maximum(rest, 0.0), y


def _by_prices(
    instance: Instance, fractional: FractionalPicks, best: Found, rounds: int
) -> float:
    elements = _Elements(instance)
    slope = _slopes_left(instance, elements, best.picks)
    gather = _gatherer(instance)
    smallest, reached = np.inf, best.value
    size_of_round = instance.member.size + 10 * instance.weight.size + 1
    for _ in range(min(rounds, max(MOST_WORK // size_of_round, 3))):
        rest, wanted = elements.rest_and_cover(slope)
        worth = elements.amount * gather(instance.weight * slope) + instance.alone
        inside, picks, _ = fractional.best(worth)
        bound = float(instance.weight @ rest) + inside
        smallest = min(smallest, bound)
        if smallest <= reached * (1 + CLOSE):
            break
        covered = np.zeros(slope.size)
        scattered(instance.ptr, instance.member, picks, elements.amount[picks], covered)
        way = covered - wanted
        # A price at its end does not move outwards.
        way[((slope <= 0) & (way > 0)) | ((slope >= elements.chord) & (way < 0))] = 0.0
        size = float(instance.weight @ (way * way))
        if size <= 0.0:
            break
        # In the geometry of weights: heavy elements move as fast as light ones.
        step = (bound - reached) / size
        slope = np.clip(slope - step * way, 0.0, elements.chord)
    certain = 1.0 if elements.is_certain else 1.0 / FULL
    return smallest * certain


def _slopes_left(instance: Instance, elements: _Elements, picks: Int32s) -> Float64s:
    covered = np.zeros(instance.weight.size)
    scattered(instance.ptr, instance.member, picks, elements.amount[picks], covered)
    if elements.is_certain:
        return np.where(covered > 0, 0.0, 1.0)
    return np.minimum(np.exp(-covered), elements.chord)


def _gatherer(instance: Instance) -> Callable[[Float64s], Float64s]:
    """A pass over all rows on two threads; each row is added up by one, so in one order."""
    n = instance.n_offers
    middle = int(np.searchsorted(instance.ptr, instance.ptr[-1] // 2))
    parts = [(0, middle), (middle, n)]

    def gather(price: Float64s) -> Float64s:
        into = np.zeros(n)
        with ThreadPoolExecutor(2) as threads:
            jobs: list[Any] = [
                threads.submit(gathered, instance.ptr, instance.member, price, part, into)
                for part in parts
            ]
            for job in jobs:
                job.result()
        return into

    return gather
