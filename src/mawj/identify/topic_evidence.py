"""Posts that show a topic of an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.identify.account_topics import NAMING
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class EvidenceLimits:
    """How many posts show a topic of an account; enough to judge by eye, our judgement.

    Attributes:
        own_posts: posts of its own.
        others_posts: posts of others that name it.
    """

    own_posts: int = 5
    others_posts: int = 3


def topic_evidence(
    post_topics: ir.Table, acts: ir.Table, *, limits: EvidenceLimits
) -> ir.Table:
    """One post that shows one topic of one account: one row per account, topic and place.

    Reads:
        post_topics: topics of posts with their seeds.
        acts: mentions, replies and quotes of the account by others.

    Returns:
        The declared columns; the account's own posts come first. The strongest post is the one
        with most seeds of the topic, weighed by the topic's share of the post.
    """
    strength = post_topics.select(
        "post_id", "account_id", "topic_id", "seed", strength=_.n_seeds * _.weight
    )
    own = _strongest(strength.mutate(said_by=ibis.literal("self")), limits.own_posts)
    naming = acts.filter(acts.kind.isin(NAMING)).select("target_id", "act_id").distinct()
    told = naming.join(strength, naming.act_id == strength.post_id).select(
        "post_id", "topic_id", "seed", "strength", account_id="target_id",
        said_by=ibis.literal("other"),
    )  # fmt: skip
    others = _strongest(told[own.drop("nth").columns], limits.others_posts)
    both = own.union(others[own.columns])
    line = ibis.window(group_by=["account_id", "topic_id"], order_by=[_.said_by.desc(), _.nth])
    return shaped(both.mutate(place=ibis.row_number().over(line) + 1), "topic_evidence")


def _strongest(posts: ir.Table, most: int) -> ir.Table:
    line = ibis.window(
        group_by=["account_id", "topic_id"], order_by=[_.strength.desc(), _.post_id]
    )
    return posts.mutate(nth=ibis.row_number().over(line)).filter(_.nth < most)
