"""How the posts of an account are answered: what one typical post sets off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.portable import log10p
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    from datetime import datetime

    import ibis.expr.types as ir

    from mawj.identify.window import Window


def post_response(
    post_counts: ir.Table, post_topics: ir.Table, *, window: Window, as_of: datetime
) -> ir.Table:
    """Engagements and reposts of a typical post: one row per account, overall and per topic.

    Reads:
        post_counts: account_id, post_id, published_at, engagements, reposts, quotes.
        post_topics: post_id, topic_id.

    Returns:
        account_id, topic_id (empty: all own posts); the geometric mean of 1 + count, less 1,
        with the standard deviation over posts of its decimal logarithm and the number of posts.
    Nulls:
        A post whose count is hidden is left out; it is not a zero. Posts without a known time
        count as recent.
    Source:
        Counts of reactions are close to log-normal over an author's posts, so the mean of
        logarithms is the centre and one viral post does not move it far. Our judgement.
    """
    reposted = ibis.coalesce(_.reposts + _.quotes, _.reposts, _.quotes)
    recent = post_counts.published_at.isnull() | window.holds(post_counts.published_at, as_of)
    read = post_counts.filter(recent).select(
        "post_id",
        "account_id",
        "published_at",
        log_engagements=log10p(_.engagements),
        log_reposts=log10p(reposted),
    )
    on_topics = read.inner_join(post_topics.select("post_id", "topic_id"), "post_id")
    overall = read.mutate(topic_id=ibis.literal(""))
    every = overall.select(*on_topics.columns).union(on_topics)
    made = every.group_by("account_id", "topic_id").agg(
        **_typical("engagements"),
        **_typical("reposts"),
        from_date=_.published_at.min().date(),
        to_date=_.published_at.max().date(),
    )
    return shaped(made, "post_response")


def _typical(name: str) -> dict[str, Any]:
    log = _[f"log_{name}"]
    return {
        name: 10.0 ** log.mean() - 1.0,
        f"{name}_spread": log.std(how="sample"),
        f"n_{name}": log.count(),
    }
