"""Sexual content in the account's own posts."""

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
    "en": "sexual content",
    "ar": "محتوى جنسي",
    "fa": "محتوای جنسی",
}
TEXT = {
    "en": "{observed} posts with sexual content, of {sample_size} that were read.",
    "ar": "المنشورات ذات المحتوى الجنسي: {observed} من {sample_size} قُرئت.",
    "fa": "پست‌های دارای محتوای جنسی: {observed} از {sample_size} پستِ خوانده‌شده.",
}
ABOUT = {
    "ar": "ألفاظ صريحة وعروض ودعوات. أما حديث الصحة والحمل والقانون والدين فيُميَّز ولا تُخصم بسببه نقاط. كل منشور يوزن بمدى صراحته وقِدمه (النصف بعد سنة) وبأهمية الموضوع للعلامة؛ والاقتباس والخبر والاستنكار لا تُحسب.",
    "fa": "الفاظ آشکار، پیشنهاد و دعوت. سخن از سلامت، بارداری، قانون یا دین جدا می‌شود و امتیازی کم نمی‌کند. هر پست به‌اندازهٔ صراحت، تازگی (نصف پس از یک سال) و اهمیت موضوع برای برند وزن دارد؛ نقل‌قول، خبر و محکوم‌کردن حساب نمی‌شود.",
}
SUBJECTS = ("sexual",)
CHECK = Check("brand_safety", "sexual_posts", "posts", "posts", "sexual-posts-1", 18.0)


def sexual_posts(
    sensitive_posts: pa.Table,
    read_posts: pa.Table,
    brand_red_lines: pa.Table,
    *,
    conflict_weights: ConflictWeights,
    as_of: datetime,
) -> pa.Table:
    """Sexual content in the account's own posts.

    Explicit words, offers and invitations. Talk of health, pregnancy, law or faith is told apart
    and takes nothing. Each post is weighed by how plain it is, by its age
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
