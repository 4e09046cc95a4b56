"""The brands that the vetted accounts advertised, with dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ibis import _

from mawj.tables.portable import ratio
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


def brand_history(sponsored_posts: ir.Table) -> ir.Table:
    """One brand that one vetted account advertised: one row per account and brand.

    Reads:
        sponsored_posts: those whose brand can be told.

    Returns:
        The declared columns.

    Nulls:
        disclosed_share leaves out posts whose disclosure is not known.
    """
    is_known = _.is_paid & (_.disclosed != "unknown")
    counted = (
        sponsored_posts.filter(_.brand.notnull())
        .group_by("account_id", "brand")
        .agg(
            first_at=_.published_at.min(),
            last_at=_.published_at.max(),
            n_posts=_.count(),
            n_paid=_.count(where=_.is_paid),
            n_known=_.count(where=is_known),
            n_told=_.count(where=_.is_paid & (_.disclosed == "yes")),
        )
    )
    return shaped(
        counted.mutate(disclosed_share=ratio(counted.n_told, counted.n_known)), "brand_history"
    )
