"""What to fetch again first: what plans and lists rest on, then what is most overdue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MATTERS = ("plan", "list", "watched", "other")
"""What an account is for, the most pressing first: an open plan, a list, watched, none."""


@dataclass(frozen=True)
class RefreshSettings:
    """How old what is known may grow before it is fetched again, by what it is for.

    Attributes:
        plan_days: accounts of open plans: money is about to be spent on them. Our judgement.
        list_days: accounts of open lists. Our judgement.
        watched_days: accounts that somebody watches. Our judgement.
        other_days: all others; YouTube's API policies (III.E.4) ask to refresh or delete
            stored statistics within 30 days.
        reserve_share: part of a quota that goes to the most overdue of all, whatever they are
            for, so that nobody waits for ever behind plans and lists. Our judgement.
    """

    plan_days: float = 1.0
    list_days: float = 3.0
    watched_days: float = 7.0
    other_days: float = 30.0
    reserve_share: float = 0.2

    def days(self) -> Floats:
        """The ages by `MATTERS`."""
        return np.array([getattr(self, f"{name}_days") for name in MATTERS])

    def overdue(self, age_days: Floats, matter: Ints, least_days: Floats | float = 0.0) -> Any:
        """How many times as old each is as what it is for allows; from 1 on it is due.

        `least_days`: what may grow so old in any case, such as a kind that is fresh longer.
        """
        return age_days / np.maximum(self.days()[matter], least_days)


@dataclass(frozen=True)
class Refreshed:
    """The places of what is to be fetched now, first things first.

    Attributes:
        first: by what accounts are for, then by how overdue.
        most_overdue: what the reserve goes to, by how overdue alone.
    """

    first: Ints
    most_overdue: Ints

    @property
    def all(self) -> Ints:
        """Both."""
        return np.concatenate([self.first, self.most_overdue])


def refresh_order(
    overdue: Any, matter: Ints, cost: Floats, quota: float, reserve_share: float
) -> Refreshed:
    """What is to be fetched now, within the quota.

    Args:
        overdue: how many times as old each is as it may grow; infinite where nothing is known.
        matter: what each is for, as a place in `MATTERS`.
        cost: what fetching each takes of the quota.
        quota: what may be spent.
        reserve_share: part of the quota that goes by how overdue alone.

    Only what is due is fetched: calls spent on what is fresh are calls lost. Most of the quota
    goes by what accounts are for and then by how overdue they are; the reserve by how overdue
    alone. Where all that is due fits, all of it is fetched.

    Cost: two sorts of n.
    """
    due = np.flatnonzero(overdue >= 1.0)
    by_matter = due[np.lexsort((-overdue[due], matter[due]))]
    if cost[due].sum() <= quota:
        return Refreshed(by_matter, by_matter[:0])
    first = _within(by_matter, cost, quota * (1.0 - reserve_share))
    left = np.setdiff1d(due, first, assume_unique=True)
    by_age = left[np.argsort(-overdue[left], kind="stable")]
    return Refreshed(first, _within(by_age, cost, quota - cost[first].sum()))


def _within(order: Ints, cost: Floats, quota: float) -> Ints:
    """The first of an order that fit a quota together."""
    return order[np.cumsum(cost[order]) <= quota]
