"""How many posts of each vetted account are paid for, and how many say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


def ad_counts(vet_posts: ir.Table, sponsored_posts: ir.Table) -> ir.Table:
    """Paid and other posts of one vetted account: one row per account with posts.

    Reads:
        vet_posts: posts with text or with the platform's label known, answers to others left
            out. sponsored_posts: is_paid, disclosed.

    Returns:
        The declared columns; an account without any such post has no row.
    """
    seen = vet_posts.filter(
        _.reply_to_account_id.isnull() | (_.reply_to_account_id == _.account_id),
        _.text.notnull() | _.is_labelled_ad.notnull(),
    )
    totals = seen.group_by("account_id").agg(
        n_posts=_.count(), first_at=_.published_at.min(), last_at=_.published_at.max()
    )
    paid = (
        sponsored_posts.filter(_.is_paid)
        .group_by("account_id")
        .agg(
            n_paid=_.count(),
            n_told=_.count(where=_.disclosed == "yes"),
            n_vague=_.count(where=_.disclosed == "vague"),
            n_untold=_.count(where=_.disclosed == "no"),
            n_unknown=_.count(where=_.disclosed == "unknown"),
        )
    )
    joined = totals.left_join(paid, "account_id").drop("account_id_right")
    counts = ("n_paid", "n_told", "n_vague", "n_untold", "n_unknown")
    return shaped(
        joined.mutate(**{name: joined[name].fill_null(0) for name in counts}), "ad_counts"
    )
