"""The directory: every account as a list shows it, once for all and once for each subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

USUAL_SCHEME = "hootsuite"
"""The tier scheme that lists show unless another is asked for (our judgement)."""
SPOKEN_SHARE = 0.2
"""An account speaks a language from this share of its posts on (our judgement)."""
SCORES = ("influence", "influence_low", "influence_high", "coverage")


def directory(
    accounts: ir.Table, influence: ir.Table, account_topics: ir.Table, standing: ir.Table,
    tiers: ir.Table, kinds: ir.Table, account_languages: ir.Table, engagement: ir.Table,
) -> ir.Table:  # fmt: skip
    """What a list shows of an account: one row per account and topic, and one for no topic.

    Reads:
        influence: overall and on topics; account_topics: how much it speaks of each.
        accounts, standing, tiers, kinds, account_languages, engagement: its face.

    Nulls:
        What is not known of the account, as in the tables that it comes from.
    """
    whole = influence.filter(_.topic_id == "")
    overall = whole.select(
        "account_id", overall_influence="influence", overall_ranked="is_ranked"
    )
    spoken = account_topics.select("account_id", "topic_id", relevance=_.topic_share.sqrt())
    none = whole.select("account_id", "topic_id", relevance=ibis.literal(1.0))
    scores = influence.select("account_id", "topic_id", *SCORES, "is_ranked", p_top="p_top_10")
    listed = ibis.union(none, spoken).inner_join(scores, ["account_id", "topic_id"])
    table = listed.inner_join(overall, "account_id")
    for other in (
        accounts.select("account_id", "platform", "handle", "name", "country"),
        tiers.filter(_.scheme == USUAL_SCHEME).select("account_id", "tier"),
        kinds.select("account_id", "kind"),
        standing.select("account_id", "followers"),
        _languages(account_languages),
        _engagement(engagement),
    ):
        table = table.left_join(other, "account_id").drop("account_id_right")
    return shaped(
        table.mutate(
            is_ranked=table.is_ranked & table.overall_ranked,
            fit=table.influence * table.relevance,
        ),
        "directory",
    )


def _languages(account_languages: ir.Table) -> ir.Table:
    """The language written most, and all that it speaks."""
    order: list[Any] = [ibis.desc("share"), "language"]
    first = ibis.row_number().over(ibis.window(group_by="account_id", order_by=order))
    ranked = account_languages.mutate(place=first)
    speaks = ranked.share >= SPOKEN_SHARE
    return ranked.group_by("account_id").agg(
        language=ranked.language.max(where=ranked.place == 0),
        languages=ranked.language.collect(where=speaks).sort(),
    )


def _engagement(engagement: ir.Table) -> ir.Table:
    """Our own measure where there is one, else the rate as given."""
    own = engagement.engagement_share.max(where=engagement.variant == "by_followers")
    given = engagement.engagement_share.max(where=engagement.variant == "as_given")
    return engagement.group_by("account_id").agg(engagement_share=own.coalesce(given))
