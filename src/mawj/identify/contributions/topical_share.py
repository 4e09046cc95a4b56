"""How much of it the topic is: focus on the topic that the score is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.identify.finding_rows import Reason, as_findings, real

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "focus on the topic",
    "ar": "التركيز على الموضوع",
    "fa": "تمرکز بر موضوع",
}
TEXT = {
    "en": "Share of the topic in what it says and others say of it: "
    "{observed}; reference: {expected}.",
    "ar": "حصة الموضوع مما يقوله ومما يُقال عنه: {observed}، والمرجع {expected}.",
    "fa": "سهم موضوع از گفته‌های خودش و گفته‌های دیگران درباره‌اش: {observed}؛ مبنا: {expected}.",
}
REASON = Reason("influence", "topical_share", "share", "posts", "topical_share-1")


@dataclass(frozen=True)
class TopicalShareScale:
    """What focus on the topic is worth.

    Attributes:
        points: points for an account all of whose words are on the topic against none. Our
            judgement: what others say of one on a topic is the best sign of expertise
            (Spasojevic et al. 2016), and the share is made of it.
        reference: share that gives 0 points. Our judgement.
        weight: points it usually counts at most, for coverage. Our judgement.
    """

    points: float = 20.0
    reference: float = 0.2
    weight: float = 16.0


def topical_share(
    subjects: ir.Table, account_topics: ir.Table, *, topical_share_scale: TopicalShareScale
) -> ir.Table:
    """Share of the topic in what the account says and in what others say of it.

    Given on a topic only.
    """
    scale = topical_share_scale
    counts = account_topics.select("account_id", "topic_id", "n_posts", "n_others")
    seen = subjects.filter(_.topic_id != "").left_join(counts, ["account_id", "topic_id"])
    rows = seen.select(
        "account_id",
        "topic_id",
        observed=_.topic_share,
        expected=real(scale.reference),
        contribution=scale.points * (_.topic_share - scale.reference),
        points_each=real(scale.points),
        weight=real(scale.weight),
        sample_size=_.n_posts + _.n_others,
        basis=ibis.literal("events"),
    )
    return as_findings(rows, REASON)
