"""A forecast as a sum of logarithms: platform, peers, own past, trend, season, being paid.

Season is weekday, hour and month; occasions such as Ramadan are a part of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mawj.plan.forecasting.forecast_history import MONTH_DAYS, traits_of
from mawj.plan.forecasting.likeness import Cases, Questions, centres, sorted_cases
from mawj.plan.forecasting.occasion_effects import (
    kept_by,
    met_by,
    occasion_effect,
    occasion_effects,
    occasion_posts,
    occasions_met,
)
from mawj.plan.forecasting.peer_levels import by_account, levels_for, peer_levels
from mawj.plan.forecasting.season import season_effect, seasons
from mawj.plan.kernels.like import segment_medians, slopes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.plan.forecasting.forecast_history import History
    from mawj.plan.forecasting.forecast_settings import ForecastSettings
    from mawj.plan.forecasting.likeness import SortedCases
    from mawj.plan.forecasting.occasion_effects import OccasionEffects
    from mawj.plan.forecasting.peer_levels import PeerAnswer, PeerLevels
    from mawj.plan.forecasting.season import Seasons

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MAD = 1.4826
"""Standard deviations in a median absolute deviation of a normal distribution."""
TREND_POSTS = 24
"""Latest posts whose pairs give a trend."""
LEAST_ACCOUNTS, LEAST_POSTS = 8, 5
"""Accounts and posts of each from which the spread between accounts can be told from chance."""
LEAST_BESIDE = 2
"""Other posts beside which a post can be set."""
SPREAD_POSTS = 5.0
"""Posts at which an account's own spread counts half. Our judgement."""


@dataclass(frozen=True)
class Ask:
    """What is asked, one row a forecast.

    Attributes:
        account: whose; form: which deliverable; kind: NaN for any.
        origin: the day that is known up to; day: the day of the post.
        size: logarithm of followers; NaN for not known.
        paid: 1, 0 or NaN.
        average: logarithm of an average that a source gives; NaN for none.
        to_rank: how many of the account's posts, by time, are known.
        from_rank: posts before this place are left aside.
        hour: hour of day; NaN for not known.
        subject: NaN for none.
        move: what the average is expected to change by, on the log scale.
        but_post: place of a post in the history that is not looked at; -2 for none.
    """

    account: Ints
    form: Ints
    kind: Floats
    origin: Floats
    day: Floats
    size: Floats
    paid: Floats
    average: Floats
    to_rank: Ints
    from_rank: Ints
    hour: Floats
    subject: Floats
    move: Floats
    but_post: Ints

    def __len__(self) -> int:
        """How many forecasts."""
        return int(self.account.size)


@dataclass(frozen=True)
class Model:
    """What was learned from the posts of one platform and measure.

    Attributes:
        posts: the history; ptr: where each account's posts begin.
        rest: what is left of each post beside peers, season, occasions and being paid; own: the
            same as cases to be looked through.
        levels, found, met: peers, seasons and occasions.
        within, between: robust spread of posts round their account, of accounts round peers.
        paid_own: effect of being paid by account, shrunk; n_paid: paid posts of each.
        age: strength of each 30 days between posts; with_trend: whether trends are followed.
        settings: as given.
    """

    posts: History
    ptr: Ints
    rest: Floats
    own: SortedCases
    levels: PeerLevels
    found: Seasons
    met: OccasionEffects
    within: float
    between: float
    paid_own: Floats
    n_paid: Ints
    age: float
    with_trend: bool
    settings: ForecastSettings

    @property
    def half_at(self) -> float:
        """Like posts at which own level and peers' weigh the same: noise over difference."""
        if self.between <= 0:
            return self.settings.prior_worth
        return float(np.clip((self.within / self.between) ** 2, 0.2, 50.0))


@dataclass(frozen=True)
class Parts:
    """Each forecast on the log scale, part by part; their sum is the forecast.

    Attributes:
        platform: the usual post of the platform and form.
        peers: what accounts of like size add.
        own: what the account's own past adds, already weighed by `weight`.
        trend, season, occasion, paid: what time and being paid add.
        occasions, n_occasion: which occasions, and the posts that their part rests on.
        weight: of the account's own past against its peers; NaN where there are none.
        worth: how many posts just like the one asked for its own past amounts to.
        n_own, n_peers: posts and accounts.
        spread: robust standard deviation of the account's posts, shrunk to all accounts'.
        by_average: whether the own past is an average given by a source.
    """

    platform: Floats
    peers: Floats
    own: Floats
    trend: Floats
    season: Floats
    occasion: Floats
    paid: Floats
    occasions: Any
    n_occasion: Floats
    weight: Floats
    worth: Floats
    n_own: Ints
    n_peers: Ints
    spread: Floats
    by_average: Any

    @property
    def total(self) -> Floats:
        """The forecast; NaN where neither own posts nor peers are known."""
        in_time = self.trend + self.season + self.occasion
        return self.platform + self.peers + self.own + in_time + self.paid


