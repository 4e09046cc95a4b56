"""What accounts of the same platform and like size get from a post of the same form."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from mawj.plan.forecasting.likeness import (
    Cases,
    Questions,
    SortedCases,
    Trait,
    centres,
    sorted_cases,
)
from mawj.plan.kernels.like import segment_medians

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.plan.forecasting.forecast_history import History
    from mawj.plan.forecasting.forecast_settings import ForecastSettings

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

PRIOR_SLOPE, PRIOR_ACCOUNTS = 0.8, 20.0
"""How views grow with followers (a tenfold audience brings 10^0.8 as many) before the data
speak, and the accounts at which they speak as loudly. Our judgement."""
DRAWN = 400
"""Accounts whose pairs give the slope: 80,000 pairs."""


@dataclass(frozen=True)
class PeerLevels:
    """The usual level of each account in each form, set against its size.

    Attributes:
        cases: one row per account and form, grouped by form; the last group is any form.
        slope: how the level grows with log followers, by group.
        usual: median level, by group; NaN for a group without posts.
        usual_size: median of log followers, by group.
        group_of: which group answers for each form, and last for one that is not known; -1
            where no post of it shows the measure.
    """

    cases: SortedCases
    slope: Floats
    usual: Floats
    usual_size: Floats
    group_of: Ints


def peer_levels(
    posts: History, accounts: Sequence[str], n_forms: int, settings: ForecastSettings
) -> PeerLevels:
    """The levels of every account with posts, by form and over all forms."""
    parts = [_levels(posts, posts.form), _levels(posts, np.full(len(posts), n_forms))]
    account, group, level, size, n = (np.concatenate(one) for one in zip(*parts, strict=True))
    keep = group >= 0
    account, group, level, size, n = (a[keep] for a in (account, group, level, size, n))
    n_groups = n_forms + 1
    counts = np.bincount(group, minlength=n_groups)
    slope, usual, usual_size = (np.full(n_groups, np.nan) for _ in range(3))
    for g in range(n_groups):
        mine = group == g
        if mine.any():
            usual[g] = np.median(level[mine])
            known = size[mine & np.isfinite(size)]
            usual_size[g] = np.median(known) if known.size else 0.0
            slope[g] = _slope(
                size[mine], level[mine], [accounts[int(a)] for a in account[mine]]
            )
    away = np.where(np.isfinite(size), size - usual_size[group], 0.0)
    value = level - slope[group] * away
    drawn = _drawn(account, group, accounts, settings.most_peers)
    heft = n / (n + 2.0)
    cases = Cases(
        value[drawn], size[drawn, None], group[drawn], np.zeros(drawn.size, np.int64),
        account[drawn], heft[drawn],
    )  # fmt: skip
    # A form that nobody shows the measure of is not known: other forms do not speak for it.
    enough, shown = counts[:n_forms] >= settings.least_peers, counts[:n_forms] > 0
    every = n_forms if counts[n_forms] else -1
    group_of = np.where(enough, np.arange(n_forms), np.where(shown, n_forms, -1))
    group_of = np.append(group_of, every)
    return PeerLevels(sorted_cases(cases), slope, usual, usual_size, group_of)


@dataclass(frozen=True)
class PeerAnswer:
    """What peers get: the level (NaN without peers), how many they are, and which group."""

    level: Floats
    n: Ints
    group: Ints


def levels_for(
    levels: PeerLevels, form: Ints, size: Floats, owner: Ints, settings: ForecastSettings
) -> PeerAnswer:
    """What peers of each size get in each form, the owner's own posts left out."""
    # A form that is not known is -1, the last place: all forms are its peers.
    group = levels.group_of[form]
    asked = Questions(size[:, None], group, but_owner=owner)
    found = centres(levels.cases, asked, (Trait("size", settings.size, is_number=True),))
    away = np.where(np.isfinite(size), size - levels.usual_size[group], 0.0)
    return PeerAnswer(found.middle + levels.slope[group] * away, found.n, group)


def by_account(posts: History, group: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Order, boundaries, account and group of the stretches of posts that share both."""
    order = np.lexsort((posts.day, group, posts.account))
    account, form = posts.account[order], group[order]
    new = np.ones(order.size, bool)
    new[1:] = (account[1:] != account[:-1]) | (form[1:] != form[:-1])
    start = np.flatnonzero(new)
    return order, np.append(start, order.size), account[start], form[start]


def _levels(posts: History, group: Ints) -> tuple[Ints, Ints, Floats, Floats, Floats]:
    order, ptr, account, form = by_account(posts, group)
    level = segment_medians(posts.value[order], ptr)
    size = segment_medians(posts.followers[order], ptr)
    return account, form, level, size, np.diff(ptr).astype(float)


def _slope(size: Floats, level: Floats, names: Sequence[str]) -> float:
    """Median slope over pairs (Theil 1950), shrunk to what is usual."""
    known = np.flatnonzero(np.isfinite(size))
    if known.size > DRAWN:
        known = known[np.argsort([_digest(names[int(k)]) for k in known])[:DRAWN]]
    x, y = size[known], level[known]
    apart = x[:, None] - x[None, :]
    far = apart > 0.2
    if not far.any():
        return PRIOR_SLOPE
    found = float(np.median((y[:, None] - y[None, :])[far] / apart[far]))
    trust = known.size / (known.size + PRIOR_ACCOUNTS)
    return trust * float(np.clip(found, 0.0, 1.5)) + (1 - trust) * PRIOR_SLOPE


def _drawn(account: Ints, group: Ints, accounts: Sequence[str], most: int) -> Ints:
    """Places of at most `most` accounts a group, the same whatever the order of the rows."""
    if np.bincount(group).max(initial=0) <= most:
        return np.arange(account.size)
    digest = np.array([_digest(accounts[int(a)]) for a in account])
    order = np.lexsort((digest, group))
    starts = np.searchsorted(group[order], group[order])
    place = np.arange(order.size) - starts
    return np.sort(order[place < most])


def _digest(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=6).digest(), "big")
