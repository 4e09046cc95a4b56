"""Posts that repeat claims which fact-checkers rated false or mixed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.portable import ratio
from mawj.vet.check_rows import Check
from mawj.vet.claim_terms import SOUGHT
from mawj.vet.politics.shares import recent_weight

if TYPE_CHECKING:
    from datetime import datetime

    import ibis.expr.types as ir

NAME = {"en": "repeated claims", "ar": "ادعاءات مكرَّرة", "fa": "ادعاهای تکراری"}
TEXT = {
    "en": "{observed} posts repeat a claim that was checked and not found true: {about}. {compared_with}",
    "ar": "{observed} من المنشورات تكرر ادعاءً جرى التحقق منه ولم يثبت: {about}. {compared_with}",
    "fa": "{observed} پست ادعایی را تکرار می‌کند که راستی‌آزمایی شده و درست نبوده است: {about}. {compared_with}",
}
ABOUT = {
    "ar": "يقارن المنشورات بالادعاءات التي قُيّمت «خطأ» أو «مضلل» في ما حمّله المستخدم من تحقيقات (ClaimReview)، بالكلمات داخل اللغة، وبالمعنى عبر اللغات حين تكون الإضافة الدلالية مثبّتة. من ينفي الادعاء أو يسأل عنه لا يُحتسب. المطابقة قد تخطئ، لذا يُعرض المنشور والادعاء والجهة التي تحققت ورابطها.",
    "fa": "پست‌ها با ادعاهایی که در راستی‌آزمایی‌های بارگذاری‌شده (ClaimReview) «نادرست» یا «گمراه‌کننده» ارزیابی شده‌اند مقایسه می‌شود: با واژه‌ها در یک زبان، و با معنا میان زبان‌ها اگر افزونهٔ معنایی نصب باشد. کسی که ادعا را رد می‌کند یا درباره‌اش می‌پرسد حساب نمی‌شود. تطبیق ممکن است اشتباه کند؛ برای همین پست، ادعا، نهاد بررسی‌کننده و نشانی آن نشان داده می‌شود.",
}
CHECK = Check("risk", "repeated_claims", "posts", "fact_checks", "repeated-claims-1", 25.0)
CLAIM_SHOWN = 120


@dataclass(frozen=True)
class RepeatedClaims:
    """How much a repeated claim weighs.

    Attributes:
        full_posts: repeats of claims rated false, recent ones weighed more, at which all points
            are given; our judgement.
        points: points then; our judgement.
        mixed_share: what a claim rated mixed counts beside one rated false; our judgement.
        half_life_days: age at which a repeat weighs half; a year, our judgement.
        least_posts: own posts with text that are needed; our judgement.
    """

    full_posts: float = 4.0
    points: float = 25.0
    mixed_share: float = 0.5
    half_life_days: float = 365.0
    least_posts: int = 5


def repeated_claims(
    vet_posts: ir.Table,
    claim_matches: ir.Table,
    fact_checks: ir.Table,
    *,
    repeated_limits: RepeatedClaims,
    as_of: datetime,
) -> ir.Table:
    """Posts that repeat a claim rated false or mixed in the loaded fact-checks.

    By words within one language, and by meaning across languages where the semantic extra is
    installed (of a sample of posts). Who denies a claim or asks about it is not counted. A match
    can be wrong, and so can a reviewer: the post, the claim, who checked it and where are shown.
    Without fact-checks that rate something false or mixed nothing is assessed. One row for each
    claim repeated; together they give no more than the most points.
    """
    limits = repeated_limits
    read = _read(vet_posts, fact_checks, limits)
    found = _repeats(claim_matches, fact_checks, limits, as_of).semi_join(read, "account_id")
    claims = found.group_by("account_id", "about").agg(
        n=_.post_id.nunique(),
        source=_.source.min(),
        part=_.weight.sum(),
        from_date=_.published_at.min().date(),
        to_date=_.published_at.max().date(),
    )
    whole = claims.group_by("account_id").agg(whole=_.part.sum())
    told = claims.inner_join(whole, "account_id").inner_join(read, "account_id")
    severity = (told.whole / limits.full_posts).clip(0.0, 1.0)
    raised = told.select(
        "account_id",
        "from_date",
        "to_date",
        "about",
        observed=_.n.cast("float64"),
        sample_size=_.n_read.cast("float64"),
        compared_with=_.source,
        contribution=severity * limits.points * ratio(told.part, told.whole),
    )
    clear = read.anti_join(found, "account_id").select(
        "account_id",
        from_date=ibis.null("date"),
        to_date=ibis.null("date"),
        about=ibis.literal(""),
        observed=ibis.literal(0.0),
        sample_size=_.n_read.cast("float64"),
        compared_with=ibis.literal(""),
        contribution=ibis.literal(0.0),
    )
    return raised.union(clear)


def evidence(
    claim_matches: ir.Table,
    fact_checks: ir.Table,
    *,
    repeated_limits: RepeatedClaims,
    as_of: datetime,
) -> ir.Table:
    """The posts with the words that repeat each claim."""
    found = _repeats(claim_matches, fact_checks, repeated_limits, as_of)
    return found.select(
        "account_id",
        "quote",
        "about",
        kind=ibis.literal("post"),
        evidence_id=_.post_id,
        amount=_.similarity,
        at=_.published_at,
    )


def _read(vet_posts: ir.Table, fact_checks: ir.Table, limits: RepeatedClaims) -> ir.Table:
    """Accounts with enough posts, where there are claims to be sought at all."""
    counts = vet_posts.filter(_.text.notnull()).group_by("account_id").agg(n_read=_.count())
    known = fact_checks.filter(_.verdict.isin(SOUGHT)).select("claim_id").limit(1)
    enough = counts.filter(_.n_read >= limits.least_posts).cross_join(known)
    return enough.select("account_id", "n_read")


def _repeats(
    claim_matches: ir.Table, fact_checks: ir.Table, limits: RepeatedClaims, as_of: datetime
) -> ir.Table:
    claims = fact_checks.select(
        "claim_id", "claim", "verdict", "reviewer", "review_url", "rating"
    )
    found = claim_matches.filter(_.way == "repeats").inner_join(claims, "claim_id")
    said = found.rating.fill_null(found.verdict)
    source = found.reviewer.fill_null("") + ": " + said + " " + found.review_url.fill_null("")
    share = ibis.ifelse(found.verdict == "mixed", limits.mixed_share, 1.0)
    weight = recent_weight(found.published_at, as_of, limits.half_life_days) * share
    # Two reviews of one claim are one claim: the post counts once, by the graver verdict.
    about = found.claim.substr(0, CLAIM_SHOWN)
    every = found.mutate(source=source.strip(), weight=weight, about=about)
    order = ibis.window(
        group_by=["post_id", "about"], order_by=[ibis.desc(every.weight), every.claim_id]
    )
    return every.mutate(place=ibis.row_number().over(order)).filter(_.place == 0)
