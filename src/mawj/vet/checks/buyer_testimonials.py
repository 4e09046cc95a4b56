"""Advertising that poses as the word of an ordinary buyer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.portable import days_between
from mawj.vet.check_rows import Check

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "advertising as an ordinary buyer",
    "ar": "إعلان بثوب مشترٍ عادي",
    "fa": "تبلیغ در لباس خریدار عادی",
}
TEXT = {
    "en": "{observed} posts say that the author paid for it, while the same brand shows signs of paying the author.",
    "ar": "{observed} منشورات تقول إن صاحبها دفع ثمنه بنفسه، بينما تظهر علامات على أن العلامة نفسها تدفع له.",
    "fa": "{observed} پست می‌گوید نویسنده خودش پولش را داده، در حالی که همان برند نشانهٔ پرداخت به او دارد.",
}
ABOUT = {
    "ar": "منشورات تقول «اشتريته من فلوسي» ومعها كود أو رابط عمولة أو وسم شراكة للعلامة نفسها دون إفصاح، أو يقابلها منشور مدفوع "
    "للعلامة نفسها في الأشهر القريبة. من يفصح عن الرابط ويقول إنه اشتراه لا يُحسب.",
    "fa": "پست‌هایی که می‌گویند «با پول خودم خریدم» و در همان پست کد، لینک پورسانتی یا برچسب همکاریِ همان برند بی‌اعلام هست، یا در ماه‌های نزدیک "
    "پست پولیِ همان برند آمده. کسی که لینکش را اعلام می‌کند و می‌گوید خریده است شمرده نمی‌شود.",
}
CHECK = Check(
    "credibility", "buyer_testimonials", "posts", "posts (text)", "buyer-testimonials-1", 15.0
)


@dataclass(frozen=True)
class BuyerTestimonials:
    """When a buyer's word is held to be advertising.

    Attributes:
        near_days: days within which a paid post of the same brand counts; our judgement.
        full: posts at which all points are taken; our judgement.
        points: most points taken; our judgement.
    """

    near_days: float = 90.0
    full: float = 3.0
    points: float = 15.0


def buyer_testimonials(
    ad_counts: ir.Table, sponsored_posts: ir.Table, *, testimonials: BuyerTestimonials
) -> ir.Table:
    """Posts that say "I paid for it myself" while the same brand shows signs of paying.

    Either in the same post (a code, an affiliate link or the platform's label, and nothing in
    words that says so), or by a paid post of the same brand within some months. Who tells of
    the affiliate link and says that they bought the thing is not counted: that is honest.
    """
    posed = _posed(sponsored_posts, testimonials)
    counted = posed.group_by("account_id").agg(n=_.post_id.nunique())
    joined = ad_counts.select("account_id", "n_posts").left_join(counted, "account_id")
    n = joined.n.fill_null(0).cast("float64")
    severity = (n / testimonials.full).clip(0.0, 1.0)
    return joined.select(
        "account_id",
        observed=n,
        expected=ibis.literal(0.0),
        sample_size=_.n_posts,
        contribution=-testimonials.points * severity,
    )


def _posed(sponsored_posts: ir.Table, limits: BuyerTestimonials) -> ir.Table:
    """The posts of sponsored_posts that pose as a buyer's word."""
    bought = sponsored_posts.filter(_.is_own_money)
    is_told = bought.disclosed_by.isin(["words", "both"]).fill_null(False)
    plain = bought.filter(~is_told)
    paid = sponsored_posts.filter(_.is_paid, _.brand.notnull()).select(
        "account_id", "brand", paid_id="post_id", paid_at="published_at"
    )
    near = plain.inner_join(paid, ["account_id", "brand"])
    apart = days_between(near.published_at, near.paid_at).abs()
    near = near.filter(near.post_id != near.paid_id, apart <= limits.near_days)
    beside = near.select(near_id="post_id").distinct()
    joined = plain.left_join(beside, plain.post_id == beside.near_id)
    return joined.filter(joined.is_paid | joined.near_id.notnull())


def evidence(sponsored_posts: ir.Table, *, testimonials: BuyerTestimonials) -> ir.Table:
    """The posts that pose as a buyer's word."""
    return _posed(sponsored_posts, testimonials).select(
        "account_id", kind=ibis.literal("post"), evidence_id=_.post_id, amount=_.strength,
        at=_.published_at, quote=_.quote,
    )  # fmt: skip
