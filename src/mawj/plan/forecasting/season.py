"""What a weekday, an hour, a month or being paid does to a post, learned from all accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from mawj.plan.forecasting.forecast_history import History
    from mawj.plan.forecasting.forecast_settings import ForecastSettings

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

HOURS_A_STRETCH = 3
TWO_SEASONS_DAYS = 400.0
"""Span of posts from which a month can be told apart from a trend: it must have come twice."""
YEAR_DAYS = 365.2425


@dataclass(frozen=True)
class Seasons:
    """Effects on the log scale, shrunk towards none.

    Attributes:
        weekday: by weekday, Thursday first as the days since 1970 have it.
        hour: by stretch of three hours, UTC.
        month: by twelfth of the year; all 0 where the posts do not span it twice.
        paid: of being paid, over all accounts.
        n_paid: paid posts that it rests on.
    """

    weekday: Floats
    hour: Floats
    month: Floats
    paid: float
    n_paid: int


def seasons(posts: History, rest: Floats, is_met: Any, settings: ForecastSettings) -> Seasons:
    """What is left of each post beside its account's level, gathered by when it was published.

    `rest` is the value less the account's own middle; NaN where there is none. `is_met` says
    which posts stand in an occasion: a month is told by the others, since Ramadan may fill it.
    """
    weekday = _effects(rest, weekday_of(posts.day), 7, settings.season_posts)
    hour = _effects(rest, stretch_of(posts.day), 24 // HOURS_A_STRETCH, settings.season_posts)
    month = np.zeros(12)
    if len(posts) and np.ptp(posts.day) >= TWO_SEASONS_DAYS:
        plain = np.where(is_met, np.nan, rest)
        month = _effects(plain, month_of(posts.day), 12, settings.season_posts)
    is_paid = (posts.paid == 1.0) & np.isfinite(rest)
    n_paid = int(is_paid.sum())
    trust = n_paid / (n_paid + settings.paid_posts)
    seen = float(np.median(rest[is_paid])) if n_paid else 0.0
    return Seasons(weekday, hour, month, trust * seen + (1 - trust) * settings.paid_log, n_paid)


def season_effect(found: Seasons, day: Floats, knows_hour: Any) -> Floats:
    """Effect of the weekday, the month and, where it is known, the hour of each post."""
    hour = np.where(knows_hour, found.hour[stretch_of(day)], 0.0)
    made: Floats = found.weekday[weekday_of(day)] + found.month[month_of(day)] + hour
    return made


def weekday_of(day: Floats) -> Ints:
    """Day of the week, Thursday 0."""
    return np.floor(day).astype(np.int64) % 7


def stretch_of(day: Floats) -> Ints:
    """Which stretch of three hours, UTC."""
    return np.floor((day % 1.0) * 24.0 / HOURS_A_STRETCH + 1e-9).astype(np.int64) % 8


def month_of(day: Floats) -> Ints:
    """Which twelfth of the year."""
    return np.floor((day % YEAR_DAYS) / YEAR_DAYS * 12.0).astype(np.int64) % 12


def _effects(rest: Floats, cell: Ints, n_cells: int, half_at: float) -> Floats:
    known = np.isfinite(rest)
    made = np.zeros(n_cells)
    if not known.any():
        return made
    middle = np.median(rest[known])
    for c in range(n_cells):
        mine = rest[known & (cell == c)]
        if mine.size:
            made[c] = (np.median(mine) - middle) * mine.size / (mine.size + half_at)
    return made - np.average(made, weights=np.bincount(cell[known], minlength=n_cells))
