"""Whose attention it is: rank in the graph of attention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.identify.finding_rows import Reason, as_findings, real, tenfold_points

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "network authority",
    "ar": "المكانة في الشبكة",
    "fa": "جایگاه در شبکه",
}
TEXT = {
    "en": "Its standing in the network, by the attention of accounts that have "
    "standing themselves, is ×{observed} the mean (sources: "
    "{sample_size}); reference: ×{expected}.",
    "ar": "مكانته في الشبكة بحسب اهتمام الحسابات ذات المكانة: ×{observed} "
    "قياساً إلى المتوسط (عدد المصادر: {sample_size})، والمرجع "
    "×{expected}.",
    "fa": "جایگاهش در شبکه بر پایهٔ توجه حساب‌های صاحب‌جایگاه {observed} برابر "
    "میانگین است (تعداد منابع: {sample_size})؛ مبنا: {expected} برابر.",
}
REASON = Reason(
    "influence", "authority", "times the mean", "interactions, follows", "authority-1"
)


@dataclass(frozen=True)
class AuthorityScale:
    """What rank in the graph is worth.

    Attributes:
        points: points for each tenfold of PageRank over the mean (Brin & Page 1998); on a topic
            of topic-sensitive PageRank (Haveliwala, WWW 2002). The figure is our judgement:
            less than attention, with which it overlaps.
        reference: multiple of the mean that gives 0 points. Our judgement.
        weight: points it usually counts at most, three tenfolds, for coverage. Our judgement.
    """

    points: float = 2.0
    reference: float = 1.0
    weight: float = 6.0


def authority(
    subjects: ir.Table, authority: ir.Table, *, authority_scale: AuthorityScale
) -> ir.Table:
    """PageRank as a multiple of the mean, by tenfolds; doubtful attention counts little.

    A multiple of the mean of the loaded graph: the one input that other accounts move, and the
    row says how many sources it has.
    """
    scale = authority_scale
    seen = subjects.left_join(authority, ["account_id", "topic_id"]).drop(
        "account_id_right", "topic_id_right"
    )
    rows = seen.select(
        "account_id",
        "topic_id",
        observed=_.authority,
        expected=real(scale.reference),
        contribution=tenfold_points(_.authority, scale),
        points_each=real(scale.points),
        weight=real(scale.weight),
        sample_size=_.n_sources,
        basis=ibis.literal("events"),
    )
    return as_findings(rows, REASON)
