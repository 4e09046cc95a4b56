"""What a post of an account may bring: views, reach, engagements, clicks and conversions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from mawj.plan.asking.deliverables import MEASURES, deliverable, deliverables
from mawj.plan.forecasting.forecast_errors import class_of, past_errors, with_memory
from mawj.plan.forecasting.forecast_history import (
    DAY_S,
    MEASURED,
    codes_of,
    countries_of,
    day_of,
    history,
    kind_codes,
    logs_of,
    pc,
    subject_codes,
)
from mawj.plan.forecasting.forecast_model import Ask, fitted, parts
from mawj.plan.forecasting.forecast_rated import rated
from mawj.plan.forecasting.forecast_rows import Told, forecast_tables
from mawj.plan.forecasting.intervals import ends
from mawj.plan.forecasting.rates import Rate, published_rates
from mawj.tables.errors import NotEnoughData

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from mawj.plan.asking.deliverables import Deliverable
    from mawj.plan.forecasting.forecast_history import History
    from mawj.plan.forecasting.forecast_record import PastRecord
    from mawj.plan.forecasting.forecast_settings import ForecastSettings

EPOCH_ORDINAL = 719_163
"""Day number of 1 January 1970 in the calendar of `date.toordinal`."""
AVERAGES = {"views": "average_views", "engagements": "average_engagements"}
"""Averages that sources give, by measure."""
LEAD_DAYS = (1.0, 90.0)
"""Past forecasts are played so many days ahead, at least and at most."""


@dataclass(frozen=True)
class ForecastAsked:
    """What to forecast.

    Attributes:
        as_of: nothing published or counted later is looked at.
        on: days of publication.
        deliverables: keys; empty for all of each account's platform.
        measures: of `MEASURES`.
        is_paid: whether the posts are paid for.
        kind: which kind of post within the deliverable, such as carousel; empty for any.
        hour: hour of publication, UTC; None for not decided.
        subject: what the posts will be about, as in the column `subject` of the posts; empty
            for not decided.
        level: how often intervals shall hold.
        with_lines: also say why; a third faster without.
        rates: what a measure is of another; the published ones where not given.
        record: how earlier forecasts turned out, by (platform, measure).
    """

    as_of: datetime
    on: Sequence[date]
    deliverables: Sequence[str] = ()
    measures: Sequence[str] = MEASURES
    is_paid: bool = True
    kind: str = ""
    hour: float | None = None
    subject: str = ""
    level: float = 0.8
    with_lines: bool = True
    rates: Sequence[Rate] = field(default_factory=published_rates)
    record: Mapping[tuple[str, str], PastRecord] = field(default_factory=dict)

    @property
    def knows(self) -> frozenset[str]:
        """What is known of the posts themselves beforehand."""
        told = {"kind": self.kind, "hour": self.hour is not None, "subject": self.subject}
        return frozenset(name for name, is_told in told.items() if is_told)


def forecasts(
    forecast_accounts: pa.Table,
    forecast_posts: pa.Table,
    asked: ForecastAsked,
    *,
    forecast_settings: ForecastSettings,
) -> tuple[pa.Table, pa.Table]:
    """What each deliverable of each account may bring on each day, and why.

    Reads:
        forecast_accounts: account_id, platform, followers, average_views, average_engagements:
            the accounts asked for. Columns `views_move` and `engagements_move` may say what
            the averages are expected to change by, on the log scale; `country` (ISO 3166-1
            alpha-2) which occasions are kept there.
        forecast_posts: account_id, platform, published_at, kind, is_paid, views, reached,
            engagements, clicks, followers: posts of those accounts and of their peers; posts
            after `as_of` are left aside. Columns may say what each is about (`subject`) and the
            country of its account (`country`).

    Returns:
        `forecasts` and `forecast_lines` in their declared shapes, in the order of accounts,
        deliverables, days and measures. On the log scale the lines of a forecast add up to it.

    Nulls:
        A measure that no post of the account and no peer shows has a NULL forecast, and
        `missing` says what to load. It is never 0.

    Raises:
        NotEnoughData: when no account or no day is asked for.
        NotFound: for a deliverable that is not known.

    Source:
        Shrinkage of an account's own level to its peers' by noise over difference is empirical
        Bayes (Efron & Morris, JASA 70, 1975) with medians in place of means; medians, since
        counts are heavy-tailed. Intervals: see `mawj.plan.forecasting.intervals`.
    """
    if not forecast_accounts.num_rows or not asked.on:
        raise NotEnoughData(
            "no account or no day to forecast was given; name some", has=0, needs=1
        )
    for key in asked.deliverables:
        deliverable(key)
    made: list[Told] = []
    for platform in sorted(map(str, pc.unique(forecast_accounts["platform"]).to_pylist())):
        mine = forecast_accounts.filter(pc.equal(forecast_accounts["platform"], platform))
        wanted = _wanted(platform, asked)
        if wanted:
            made += _platform(
                mine.sort_by("account_id"), forecast_posts, wanted, asked, forecast_settings
            )
    return forecast_tables(made, asked)


def _wanted(platform: str, asked: ForecastAsked) -> list[Deliverable]:
    keys = asked.deliverables or [k for k, one in deliverables().items() if not one.within]
    return [one for one in map(deliverable, dict.fromkeys(keys)) if one.platform == platform]


def _platform(
    accounts: pa.Table,
    posts: pa.Table,
    wanted: Sequence[Deliverable],
    asked: ForecastAsked,
    settings: ForecastSettings,
) -> list[Told]:
    """Every measure of one platform, those taken of others last."""
    platform = wanted[0].platform
    posts = posts.filter(pc.equal(posts["platform"], platform))
    found: dict[str, Told] = {}
    for measure in (*MEASURED, "conversions"):
        told = _counted(accounts, posts, wanted, measure, asked, settings)
        if told.lacking.any():
            told = rated(told, found, asked.rates, asked.record)
        found[measure] = told
    return [found[measure] for measure in MEASURES if measure in asked.measures]


def _counted(
    accounts: pa.Table,
    posts: pa.Table,
    wanted: Sequence[Deliverable],
    measure: str,
    asked: ForecastAsked,
    settings: ForecastSettings,
) -> Told:
    """One measure as far as own posts and peers show it."""
    forms = [k for k, one in deliverables().items() if one.platform == wanted[0].platform]
    names = _names(accounts, posts)
    past = _past(posts, measure, names, forms, asked, settings)
    subject = subject_codes(posts).get(asked.subject, np.nan)
    ask = _ask(accounts, names, wanted, forms, past, measure, asked, subject)
    lead = float(np.clip(np.median(ask.day - ask.origin), *LEAD_DAYS))
    knows = asked.knows
    countries = countries_of(names, accounts, posts)
    model = with_memory(fitted(past, names, len(forms), settings, countries), lead, knows)
    made = parts(model, ask)
    low, high, n_errors = ends(
        past_errors(model, lead, knows), class_of(made.n_own), asked.level
    )
    ids = [str(one) for one in accounts["account_id"].to_pylist()]
    return Told(
        measure, wanted, ids, tuple(asked.on), made,
        low * made.spread, high * made.spread, n_errors,
        record=asked.record.get((wanted[0].platform, measure)), settings=settings,
    )  # fmt: skip


def _past(
    posts: pa.Table,
    measure: str,
    names: Sequence[str],
    forms: Sequence[str],
    asked: ForecastAsked,
    settings: ForecastSettings,
) -> History:
    """The posts with one measure, neither too young to have settled nor too old to matter."""
    until = day_of(asked.as_of)
    if measure not in MEASURED:
        return history(posts.slice(0, 0), forms[0].partition(":")[0], "views", names, forms)
    known = history(posts, forms[0].partition(":")[0], measure, names, forms)
    return known.where(
        (known.day <= until - settings.settle_days) & (known.day > until - settings.window_days)
    )


def _names(accounts: pa.Table, posts: pa.Table) -> list[str]:
    asked_for = accounts["account_id"].to_pylist()
    return sorted({*asked_for, *pc.unique(posts["account_id"]).to_pylist()})


def _ask(
    accounts: pa.Table,
    names: Sequence[str],
    wanted: Sequence[Deliverable],
    forms: Sequence[str],
    past: History,
    measure: str,
    asked: ForecastAsked,
    subject: float,
) -> Ask:
    """Accounts × deliverables × days, in that order."""
    each = len(wanted) * len(asked.on)
    code = codes_of(accounts["account_id"], {name: n for n, name in enumerate(names)})
    account = np.repeat(code, each)
    form = np.array([forms.index(one.whole) for one in wanted], np.int64)
    days = np.array([float(one.toordinal() - EPOCH_ORDINAL) for one in asked.on])
    unknown = np.full(account.size, np.nan)
    average = unknown
    if measure in AVERAGES and AVERAGES[measure] in accounts.column_names:
        given = logs_of(accounts[AVERAGES[measure]])
        # An average of none is more often a gap than a fact.
        average = np.repeat(np.where(given > 0, given, np.nan), each)
    counts = np.bincount(past.account, minlength=len(names)).astype(np.int64)
    return Ask(
        account=account,
        form=np.tile(np.repeat(form, days.size), len(code)),
        kind=np.full(account.size, kind_codes(pa.array([asked.kind]))[0]),
        origin=np.full(account.size, asked.as_of.timestamp() / DAY_S),
        day=np.tile(days, len(code) * form.size),
        size=np.repeat(_sizes(accounts), each),
        paid=np.full(account.size, float(asked.is_paid)),
        average=average,
        to_rank=counts[account],
        from_rank=np.zeros(account.size, np.int64),
        hour=unknown if asked.hour is None else np.full(account.size, asked.hour),
        subject=np.full(account.size, float(subject)),
        move=np.repeat(_moves(accounts, measure), each),
        but_post=np.full(account.size, -2),
    )  # fmt: skip


def _moves(accounts: pa.Table, measure: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    name = f"{measure}_move"
    if name not in accounts.column_names:
        return np.zeros(accounts.num_rows)
    given = np.asarray(accounts[name].to_numpy(zero_copy_only=False), float)
    made: np.ndarray[tuple[int], np.dtype[np.float64]] = np.nan_to_num(given)
    return made


def _sizes(accounts: pa.Table) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    known = logs_of(accounts["followers"])
    # No followers at all is a count that was not given: log followers would lie far off.
    return np.where(known > 0, known, np.nan)
