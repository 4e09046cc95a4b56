"""Posts around a jump in followers, with the attention that each got."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class JumpPostLimits:
    """Which posts may have to do with a jump.

    Attributes:
        before_days: days before the last count of before in which a post may have set it off;
            half of what a post draws comes within days; our judgement.
        most_posts: posts of one jump that are looked at, those with most attention; ours.
    """

    before_days: int = 10
    most_posts: int = 100


def jump_posts(
    follower_jumps: ir.Table, vet_posts: ir.Table, *, jump_post_limits: JumpPostLimits
) -> ir.Table:
    """One own post shortly before or during a jump: one row per jump and post.

    Reads:
        follower_jumps: from_at, to_at. vet_posts: text, published_at, engagements, comments.

    Returns:
        The declared columns; attention and the account's usual are of one kind: engagements,
        and comments where the account's likes are hidden.
    """
    limits = jump_post_limits
    mine = vet_posts.semi_join(follower_jumps, "account_id")
    usual = mine.group_by("account_id").agg(
        engaged=_.engagements.median().cast("float64"),
        answered=_.comments.median().cast("float64"),
    )
    jumps = follower_jumps.select("account_id", "from_at", "to_at")
    dated = mine.filter(_.published_at.notnull()).inner_join(usual, "account_id")
    near = dated.inner_join(jumps, "account_id").filter(
        _.published_at <= _.to_at,
        _.published_at >= _.from_at - ibis.interval(days=limits.before_days),
    )
    rows = near.mutate(
        attention=ibis.ifelse(near.engaged.notnull(), near.engagements, near.comments),
        usual_attention=near.engaged.coalesce(near.answered),
    )
    line = ibis.window(
        group_by=["account_id", "from_at"],
        order_by=[ibis.desc(rows.attention.fill_null(-1.0)), rows.post_id],
    )
    placed = rows.mutate(place=ibis.row_number().over(line))
    return shaped(placed.filter(_.place < limits.most_posts), "jump_posts")
