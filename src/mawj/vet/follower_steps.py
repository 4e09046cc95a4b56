"""The counts of followers of the vetted accounts, from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.portable import days_between, whole_seconds
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

WEEK_S = 7 * 86_400
LEAST_DAYS = 0.5
"""Counts nearer than this to the one before are skipped: half a day, our judgement."""


def follower_steps(
    vet_subjects: ir.Table, account_snapshots: ir.Table, growth_tides: ir.Table
) -> ir.Table:
    """The stretch between two counts of followers: one row per account and later count.

    Counts come at any distance. What the platform did in a stretch is that of the week of its
    middle, for as many days as the stretch has.

    Reads:
        account_snapshots: followers of the vetted accounts; counts of 0 are left out, since
            growth from nothing has no rate. growth_tides.

    Returns:
        The declared columns; of counts within half a day of each other the first stands.
    """
    mine = account_snapshots.filter(_.followers >= 1).inner_join(
        vet_subjects.select("account_id", "platform"), "account_id"
    )
    thinned = (
        mine.mutate(slot=(whole_seconds(_.taken_at) / (LEAST_DAYS * 86_400)).floor())
        .group_by("account_id", "platform", "slot")
        .agg(to_at=_.taken_at.min(), followers_after=_.followers.min())
    )
    line = ibis.window(group_by="account_id", order_by="to_at")
    steps = thinned.mutate(
        from_at=_.to_at.lag().over(line), followers_before=_.followers_after.lag().over(line)
    ).filter(_.from_at.notnull())
    middle_s = (whole_seconds(steps.from_at) + whole_seconds(steps.to_at)) / 2.0
    steps = steps.mutate(
        days=days_between(_.from_at, _.to_at), week=(middle_s / WEEK_S).floor().cast("int64")
    ).filter(_.days > 0)
    lifted = steps.left_join(growth_tides, ["platform", "week"])
    lifted = lifted.mutate(tide=_.daily_growth * _.days, tide_high=_.daily_growth_high * _.days)
    return shaped(lifted, "follower_steps")
