"""The activity statement: points for each act, received and sent, in the manner of Kred."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class KredSettings:
    """What an act is worth, and when the other side is large.

    Attributes:
        points: points for a common act (mention, reply, repost, quote, comment, like, follow);
            10, docs.score.kred, scoring overview.
        points_large: points when the other side is large. Kred gave more and published no
            figure: ours.
        large_followers: followers above which the other side is large; 10,000, as published.
    """

    points: int = 10
    points_large: int = 50
    large_followers: float = 10_000.0


def kred_activity(
    acts: ir.Table, follows: ir.Table, standing: ir.Table, *, kred_settings: KredSettings
) -> ir.Table:
    """Points for the acts between one account and the others: one row per direction and kind.

    Reads:
        acts: actor_id, target_id, kind; follows: follower_id, followed_id, those still on;
        standing: followers.

    Returns:
        n_acts, points_each and points = n_acts × points_each; by_large says whether the other
        side has more than `large_followers`; where its followers are not known it has not.
        An ended follow keeps its points: they never fall.
    """
    followed = follows.select(
        actor_id=_.follower_id, target_id=_.followed_id, kind=ibis.literal("follow")
    )
    every = acts.select("actor_id", "target_id", "kind").union(followed)
    sides = [
        ("received", every.select("kind", account_id=_.target_id, other_id=_.actor_id)),
        ("sent", every.select("kind", account_id=_.actor_id, other_id=_.target_id)),
    ]
    size = standing.select(other_id=_.account_id, other_followers=_.followers)
    made = [
        side.left_join(size, "other_id")
        .mutate(
            direction=ibis.literal(direction),
            by_large=(_.other_followers > kred_settings.large_followers).fill_null(False),
        )
        .group_by("account_id", "direction", "kind", "by_large")
        .agg(n_acts=_.count())
        for direction, side in sides
    ]
    every_side = made[0].union(made[1])
    each = every_side.by_large.ifelse(kred_settings.points_large, kred_settings.points)
    priced = every_side.mutate(points_each=each, points=every_side.n_acts * each)
    return shaped(priced, "kred_activity")
