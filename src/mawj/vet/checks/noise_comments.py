"""More comments advertise something of their own than is usual among the peers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.vet.check_rows import Check
from mawj.vet.tone_shares import above_peers, examples, of_kind

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {"en": "noise in the comments", "ar": "ضجيج في التعليقات", "fa": "هرزنظرها"}
TEXT = {
    "en": "{observed} of the comments read sell something or look for followers; nearly all accounts of the language stay below {expected}.",
    "ar": "{observed} من التعليقات المقروءة تبيع شيئًا أو تبحث عن متابعين؛ وتبقى جميع الحسابات باللغة نفسها تقريبًا دون {expected}.",
    "fa": "{observed} از نظرهای خوانده‌شده چیزی می‌فروشند یا دنبال فالوورند؛ نزدیک به همهٔ حساب‌های هم‌زبان کمتر از {expected} دارند.",
}
ABOUT = {
    "ar": "يقيس نصيب التعليقات التي تبيع أو تعد بالمال أو تبحث عن متابعين، مقارنةً بحسابات اللغة نفسها. يتجمع هذا الضجيج حيث لا يُنظَّف وحيث كثير من المعلقين ليسوا أناسًا حقيقيين، وقد يصيب الحسابات الكبيرة دون ذنب منها. تُقرأ عينة عشوائية بقوائم عبارات.",
    "fa": "سهم نظرهایی را می‌سنجد که می‌فروشند، وعدهٔ پول می‌دهند یا دنبال فالوورند، در مقایسه با حساب‌های هم‌زبان. هرزنظر جایی جمع می‌شود که کسی پاک نمی‌کند و بسیاری از نظردهندگان آدم واقعی نیستند؛ حساب‌های بزرگ بی‌تقصیر هم گرفتارش می‌شوند. نمونه‌ای تصادفی با فهرست عبارت‌ها خوانده می‌شود.",
}
CHECK = Check(
    "audience_quality", "noise_comments", "share of comments", "comments", "noise-1", 6.0
)


@dataclass(frozen=True)
class NoiseComments:
    """When comments that advertise something of their own are called many.

    Attributes:
        floor: share of comments up to which nothing is said, whatever peers get; our judgement.
        full: share above the line at which all points are taken; our judgement.
        points: most points taken; our judgement.
        least_comments: comments read that the check needs; our judgement.
    """

    floor: float = 0.1
    full: float = 0.25
    points: float = 6.0
    least_comments: int = 40


def noise_comments(comment_tones: ir.Table, *, noise: NoiseComments) -> ir.Table:
    """Comments that sell, promise money or look for followers, against its peers.

    Such noise gathers where nobody tidies up and where many commenters are no people. Large
    accounts attract it without any fault of theirs. Read by term lists from a random few of
    the comments.
    """
    limits = noise
    rows = of_kind(comment_tones, "noise", limits.least_comments)
    return above_peers(rows, floor=limits.floor, full=limits.full, points=limits.points)


def evidence(comment_readings: ir.Table, comment_sample: ir.Table) -> ir.Table:
    """Such comments, the longest first."""
    return examples(comment_readings, comment_sample, ("noise",))
