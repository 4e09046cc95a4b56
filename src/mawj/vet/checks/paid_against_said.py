"""Paid for today, spoken against before: the opposite side on the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.vet.check_rows import Check
from mawj.vet.politics.turned import turned

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "paid against what was said",
    "ar": "إعلان يخالف قولًا سابقًا",
    "fa": "تبلیغ برخلاف گفتهٔ پیشین",
}
TEXT = {
    "en": "{observed} paid posts promote what earlier posts of the account spoke against, or the other way round ({about}), out of {sample_size} paid posts found.",
    "ar": "{observed} من المنشورات المدفوعة تروّج لما عارضه الحساب سابقًا أو العكس ({about})، من أصل {sample_size} منشورًا مدفوعًا.",
    "fa": "{observed} پست پولی چیزی را تبلیغ می‌کند که حساب پیش‌تر علیهش گفته بود یا برعکس ({about})، از {sample_size} پست پولیِ پیداشده.",
}
ABOUT = {
    "ar": "يقارن كل منشور مدفوع (بوسم المنصة أو بالصياغة) بمنشورات أقدم غير مدفوعة اتخذت الموقف المعاكس من الحساب أو الوسم أو الشخص أو القضية نفسها. تغيير الرأي حق، وقد يكون له سبب؛ تُعرض العبارتان ليحكم القارئ.",
    "fa": "هر پست پولی (با برچسب پلتفرم یا از روی متن) با پست‌های غیرپولیِ قدیمی‌تر که دربارهٔ همان حساب، هشتگ، شخص یا موضوع موضع مخالف گرفته‌اند مقایسه می‌شود. تغییر نظر حق هر کسی است و شاید دلیلی داشته باشد؛ هر دو جمله نشان داده می‌شود.",
}
CHECK = Check("risk", "paid_against_said", "posts", "posts", "paid-against-said-1", 15.0)


@dataclass(frozen=True)
class PaidAgainstSaid:
    """When a paid post is held to turn against what was said before.

    Attributes:
        likeness: how much the two posts must have in common: 2 is a named @handle, an issue on
            which both take a side, or two names; see `mawj.vet.politics.turned`; our judgement.
        points: points for the first paid post that turns; our judgement.
        full_posts: paid posts at which the most points are given; our judgement.
        most: most points; our judgement.
        least_posts: own posts with text that are needed; our judgement.
    """

    likeness: float = 2.0
    points: float = 6.0
    full_posts: int = 4
    most: float = 15.0
    least_posts: int = 15


def paid_against_said(
    vet_posts: ir.Table,
    political_signs: ir.Table,
    posts: ir.Table,
    *,
    paid_against: PaidAgainstSaid,
) -> ir.Table:
    """Paid posts that take the opposite side of what the account said before it was paid.

    A paid post (by the platform's label, a tag or its wording) is held against earlier posts
    that were not paid for and took the other side on the same handle, tag, person or issue. To
    change one's mind is a right, and there may be a reason; both wordings are shown, so that a
    reader can judge. Brands without a handle or tag may be missed.
    """
    limits = paid_against
    read = vet_posts.filter(_.text.notnull()).group_by("account_id").agg(n=_.count())
    paid = (
        political_signs.filter(_.is_paid).group_by("account_id").agg(n_paid=_.post_id.nunique())
    )
    found = turned(political_signs, vet_posts, posts, least=limits.likeness)
    counts = found.group_by("account_id").agg(
        n_turned=_.paid_id.nunique(),
        about=_.about.argmax(_.likeness),
        from_date=_.earlier_at.min().date(),
        to_date=_.paid_at.max().date(),
    )
    told = (
        read.filter(_.n >= limits.least_posts)
        .left_join(paid, "account_id")
        .drop("account_id_right")
        .left_join(counts, "account_id")
    )
    n = told.n_turned.fill_null(0)
    step = (limits.most - limits.points) / max(limits.full_posts - 1, 1)
    more = (n.cast("float64") - 1.0) * step + limits.points
    return told.select(
        "account_id",
        "from_date",
        "to_date",
        about=_.about.fill_null(""),
        observed=n,
        expected=ibis.literal(0.0),
        sample_size=_.n_paid.fill_null(0),
        contribution=ibis.ifelse(n > 0, ibis.least(more, limits.most), 0.0),
    )


def evidence(
    vet_posts: ir.Table,
    political_signs: ir.Table,
    posts: ir.Table,
    *,
    paid_against: PaidAgainstSaid,
) -> ir.Table:
    """The earlier posts with their words, then the paid ones."""
    limits = paid_against
    found = turned(political_signs, vet_posts, posts, least=limits.likeness)
    about = found.group_by("account_id").agg(told=_.about.argmax(_.likeness))
    earlier = found.group_by("account_id", evidence_id=_.earlier_id).agg(
        amount=_.likeness.max(), at=_.earlier_at.max(), quote=_.earlier_quote.max()
    )
    paid = found.group_by("account_id", post_id=_.paid_id).agg(
        amount=_.likeness.max(), at=_.paid_at.max()
    )
    texts = vet_posts.select("post_id", quote=_.text)
    later = paid.inner_join(texts, "post_id").rename(evidence_id="post_id")
    every = earlier.union(later.select(*earlier.columns)).inner_join(about, "account_id")
    return every.mutate(kind=ibis.literal("post"), about=_.told).drop("told")
