"""A sudden gain of followers of which a good part was gone within months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.vet.check_rows import Check

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "followers lost again",
    "ar": "متابعون ذهبوا بعد القفزة",
    "fa": "ریزش پس از جهش دنبال‌کنندگان",
}
TEXT = {
    "en": "Of a sudden gain of followers {observed} was gone again later; up to {expected} is not unusual (jumps followed: {sample_size}).",
    "ar": "ذهب لاحقًا {observed} من زيادة مفاجئة في المتابعين؛ وما يصل إلى {expected} ليس غريبًا (عدد القفزات التي تُتبِّعت: {sample_size}).",
    "fa": "از یک جهش ناگهانی دنبال‌کنندگان {observed} بعدتر از دست رفت؛ تا {expected} غیرعادی نیست ({sample_size} جهش دنبال شد).",
}
ABOUT = {
    "ar": "ينظر كم بقي من متابعي القفزة المفاجئة بعد أسابيع. المتابعون المشترون تحذفهم المنصات أو ينسحبون، ومتابعو السحوبات يغادرون بعد "
    "انتهائها؛ وقد يفقد الحساب متابعين حقيقيين بعد خلاف أو خبر. يُحسب ما نقص من العدد نفسه، لا ما توقف من نمو.",
    "fa": "نگاه می‌کند که پس از چند هفته از دنبال‌کنندگانِ یک جهش چه مانده است. دنبال‌کنندهٔ خریداری‌شده را پلتفرم‌ها پاک می‌کنند یا خودش می‌رود و "
    "کسی که برای قرعه‌کشی آمده پس از آن می‌رود؛ گاهی هم دنبال‌کنندهٔ واقعی پس از یک اختلاف یا خبر می‌رود. کاهشِ خودِ شمارش به حساب می‌آید، نه ایستادن رشد.",
}
CHECK = Check(
    "credibility", "followers_lost_again", "share of the gain",
    "account_snapshots (nine counts of followers, and counts of weeks after a jump)",
    "followers-lost-1", 12.0,
)  # fmt: skip
EVIDENCE_UNIT = CHECK.unit


@dataclass(frozen=True)
class FollowersLost:
    """How much a loss after a jump takes.

    Attributes:
        least_share: part of the gain whose loss is not unusual; our judgement.
        most_share: part at which all points are taken; our judgement.
        points: most points taken; our judgement.
        least_gained_share: jumps smaller than this share of the followers are left out; ours.
        least_steps: stretches between counts that it takes to speak; as for the jumps.
    """

    least_share: float = 0.15
    most_share: float = 0.5
    points: float = 12.0
    least_gained_share: float = 0.1
    least_steps: int = 8


def followers_lost_again(
    follower_steps: ir.Table, follower_jumps: ir.Table, *, lost_limits: FollowersLost
) -> ir.Table:
    """A sudden gain of followers of which a good part was gone within four months.

    Bought followers are removed by platforms or leave, and those of a giveaway go when it is
    over; an account may also lose real followers after a quarrel. What the count itself fell by
    is told, not growth that stopped. A jump with no counts of three weeks after it is not
    assessed.
    """
    limits = lost_limits
    counted = follower_steps.group_by("account_id").agg(
        n_steps=_.count(), from_date=_.from_at.min().date(), to_date=_.to_at.max().date()
    )
    large = follower_jumps.filter(_.gained_share >= limits.least_gained_share)
    worst = large.group_by("account_id").agg(
        n_jumps=_.count(), sample_size=_.lost_share.count(), lost=_.lost_share.max()
    )
    rows = counted.filter(_.n_steps >= limits.least_steps).left_join(worst, "account_id")
    is_open = (rows.sample_size < rows.n_jumps).fill_null(ibis.literal(value=False))
    severity = (rows.lost.fill_null(0.0) - limits.least_share) / (
        limits.most_share - limits.least_share
    )
    points = -limits.points * severity.clip(0.0, 1.0)
    # A jump that could not be followed is not known to have stayed; a loss that is seen counts.
    unknown = is_open & (points == 0.0)
    return rows.select(
        "account_id", "from_date", "to_date",
        observed=rows.lost.fill_null(0.0),
        expected=ibis.literal(limits.least_share),
        sample_size=rows.sample_size.fill_null(0),
        contribution=ibis.ifelse(unknown, ibis.null("float64"), points),
        basis=ibis.literal("counted"),
    )  # fmt: skip


def evidence(follower_jumps: ir.Table) -> ir.Table:
    """The day before each jump that was followed, with the part that was lost."""
    return follower_jumps.filter(_.lost_share > 0.0).select(
        "account_id", kind=ibis.literal("day"), evidence_id=_.from_at.strftime("%Y-%m-%d"),
        amount=_.lost_share, at=_.from_at,
    )  # fmt: skip
