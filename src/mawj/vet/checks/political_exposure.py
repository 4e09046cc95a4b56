"""How much of what an account publishes is on politics, and whether it grows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.portable import ratio, whole_seconds
from mawj.vet.check_rows import Check
from mawj.vet.politics.shares import recent_weight, weighted_share
from mawj.vet.shares import share_interval

if TYPE_CHECKING:
    from datetime import datetime

    import ibis.expr.types as ir

NAME = {"en": "political exposure", "ar": "الانكشاف السياسي", "fa": "میزان محتوای سیاسی"}
TEXT = {
    "en": "{observed} of its public posts are on political subjects, recent ones weighed more (90 % interval {observed_low} to {observed_high}). Points begin at {expected}. First and second half of its time: {compared_with}.",
    "ar": "{observed} من منشوراته العامة تتناول موضوعات سياسية، مع ترجيح الأحدث (مجال الثقة 90٪ من {observed_low} إلى {observed_high}). يبدأ احتساب النقاط من {expected}. في النصف الأول من المدة ثم الثاني: {compared_with}.",
    "fa": "{observed} از پست‌های عمومی‌اش دربارهٔ موضوع‌های سیاسی است و پست‌های تازه وزن بیشتری دارند (بازهٔ ۹۰٪ از {observed_low} تا {observed_high}). امتیاز از {expected} به بالا حساب می‌شود. در نیمهٔ اول و دوم بازه: {compared_with}.",
}
ABOUT = {
    "ar": "يقيس ما يظهر في المنشورات العامة فقط: انتخابات، مناصب، أحزاب، حكومة، حرب، احتجاج، عقوبات، صحة عامة. لا يخمّن معتقدات أحد، والحديث في السياسة ليس عيبًا؛ لكنه يعني أن العلامة التجارية ستُذكر إلى جانب السياسة.",
    "fa": "فقط آنچه در پست‌های عمومی گفته شده سنجیده می‌شود: انتخابات، مقام‌ها، حزب‌ها، دولت، جنگ، اعتراض، تحریم و بهداشت عمومی. دربارهٔ باور هیچ‌کس حدسی زده نمی‌شود و حرف سیاسی زدن عیب نیست؛ فقط یعنی نام برند کنار سیاست دیده خواهد شد.",
}
CHECK = Check(
    "risk", "political_exposure", "share of own posts", "posts", "political-exposure-1", 12.0
)


@dataclass(frozen=True)
class PoliticalExposure:
    """From which share political posts are a risk, and how it grows.

    Attributes:
        from_share: share of own posts from which points are given; below it one cannot open
            the news without seeing as much; our judgement.
        full_share: share at which all points are given; our judgement.
        points: points at full_share; our judgement.
        half_life_days: age at which a post weighs half; our judgement.
        least_posts: own posts with text that are needed; our judgement.
    """

    from_share: float = 0.05
    full_share: float = 0.5
    points: float = 12.0
    half_life_days: float = 180.0
    least_posts: int = 15


def political_exposure(
    vet_posts: ir.Table,
    political_signs: ir.Table,
    *,
    political_exposure_limits: PoliticalExposure,
    as_of: datetime,
) -> ir.Table:
    """Share of the account's public posts that are on a political subject.

    Measures what the public posts say, nothing else: elections, offices, parties, government,
    war, protest, sanctions, public health. No guess is made about what anybody believes, and
    speaking of politics is no fault; it means that a brand will be seen beside politics. Points
    go by the lower end of the interval, of all its time or of the second half where that is
    higher, so that few posts do not make much noise and a turn to politics is not averaged out.
    The word lists are made to be sure rather than complete (docs/benchmarks.md): the share is a
    lower bound.
    """
    limits = political_exposure_limits
    political = political_signs.filter(_.is_political).select("post_id").distinct()
    own = vet_posts.filter(_.text.notnull()).select("post_id", "account_id", "published_at")
    rows = own.left_join(political.mutate(found=True), "post_id").mutate(
        is_on=_.found.fill_null(False),
        weight=recent_weight(_.published_at, as_of, limits.half_life_days),
    )
    shares = weighted_share(rows, "is_on").filter(_.n >= limits.least_posts)
    halves = _halves(rows)
    told = shares.left_join(halves, "account_id").drop("account_id_right")
    span = limits.full_share - limits.from_share
    surely = ibis.greatest(told.low, told.later_low.fill_null(0.0))
    severity = ((surely - limits.from_share) / span).clip(0.0, 1.0)
    return told.select(
        "account_id",
        observed=_.share,
        expected=ibis.literal(limits.from_share),
        observed_low=_.low,
        observed_high=_.high,
        sample_size=_.n,
        from_date=_.from_at.date(),
        to_date=_.to_at.date(),
        compared_with=_percent(told.earlier) + " → " + _percent(told.later),
        contribution=severity * limits.points,
    )


def evidence(political_signs: ir.Table) -> ir.Table:
    """The posts whose words say most, with what was found in them."""
    found = political_signs.filter(_.is_political)
    return found.group_by("account_id", evidence_id=_.post_id).agg(
        kind=ibis.literal("post"),
        amount=_.strength.max(),
        at=_.published_at.max(),
        quote=_.quote.max(),
    )


def _halves(rows: ir.Table) -> ir.Table:
    """Shares of the two halves of each account's time, and what the second surely is."""
    dated = rows.filter(_.published_at.notnull()).mutate(at_s=whole_seconds(_.published_at))
    ends = dated.group_by("account_id").agg(first=_.at_s.min(), last=_.at_s.max())
    placed = dated.inner_join(ends, "account_id").mutate(
        is_later=_.at_s > (_.first + _.last) / 2.0
    )
    sums = placed.group_by("account_id").agg(
        n_later=_.is_later.cast("int64").sum(),
        n_earlier=(~_.is_later).cast("int64").sum(),
        on_later=(_.is_later & _.is_on).cast("int64").sum(),
        on_earlier=(~_.is_later & _.is_on).cast("int64").sum(),
    )
    shares = sums.mutate(
        later=ratio(_.on_later, _.n_later), earlier=ratio(_.on_earlier, _.n_earlier)
    )
    low, _high = share_interval(shares.on_later, shares.n_later)
    return shares.select("account_id", "later", "earlier", later_low=low)


def _percent(share: Any) -> Any:
    return ((share * 100.0).round(1).cast("string") + "%").fill_null("–")
