"""How many own posts of each vetted account could be read for sensitive subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


def read_posts(vet_subjects: ir.Table, vet_posts: ir.Table) -> ir.Table:
    """Posts in a language that the term lists know: one row per vetted account.

    Reads:
        vet_posts: a post whose language is not said is read, in the language its letters tell.

    Returns:
        n_read, n_other, and when the first and last that were read were published.
    """
    code = _.language.fill_null("und")
    is_known = code.substr(0, 2).isin(["ar", "fa", "en"]) | (code == "und")
    has_text = _.text.fill_null("").strip() != ""
    posts = vet_posts.mutate(is_read=is_known & has_text)
    counted = posts.group_by("account_id").agg(
        n_read=_.is_read.sum().cast("int64"),
        n_other=(~_.is_read).sum().cast("int64"),
        from_at=_.published_at.min(where=_.is_read),
        to_at=_.published_at.max(where=_.is_read),
    )
    every = vet_subjects.select("account_id").left_join(counted, "account_id")
    none = ibis.literal(0, "int64")
    return shaped(
        every.mutate(n_read=_.n_read.coalesce(none), n_other=_.n_other.coalesce(none)),
        "read_posts",
    )
