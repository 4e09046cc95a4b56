"""Followers gained far faster than the account and its platform ever grow, unexplained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.vet.check_rows import Check

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "sudden followers",
    "ar": "قفزة مفاجئة في المتابعين",
    "fa": "جهش ناگهانی دنبال‌کنندگان",
}
TEXT = {
    "en": "The largest sudden gain that nothing loaded explains is {observed} of the followers; its own growth and that of the platform let expect {expected} in the same days ({sample_size} counts compared).",
    "ar": "بلغت أكبر قفزة مفاجئة لا يفسرها شيء من البيانات المحمّلة {observed} من المتابعين، والمتوقع في الأيام نفسها بحسب نمو الحساب والمنصة {expected} (قورن {sample_size} من القراءات).",
    "fa": "بزرگ‌ترین جهش ناگهانی‌ای که هیچ دادهٔ بارشده‌ای توضیحش نمی‌دهد {observed} از دنبال‌کنندگان است؛ با رشد خودِ حساب و پلتفرم در همان روزها {expected} انتظار می‌رفت ({sample_size} شمارش مقایسه شد).",
}
ABOUT = {
    "ar": "يبحث عن زيادات في عدد المتابعين تخرج بعيدًا عن تاريخ الحساب نفسه وعن حركة منصته في الأسبوع ذاته، فلا تُحسب الأعياد "
    "والأسابيع التي ترفع الجميع. المنشور الواسع الانتشار أو السحب على جوائز أو كثرة الحديث عن الحساب يخفف النتيجة أو يلغيها. "
    "القفزة قد تأتي من متابعين مشترَين، وقد تأتي من ذكر في التلفزيون أو من خبر لم يُحمَّل؛ اسأل صاحب الحساب عن تلك الأيام.",
    "fa": "افزایش‌هایی را می‌جوید که از تاریخچهٔ خودِ حساب و از حرکت پلتفرم در همان هفته بسیار بیرون است؛ پس عیدها و هفته‌هایی که همه را "
    "بالا می‌برد به حساب نمی‌آید. پستِ پربازدید، قرعه‌کشی یا حرفِ زیاد دربارهٔ حساب نتیجه را سبک‌تر یا پاک می‌کند. جهش می‌تواند از "
    "دنبال‌کنندهٔ خریداری‌شده باشد یا از یاد شدن در تلویزیون و خبری که بار نشده است؛ دربارهٔ آن روزها از صاحب حساب بپرسید.",
}
CHECK = Check(
    "credibility", "sudden_followers", "share of followers",
    "account_snapshots (nine counts of followers at least)", "sudden-followers-1", 20.0,
)  # fmt: skip
EVIDENCE_UNIT = CHECK.unit


@dataclass(frozen=True)
class SuddenFollowers:
    """How much an unexplained jump takes.

    Attributes:
        least_share: gain, as a share of the followers, from which points are taken; our
            judgement.
        most_share: gain at which all points are taken; our judgement. Sellers offer packs that
            make an account half as large again, and more.
        points: most points taken; our judgement.
        least_steps: stretches between counts that it takes to speak; as for the jumps.
    """

    least_share: float = 0.1
    most_share: float = 0.5
    points: float = 20.0
    least_steps: int = 8


def sudden_followers(
    follower_steps: ir.Table,
    follower_jumps: ir.Table,
    jump_causes: ir.Table,
    *,
    sudden_limits: SuddenFollowers,
) -> ir.Table:
    """Followers gained far faster than the account and its platform ever grow.

    A gain counts that is far outside the account's own history (median and median absolute
    deviation) and what its platform did in the same week, so that holidays and weeks that lift
    everybody do not. A post that went far, a giveaway or much talk of others explain a part or
    all of it. What is left may come from bought followers, and also from a television show or
    news that is not loaded: ask about those days.
    """
    limits = sudden_limits
    counted = follower_steps.group_by("account_id").agg(
        sample_size=_.count(), from_date=_.from_at.min().date(), to_date=_.to_at.max().date()
    )
    jumps = follower_jumps.join(jump_causes, ["account_id", "from_at"])
    jumps = jumps.mutate(left=_.gained_share * (1.0 - _.explained_share))
    worst = jumps.group_by("account_id").agg(
        observed=_.left.max(), expected=_.expected_share.argmax(_.left)
    )
    rows = counted.filter(_.sample_size >= limits.least_steps).left_join(worst, "account_id")
    left = rows.observed.fill_null(0.0)
    severity = (left - limits.least_share) / (limits.most_share - limits.least_share)
    return rows.select(
        "account_id", "expected", "sample_size", "from_date", "to_date",
        observed=left,
        contribution=-limits.points * severity.clip(0.0, 1.0),
        basis=ibis.literal("counted"),
    )  # fmt: skip


def evidence(follower_jumps: ir.Table, jump_causes: ir.Table, jump_posts: ir.Table) -> ir.Table:
    """The day before each jump with the share gained, and the posts that may explain it."""
    days = follower_jumps.select(
        "account_id", kind=ibis.literal("day"), evidence_id=_.from_at.strftime("%Y-%m-%d"),
        amount=_.gained_share, at=_.from_at, quote=ibis.null("string"),
    )  # fmt: skip
    causes = jump_causes.select(
        "account_id", "from_at", "explained_share", post_id=_.cause_post_id
    )
    posts = jump_posts.inner_join(causes, ["account_id", "from_at", "post_id"]).select(
        "account_id", kind=ibis.literal("post"), evidence_id=_.post_id,
        amount=_.explained_share, at=_.published_at, quote=_.text,
    )  # fmt: skip
    return days.union(posts)
