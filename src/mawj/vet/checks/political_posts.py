"""Politics in the account's own posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.vet.check_rows import Check
from mawj.vet.safety.conflicts import (
    ConflictWeights,
    conflict_rows,
    crossings,
    evidence_of,
    lines_of,
)

if TYPE_CHECKING:
    from datetime import datetime

    import pyarrow as pa

NAME = {
    "en": "politics",
    "ar": "سياسة",
    "fa": "سیاست",
}
TEXT = {
    "en": "{observed} posts on politics, of {sample_size} that were read.",
    "ar": "المنشورات السياسية: {observed} من {sample_size} قُرئت.",
    "fa": "پست‌های سیاسی: {observed} از {sample_size} پستِ خوانده‌شده.",
}
ABOUT = {
    "ar": "أحزاب وانتخابات وحكام واحتجاجات يذكرها الحساب، تأييدًا أو معارضة: لا ننحاز ولا نخمّن اتجاهًا. وزنه قليل ما لم ترسم العلامة خطًا هنا. كل منشور يوزن بمدى صراحته وقِدمه (النصف بعد سنة) وبأهمية الموضوع للعلامة؛ والاقتباس والخبر والاستنكار لا تُحسب.",
    "fa": "حزب، انتخابات، حاکمان و اعتراض که حساب از آن‌ها نام می‌برد، موافق یا مخالف: جانبی گرفته یا حدس زده نمی‌شود. وزنش کم است مگر برند اینجا خط بکشد. هر پست به‌اندازهٔ صراحت، تازگی (نصف پس از یک سال) و اهمیت موضوع برای برند وزن دارد؛ نقل‌قول، خبر و محکوم‌کردن حساب نمی‌شود.",
}
SUBJECTS = ("politics",)
CHECK = Check("brand_safety", "political_posts", "posts", "posts", "political-posts-1", 12.0)


def political_posts(
    sensitive_posts: pa.Table,
    read_posts: pa.Table,
    brand_red_lines: pa.Table,
    *,
    conflict_weights: ConflictWeights,
    as_of: datetime,
) -> pa.Table:
    """Politics in the account's own posts.

    Parties, elections, rulers and protest named by the account, for or against: no side is taken
    and none is guessed. It weighs little unless the brand draws a line here. Each post is weighed by how plain it is, by its age
    (half after a year) and by how much the subject matters to the brand; quoting, news and
    condemning do not count. How often the rules err is said in docs/guides/brand.md.
    """
    lines = lines_of(brand_red_lines, SUBJECTS)
    found = crossings(sensitive_posts, lines, as_of, conflict_weights)
    return conflict_rows(found, lines, read_posts, conflict_weights, CHECK.weight)


def evidence(
    sensitive_posts: pa.Table,
    brand_red_lines: pa.Table,
    *,
    conflict_weights: ConflictWeights,
    as_of: datetime,
) -> pa.Table:
    """The posts found, those that count most first."""
    lines = lines_of(brand_red_lines, SUBJECTS)
    return evidence_of(crossings(sensitive_posts, lines, as_of, conflict_weights))
