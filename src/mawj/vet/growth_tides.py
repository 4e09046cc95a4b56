"""What lifts everybody: how the accounts of a platform grew, week by week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.portable import days_between, whole_seconds
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

WEEK_S = 7 * 86_400


@dataclass(frozen=True)
class TideLimits:
    """What it takes to say how a platform moved in a week.

    Attributes:
        most_days: stretches between two counts that are longer say nothing about one week;
            two weeks, our judgement.
        least_days: stretches that are shorter are mostly rounding and the hour of the day;
            half a day, our judgement.
        least_followers: smaller accounts move by single followers; our judgement.
        least_accounts: accounts that a median and a highest twentieth need: twenty, so that
            the twentieth is one account at least.
        high: share of accounts below `daily_growth_high`; 0.95, our judgement.
    """

    most_days: float = 14.0
    least_days: float = 0.5
    least_followers: float = 500.0
    least_accounts: int = 20
    high: float = 0.95


def growth_tides(
    vet_subjects: ir.Table,
    account_snapshots: ir.Table,
    standing: ir.Table,
    *,
    tide_limits: TideLimits,
) -> ir.Table:
    """How the accounts of one platform grew in one week: one row per platform and week.

    A holiday, a change of the platform or a great event lifts many accounts at once; a gain in
    such a week is held against what the others gained in it.

    Reads:
        vet_subjects: which platforms. account_snapshots: followers of all accounts of them.
        standing: which platform an account is on.

    Returns:
        The declared columns; weeks with fewer accounts than `least_accounts` are left out.
    """
    limits = tide_limits
    on = standing.semi_join(vet_subjects, "platform").select("account_id", "platform")
    counted = (
        account_snapshots.filter(_.followers >= limits.least_followers)
        .select("account_id", "taken_at", "followers")
        .inner_join(on, "account_id")
    )
    line = ibis.window(group_by="account_id", order_by="taken_at")
    steps = counted.mutate(
        before=_.followers.lag().over(line), from_at=_.taken_at.lag().over(line)
    )
    steps = steps.filter(_.before.notnull()).mutate(
        days=days_between(_.from_at, _.taken_at),
        middle_s=(whole_seconds(_.from_at) + whole_seconds(_.taken_at)) / 2.0,
    )
    near = steps.filter(_.days <= limits.most_days, _.days >= limits.least_days)
    weeks = near.group_by("platform", week=(_.middle_s / WEEK_S).floor().cast("int64")).agg(
        n_accounts=_.account_id.nunique(),
        daily_growth=((_.followers.ln() - _.before.ln()) / _.days).median(),
        daily_growth_high=((_.followers.ln() - _.before.ln()) / _.days).quantile(limits.high),
    )
    return shaped(weeks.filter(_.n_accounts >= limits.least_accounts), "growth_tides")
