"""What others say: the public lists that others put an account on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.identify.finding_rows import LIST_PLATFORMS, Reason, as_findings, real, tenfold_points

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "public lists",
    "ar": "القوائم العامة",
    "fa": "فهرست‌های عمومی",
}
TEXT = {
    "en": "Public lists it is on: {sample_size}, counted as {observed} (on a "
    "topic: its share); reference: {expected}.",
    "ar": "القوائم العامة التي أُدرج فيها: {sample_size}، احتُسب منها "
    "{observed} (في الموضوع: بقدر حصته)، والمرجع {expected}.",
    "fa": "فهرست‌های عمومی که در آن‌هاست: {sample_size}، محاسبه‌شده: "
    "{observed} (در موضوع: فقط سهم آن)؛ مبنا: {expected}.",
}
REASON = Reason("influence", "endorsement", "lists", "account_snapshots", "endorsement-1")


@dataclass(frozen=True)
class EndorsementScale:
    """What public lists are worth.

    Attributes:
        points: points for each tenfold of lists; twice what followers are worth, since a
            list is a choice that another person made by hand, and lists were the best single
            feature for finding experts (Spasojevic et al., Mining Half a Billion Topical
            Experts, 2016; Ghosh et al., Cognos, SIGIR 2012). The figure is our judgement.
        reference: lists that give 0 points: about one for each hundred of the reference's
            followers. Our judgement.
        weight: points it usually counts at most, four tenfolds, for coverage. Our judgement.
    """

    points: float = 6.0
    reference: float = 10.0
    weight: float = 24.0


def endorsement(
    subjects: ir.Table, standing: ir.Table, *, endorsement_scale: EndorsementScale
) -> ir.Table:
    """Public lists, counted by tenfolds.

    Only where the platform has public lists (X, Bluesky, Mastodon); elsewhere the row is left
    out, and what others do counts more in attention and response. On a topic the lists are
    taken in the topic's share.
    """
    scale = endorsement_scale
    listing = subjects.filter(_.platform.isin(LIST_PLATFORMS))
    seen = listing.left_join(
        standing.select("account_id", "lists", "as_of"), "account_id"
    ).drop("account_id_right")
    observed = _.lists * _.topic_share
    rows = seen.select(
        "account_id",
        "topic_id",
        observed=observed,
        expected=real(scale.reference),
        contribution=tenfold_points(observed, scale),
        points_each=real(scale.points),
        weight=real(scale.weight),
        sample_size=_.lists,
        basis=ibis.literal("counted"),
        from_date=_.as_of.date(),
        to_date=_.as_of.date(),
    )
    return as_findings(rows, REASON)
