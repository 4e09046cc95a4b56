"""When each kind of thing known of an account was last seen, and how old that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.derived_freshness import KINDS_SEEN
from mawj.tables.portable import days_between
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    from datetime import datetime

    import ibis.expr.types as ir

RESTS_ON = {
    "audience": "counts", "selectivity": "counts",
    "response": "posts", "amplification": "posts", "engagement": "posts",
    "topical_share": "posts", "consistency": "posts",
    "attention": "ties", "endorsement": "ties", "authority": "ties", "bridging": "ties",
}  # fmt: skip
"""What each contribution to influence rests on most."""


@dataclass(frozen=True)
class FreshnessLimits:
    """How long what was seen holds, by kind, and what is left of it afterwards.

    Attributes:
        counts_days: followers, following and number of posts. YouTube's API policies (III.E.4)
            ask to refresh or delete stored statistics within 30 days.
        posts_days: likes, comments and views of posts; the same source.
        ties_days: who turned to whom and who follows whom. Our judgement: a quarter.
        audience_days: who an audience is. Our judgement: a quarter; vendors make such reports
            anew every 2 to 4 weeks (Modash) or 30 days (GRIN).
        account_days: name, description, country. Our judgement: half a year.
        stale_weight: part of its weight in coverage that what is stale keeps. Our judgement:
            half, for it is worth more than nothing and less than what was seen lately.
    """

    counts_days: int = 30
    posts_days: int = 30
    ties_days: int = 90
    audience_days: int = 90
    account_days: int = 180
    stale_weight: float = 0.5

    def days_of(self, kind: str) -> int:
        """How long things of one kind hold."""
        return int(getattr(self, f"{kind}_days"))


def freshness(
    accounts: ir.Table,
    account_snapshots: ir.Table,
    posts: ir.Table,
    post_snapshots: ir.Table,
    interactions: ir.Table,
    audiences: ir.Table,
    *,
    freshness_limits: FreshnessLimits,
    as_of: datetime,
) -> ir.Table:
    """Each kind of thing known of an account, and when it was last seen: one row for each.

    Reads:
        accounts: fetched_at; account_snapshots: taken_at; post_snapshots: taken_at of the
        account's posts; interactions: when those towards it were fetched; audiences: as_of.

    Returns:
        seen_at, the latest moment that the known values describe; age_days at `as_of`, 0 where
        it is later; ttl_days; is_stale. A kind that is not known at all has no row.

    Why not when the rows came in:
        Counts in a file of two years ago that is loaded today describe two years ago. Names
        bear no moment of their own; and that nobody turned to an account lately says nothing
        of when that was looked at. For these it is when they were fetched.
    """
    counted = posts.select("post_id", "account_id").inner_join(
        post_snapshots.select("post_id", "taken_at"), "post_id"
    )
    seen = {
        "account": accounts.group_by("account_id").agg(seen_at=_.fetched_at.max()),
        "counts": account_snapshots.group_by("account_id").agg(seen_at=_.taken_at.max()),
        "posts": counted.group_by("account_id").agg(seen_at=_.taken_at.max()),
        "ties": interactions.group_by(account_id=interactions.target_id).agg(
            seen_at=_.fetched_at.max()
        ),
        "audience": audiences.group_by("account_id").agg(seen_at=_.as_of.max()),
    }
    rows = [_aged(seen[kind], kind, freshness_limits, as_of) for kind in KINDS_SEEN]
    return shaped(ibis.union(*rows), "freshness")


def _aged(seen: ir.Table, kind: str, limits: FreshnessLimits, as_of: datetime) -> ir.Table:
    known = seen.filter(seen.seen_at.notnull(), seen.account_id.notnull())
    ends: Any = ibis.literal(as_of, "timestamp('UTC')")
    age = ibis.greatest(days_between(known.seen_at, ends), 0.0)
    return known.select(
        "account_id", "seen_at", kind=ibis.literal(kind), age_days=age,
        ttl_days=ibis.literal(limits.days_of(kind), "int64"),
        is_stale=age > limits.days_of(kind),
    )  # fmt: skip
