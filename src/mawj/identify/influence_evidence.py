"""The posts and accounts behind each contribution, the strongest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

KEY = ["account_id", "topic_id", "finding"]


@dataclass(frozen=True)
class EvidenceSettings:
    """How much evidence is kept.

    Attributes:
        places: posts or accounts kept for each contribution. Our judgement: what a reader
            looks at before asking for the rest.
    """

    places: int = 3


def influence_evidence(
    influence_findings: ir.Table,
    post_counts: ir.Table,
    post_topics: ir.Table,
    acts: ir.Table,
    edges: ir.Table,
    authority: ir.Table,
    *,
    evidence_settings: EvidenceSettings,
) -> ir.Table:
    """One post or account that shows one contribution a row; place 1 is the strongest.

    Returns:
        For response and amplification the posts with most engagements or reposts, for
        topical_share the posts most on the topic, for attention the accounts that acted most
        often, for authority the accounts whose attention brings most: their own authority in
        the share that goes here. amount is in that unit. Only for contributions that counted.
    """
    parts = [
        *_post_rows(post_counts, post_topics),
        _attention_rows(acts),
        _authority_rows(edges, authority),
    ]
    every = parts[0]
    for part in parts[1:]:
        every = every.union(part)
    counted = influence_findings.filter(_.status == "counted").select(
        "topic_id", "finding", account_id=_.subject_id
    )
    shown = every.filter(_.amount > 0).semi_join(counted, KEY)
    order = ibis.window(group_by=KEY, order_by=[ibis.desc("amount"), "evidence_id"])
    placed = shown.mutate(place=ibis.row_number().over(order) + 1)
    kept = placed.filter(_.place <= evidence_settings.places)
    return shaped(kept, "influence_evidence")


def _post_rows(post_counts: ir.Table, post_topics: ir.Table) -> list[ir.Table]:
    reposted = ibis.coalesce(_.reposts + _.quotes, _.reposts, _.quotes)
    counts = post_counts.select("post_id", "account_id", "engagements", reposted=reposted)
    topics = post_topics.select("post_id", "topic_id", "weight")
    on_topics = counts.inner_join(topics, "post_id")
    overall = counts.mutate(topic_id=ibis.literal(""), weight=ibis.null("float64"))
    every = overall.select(*on_topics.columns).union(on_topics)
    amounts = {"response": _.engagements, "amplification": _.reposted}
    rows = [_rows(every, name, "post", _.post_id, amount) for name, amount in amounts.items()]
    return [*rows, _rows(on_topics, "topical_share", "post", _.post_id, _.weight)]


def _attention_rows(acts: ir.Table) -> ir.Table:
    others = acts.group_by("target_id", "actor_id").agg(n=_.count().cast("float64"))
    told = others.mutate(account_id=_.target_id, topic_id=ibis.literal(""))
    return _rows(told, "attention", "account", _.actor_id, _.n)


def _authority_rows(edges: ir.Table, authority: ir.Table) -> ir.Table:
    ranks = authority.filter(_.topic_id == "").select("authority", source_id=_.account_id)
    given = edges.group_by("source_id").agg(given=_.weight.sum())
    brought = (
        edges.inner_join(ranks, "source_id")
        .inner_join(given.filter(_.given > 0), "source_id")
        .mutate(
            account_id=_.target_id,
            topic_id=ibis.literal(""),
            brings=_.authority * _.weight / _.given,
        )
    )
    return _rows(brought, "authority", "account", _.source_id, _.brings)


def _rows(table: ir.Table, finding: str, kind: str, evidence_id: Any, amount: Any) -> ir.Table:
    return table.select(
        "account_id",
        "topic_id",
        finding=ibis.literal(finding),
        kind=ibis.literal(kind),
        evidence_id=evidence_id,
        amount=amount.cast("float64"),
    )
