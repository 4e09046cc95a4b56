"""How many follow: the audience that an account can speak to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.identify.finding_rows import Reason, as_findings, real, tenfold_points

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "followers",
    "ar": "المتابعون",
    "fa": "دنبال‌کنندگان",
}
TEXT = {
    "en": "Followers: {sample_size}, counted as {observed} (on a topic: its "
    "share); reference: {expected}.",
    "ar": "عدد المتابعين: {sample_size}، احتُسب منهم {observed} (في الموضوع: "
    "بقدر حصته)، والمرجع {expected}.",
    "fa": "تعداد دنبال‌کنندگان: {sample_size}، محاسبه‌شده: {observed} (در "
    "موضوع: فقط سهم آن)؛ مبنا: {expected}.",
}
REASON = Reason("influence", "audience", "accounts", "account_snapshots", "audience-1")


@dataclass(frozen=True)
class AudienceScale:
    """What followers are worth.

    Attributes:
        points: points for each tenfold of followers; half of what a list is worth, since
            following is a click that is rarely taken back and says little of influence (Cha et
            al., Measuring User Influence in Twitter: The Million Follower Fallacy, ICWSM 2010).
            The figure is our judgement.
        reference: followers that give 0 points: an ordinary active account. Our judgement.
        weight: points it usually counts at most, five tenfolds, for coverage. Our judgement.
    """

    points: float = 3.0
    reference: float = 1_000.0
    weight: float = 15.0


def audience(
    subjects: ir.Table, standing: ir.Table, *, audience_scale: AudienceScale
) -> ir.Table:
    """Followers, counted by tenfolds.

    On a topic only the share of the followers counts that the topic has in the account's words
    and in what others say of it: an estimate, since nobody says what they follow for.
    """
    scale = audience_scale
    seen = subjects.left_join(
        standing.select("account_id", "followers", "as_of"), "account_id"
    ).drop("account_id_right")
    observed = _.followers * _.topic_share
    rows = seen.select(
        "account_id",
        "topic_id",
        observed=observed,
        expected=real(scale.reference),
        contribution=tenfold_points(observed, scale),
        points_each=real(scale.points),
        weight=real(scale.weight),
        sample_size=_.followers,
        basis=ibis.literal("counted"),
        from_date=_.as_of.date(),
        to_date=_.as_of.date(),
    )
    return as_findings(rows, REASON)