def fitted(
    posts: History,
    accounts: Sequence[str],
    n_forms: int,
    settings: ForecastSettings,
    countries: Sequence[str | None] = (),
) -> Model:
    """What the posts of one platform and measure teach; `countries` by account, where known."""
    levels = peer_levels(posts, accounts, n_forms, settings)
    ptr = np.searchsorted(posts.account, np.arange(len(accounts) + 1)).astype(np.int64)
    beside = posts.value - _expected(posts, levels, settings)
    off = _beside_like_posts(posts, beside, posts.paid != 1.0, settings)
    kept = kept_by(countries or [None] * len(accounts))
    is_met = met_by(kept, posts.account, posts.day)
    met = _occasions(posts, beside, (off, is_met), kept, settings)
    in_occasion = occasion_effect(met, posts.account, posts.day)
    off = off - in_occasion
    found = seasons(posts, off, is_met, settings)
    paid_own, n_paid = _paid_effects(posts, off, ptr, found, settings)
    is_paid = np.where(posts.paid == 1.0, paid_own[posts.account], 0.0)
    season = season_effect(found, posts.day, np.ones(len(posts), bool))
    rest = beside - season - in_occasion - is_paid
    within, between = _spreads(rest, ptr)
    return Model(
        posts, ptr, rest, _own_cases(posts, rest, ptr), levels, found, met, within, between,
        paid_own, n_paid, settings.ages[0], False, settings,
    )  # fmt: skip


def peers_of(model: Model, ask: Ask) -> PeerAnswer:
    """What peers get, for each question."""
    return levels_for(model.levels, ask.form, ask.size, ask.account, model.settings)


def parts(model: Model, ask: Ask, peers: PeerAnswer | None = None) -> Parts:
    """Each forecast, part by part; `peers` where they were asked before."""
    peers = peers or peers_of(model, ask)
    level, group = peers.level, peers.group
    has_peers = np.isfinite(level)
    usual = np.where(has_peers, model.levels.usual[group], 0.0)
    level = np.where(has_peers, level, 0.0)
    own = _own(model, ask, level)
    dev, worth, n_own, spread, by_average = own
    weight = np.where(has_peers, worth / (worth + model.half_at), 1.0)
    nothing = ~(by_average | ((group >= 0) & (has_peers | np.isfinite(dev))))
    dev = np.where(np.isfinite(dev), dev, 0.0)
    n = n_own.astype(float)
    within = model.within if model.within > 0 else 1.0
    shrunk = (n * np.nan_to_num(spread) ** 2 + SPREAD_POSTS * within**2) / (n + SPREAD_POSTS)
    return Parts(
        platform=np.where(nothing, np.nan, usual),
        peers=level - usual,
        own=weight * dev,
        trend=np.where(by_average, weight * ask.move, _trend(model, ask)),
        season=season_effect(model.found, _moment(ask), np.isfinite(ask.hour)),
        occasion=occasion_effect(model.met, ask.account, ask.day),
        occasions=occasions_met(model.met, ask.account, ask.day),
        n_occasion=occasion_posts(model.met, ask.account, ask.day),
        paid=np.where(ask.paid == 1.0, model.paid_own[ask.account], 0.0),
        weight=weight,
        worth=worth,
        n_own=n_own,
        n_peers=peers.n,
        spread=np.sqrt(shrunk),
        by_average=by_average,
    )


def _own_cases(posts: History, rest: Floats, ptr: Ints) -> SortedCases:
    rank = np.arange(len(posts)) - ptr[posts.account]
    # Each post is its own owner, so that it can be left out of its own forecast.
    own = np.arange(len(posts))
    return sorted_cases(
        Cases(rest, posts.traits(), posts.account, rank, own, np.ones(len(posts)))
    )


def _expected(posts: History, levels: PeerLevels, settings: ForecastSettings) -> Floats:
    """What peers of the account get, for each post: once an account and form, then along size.

    An account without peers has an expectation of 0, so that its own past is the whole level.
    """
    order, ptr, account, form = by_account(posts, posts.form)
    size = segment_medians(posts.followers[order], ptr)
    found = levels_for(levels, form, size, account, settings)
    level, group = found.level, found.group
    stretch = np.repeat(np.arange(account.size), np.diff(ptr))
    apart = posts.followers[order] - size[stretch]
    made = np.empty(len(posts))
    slope = np.where(np.isfinite(level), levels.slope[group], 0.0)
    made[order] = np.nan_to_num(level[stretch]) + np.nan_to_num(slope[stretch] * apart)
    return made


def _occasions(
    posts: History,
    beside: Floats,
    known: tuple[Floats, Any],
    kept: npt.NDArray[np.int8],
    settings: ForecastSettings,
) -> OccasionEffects:
    """What occasions do, each unpaid post of theirs beside its account's posts of other days.

    `known` is each post beside all like it, and whether it stands in an occasion.
    """
    off, is_met = known
    plain = _beside_like_posts(posts, beside, (posts.paid != 1.0) & ~is_met, settings)
    found = seasons(posts, off, is_met, settings)
    week = replace(found, month=np.zeros_like(found.month))
    rest = np.where(is_met, plain, off) - season_effect(week, posts.day, True)
    return occasion_effects(posts, np.where(posts.paid == 1.0, np.nan, rest), kept, settings)


