"""How the followers of an account moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.identify.spread import NORMAL_95
from mawj.tables.portable import (
    SECONDS_A_DAY,
    earliest_known,
    latest_known,
    ratio,
    value_at,
    whole_seconds,
)
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    from datetime import datetime

    import ibis.expr.types as ir

    from mawj.identify.window import Window

MONTH_DAYS = 30


@dataclass(frozen=True)
class GrowthLimits:
    """Which snapshots make a slope.

    Attributes:
        step_days: snapshots are thinned to the last of each such stretch, and two nearer than
            this give no slope: counts wobble by the day, and platforms round them. A week also
            evens out the weekly rhythm. Our judgement.
        least_snapshots: thinned snapshots below which no interval is given; five is the least
            at which the ranks of Sen's interval stay inside the list of slopes. Our judgement.
    """

    step_days: int = 7
    least_snapshots: int = 5


def growth(
    account_snapshots: ir.Table, *, window: Window, limits: GrowthLimits, as_of: datetime
) -> ir.Table:
    """How the followers of one account moved in the window: one row per account.

    Reads:
        account_snapshots: account_id, taken_at, followers.

    Returns:
        The declared columns. The slope is the median over pairs of snapshots of the growth of
        log followers, told as growth over 30 days; one bought jump moves it little. The
        largest step is told apart, over all snapshots: it is where a jump shows. Accounts
        without two snapshots at least `limits.step_days` apart have no row.

    Nulls:
        Snapshots without followers, or with none, are left out: growth from nothing has no
        rate.

    Cost:
        Pairs within an account: at one snapshot a week, 1,378 for a year.

    Source:
        Theil 1950; Sen 1968, JASA 63, 1379-1389 (slope, and interval from Kendall's variance).
    """
    line = ibis.window(group_by="account_id", order_by="taken_at")
    known = account_snapshots.filter(
        window.holds(account_snapshots.taken_at, as_of), account_snapshots.followers >= 1
    ).select("account_id", "taken_at", "followers")
    stepped = known.mutate(before=_.followers.lag().over(line))
    steps = stepped.group_by("account_id").agg(
        largest_step_share=ratio(stepped.followers - stepped.before, stepped.before).max(),
        followers_first=earliest_known(stepped.followers, stepped.taken_at),
        followers_last=latest_known(stepped.followers, stepped.taken_at),
        from_date=_.taken_at.min().date(),
        to_date=_.taken_at.max().date(),
    )
    thinned = _thinned(known, limits)
    sloped = _sloped(thinned, limits)
    return shaped(steps.join(sloped, "account_id"), "growth")


def _thinned(known: ir.Table, limits: GrowthLimits) -> ir.Table:
    """The last snapshot of each stretch of `limits.step_days`."""
    # Seconds here, before pairs are made: turning a moment into a number is slow on DuckDB.
    timed = known.mutate(at_s=whole_seconds(known.taken_at))
    stretch = timed.at_s // int(limits.step_days * SECONDS_A_DAY)
    return timed.group_by("account_id", stretch=stretch).agg(
        at_s=_.at_s.max(), log=latest_known(timed.followers, timed.taken_at).ln()
    )


def _sloped(thinned: ir.Table, limits: GrowthLimits) -> ir.Table:
    """Median slope a month with its interval, by account."""
    later = thinned.view()
    pairs = thinned.join(
        later,
        [thinned.account_id == later.account_id, thinned.stretch < later.stretch],
        rname="{name}_later",
    )
    span_s = pairs.at_s_later - pairs.at_s
    slopes = pairs.filter(span_s >= int(limits.step_days * SECONDS_A_DAY)).select(
        "account_id",
        slope=(pairs.log_later - pairs.log) / span_s * (MONTH_DAYS * SECONDS_A_DAY),
    )
    ordered = slopes.group_by("account_id").agg(slopes=_.slope.collect().sort())
    counted = thinned.group_by("account_id").agg(n_snapshots=_.count())
    both = ordered.join(counted, "account_id")
    low, high = _sen_ranks(both.n_snapshots, both.slopes.length())
    n = both.slopes.length()
    told = both.n_snapshots >= limits.least_snapshots
    middle = (value_at(both.slopes, (n - 1) // 2) + value_at(both.slopes, n // 2)) / 2
    unknown = ibis.null("float64")
    return both.select(
        "account_id",
        "n_snapshots",
        growth_30d_share=middle.exp() - 1,
        growth_30d_share_low=ibis.ifelse(told, value_at(both.slopes, low).exp() - 1, unknown),
        growth_30d_share_high=ibis.ifelse(told, value_at(both.slopes, high).exp() - 1, unknown),
    )


def _sen_ranks(n: Any, n_slopes: Any) -> tuple[Any, Any]:
    """Places (from 0) of the two ordered slopes that enclose the median with 90 %."""
    n = n.cast("float64")
    spread = NORMAL_95 * (n * (n - 1) * (2 * n + 5) / 18).sqrt()
    total = n_slopes.cast("float64")
    low = ((total - spread) / 2).floor().cast("int64") - 1
    high = ((total + spread) / 2).ceil().cast("int64")
    return ibis.greatest(low, 0), ibis.least(high, n_slopes.cast("int64") - 1)
