"""What rings wrote under the posts of the accounts that are vetted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.portable import whole_seconds
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from mawj.vet.ring_members import RingLimits

LEAST_THERE = 3
"""Members of a ring at one post that make a meeting; two may be friends; our judgement."""


def ring_comments(
    ring_members: ir.Table, vet_comments: ir.Table, *, ring_limits: RingLimits
) -> ir.Table:
    """One comment that a ring wrote at a meeting under a vetted account's post.

    A meeting is three members at least under one post, each with another's comment within the
    window before or after its own.

    Reads:
        ring_members, vet_comments.

    Returns:
        The declared columns; of several comments of a member under one post, all that are near.
    """
    ours = vet_comments.filter(_.published_at.notnull()).inner_join(
        ring_members.select("ring_id", author_id=_.account_id), "author_id"
    )
    timed = ours.mutate(at_s=whole_seconds(_.published_at))
    line = ibis.window(group_by=["post_id", "ring_id"], order_by=["at_s", "comment_id"])
    near = timed.mutate(
        before=_.at_s - _.at_s.lag().over(line), after=_.at_s.lead().over(line) - _.at_s
    )
    wide = float(ring_limits.window_s)
    near = near.filter((_.before <= wide) | (_.after <= wide))
    met = (
        near.group_by("post_id", "ring_id")
        .agg(n_there=_.author_id.nunique())
        .filter(_.n_there >= LEAST_THERE)
    )
    return shaped(near.inner_join(met, ["post_id", "ring_id"]), "ring_comments")
