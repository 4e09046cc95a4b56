"""What is advertised has nothing to do with what the account speaks of."""

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
    "en": "advertising off its subjects",
    "ar": "إعلانات خارج موضوعاته",
    "fa": "تبلیغ خارج از موضوع",
}
TEXT = {
    "en": "{observed} of {sample_size} paid posts whose subject can be told are on subjects it otherwise hardly speaks of.",
    "ar": "{observed} من {sample_size} منشورات مدفوعة يُعرف موضوعها تدور على موضوعات لا يكاد يتناولها.",
    "fa": "{observed} از {sample_size} پست تبلیغاتی که موضوعشان پیداست دربارهٔ چیزهایی است که جز این کمتر از آن می‌گوید.",
}
ABOUT = {
    "ar": "يقارن موضوعات المنشورات المدفوعة بموضوعات منشوراته الأخرى على المستوى الأعلى للتصنيف. الإعلان لأشياء كثيرة بعيدة "
    "عن مجاله يُضعف المصداقية التي اكتسبها فيه. المنشورات التي لا يُعرف موضوعها لا تُحسب.",
    "fa": "موضوع پست‌های تبلیغاتی را با موضوع پست‌های دیگرش در بالاترین سطح رده‌بندی می‌سنجد. تبلیغ چیزهای دور از حوزهٔ خود، "
    "اعتباری را که در آن به دست آمده کم می‌کند. پست‌هایی که موضوعشان پیدا نیست شمرده نمی‌شوند.",
}
CHECK = Check(
    "credibility", "ads_off_topic", "share of paid posts", "posts (text with subjects)",
    "ads-off-topic-1", 8.0,
)  # fmt: skip


@dataclass(frozen=True)
class OffTopic:
    """When a paid post is called off its subjects.

    Attributes:
        least_paid: paid posts with a known subject that the check needs; our judgement.
        least_own: own posts with a known subject that it needs; our judgement.
        at_home: share of own posts from which a subject is one of the account's; ours.
        usual: share of paid posts off its subjects up to which nothing is taken; ours.
        points: most points taken; our judgement.
    """

    least_paid: int = 4
    least_own: int = 10
    at_home: float = 0.08
    usual: float = 0.4
    points: float = 8.0


def ads_off_topic(
    ad_counts: ir.Table,
    post_topics: ir.Table,
    topics: ir.Table,
    sponsored_posts: ir.Table,
    *,
    off_topic: OffTopic,
) -> ir.Table:
    """Paid posts on subjects that the account otherwise hardly speaks of.

    Subjects are those of the highest level of the taxonomy in force. A paid post is off its
    subjects when none of its own makes up a fair share of the account's other posts. Posts
    whose subject cannot be told are left out; the lower end of the interval is held against
    the limit.
    """
    limits = off_topic
    wide = topics.filter(_.parent_id.isnull()).select("topic_id")
    spoken = post_topics.semi_join(ad_counts, "account_id").semi_join(wide, "topic_id")
    spoken = spoken.select("account_id", "post_id", "topic_id").distinct()
    is_paid = sponsored_posts.filter(_.is_paid)
    paid, own = spoken.semi_join(is_paid, "post_id"), spoken.anti_join(is_paid, "post_id")
    fits = _fits(paid, own, limits)
    counted = fits.group_by("account_id").agg(n=_.count(), n_off=_.count(where=~_.fits))
    totals = own.group_by("account_id").agg(n_own=_.post_id.nunique())
    joined = ad_counts.select("account_id", "n_posts", "n_paid").left_join(
        counted, "account_id"
    )
    joined = joined.drop("account_id_right").left_join(totals, "account_id")
    low, high = share_interval(joined.n_off, joined.n)
    enough = (joined.n >= limits.least_paid) & (joined.n_own >= limits.least_own)
    severity = ((low - limits.usual) / (1.0 - limits.usual)).clip(0.0, 1.0)
    taken = ibis.ifelse(enough.fill_null(False), -limits.points * severity, None)
    return joined.select(
        "account_id",
        observed=ratio(joined.n_off, joined.n),
        observed_low=low,
        observed_high=high,
        expected=ibis.literal(limits.usual),
        sample_size=joined.n.fill_null(0),
        contribution=ibis.ifelse(joined.n_paid == 0, 0.0, taken),
    )


def _fits(paid: ir.Table, own: ir.Table, limits: OffTopic) -> ir.Table:
    """account_id, post_id, fits: whether one of a paid post's subjects is at home."""
    total = own.group_by("account_id").agg(n_all=_.post_id.nunique())
    shares = own.group_by("account_id", "topic_id").agg(n_topic=_.post_id.nunique())
    known = shares.inner_join(total, "account_id")
    known = known.mutate(share=ratio(known.n_topic, known.n_all)).select(
        "account_id", "topic_id", "share"
    )
    joined = paid.left_join(known, ["account_id", "topic_id"])
    best = joined.group_by("account_id", "post_id").agg(best=_.share.max())
    return best.select("account_id", "post_id", fits=_.best.fill_null(0.0) >= limits.at_home)


def evidence(
    post_topics: ir.Table, topics: ir.Table, sponsored_posts: ir.Table, *, off_topic: OffTopic
) -> ir.Table:
    """The paid posts that are off the account's subjects."""
    wide = topics.filter(_.parent_id.isnull()).select("topic_id")
    spoken = post_topics.semi_join(sponsored_posts, "account_id").semi_join(wide, "topic_id")
    spoken = spoken.select("account_id", "post_id", "topic_id").distinct()
    is_paid = sponsored_posts.filter(_.is_paid)
    paid, own = spoken.semi_join(is_paid, "post_id"), spoken.anti_join(is_paid, "post_id")
    off = _fits(paid, own, off_topic).filter(~_.fits)
    return is_paid.semi_join(off, "post_id").select(
        "account_id", kind=ibis.literal("post"), evidence_id=_.post_id, amount=_.strength,
        at=_.published_at, quote=_.quote,
    )  # fmt: skip
