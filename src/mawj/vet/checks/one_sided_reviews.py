"""Reviews of what is advertised that never name a drawback."""

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

NAME = {"en": "one-sided reviews", "ar": "مراجعات من جانب واحد", "fa": "نقدهای یک‌طرفه"}
TEXT = {
    "en": "{observed} of {sample_size} reviews of what it advertises name a drawback; {expected} would be ordinary.",
    "ar": "{observed} من {sample_size} مراجعات لما يروّج له تذكر عيبًا؛ والمعتاد {expected}.",
    "fa": "{observed} از {sample_size} نقدِ چیزهایی که تبلیغ می‌کند ایرادی می‌گوید؛ معمول {expected} است.",
}
ABOUT = {
    "ar": "من المنشورات التي تحكي تجربة مع علامة وعليها علامات دفع، كم يذكر عيبًا أو تحفظًا. من لا يجد عيبًا قط لا يفيد "
    "رأيه من يريد الاختيار. إشارة ضعيفة، وتحتاج عددًا كافيًا من المراجعات.",
    "fa": "از پست‌هایی که تجربه‌ای از یک برند را با نشانهٔ پرداخت می‌گویند، چند تا ایراد یا تردیدی دارند. کسی که هیچ‌گاه ایرادی نمی‌بیند "
    "به خریدار کمکی نمی‌کند. نشانه‌ای ضعیف است و شمار کافیِ نقد می‌خواهد.",
}
CHECK = Check(
    "credibility", "one_sided_reviews", "share of reviews", "posts (text)", "one-sided-1", 4.0
)


@dataclass(frozen=True)
class OneSided:
    """When reviews are called one-sided.

    Attributes:
        least_reviews: reviews that the share needs; our judgement.
        ordinary: share of reviews with a drawback below which points are taken; our judgement.
        points: most points taken; our judgement.
    """

    least_reviews: int = 12
    ordinary: float = 0.2
    points: float = 4.0


def one_sided_reviews(
    ad_counts: ir.Table, sponsored_posts: ir.Table, *, one_sided: OneSided
) -> ir.Table:
    """Reviews of what the account advertises that hardly ever name a drawback.

    A review is a post that tells of an experience with a brand and shows a sign of payment.
    A weak sign: the upper end of the interval is held against what is ordinary, and an
    account without such reviews is clear.
    """
    limits = one_sided
    counted = (
        sponsored_posts.filter(_.is_review, _.brand.notnull())
        .group_by("account_id")
        .agg(n=_.count(), n_balanced=_.count(where=_.has_drawback))
    )
    joined = ad_counts.select("account_id").left_join(counted, "account_id")
    low, high = share_interval(joined.n_balanced, joined.n)
    severity = ((limits.ordinary - high) / limits.ordinary).clip(0.0, 1.0)
    enough = joined.n >= limits.least_reviews
    taken = ibis.ifelse(enough, -limits.points * severity, None)
    return joined.select(
        "account_id",
        observed=ratio(joined.n_balanced, joined.n),
        observed_low=low,
        observed_high=high,
        expected=ibis.literal(limits.ordinary),
        sample_size=joined.n.fill_null(0),
        contribution=ibis.ifelse(joined.n.isnull(), 0.0, taken),
    )


def evidence(sponsored_posts: ir.Table) -> ir.Table:
    """Reviews without a drawback, the surest advertisements first."""
    shown = sponsored_posts.filter(_.is_review, _.brand.notnull(), ~_.has_drawback)
    return shown.select(
        "account_id", kind=ibis.literal("post"), evidence_id=_.post_id, amount=_.strength,
        at=_.published_at, quote=_.quote,
    )  # fmt: skip