def _beside_like_posts(
    posts: History, beside: Floats, is_free: Any, settings: ForecastSettings
) -> Floats:
    """Each post less the middle of its account's other `is_free` posts of like kind and time.

    What is left is due to the hour, the weekday or the payment; NaN where there are too few.
    """
    free = np.flatnonzero(is_free)
    place = np.zeros(free.size, np.int64)
    # Neither payment nor the season: they are what is looked for.
    traits = posts.traits()
    traits[:, 3:] = np.nan
    cases = Cases(
        beside[free], traits[free], posts.account[free], place, free, np.ones(free.size)
    )
    asked = Questions(traits, posts.account, but_owner=np.arange(len(posts)))
    found = centres(sorted_cases(cases), asked, settings.traits(settings.ages[0]))
    return np.where(found.n >= LEAST_BESIDE, beside - found.middle, np.nan)


def _paid_effects(
    posts: History, off: Floats, ptr: Ints, found: Seasons, settings: ForecastSettings
) -> tuple[Floats, Ints]:
    """Effect of being paid by account: its paid posts beside like unpaid ones, shrunk."""
    n_accounts = ptr.size - 1
    effect, count = np.full(n_accounts, found.paid), np.zeros(n_accounts, np.int64)
    is_paid = np.flatnonzero((posts.paid == 1.0) & np.isfinite(off))
    for a in np.unique(posts.account[is_paid]):
        mine = off[is_paid[posts.account[is_paid] == a]]
        count[a] = mine.size
        trust = mine.size / (mine.size + settings.paid_posts)
        effect[a] = trust * float(np.median(mine)) + (1 - trust) * found.paid
    return effect, count


def _spreads(rest: Floats, ptr: Ints) -> tuple[float, float]:
    """Robust spread of posts round their account, and of accounts beyond what chance gives."""
    n = np.diff(ptr)
    if not rest.size:
        return 1.0, 0.0
    own = segment_medians(rest, ptr)
    off = np.abs(rest - np.repeat(own, n))
    each = MAD * segment_medians(off, ptr)
    some = n >= LEAST_POSTS
    within = float(np.median(each[some])) if some.any() else 1.0
    if some.sum() < LEAST_ACCOUNTS:
        return max(within, 0.05), 0.0
    middle = own[some]
    scale = MAD * float(np.median(np.abs(middle - np.median(middle))))
    # The median of n posts errs by 1.57 / n of the variance of one (Kenney & Keeping 1962).
    chance = 1.57 * within**2 * float(np.mean(1.0 / n[some]))
    return max(within, 0.05), float(np.sqrt(max(scale**2 - chance, (0.1 * scale) ** 2)))


def _own(model: Model, ask: Ask, level: Floats) -> tuple[Floats, Floats, Ints, Floats, Any]:
    """How the account's own past stands beside its peers: middle, worth, posts and spread."""
    settings = model.settings
    traits = traits_of(ask.form, ask.kind, ask.day, ask.paid, ask.subject, ask.hour)
    # Age is counted up to what is known, not to the day asked for: a level lasts.
    traits[:, 2] = ask.origin / MONTH_DAYS
    asked = Questions(traits, ask.account, ask.from_rank, ask.to_rank, ask.but_post)
    found = centres(model.own, asked, settings.traits(model.age))
    given = ask.average - level
    by_average = np.isfinite(given) & (found.n == 0)
    worth = np.where(by_average, settings.average_worth, found.worth)
    middle = np.where(by_average, given, found.middle)
    return middle, worth, found.n, found.spread, by_average


def _trend(model: Model, ask: Ask) -> Floats:
    """The account's own trend, shrunk, damped with every 30 days and held in bounds."""
    settings = model.settings
    if not model.with_trend:
        return np.zeros(len(ask))
    limits = (ask.account, ask.from_rank, ask.to_rank)
    slope, error, middle, n = slopes_of(
        model.posts.day, model.rest, model.ptr, limits, TREND_POSTS
    )
    clear = np.where(slope != 0, slope**2 / (slope**2 + error**2), 0.0)
    trust = clear * n / (n + settings.trend_posts)
    months = np.nan_to_num(np.maximum(ask.day - middle, 0.0) / MONTH_DAYS)
    left = (1.0 - settings.trend_damping**months) / (1.0 - settings.trend_damping)
    found = trust * slope * MONTH_DAYS * left
    made: Floats = np.clip(found, -settings.most_trend, settings.most_trend)
    return made


def _moment(ask: Ask) -> Floats:
    return np.floor(ask.day) + np.where(np.isfinite(ask.hour), ask.hour, 0.0) / 24.0
