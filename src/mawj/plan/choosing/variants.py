"""Other portfolios than the best: nearly as good, for other budgets, without one pick."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from mawj.plan.choosing.exact import proved
from mawj.plan.choosing.limits import Limit
from mawj.plan.choosing.search import best_found, filled_up, found, swapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.plan.choosing.asked import Int32s, PortfolioSettings
    from mawj.plan.choosing.instance import Instance
    from mawj.plan.choosing.limits import Limits
    from mawj.plan.choosing.offers import Offers
    from mawj.plan.choosing.search import Found

PROVED = 25
"""Up to so many offers other portfolios are proved best too: it takes milliseconds there."""
BUDGETS = (0.25, 0.4, 0.55, 0.7, 0.85, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
"""Budgets of the curve, as multiples of the one asked for; our judgement."""
SMALL = 200
"""Up to so many offers a new portfolio is searched whole, not only round the one at hand."""


@dataclass(frozen=True)
class Declined:
    """What is left if the creator of one pick says no.

    Attributes:
        offer: the pick.
        found: the best portfolio without any offer of that creator; None where none is allowed.
    """

    offer: int
    found: Found | None


def of_creators(offers: Offers, picks: Int32s) -> Int32s:
    """Every offer of the creators of some picks."""
    mine = np.isin(offers.creator, offers.creator[picks])
    return np.flatnonzero(mine).astype(np.int32)


def best_other(
    instance: Instance,
    limits: Limits,
    settings: PortfolioSettings,
    also: tuple[Int32s, ...] = (),
) -> Found | None:
    """The best portfolio under other limits; None where none is allowed."""
    now = best_found(instance, limits, settings, also=also)
    if now is None or instance.n_offers > PROVED:
        return now
    return proved(instance, limits, now, settings).found


def near_alternatives(
    offers: Offers, instance: Instance, limits: Limits, best: Found, settings: PortfolioSettings
) -> Iterator[Found]:
    """Portfolios worth nearly as much, each with enough other creators than all before it."""
    before = [best.picks]
    for _ in range(settings.alternatives):
        differs = []
        for picks in before:
            most = picks.size - int(np.ceil(settings.different_share * picks.size))
            differs.append(Limit("differs", "", of_creators(offers, picks), most=most))
        other = best_other(instance, limits.also(*differs), settings)
        if other is None or other.value < settings.near_share * best.value or not other.value:
            return
        yield other
        before.append(other.picks)


def budget_curve(
    instance: Instance, limits: Limits, best: Found, settings: PortfolioSettings
) -> Iterator[tuple[int, Found | None]]:
    """The best found for each budget; it never falls as the budget grows, if limits allow."""
    lighter = replace(
        settings,
        swap_pool=min(settings.swap_pool, 60),
        swap_rounds=min(settings.swap_rounds, 15),
    )
    before: tuple[Int32s, ...] = ()
    for share in BUDGETS:
        budget = round(limits.budget_minor * share)
        also = (*before, best.picks) if share >= 1.0 else before
        now = best_other(instance, limits.with_budget(budget), lighter, also)
        yield budget, now
        before = (now.picks,) if now is not None else ()


def without_each(
    offers: Offers, instance: Instance, limits: Limits, best: Found, settings: PortfolioSettings
) -> Iterator[Declined]:
    """For each pick, the best portfolio if its creator declines."""
    lighter = replace(settings, swap_rounds=min(settings.swap_rounds, 10))
    for offer in best.picks:
        gone = of_creators(offers, np.array([offer]))
        left = limits.also(Limit("declined", "", gone, most=0))
        yield Declined(int(offer), _replaced(instance, left, best.picks, lighter))


def _replaced(
    instance: Instance, limits: Limits, picks: Int32s, settings: PortfolioSettings
) -> Found | None:
    """The picks that are still allowed, filled up and improved."""
    gone = limits.limits[-1].offers
    rest = np.setdiff1d(picks, gone).astype(np.int32)
    filled = filled_up(instance, limits, rest, settings.swap_pool)
    keeps = limits.keeps(filled)
    if keeps and instance.n_offers > SMALL:
        return swapped(instance, limits, found(instance, limits, filled), settings)
    return best_other(instance, limits, settings, (filled,) if keeps else ())
