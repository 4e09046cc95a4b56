"""Few comments show that the account means something to those who write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.vet.check_rows import Check
from mawj.vet.tone_shares import examples, of_kind, sampled
from mawj.vet.tones import WARM

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "little bond with the audience",
    "ar": "صلة ضعيفة بالجمهور",
    "fa": "پیوند کم با مخاطب",
}
TEXT = {
    "en": "{observed} of the comments read admire, support, ask or show attachment; half of the accounts of the language get {expected} or more.",
    "ar": "{observed} من التعليقات المقروءة فيها إعجاب أو دعم أو سؤال أو تعلق؛ ونصف الحسابات باللغة نفسها تنال {expected} أو أكثر.",
    "fa": "{observed} از نظرهای خوانده‌شده تحسین، حمایت، پرسش یا دلبستگی‌اند؛ نیمی از حساب‌های هم‌زبان {expected} یا بیشتر دارند.",
}
ABOUT = {
    "ar": "يقيس نصيب التعليقات التي فيها إعجاب بالعمل أو دعم أو تعلق أو سؤال جاد، مقارنةً بحسابات اللغة نفسها. فمصدر التأثير ثقة "
    "المتابعين ومودتهم، وحيث تقل يقل التأثير. قد يكتب جمهور صامت قليلًا وهو وفيّ، فهي إشارة ضعيفة. تُقرأ عينة عشوائية بقوائم عبارات.",
    "fa": "سهم نظرهایی را می‌سنجد که تحسین، حمایت، دلبستگی یا پرسش جدی‌اند، در مقایسه با حساب‌های هم‌زبان. سرچشمهٔ تأثیر، اعتماد و مهر "
    "دنبال‌کنندگان است و هر جا کم باشد تأثیر هم کم است. مخاطبِ کم‌حرف هم می‌تواند وفادار باشد، پس نشانه‌ای ضعیف است. نمونه‌ای تصادفی با فهرست عبارت‌ها خوانده می‌شود.",
}
CHECK = Check(
    "audience_quality", "little_attachment", "share of comments", "comments",
    "little-attachment-1", 8.0,
)  # fmt: skip


@dataclass(frozen=True)
class LittleAttachment:
    """When the bond of an audience is called little.

    Attributes:
        part_of_usual: share of what half of the peers get, below which it is called little;
            our judgement.
        usual: share of warm comments taken for usual where too few peers are loaded; our
            judgement, below what peers of made-up worlds get (0.4 to 0.5).
        points: most points taken, where no comment is warm; our judgement.
        least_comments: comments read that the check needs; our judgement.
    """

    part_of_usual: float = 0.6
    usual: float = 0.35
    points: float = 8.0
    least_comments: int = 40


def little_attachment(comment_tones: ir.Table, *, attachment: LittleAttachment) -> ir.Table:
    """Admiration, support, attachment and questions in the comments, against its peers.

    Influence comes from the trust and attachment of those who follow; where comments show
    little of it, reach moves few people. A quiet audience may be loyal, so this is a weak
    sign. Read by term lists from a random few of the comments; the upper end of the interval
    must be below the line.
    """
    limits = attachment
    rows = of_kind(comment_tones, "warm", limits.least_comments)
    usual = rows.peers_median.coalesce(limits.usual)
    line = usual * limits.part_of_usual
    severity = (line - rows.share_high) / (line > 0.0).ifelse(line, 1.0)
    return sampled(rows, line=usual, severity=severity, points=limits.points)


def evidence(comment_readings: ir.Table, comment_sample: ir.Table) -> ir.Table:
    """The warm comments that there are, the longest first: what is little can be judged."""
    return examples(comment_readings, comment_sample, WARM)
