"""What others did around a jump in followers, and whether posts of that time are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.portable import days_between, ratio
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

BEFORE_DAYS = 10
"""Days before a jump whose talk may have set it off, as for posts; our judgement."""

KEYS = ("account_id", "from_at")


def jump_talk(follower_jumps: ir.Table, acts: ir.Table, vet_posts: ir.Table) -> ir.Table:
    """How much others turned to the account around a jump: one row per jump.

    Reads:
        follower_jumps: from_at, to_at. acts: target_id, at. vet_posts: published_at.

    Returns:
        The declared columns; talk is acts a day around the jump over acts a day between the
        first and last act on the account.
    """
    jumps = follower_jumps.select("account_id", "from_at", "to_at")
    dated = (
        acts.filter(_.at.notnull())
        .select("at", account_id=_.target_id)
        .semi_join(jumps, "account_id")
    )
    usual = dated.group_by("account_id").agg(
        n=_.count(), first_at=_.at.min(), last_at=_.at.max()
    )
    begins = _.from_at - ibis.interval(days=BEFORE_DAYS)
    near = (
        jumps.inner_join(dated, "account_id")
        .filter(_.at >= begins, _.at <= _.to_at)
        .group_by(*KEYS)
        .agg(n_near=_.count())
    )
    posted = (
        vet_posts.semi_join(jumps, "account_id")
        .group_by("account_id")
        .agg(first_post_at=_.published_at.min(), last_post_at=_.published_at.max())
    )
    rows = jumps.left_join(usual, "account_id").drop("account_id_right")
    rows = rows.left_join(near, list(KEYS)).drop("account_id_right", "from_at_right")
    rows = rows.left_join(posted, "account_id").drop("account_id_right")
    daily = ratio(rows.n, ibis.greatest(days_between(rows.first_at, rows.last_at), 1.0))
    days = days_between(rows.from_at, rows.to_at) + float(BEFORE_DAYS)
    within = (rows.first_post_at < rows.from_at) & (rows.last_post_at > rows.to_at)
    rows = rows.mutate(
        talk_times=ratio(rows.n_near.fill_null(0), daily * days),
        is_between_posts=within.fill_null(ibis.literal(value=False)),
    )
    return shaped(rows, "jump_talk")
