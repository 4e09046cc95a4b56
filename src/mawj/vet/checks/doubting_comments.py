"""More comments doubt what the account says than is usual among its peers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.vet.check_rows import Check
from mawj.vet.tone_shares import above_peers, examples, of_kind

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {"en": "doubting comments", "ar": "تعليقات مشككة", "fa": "نظرهای همراه با تردید"}
TEXT = {
    "en": "{observed} of the comments read doubt what is said, or are disappointed; nearly all accounts of the language stay below {expected}.",
    "ar": "{observed} من التعليقات المقروءة تشكك فيما يقال أو تعبّر عن خيبة أمل؛ وتبقى جميع الحسابات باللغة نفسها تقريبًا دون {expected}.",
    "fa": "{observed} از نظرهای خوانده‌شده در گفته‌ها تردید دارند یا از ناامیدی می‌گویند؛ نزدیک به همهٔ حساب‌های هم‌زبان کمتر از {expected} دارند.",
}
ABOUT = {
    "ar": "يقيس نصيب التعليقات التي تشكك أو تطلب المصدر أو تعبّر عن خيبة أمل، مقارنةً بحسابات اللغة نفسها. الشك قد يصيب أيضًا النقاد الصادقين والموضوعات المثيرة للجدل، ولذلك فالنقاط قليلة. تُقرأ عينة عشوائية من التعليقات بقوائم عبارات، ولا تُدرَك السخرية غير المعلَّمة.",
    "fa": "سهم نظرهایی را می‌سنجد که تردید دارند، منبع می‌خواهند یا از ناامیدی می‌گویند و آن را با حساب‌های هم‌زبان مقایسه می‌کند. منتقدان درستکار و موضوع‌های بحث‌برانگیز هم تردید می‌بینند، پس امتیاز کمی کم می‌شود. نمونه‌ای تصادفی از نظرها با فهرست عبارت‌ها خوانده می‌شود و کنایهٔ بی‌نشانه دیده نمی‌شود.",
}
CHECK = Check(
    "audience_quality", "doubting_comments", "share of comments", "comments", "doubting-1", 8.0
)


@dataclass(frozen=True)
class DoubtingComments:
    """When comments that doubt are called many.

    Attributes:
        floor: share of comments up to which nothing is said, whatever peers get; our judgement.
        full: share above the line at which all points are taken; our judgement.
        points: most points taken; our judgement.
        least_comments: comments read that the check needs; our judgement.
    """

    floor: float = 0.08
    full: float = 0.15
    points: float = 8.0
    least_comments: int = 40


def doubting_comments(comment_tones: ir.Table, *, doubting: DoubtingComments) -> ir.Table:
    """Comments that doubt the account, ask for its sources or feel let down, against its peers.

    Followers who doubt are not moved by what is recommended. Doubt is also what honest critics
    and controversial subjects get, so the points are few. Read by term lists from a random few
    of the comments; irony without a mark is not heard.
    """
    limits = doubting
    rows = of_kind(comment_tones, "doubt", limits.least_comments)
    return above_peers(rows, floor=limits.floor, full=limits.full, points=limits.points)


def evidence(comment_readings: ir.Table, comment_sample: ir.Table) -> ir.Table:
    """Such comments, the longest first."""
    return examples(comment_readings, comment_sample, ("doubt",))
