"""A large part of the posts is paid for."""

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

NAME = {
    "en": "share of paid posts",
    "ar": "نسبة المنشورات المدفوعة",
    "fa": "سهم پست‌های تبلیغاتی",
}
TEXT = {
    "en": "{observed} of {sample_size} posts show that they are paid for; up to {expected} nothing is taken.",
    "ar": "{observed} من {sample_size} منشورًا تظهر عليها علامات الدفع؛ ولا يُخصم شيء حتى {expected}.",
    "fa": "{observed} از {sample_size} پست نشانهٔ پرداخت دارند؛ تا {expected} چیزی کم نمی‌شود.",
}
ABOUT = {
    "ar": "نسبة المنشورات التي عليها علامات قوية على الدفع، مُفصحًا عنها أو لا. كثرة الإعلانات تُشبع الجمهور "
    "وتُضعف ثقته بكل توصية. يُحتسب الطرف الأدنى للمجال، فلا تكفي بضعة منشورات للحكم.",
    "fa": "سهم پست‌هایی که نشانهٔ قویِ پرداخت دارند، چه اعلام شده باشند چه نه. تبلیغِ زیاد مخاطب را اشباع و اعتمادش را به هر توصیه "
    "کم می‌کند. سرِ پایینِ بازه حساب می‌شود تا چند پست برای داوری کافی نباشد.",
}
CHECK = Check(
    "credibility", "sponsored_share", "share of posts", "posts (text)", "sponsored-share-1", 8.0
)


@dataclass(frozen=True)
class SponsoredShare:
    """From which share of paid posts on points are taken.

    Attributes:
        least_posts: posts that a share needs; our judgement.
        usual: share up to which nothing is taken: about one post in four; our judgement.
        full: share at which all points are taken; our judgement.
        points: most points taken; our judgement.
    """

    least_posts: int = 12
    usual: float = 0.25
    full: float = 0.7
    points: float = 8.0


def sponsored_share(ad_counts: ir.Table, *, sponsored: SponsoredShare) -> ir.Table:
    """A large part of the account's posts is paid for, whether disclosed or not.

    An audience that is sold something in every other post trusts each recommendation less.
    The lower end of the interval is held against the limit, so that a handful of posts
    does not decide.
    """
    limits = sponsored
    held = ad_counts.filter(_.n_posts >= limits.least_posts)
    low, high = share_interval(held.n_paid, held.n_posts)
    severity = ((low - limits.usual) / (limits.full - limits.usual)).clip(0.0, 1.0)
    return held.select(
        "account_id",
        observed=ratio(held.n_paid, held.n_posts),
        observed_low=low,
        observed_high=high,
        expected=ibis.literal(limits.usual),
        sample_size=_.n_posts,
        from_date=_.first_at.date(),
        to_date=_.last_at.date(),
        contribution=-limits.points * severity,
    )


def evidence(sponsored_posts: ir.Table) -> ir.Table:
    """The paid posts, the surest first."""
    paid = sponsored_posts.filter(_.is_paid)
    return paid.select(
        "account_id", kind=ibis.literal("post"), evidence_id=_.post_id,
        amount=_.strength, at=_.published_at, quote=_.quote,
    )  # fmt: skip
