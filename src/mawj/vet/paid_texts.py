"""The whole text of the posts that count as paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

MOST_POSTS = 300
"""Paid posts of one account that are read: a year of them; the last ones; our judgement."""

MOST_CHARACTERS = 3_000
"""Characters of each that are read: longer than most captions may be; our judgement."""


def paid_texts(vet_posts: ir.Table, sponsored_posts: ir.Table) -> ir.Table:
    """One paid post with its text and counts: one row per post, few enough to be held.

    Reads:
        sponsored_posts: is_paid; the last `MOST_POSTS` of each account. vet_posts: text.

    Returns:
        The declared columns; texts are cut at `MOST_CHARACTERS`.
    """
    paid = sponsored_posts.filter(_.is_paid)
    window = ibis.window(group_by="account_id", order_by=[ibis.desc(_.published_at), _.post_id])
    last = paid.mutate(place=ibis.row_number().over(window)).filter(_.place < MOST_POSTS)
    read = last.select("post_id", "disclosed", "strength", "brand")
    joined = vet_posts.inner_join(read, "post_id")
    return shaped(joined.mutate(text=joined.text.substr(0, MOST_CHARACTERS)), "paid_texts")
