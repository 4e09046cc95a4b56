"""Posts that show payment and do not say so."""

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
    "en": "advertising not disclosed",
    "ar": "إعلانات غير مُفصح عنها",
    "fa": "تبلیغ اعلام‌نشده",
}
TEXT = {
    "en": "Of {sample_size} posts with strong signs of payment, {observed} do not tell the reader.",
    "ar": "من {sample_size} منشورات عليها علامات قوية على الدفع، {observed} لا تُخبر القارئ بذلك.",
    "fa": "از {sample_size} پست با نشانهٔ قویِ پرداخت، {observed} به خواننده نمی‌گویند.",
}
ABOUT = {
    "ar": "يجمع المنشورات التي عليها علامات قوية على الدفع (كود خصم، رابط عمولة، هدية من علامة…) دون وسم المنصة "
    "ودون كلمات تُفصح عنه. عبارات مبهمة مثل «بالتعاون مع» تُحسب نصف إفصاح، ونفي الدفع لا يُعدّ إفصاحًا. وحيث لا نعرف "
    "هل وُضع وسم المنصة لا نحسب المنشور على الحساب.",
    "fa": "پست‌هایی را می‌شمارد که نشانهٔ قویِ پرداخت دارند (کد تخفیف، لینک پورسانتی، هدیهٔ برند…) ولی نه برچسب پلتفرم دارند "
    "و نه واژه‌ای که آن را بگوید. عبارت‌های مبهم مانند «همکاری با» نیمه‌اعلام به شمار می‌آیند و انکارِ تبلیغ اعلام نیست. جایی که ندانیم "
    "برچسب پلتفرم گذاشته شده یا نه، پست به زیان حساب شمرده نمی‌شود.",
}
CHECK = Check(
    "credibility", "undisclosed_ads", "share of paid posts", "posts (text, is_labelled_ad)",
    "undisclosed-ads-1", 20.0,
)  # fmt: skip


@dataclass(frozen=True)
class UndisclosedAds:
    """When advertising is called undisclosed, and how much it takes.

    Attributes:
        least_posts: posts to look at before anything is said; our judgement.
        least_ads: undisclosed posts from which it is raised: one may be a slip, or an error of
            ours; our judgement.
        full_ads: undisclosed posts at which all points are taken if none is disclosed; ours.
        vague_counts: what part of an undisclosed post one with vague words counts; ours.
        points: most points taken; our judgement.
    """

    least_posts: int = 5
    least_ads: float = 2.0
    full_ads: float = 8.0
    vague_counts: float = 0.5
    points: float = 20.0


def undisclosed_ads(ad_counts: ir.Table, *, undisclosed: UndisclosedAds) -> ir.Table:
    """Posts with strong signs of payment that do not tell the reader.

    Signs of payment are a discount code, a link of an affiliate programme, a gift and the
    like; a disclosure is the platform's own label or words that say it. Vague words ("with",
    "thanks to") count as half a disclosure, and a denial as none. Where it is not known
    whether the platform's label is set, the post is not counted against the account.
    """
    limits = undisclosed
    held = ad_counts.filter(_.n_posts >= limits.least_posts)
    held = held.mutate(
        n_known=_.n_paid - _.n_unknown,
        weight=_.n_untold.cast("float64") + limits.vague_counts * _.n_vague.cast("float64"),
    )
    share = ratio(held.weight, held.n_known)
    steps = (held.weight - limits.least_ads + 1.0) / (limits.full_ads - limits.least_ads + 1.0)
    severity = ibis.ifelse(held.weight >= limits.least_ads, share * steps.clip(0.0, 1.0), 0.0)
    low, high = share_interval(held.weight, held.n_known)
    return held.select(
        "account_id",
        observed=share,
        observed_low=low,
        observed_high=high,
        sample_size=_.n_known,
        from_date=_.first_at.date(),
        to_date=_.last_at.date(),
        # Paid posts of which nothing is known say nothing; no paid post at all is clear.
        contribution=ibis.ifelse(
            (_.n_known == 0) & (_.n_paid > 0), None, -limits.points * severity.fill_null(0.0)
        ),
        missing=ibis.literal("posts (is_labelled_ad)"),
    )


def evidence(sponsored_posts: ir.Table) -> ir.Table:
    """The paid posts without disclosure, the surest first."""
    told = sponsored_posts.filter(_.is_paid, _.disclosed.isin(["no", "vague"]))
    return told.select(
        "account_id", kind=ibis.literal("post"), evidence_id=_.post_id, amount=_.strength,
        at=_.published_at, quote=_.quote,
    )  # fmt: skip
