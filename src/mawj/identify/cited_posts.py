"""The posts that are shown as evidence, word for word, where the account they speak for is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


def cited_posts(
    influence_evidence: ir.Table, topic_evidence: ir.Table, posts: ir.Table
) -> ir.Table:
    """One post that is evidence for one account: one row per account and post.

    Posts lie in the order in which they were loaded; a page that had to look for twenty of them
    would read them all.

    Reads:
        influence_evidence, topic_evidence: which posts; posts: what they say.
    """
    for_influence = influence_evidence.filter(_.kind == "post").select(
        "account_id", post_id="evidence_id"
    )
    for_topics = topic_evidence.select("account_id", "post_id")
    cited = ibis.union(for_influence, for_topics, distinct=True)
    said = posts.select("post_id", "text", "url", "published_at")
    return shaped(cited.inner_join(said, "post_id"), "cited_posts")
