"""The own posts of the accounts that are vetted, with what each got."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


def vet_posts(vet_subjects: ir.Table, posts: ir.Table, post_counts: ir.Table) -> ir.Table:
    """One own post of a vetted account with its latest counts: one row per post.

    Reads:
        posts: reposts of others are left out. post_counts: likes, comments, reposts, views,
        engagements, followers; hidden counts stay NULL.

    Returns:
        The declared columns.
    """
    own = posts.filter(
        _.repost_of_post_id.isnull() & _.repost_of_account_id.isnull()
    ).semi_join(vet_subjects, "account_id")
    counts = post_counts.select(
        "post_id", "likes", "comments", "reposts", "views", "engagements", "followers"
    )
    return shaped(own.left_join(counts, "post_id").drop("post_id_right"), "vet_posts")
