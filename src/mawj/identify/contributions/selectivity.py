"""How it came to its followers: who follows more than follow it has traded follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.identify.finding_rows import Reason, as_findings, real
from mawj.tables.portable import log10p

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "followers to following",
    "ar": "نسبة المتابعين إلى المتابَعين",
    "fa": "نسبت دنبال‌کننده به دنبال‌شونده",
}
TEXT = {
    "en": "Followers for each account it follows: {observed}; below {expected} "
    "it loses points.",
    "ar": "عدد متابعيه لكل حساب يتابعه: {observed}، وتُخصم نقاط إذا قلّ عن {expected}.",
    "fa": "دنبال‌کننده به ازای هر حسابی که دنبال می‌کند: {observed}؛ کمتر از "
    "{expected} امتیاز کم می‌کند.",
}
REASON = Reason(
    "influence", "selectivity", "followers per followed", "account_snapshots", "selectivity-1"
)


@dataclass(frozen=True)
class SelectivityScale:
    """What following too many costs.

    Attributes:
        points: points lost for each tenfold that it follows more than follow it: little, since
            follow-back is also courtesy in some communities. Our judgement; the ratio is among
            the factors that Klout published in 2011.
        most: points it can take at most. Our judgement.
    """

    points: float = 1.0
    most: float = 2.0


def selectivity(
    subjects: ir.Table, standing: ir.Table, *, selectivity_scale: SelectivityScale
) -> ir.Table:
    """Followers for each account followed; it only takes points, from below one for one.

    Following many in order to be followed back inflates an audience; having more followers
    than one follows is already counted in the audience. Not given on a topic.
    """
    scale = selectivity_scale
    seen = subjects.filter(_.topic_id == "").left_join(
        standing.select("account_id", "followers", "following", "as_of"), "account_id"
    )
    over = log10p(_.followers) - log10p(_.following)
    rows = seen.select(
        "account_id",
        "topic_id",
        observed=(_.followers + 1.0) / (_.following + 1.0),
        expected=real(1.0),
        contribution=(scale.points * over).clip(-scale.most, 0.0),
        points_each=real(scale.points),
        weight=real(scale.most),
        sample_size=_.following,
        basis=ibis.literal("counted"),
        from_date=_.as_of.date(),
        to_date=_.as_of.date(),
    )
    return as_findings(rows, REASON)
