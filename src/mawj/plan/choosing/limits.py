"""Wishes as limits: budget, number of picks, offers of one creator, groups, must-haves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mawj.plan.choosing.asked import GroupLimit, Int32s, Int64s, PortfolioAsked
    from mawj.plan.choosing.offers import Offers

NO_LIMIT = 2**61
"""More than any count or sum of money; sums of it and a price stay within 64 bits."""


@dataclass(frozen=True)
class Limit:
    """A bound on how many of some offers are picked, or on what they cost together.

    Attributes:
        key: what kind of wish: budget, picks, creator, group, group_share, must, differs.
        name: of whom: the group as `column=value`, the account; empty for budget and picks.
        offers: places of the offers that count.
        most, most_minor: at most so many, at most so much money.
        least, least_minor: at least.
    """

    key: str
    name: str
    offers: Int32s
    most: int = NO_LIMIT
    most_minor: int = NO_LIMIT
    least: int = 0
    least_minor: int = 0

    @property
    def has_least(self) -> bool:
        """Whether it asks for something, not only forbids."""
        return self.least > 0 or self.least_minor > 0

    def used(self, picked: Int32s, price: Int64s) -> tuple[int, int]:
        """How many of the picked count, and what those cost."""
        mine = np.intersect1d(self.offers, picked)
        return int(mine.size), int(price[mine].sum())

    def is_kept(self, picked: Int32s, price: Int64s) -> bool:
        """Whether the picks obey it."""
        n, cost = self.used(picked, price)
        return self.least <= n <= self.most and self.least_minor <= cost <= self.most_minor


@dataclass(frozen=True)
class Limits:
    """All limits of one search, the budget first.

    Attributes:
        limits: each of them.
        price: what each offer costs, in minor units.
        arrays: the same as the kernels read them; see `mawj.plan.kernels.picking`.
    """

    limits: tuple[Limit, ...]
    price: Int64s
    arrays: tuple[Any, ...]

    @property
    def budget_minor(self) -> int:
        """Money to spend at most."""
        return self.limits[0].most_minor

    def keeps(self, picked: Int32s) -> bool:
        """Whether the picks obey every limit."""
        ptr, limit, _, most, least, _ = self.arrays
        sizes = np.diff(ptr)[picked]
        starts = np.repeat(ptr[picked] - np.cumsum(sizes) + sizes, sizes)
        mine = limit[starts + np.arange(sizes.sum())]
        used = np.zeros_like(most)
        np.add.at(used[:, 0], mine, 1)
        np.add.at(used[:, 1], mine, np.repeat(self.price[picked], sizes))
        return bool(np.all(used <= most) and np.all(used >= least))

    def of_offer(self, place: int) -> list[Limit]:
        """The limits that count an offer."""
        ptr, limit = self.arrays[:2]
        return [self.limits[i] for i in limit[ptr[place] : ptr[place + 1]]]

    def also(self, *more: Limit) -> Limits:
        """These limits and more."""
        return packed((*self.limits, *more), self.price)

    def with_budget(self, budget_minor: int) -> Limits:
        """The same under another budget; shares of the budget move with it."""
        before = max(self.budget_minor, 1)
        most, least = self.arrays[3].copy(), self.arrays[4].copy()
        limits = list(self.limits)
        for place, one in enumerate(self.limits):
            if place == 0 or one.key == "group_share":
                most[place, 1] = _scaled(one.most_minor, budget_minor, before)
                least[place, 1] = _scaled(one.least_minor, budget_minor, before)
                limits[place] = replace(
                    one, most_minor=int(most[place, 1]), least_minor=int(least[place, 1])
                )
        most[0, 1] = budget_minor
        limits[0] = replace(limits[0], most_minor=budget_minor)
        return Limits(
            tuple(limits), self.price, (*self.arrays[:3], most, least, self.arrays[5])
        )


def _scaled(money: int, budget: int, before: int) -> int:
    return money if money in (0, NO_LIMIT) else money * budget // before


def _bounds(limits: Sequence[Limit], side: str) -> Int64s:
    rows = [(getattr(one, side), getattr(one, f"{side}_minor")) for one in limits]
    return np.array(rows, np.int64).reshape(-1, 2)


def packed(limits: Sequence[Limit], price: Int64s) -> Limits:
    """The limits with the arrays that kernels read."""
    which = np.repeat(np.arange(len(limits)), [one.offers.size for one in limits])
    whom = np.concatenate([one.offers for one in limits])
    order = np.argsort(whom, kind="stable")
    ptr = np.searchsorted(whom[order], np.arange(price.size + 1)).astype(np.int64)
    with_least = np.flatnonzero([one.has_least for one in limits]).astype(np.int32)
    arrays = (
        ptr, which[order].astype(np.int32), price,
        _bounds(limits, "most"), _bounds(limits, "least"), with_least,
    )  # fmt: skip
    return Limits(tuple(limits), price, arrays)


def limits_of(offers: Offers, asked: PortfolioAsked) -> Limits:
    """Every limit that the wishes set on the usable offers, the budget first."""
    everyone = np.arange(len(offers), dtype=np.int32)
    made = [Limit("budget", "", everyone, most_minor=asked.budget_minor)]
    most = NO_LIMIT if asked.most_picks is None else asked.most_picks
    if asked.least_picks > 0 or asked.most_picks is not None:
        made.append(Limit("picks", "", everyone, most=most, least=asked.least_picks))
    for group in asked.groups:
        made += _of_group(offers.of_group(group.column, group.value), group, asked.budget_minor)
    made += _musts(offers)
    made += _creators(offers, asked.per_creator)
    return packed(made, offers.price)


def _of_group(mine: Int32s, group: GroupLimit, budget: int) -> Iterator[Limit]:
    name = f"{group.column}={group.value}"
    if group.least is not None or group.most is not None:
        most = NO_LIMIT if group.most is None else group.most
        yield Limit("group", name, mine, most=most, least=group.least or 0)
    if group.least_share is not None or group.most_share is not None:
        top = NO_LIMIT if group.most_share is None else int(group.most_share * budget)
        low = int(np.ceil((group.least_share or 0.0) * budget))
        yield Limit("group_share", name, mine, most_minor=top, least_minor=low)


def _musts(offers: Offers) -> Iterator[Limit]:
    """One of the must-have offers of each creator who has any."""
    for name in offers.must_creators:
        mine = np.flatnonzero(offers.is_must & (offers.creator == offers.place_of[name]))
        yield Limit("must", name, mine.astype(np.int32), least=1)


def _creators(offers: Offers, per_creator: int) -> Iterator[Limit]:
    """Only creators who make more offers than they may get need a limit."""
    order = np.argsort(offers.creator, kind="stable").astype(np.int32)
    ends = np.searchsorted(offers.creator[order], np.arange(len(offers.creators) + 1))
    for place in np.flatnonzero(np.diff(ends) > per_creator):
        mine = order[ends[place] : ends[place + 1]]
        yield Limit("creator", offers.creators[place], mine, most=per_creator)
