"""Who turns to whom: attention received, and the edges along which it flows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.observed import ACTS
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class AttentionWeights:
    """What one act of each kind is worth beside the others, on an edge.

    The order follows what the act costs and shows: to write to or about somebody before others
    costs most, a like costs least. That retweets and mentions tell more of influence than the
    number of followers is shown by Cha et al., ICWSM 2010; the figures are our judgement.

    Attributes:
        mention: naming the account unasked; the measure.
        reply: answering it.
        repost: passing its words on to one's own audience.
        quote: passing them on with words of one's own.
        comment: a comment under its post; on most platforms the way of least effort to write.
        like: a like.
        follow: following it, without any act.
    """

    mention: float = 1.0
    reply: float = 1.0
    repost: float = 1.0
    quote: float = 1.0
    comment: float = 0.75
    like: float = 0.25
    follow: float = 0.5


def attention(acts: ir.Table, doubt: ir.Table) -> ir.Table:
    """Who turned to one account: one row per account that somebody turned to.

    Reads:
        acts: actor_id, target_id, kind, at.
        doubt: how little an account's attention counts.

    Returns:
        The declared columns. `others` counts each distinct account once, at 1 - doubt, however
        much it does: a crowd counts, not the loudest voice.

    Nulls:
        An account whose doubt is not known counts as one. An account nobody loaded turned to
        has no row: it is not known whether others were loaded.
    """
    pairs = acts.group_by("actor_id", "target_id", "kind").agg(
        n=_.count(), first=_.at.min(), last=_.at.max()
    )
    by_kind = pairs.group_by(account_id="target_id").agg(
        n_acts=_.n.sum(),
        from_date=_.first.min().date(),
        to_date=_.last.max().date(),
        **{f"n_{kind}": (pairs.kind == kind).sum() for kind in ACTS},
    )
    ties = pairs.select("actor_id", "target_id").distinct()
    weighed = ties.left_join(doubt, ties.actor_id == doubt.account_id).select(
        "target_id", voice=1.0 - _.doubt.fill_null(0.0)
    )
    heard = weighed.group_by(account_id="target_id").agg(
        others=_.voice.sum(), n_others=_.count()
    )
    turned = ties.group_by(account_id="actor_id").agg(sent=_.count())
    joined = by_kind.join(heard, "account_id").left_join(turned, "account_id")
    return shaped(joined.mutate(sent=_.sent.fill_null(0)), "attention")


def edges(
    acts: ir.Table, follows: ir.Table, doubt: ir.Table, *, weights: AttentionWeights
) -> ir.Table:
    """The weight of attention from one account to another: one row per pair.

    Reads:
        acts: actor_id, target_id, kind.
        follows: follower_id, followed_id, ended_at; follows seen to have ended are left out.
        doubt: what an account's attention loses.

    Returns:
        The declared columns. weight = sum over kinds of setting × log2(1 + acts), a follow as
        one act, × (1 - doubt of the source). The logarithm keeps the hundredth like of one
        admirer from counting like a hundred admirers. Pairs of no weight have no row.
    """
    worth = asdict(weights)
    ongoing = follows.filter(follows.ended_at.isnull(), _.follower_id != _.followed_id)
    followed = ongoing.select(
        source_id="follower_id", target_id="followed_id", kind=ibis.literal("follow")
    )
    done = acts.select("kind", source_id="actor_id", target_id="target_id")
    counted = (
        done[["source_id", "target_id", "kind"]]
        .union(followed[["source_id", "target_id", "kind"]])
        .group_by("source_id", "target_id", "kind")
        .agg(n=_.count())
    )
    weighed = counted.mutate(weight=_worth(counted.kind, worth) * (counted.n + 1).log2())
    pairs = weighed.group_by("source_id", "target_id").agg(
        weight=_.weight.sum(), n_acts=_.n.sum()
    )
    voiced = pairs.left_join(doubt, pairs.source_id == doubt.account_id).mutate(
        weight=_.weight * (1.0 - _.doubt.fill_null(0.0))
    )
    return shaped(voiced.filter(voiced.weight > 0), "edges")


def _worth(kind: Any, worth: dict[str, float]) -> Any:
    return kind.cases(*worth.items(), else_=0.0)
