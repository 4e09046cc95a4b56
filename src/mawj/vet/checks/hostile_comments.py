"""More comments attack the account than is usual among its peers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.vet.check_rows import Check
from mawj.vet.tone_shares import above_peers, examples, of_kind

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {"en": "hostile comments", "ar": "تعليقات عدائية", "fa": "نظرهای خصمانه"}
TEXT = {
    "en": "{observed} of the comments read insult or dismiss the account; nearly all accounts of the language stay below {expected}.",
    "ar": "{observed} من التعليقات المقروءة تهاجم الحساب أو تستخف به؛ وتبقى جميع الحسابات باللغة نفسها تقريبًا دون {expected}.",
    "fa": "{observed} از نظرهای خوانده‌شده به حساب حمله می‌کنند یا آن را بی‌ارزش می‌خوانند؛ نزدیک به همهٔ حساب‌های هم‌زبان کمتر از {expected} دارند.",
}
ABOUT = {
    "ar": "يقيس نصيب التعليقات التي تشتم صاحب الحساب أو تستخف به، مقارنةً بحسابات اللغة نفسها. وقد يكون المُهاجَم على حق، فحملات التنمر تبدو بالشكل نفسه؛ لذلك فالنقاط قليلة والتعليقات معروضة للحكم عليها. تُقرأ عينة عشوائية بقوائم عبارات.",
    "fa": "سهم نظرهایی را می‌سنجد که ناسزا می‌گویند یا حساب را بی‌ارزش می‌خوانند، در مقایسه با حساب‌های هم‌زبان. ممکن است حق با کسی باشد که به او حمله شده؛ کارزارهای آزار هم همین شکل را دارند. برای همین امتیاز کمی کم می‌شود و خود نظرها نشان داده می‌شوند. نمونه‌ای تصادفی با فهرست عبارت‌ها خوانده می‌شود.",
}
CHECK = Check(
    "audience_quality", "hostile_comments", "share of comments", "comments", "hostile-1", 8.0
)


@dataclass(frozen=True)
class HostileComments:
    """When comments that attack are called many.

    Attributes:
        floor: share of comments up to which nothing is said, whatever peers get; our judgement.
        full: share above the line at which all points are taken; our judgement.
        points: most points taken; our judgement.
        least_comments: comments read that the check needs; our judgement.
    """

    floor: float = 0.06
    full: float = 0.15
    points: float = 8.0
    least_comments: int = 40


def hostile_comments(comment_tones: ir.Table, *, hostile: HostileComments) -> ir.Table:
    """Comments that insult or dismiss the account, against its peers.

    An audience that stays to attack gives reach without goodwill. Who is attacked may be in the
    right: campaigns against women and minorities look the same, which is why the points are
    few and the comments are shown. Read by term lists from a random few of the comments.
    """
    limits = hostile
    rows = of_kind(comment_tones, "hostility", limits.least_comments)
    return above_peers(rows, floor=limits.floor, full=limits.full, points=limits.points)


def evidence(comment_readings: ir.Table, comment_sample: ir.Table) -> ir.Table:
    """Such comments, the longest first."""
    return examples(comment_readings, comment_sample, ("hostility",))
