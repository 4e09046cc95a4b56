"""Whether the audience of a political account already agreed before it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.portable import ratio
from mawj.vet.check_rows import Check
from mawj.vet.shares import share_interval

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {"en": "audience agreed before", "ar": "جمهور موافق مسبقًا", "fa": "مخاطب از پیش هم‌نظر"}
TEXT = {
    "en": "{observed} of those in its audience who had taken a side in earlier posts were on the account's side already (90 % interval {observed_low} to {observed_high}; people: {sample_size}). Preaching to the converted is not persuasion.",
    "ar": "{observed} ممن اتخذوا موقفًا في منشورات سابقة من جمهوره كانوا في صف الحساب أصلًا (مجال الثقة 90٪ من {observed_low} إلى {observed_high}؛ عدد الأشخاص: {sample_size}). إقناع المقتنعين ليس إقناعًا.",
    "fa": "{observed} از مخاطبانی که در پست‌های پیشین موضع گرفته بودند از قبل هم‌نظر این حساب بودند (بازهٔ ۹۰٪ از {observed_low} تا {observed_high}؛ {sample_size} نفر). حرف زدن برای هم‌نظران، قانع کردن نیست.",
}
ABOUT = {
    "ar": "ينظر في ما كتبه أو أعاد نشره أفراد الجمهور قبل أول تفاعل لهم مع الحساب، في القضايا التي يتخذ الحساب منها موقفًا. من لم يقل شيئًا لا يُخمَّن رأيه. نسبة عالية تعني أن الرسالة تصل إلى من يوافقها أصلًا.",
    "fa": "نوشته‌ها و بازنشرهای مخاطبان را پیش از نخستین تعاملشان با حساب می‌خواند، در موضوع‌هایی که حساب درباره‌شان موضع دارد. نظر کسی که چیزی نگفته حدس زده نمی‌شود. سهم بالا یعنی پیام به کسانی می‌رسد که از پیش موافق‌اند.",
}
CHECK = Check(
    "risk", "audience_agreed_before", "share of people", "posts, interactions, comments",
    "audience-agreed-1", 3.0,
)  # fmt: skip


@dataclass(frozen=True)
class AudienceAgreed:
    """From which share an audience is one that agreed already.

    Attributes:
        from_share: share that the lower end of the interval must pass; our judgement.
        points: points where everybody agreed; few, since it is no fault; our judgement.
        least_people: people who had taken a side that are needed; our judgement.
    """

    from_share: float = 0.6
    points: float = 3.0
    least_people: int = 15


def audience_agreed_before(
    audience_sides: ir.Table, *, audience_agreed: AudienceAgreed
) -> ir.Table:
    """Share of the audience that was on the account's side before it met the account.

    Of a sample of those who acted on the account, the posts and reposts from before their first
    act are read: who of those that took a side on the same issue, handle or tag took the same?
    Nobody's mind is guessed at: who said nothing is not counted. Few points, for it is no fault;
    a campaign that wants to persuade should know that it would preach to the converted.
    """
    limits = audience_agreed
    people = audience_sides.filter(_.n_agree != _.n_disagree)
    counts = people.group_by("account_id").agg(
        n=_.count(), n_agree=(_.n_agree > _.n_disagree).cast("int64").sum()
    )
    known = counts.filter(_.n >= limits.least_people).mutate(share=ratio(_.n_agree, _.n))
    low, high = share_interval(known.n_agree, known.n)
    severity = ((low - limits.from_share) / (1.0 - limits.from_share)).clip(0.0, 1.0)
    return known.select(
        "account_id",
        observed=_.share,
        expected=ibis.literal(0.5),
        observed_low=ibis.least(low, known.share),
        observed_high=ibis.greatest(high, known.share),
        sample_size=_.n,
        contribution=severity * limits.points,
    )


def evidence(audience_sides: ir.Table) -> ir.Table:
    """The people who had agreed most often."""
    return audience_sides.filter(_.n_agree > _.n_disagree).select(
        "account_id",
        kind=ibis.literal("account"),
        evidence_id=_.actor_id,
        amount=_.n_agree.cast("float64"),
    )
