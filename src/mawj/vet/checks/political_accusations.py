"""Accusations of wrongdoing against political opponents, in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.vet.check_rows import Check
from mawj.vet.politics.shares import recent_weight

if TYPE_CHECKING:
    from datetime import datetime

    import ibis.expr.types as ir

NAME = {"en": "political accusations", "ar": "اتهامات سياسية", "fa": "اتهام‌های سیاسی"}
TEXT = {
    "en": "{observed} of its posts accuse somebody in politics of wrongdoing (corruption, treason, lies and the like), out of {sample_size} posts read.",
    "ar": "{observed} من منشوراته تتهم أطرافًا سياسية بأفعال مشينة (فساد، خيانة، كذب وما شابه)، من أصل {sample_size} منشورًا.",
    "fa": "{observed} از پست‌هایش کسی را در سیاست به کار خلاف متهم می‌کند (فساد، خیانت، دروغ و مانند آن)، از {sample_size} پست خوانده‌شده.",
}
ABOUT = {
    "ar": "يبحث عن كلمات الاتهام بجوار موضوع سياسي في الجملة نفسها. الأخبار عن محكمة أو تحقيق أو «وفق وكالة» لا تُحتسب. لا يحكم على صحة الاتهام، فقد يكون صحيحًا؛ لكنه قد يعرّض الشريك للمساءلة.",
    "fa": "واژه‌های اتهام را کنار موضوع سیاسی در همان جمله می‌جوید. خبرِ دادگاه، تحقیق یا «به گزارش …» حساب نمی‌شود. دربارهٔ درستی اتهام داوری نمی‌کند؛ شاید درست باشد، ولی می‌تواند برای شریک تجاری دردسر حقوقی بسازد.",
}
CHECK = Check(
    "risk", "political_accusations", "posts", "posts", "political-accusations-1", 12.0
)


@dataclass(frozen=True)
class PoliticalAccusations:
    """From how many posts accusations are a risk.

    Attributes:
        from_posts: accusing posts (recent ones weighed more) at which points begin; a single
            angry post is no pattern; our judgement.
        full_posts: at which all points are given; our judgement.
        points: points then; our judgement.
        half_life_days: age at which a post weighs half; a year, our judgement.
        least_posts: own posts with text that are needed; our judgement.
    """

    from_posts: float = 1.0
    full_posts: float = 10.0
    points: float = 12.0
    half_life_days: float = 365.0
    least_posts: int = 15


def political_accusations(
    vet_posts: ir.Table,
    political_signs: ir.Table,
    *,
    accusation_limits: PoliticalAccusations,
    as_of: datetime,
) -> ir.Table:
    """Posts that accuse somebody in politics of wrongdoing: corruption, treason, lies.

    Words of accusation must stand in the same sentence as a political subject. Sentences that
    tell news of a court, an investigation or an agency do not count. Whether an accusation is
    true is not judged: it may be; it can still draw a partner into a quarrel or a lawsuit.
    """
    limits = accusation_limits
    posts = vet_posts.filter(_.text.notnull())
    read = posts.group_by("account_id").agg(n=_.count())
    accusing = (
        political_signs.filter(_.is_accusation)
        .select("post_id", "account_id", "published_at")
        .distinct()
        .mutate(weight=recent_weight(_.published_at, as_of, limits.half_life_days))
    )
    sums = accusing.group_by("account_id").agg(
        n_accusing=_.count(),
        weighed=_.weight.sum(),
        from_date=_.published_at.min().date(),
        to_date=_.published_at.max().date(),
    )
    told = read.filter(_.n >= limits.least_posts).left_join(sums, "account_id")
    span = limits.full_posts - limits.from_posts
    severity = ((told.weighed.fill_null(0.0) - limits.from_posts) / span).clip(0.0, 1.0)
    return told.select(
        "account_id",
        "from_date",
        "to_date",
        observed=_.n_accusing.fill_null(0),
        expected=ibis.literal(limits.from_posts),
        sample_size=_.n,
        contribution=severity * limits.points,
    )


def evidence(political_signs: ir.Table) -> ir.Table:
    """The accusing posts, those with the most political words first."""
    found = political_signs.filter(_.is_accusation)
    return found.group_by("account_id", evidence_id=_.post_id).agg(
        kind=ibis.literal("post"),
        amount=_.strength.max(),
        at=_.published_at.max(),
        quote=_.quote.max(),
    )
