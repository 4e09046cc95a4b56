"""What the audience of a vetted account speaks and where it is, as seen and as given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

KEY = ("account_id", "slice", "dimension", "value")


def audience_makeup(
    follower_sample: ir.Table,
    follower_faces: ir.Table,
    vet_comments: ir.Table,
    audiences: ir.Table,
) -> ir.Table:
    """Languages and countries of an audience: one row per account, slice, dimension and value.

    Reads:
        follower_sample, follower_faces: language and country of sampled followers.
        vet_comments: language of what is written under posts. audiences: shares as the
        account, its platform or a vendor gives them, the latest of each value.

    Returns:
        The declared columns; a language without its region or script (`ar-Latn` is `ar`). A
        value that is only given has n 0, one that is only seen no given share.

    Nulls:
        Followers and comments whose language or country is not known are left out.
    """
    faces = follower_faces.select("language", "country", follower_id="account_id")
    sampled = follower_sample.select("account_id", "follower_id").inner_join(
        faces, "follower_id"
    )
    seen = (
        _counted(sampled, "followers", "language")
        .union(_counted(sampled, "followers", "country"))
        .union(_counted(vet_comments, "commenters", "language"))
    )
    given = (
        audiences.filter(
            _.slice.isin(["followers", "commenters"]),
            _.dimension.isin(["language", "country"]),
        )
        .group_by("account_id", "slice", "dimension", "value")
        .agg(claimed_share=_.share.argmax(_.as_of))
        .mutate(n=ibis.literal(0, "int64"))
        .semi_join(seen.select("account_id").distinct(), "account_id")
    )
    columns = [*KEY, "n", "claimed_share"]
    both = seen.mutate(claimed_share=ibis.null("float64")).select(columns)
    joined = both.union(given.select(columns)).group_by(*KEY)
    return shaped(
        joined.agg(n=_.n.sum(), claimed_share=_.claimed_share.max()), "audience_makeup"
    )


def _counted(rows: ir.Table, part: str, dimension: str) -> ir.Table:
    """How many rows of each account have each value."""
    plain = rows[dimension].re_replace(r"-.*$", "")
    known = rows.select("account_id", value=plain).filter(
        _.value.notnull(), ~_.value.isin(["", "und"])
    )
    counted = known.group_by("account_id", "value").agg(n=_.count())
    return counted.select(
        "account_id", "value", "n", slice=ibis.literal(part), dimension=ibis.literal(dimension)
    )
