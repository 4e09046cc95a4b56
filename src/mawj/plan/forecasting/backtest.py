"""How forecasts would have done on the user's own past, beside two naive ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mawj.plan.asking.deliverables import deliverables
from mawj.plan.forecasting.forecast_errors import class_of, past_errors, with_memory
from mawj.plan.forecasting.forecast_history import (
    MEASURED,
    countries_of,
    day_of,
    history,
    pc,
)
from mawj.plan.forecasting.forecast_model import Ask, fitted, parts
from mawj.plan.forecasting.intervals import ends
from mawj.plan.kernels.like import segment_medians
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from mawj.plan.forecasting.forecast_history import History
    from mawj.plan.forecasting.forecast_model import Model
    from mawj.plan.forecasting.forecast_settings import ForecastSettings

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

WAYS = ("mawj", "last", "median")


@dataclass(frozen=True)
class BacktestSettings:
    """From when forecasts are played again. All are our judgement.

    Attributes:
        origins: moments to forecast from.
        apart_days: days between two of them.
        ahead_days: posts published within so many days after each are forecast.
        most_posts: posts forecast from each moment on each platform, evenly over accounts.
        least_posts: posts below which a tier is not told on its own.
        level: how often intervals shall hold.
    """

    origins: int = 4
    apart_days: float = 30.0
    ahead_days: float = 30.0
    most_posts: int = 2000
    least_posts: int = 20
    level: float = 0.8


@dataclass(frozen=True)
class _Played:
    """Posts forecast again: logarithms of the outcome, both ends and each way's forecast."""

    value: Floats
    low: Floats
    high: Floats
    ways: tuple[Floats, ...]
    tier: Any


def backtest(
    forecast_posts: pa.Table,
    tier_of: Mapping[str, str],
    as_of: datetime,
    *,
    backtest_settings: BacktestSettings,
    forecast_settings: ForecastSettings,
) -> pa.Table:
    """Error, coverage and width by platform, tier and measure, beside naive ways.

    From each of several moments the posts of the following days are forecast from what had been
    published until then. All ways are scored on the same posts: those of accounts with a post
    before. Counts are the latest known, so that a post's own count at the moment of asking may
    have been lower than the one used.

    Reads:
        forecast_posts: as in `mawj.plan.forecasting.forecasts`.
        tier_of: gives the tier of each account.

    Returns:
        `backtest` in its declared shape; the tier is empty for all of a platform.
    """
    rows: list[dict[str, Any]] = []
    for platform in sorted(
        str(one) for one in pc.unique(forecast_posts["platform"]).to_pylist()
    ):
        mine = forecast_posts.filter(pc.equal(forecast_posts["platform"], platform))
        names = sorted(str(one) for one in pc.unique(mine["account_id"]).to_pylist())
        forms = [key for key, one in deliverables().items() if one.platform == platform]
        tiers = np.array([tier_of.get(name, "") for name in names], object)
        for measure in MEASURED:
            posts = history(mine, platform, measure, names, forms)
            played = list(
                _played(
                    posts,
                    names,
                    countries_of(names, mine),
                    len(forms),
                    tiers,
                    day_of(as_of),
                    backtest_settings,
                    forecast_settings,
                )
            )
            if played:
                rows += _told(platform, measure, _joined(played), backtest_settings)
    return pa.Table.from_pylist(rows, TABLES["backtest"].schema)


def _played(
    posts: History,
    names: Sequence[str],
    countries: Sequence[str | None],
    n_forms: int,
    tiers: Any,
    as_of: float,
    how: BacktestSettings,
    settings: ForecastSettings,
) -> Iterator[_Played]:
    """Each moment's forecasts, the earliest first."""
    settled = as_of - settings.settle_days
    for back in range(how.origins - 1, -1, -1):
        origin = settled - how.ahead_days - back * how.apart_days
        before = posts.where(
            (posts.day <= origin - settings.settle_days)
            & (posts.day > origin - settings.window_days)
        )
        later = np.flatnonzero((posts.day > origin) & (posts.day <= origin + how.ahead_days))
        counts = np.bincount(before.account, minlength=len(names)).astype(np.int64)
        later = later[counts[posts.account[later]] > 0] if later.size else later
        if later.size < how.least_posts:
            continue
        if later.size > how.most_posts:
            later = later[np.linspace(0, later.size - 1, how.most_posts).astype(np.int64)]
        lead = how.ahead_days / 2
        model = with_memory(fitted(before, names, n_forms, settings, countries), lead)
        yield _one(model, posts.where(later), counts, origin, lead, tiers, how)


def _one(
    model: Model,
    later: History,
    counts: Ints,
    origin: float,
    lead: float,
    tiers: Any,
    how: BacktestSettings,
) -> _Played:
    n = len(later)
    unknown, nothing = np.full(n, np.nan), np.zeros(n, np.int64)
    ask = Ask(
        later.account, later.form, unknown, np.full(n, origin), later.day, later.followers,
        later.paid, unknown, counts[later.account], nothing, unknown, unknown, np.zeros(n),
        nothing - 2,
    )  # fmt: skip
    made = parts(model, ask)
    low, high, _ = ends(past_errors(model, lead), class_of(made.n_own), how.level)
    last = model.posts.value[model.ptr[later.account + 1] - 1]
    median = segment_medians(model.posts.value, model.ptr)[later.account]
    return _Played(
        later.value, made.total + low * made.spread, made.total + high * made.spread,
        (made.total, last, median), tiers[later.account],
    )  # fmt: skip


def _joined(played: Sequence[_Played]) -> _Played:
    ways = zip(*(one.ways for one in played), strict=True)
    return _Played(
        np.concatenate([one.value for one in played]),
        np.concatenate([one.low for one in played]),
        np.concatenate([one.high for one in played]),
        tuple(np.concatenate(way) for way in ways),
        np.concatenate([one.tier for one in played]),
    )


def _told(
    platform: str, measure: str, played: _Played, how: BacktestSettings
) -> Iterator[dict[str, Any]]:
    """All of a platform, then each tier with enough posts."""
    # A real count of none has no relative error.
    some = (played.value > 0) & np.isfinite(played.ways[0])
    for tier in ("", *sorted({str(one) for one in played.tier if one})):
        mine = some & ((played.tier == tier) | (tier == ""))
        if mine.sum() < how.least_posts:
            continue
        inside = (played.value >= played.low) & (played.value <= played.high)
        for way, made in zip(WAYS, played.ways, strict=True):
            error = np.abs(np.expm1(made[mine] - played.value[mine]))
            is_ours = way == "mawj"
            yield {
                "platform": platform, "tier": tier, "measure": measure, "way": way,
                "n": int(mine.sum()), "median_error": float(np.median(error)),
                "mean_error": float(error.mean()),
                "coverage": float(inside[mine].mean()) if is_ours else None,
                "width": float(np.exp(np.median((played.high - played.low)[mine])))
                if is_ours else None,
            }  # fmt: skip
