"""What paid and own posts got, for accounts that have both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

MOST_POSTS = 500
"""Posts of one account that are compared: the last ones; our judgement."""


def paid_counts(
    vet_posts: ir.Table, sponsored_posts: ir.Table, ad_counts: ir.Table
) -> ir.Table:
    """What one post got, of accounts with at least one paid post: one row per post.

    Reads:
        vet_posts: engagements, views; answers to others are left out.
        sponsored_posts: is_paid. ad_counts: which accounts have paid posts.

    Returns:
        The declared columns, the last `MOST_POSTS` of each account; hidden counts stay NULL.
    """
    own = vet_posts.filter(
        _.reply_to_account_id.isnull() | (_.reply_to_account_id == _.account_id)
    ).semi_join(ad_counts.filter(_.n_paid > 0), "account_id")
    window = ibis.window(group_by="account_id", order_by=[ibis.desc(_.published_at), _.post_id])
    last = own.mutate(place=ibis.row_number().over(window)).filter(_.place < MOST_POSTS)
    paid = sponsored_posts.filter(_.is_paid).select(paid_id=_.post_id)
    joined = last.left_join(paid, last.post_id == paid.paid_id)
    return shaped(joined.mutate(is_paid=joined.paid_id.notnull()), "paid_counts")
