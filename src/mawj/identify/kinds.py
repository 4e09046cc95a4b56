"""Specialist or celebrity: the sum of the reasons, and what follows for a brand's goal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.portable import ratio
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from mawj.identify.kind_scale import KindScale

GOALS = ("awareness", "credibility", "conversation", "sales")

_MISFITS = {
    ("celebrity", "credibility"): "celebrity_for_credibility",
    ("celebrity", "conversation"): "celebrity_for_conversation",
    ("celebrity", "sales"): "celebrity_for_sales",
    ("specialist", "awareness"): "specialist_for_awareness",
    ("neither", "credibility"): "no_authority_for_credibility",
    ("neither", "awareness"): "not_known_for_awareness",
}

GOAL_TEXTS: dict[str, dict[str, str]] = {
    "celebrity_for_credibility": {
        "en": "Well known, but not for a subject: this account lends you its fame, not "
        "the trust "
        "in a judgement. For credibility look for a specialist.",
        "ar": "حساب مشهور لكن ليس في مجال بعينه: يمنحك شهرته لا ثقة الناس برأيه. "
        "إن كان هدفك المصداقية فابحث عن متخصص.",
        "fa": "این حساب مشهور است، اما نه در یک حوزه: شهرتش را به شما می‌دهد، نه "
        "اعتماد به نظرش را. برای اعتبار سراغ یک متخصص بروید.",
    },
    "celebrity_for_conversation": {
        "en": "Its followers have scattered interests; expect likes rather than a "
        "conversation "
        "about your subject.",
        "ar": "اهتمامات متابعيه متفرقة، فتوقّع إعجابات أكثر من حوار حول موضوعك.",
        "fa": "علاقه‌های دنبال‌کنندگانش پراکنده است؛ بیش از گفت‌وگو دربارهٔ موضوع شما، "
        "منتظر لایک باشید.",
    },
    "celebrity_for_sales": {
        "en": "A wide audience of scattered interests: few of those you pay for want "
        "the product. "
        "Compare the cost of a sale with a specialist's.",
        "ar": "جمهور واسع متفرق الاهتمامات: قليل ممن تدفع للوصول إليهم يريد المنتج. "
        "قارن تكلفة عملية البيع الواحدة بتكلفتها لدى متخصص.",
        "fa": "مخاطبی گسترده با علاقه‌های پراکنده: از کسانی که برای رسیدن به آن‌ها "
        "هزینه می‌کنید کمتر کسی خریدار محصول است. هزینهٔ هر فروش را با یک متخصص بسنجید.",
    },
    "specialist_for_awareness": {
        "en": "Trusted on one subject, but few outside it will hear of you. For wide "
        "awareness "
        "take several, or somebody better known.",
        "ar": "موثوق في مجال واحد، لكن قلة خارجه ستسمع بك. إن كان هدفك انتشاراً واسعاً "
        "فاختر عدة حسابات أو اسماً أشهر.",
        "fa": "در یک موضوع مورد اعتماد است، اما بیرون از آن کمتر کسی نام شما را "
        "می‌شنود. برای "
        "آگاهی گسترده از برند چند حساب یا نامی شناخته‌شده‌تر انتخاب کنید.",
    },
    "no_authority_for_credibility": {
        "en": "Nothing shows that this account is heard on a subject; it cannot lend you "
        "credibility on one.",
        "ar": "لا شيء يدل على أن هذا الحساب مرجع في مجال ما، فلن يمنحك مصداقية فيه.",
        "fa": "نشانه‌ای نیست که این حساب در حوزه‌ای مرجع باشد؛ اعتباری در آن به شما نمی‌دهد.",
    },
    "not_known_for_awareness": {
        "en": "This account is not widely known; for awareness count on its reach alone.",
        "ar": "هذا الحساب غير معروف على نطاق واسع، فلا تعوّل في الانتشار إلا على مدى وصوله.",
        "fa": "این حساب چندان شناخته نیست؛ برای آگاهی از برند فقط روی ریچ آن حساب کنید.",
    },
    "kind_not_assessed": {
        "en": "Too little is loaded to tell a specialist from a celebrity here; see "
        "what is "
        "missing before you decide.",
        "ar": "ما حُمّل من بيانات لا يكفي للتمييز بين المتخصص والمشهور هنا؛ راجع "
        "النواقص قبل القرار.",
        "fa": "داده‌های بارگذاری‌شده برای تشخیص متخصص از سلبریتی کافی نیست؛ "
        "پیش از تصمیم ببینید چه کم است.",
    },
}


def kinds(
    kind_findings: ir.Table, account_topics: ir.Table, *, kind_scale: KindScale
) -> ir.Table:
    """Specialist or celebrity, with how far each is supported: one row per account.

    Reads:
        kind_findings: contributions and weights; account_topics: shares.

    Returns:
        specialist and celebrity, each the sum of its rows; kind by `called_from`; coverage, the
        weight of the rows that could be assessed; topic_id, the subject of a specialist: the
        narrowest topic with at least half of its largest topic's share.
    """
    assessed = (_.status != "not_assessed").cast("float64") * _.weight
    summed = kind_findings.group_by(account_id=_.subject_id).agg(
        specialist=_.contribution.sum(where=_.score == "specialist"),
        celebrity=_.contribution.sum(where=_.score == "celebrity"),
        coverage=ratio(assessed.sum(), _.weight.sum()),
    )
    held = summed.mutate(
        specialist=_.specialist.clip(0.0, 100.0),
        celebrity=_.celebrity.clip(0.0, 100.0),
        coverage=_.coverage.fill_null(0.0),
    )
    called = held.mutate(kind=_kind(held, kind_scale))
    joined = called.left_join(_subject(account_topics), "account_id")
    is_subject = joined.kind.isin(["specialist", "both"])
    subject = is_subject.ifelse(joined.topic_id, ibis.null("string"))
    return shaped(joined.mutate(topic_id=subject), "kinds")


def goal_fit(kind: str, goal: str) -> str | None:
    """The key in `GOAL_TEXTS` of the warning where a kind of account and a goal do not fit.

    Brands mistake one kind for the other, both ways; None where nothing speaks against it.

    Raises:
        ValueError: for an unknown goal.
    """
    if goal not in GOALS:
        raise ValueError(f"no goal is called {goal!r}; there are {', '.join(GOALS)}")
    if kind == "not_assessed":
        return "kind_not_assessed"
    return _MISFITS.get((kind, goal))


def _kind(held: ir.Table, scale: KindScale) -> Any:
    is_specialist = held.specialist >= scale.called_from
    is_celebrity = held.celebrity >= scale.called_from
    return ibis.cases(
        (held.coverage < scale.least_coverage, "not_assessed"),
        (is_specialist & is_celebrity, "both"),
        (is_specialist, "specialist"),
        (is_celebrity, "celebrity"),
        else_="neither",
    )


def _subject(account_topics: ir.Table) -> ir.Table:
    """The narrowest topic with at least half of the largest topic's share, then the largest."""
    largest = account_topics.group_by("account_id").agg(most=_.topic_share.max())
    near = account_topics.inner_join(largest, "account_id").filter(
        _.topic_share >= 0.5 * _.most
    )
    depth = near.topic_id.length() - near.topic_id.replace(".", "").length()
    order = ibis.window(
        group_by="account_id",
        order_by=[ibis.desc("depth"), ibis.desc("topic_share"), "topic_id"],
    )
    placed = near.mutate(depth=depth).mutate(place=ibis.row_number().over(order))
    return placed.filter(_.place == 0).select("account_id", "topic_id")
