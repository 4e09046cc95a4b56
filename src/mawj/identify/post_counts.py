"""What each own post got: its latest known counts, and the followers it was published to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.portable import earliest_known, latest_known
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

COUNTS = (
    "views", "impressions", "reached", "likes", "comments", "reposts", "quotes", "saves",
    "clicks",
)  # fmt: skip
FAR = ibis.literal(datetime(9000, 1, 1, tzinfo=UTC), "timestamp('UTC')")
ANSWERS = ("comments", "reposts", "quotes", "saves")
"""What is added to likes, where known, to make engagements."""


def post_counts(
    posts: ir.Table, post_snapshots: ir.Table, account_snapshots: ir.Table
) -> ir.Table:
    """The latest known counts of one own post: one row per post.

    Reads:
        posts: post_id, account_id, platform, published_at, kind, what it passes on.
        post_snapshots: every count, taken_at.
        account_snapshots: followers, taken_at.

    Returns:
        The declared columns. Each count is the latest that any snapshot gives. `engagements` is
        likes + comments + reposts + quotes + saves of those that are known. `followers` is the
        count nearest before publication, else the earliest that is known.

    Nulls:
        Hidden likes leave `likes` and `engagements` NULL: not known is not none. A post without
        a date gets the earliest known followers.
    """
    latest = post_snapshots.group_by("post_id").agg(
        **{name: latest_known(post_snapshots[name], post_snapshots.taken_at) for name in COUNTS}
    )
    own = own_posts(posts).select("post_id", "account_id", "platform", "published_at", "kind")
    counted = own.left_join(latest, "post_id").drop("post_id_right")
    whole = _with_followers(counted, account_snapshots)
    return shaped(whole.mutate(engagements=_engagements(whole)), "post_counts")


def own_posts(posts: ir.Table) -> ir.Table:
    """The posts that are an account's own words: reposts of others left out."""
    return posts.filter(posts.repost_of_post_id.isnull() & posts.repost_of_account_id.isnull())


def _engagements(counted: ir.Table) -> Any:
    answers = [counted[name].fill_null(0.0) for name in ANSWERS]
    total = counted.likes
    for answer in answers:
        total = total + answer
    return total


def _with_followers(counted: ir.Table, account_snapshots: ir.Table) -> ir.Table:
    """An as-of join, written as a join on spans of time so that every engine has it.

    At twelve snapshots an account it also takes half the time of DuckDB's own ASOF JOIN.
    """
    spans = _spans(account_snapshots)
    then = counted.left_join(
        spans,
        [
            counted.account_id == spans.account_id,
            counted.published_at >= spans.since,
            counted.published_at < spans.until,
        ],
    ).drop("account_id_right", "since", "until")
    known = account_snapshots.filter(account_snapshots.followers.notnull())
    first = known.group_by("account_id").agg(
        first=earliest_known(known.followers, known.taken_at)
    )
    # An account seen only after the post was published: the earliest count is the nearest.
    return (
        then.left_join(first, "account_id")
        .drop("account_id_right")
        .mutate(followers=ibis.coalesce(_.followers, _.first))
    )


def _spans(account_snapshots: ir.Table) -> ir.Table:
    """Each known count of followers with the span of time in which it is the latest.

    The last span ends in a far year rather than in NULL: a condition with OR would turn the
    join by account into one of every pair (measured: minutes instead of one second).
    """
    line = ibis.window(group_by="account_id", order_by="taken_at")
    known = account_snapshots.filter(account_snapshots.followers.notnull())
    return known.select(
        "account_id",
        "followers",
        since="taken_at",
        until=ibis.coalesce(known.taken_at.lead().over(line), FAR),
    )
