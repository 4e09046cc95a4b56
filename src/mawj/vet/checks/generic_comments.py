"""More comments fit under any post than is usual among the peers of the account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.vet.check_rows import Check
from mawj.vet.tone_shares import above_peers, examples, of_kind

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {"en": "generic comments", "ar": "تعليقات عامة", "fa": "نظرهای کلی"}
TEXT = {
    "en": "{observed} of the comments read would fit under any post (emoji, one word of praise); nearly all accounts of the language stay below {expected}.",
    "ar": "{observed} من التعليقات المقروءة تصلح لأي منشور (رموز تعبيرية أو كلمة مديح واحدة)؛ وتبقى جميع الحسابات باللغة نفسها تقريبًا دون {expected}.",
    "fa": "{observed} از نظرهای خوانده‌شده زیر هر پستی می‌نشینند (ایموجی یا یک کلمه تعریف)؛ نزدیک به همهٔ حساب‌های هم‌زبان کمتر از {expected} دارند.",
}
ABOUT = {
    "ar": "يقيس نصيب التعليقات المكوّنة من رموز تعبيرية أو كلمة مديح تصلح لأي منشور، مقارنةً بحسابات اللغة نفسها. التعليقات المبيعة والآلية لا تقول شيئًا عن المنشور، لكن المعجبين المستعجلين يفعلون ذلك أيضًا، والصور تجلب منها أكثر من الشروح. تُقرأ عينة عشوائية بقوائم عبارات وبعلامات الشكل.",
    "fa": "سهم نظرهایی را می‌سنجد که فقط ایموجی یا یک کلمه تعریف‌اند و زیر هر پستی می‌نشینند، در مقایسه با حساب‌های هم‌زبان. نظر فروشی و خودکار چیزی دربارهٔ پست نمی‌گوید؛ ولی هواداران عجول هم همین‌طورند و عکس‌ها بیش از آموزش‌ها چنین نظرهایی می‌گیرند. نمونه‌ای تصادفی با فهرست عبارت‌ها و نشانه‌های شکلی خوانده می‌شود.",
}
CHECK = Check(
    "audience_quality", "generic_comments", "share of comments", "comments", "generic-1", 12.0
)


@dataclass(frozen=True)
class GenericComments:
    """When comments that fit under any post are called many.

    Attributes:
        floor: share of comments up to which nothing is said, whatever peers get; our judgement.
        full: share above the line at which all points are taken; our judgement.
        points: most points taken; our judgement.
        least_comments: comments read that the check needs; our judgement.
    """

    floor: float = 0.45
    full: float = 0.3
    points: float = 12.0
    least_comments: int = 40


def generic_comments(comment_tones: ir.Table, *, generic: GenericComments) -> ir.Table:
    """Comments of emoji or a word of praise that would fit under any post, against its peers.

    Sold and automatic comments say nothing about the post; so do hurried fans, and pictures
    draw more of them than explanations do. Most telling beside bought followers or a ring.
    Read by term lists and structure from a random few of the comments.
    """
    limits = generic
    rows = of_kind(comment_tones, "generic", limits.least_comments)
    return above_peers(rows, floor=limits.floor, full=limits.full, points=limits.points)


def evidence(comment_readings: ir.Table, comment_sample: ir.Table) -> ir.Table:
    """Such comments, the longest first."""
    return examples(comment_readings, comment_sample, ("generic",))
