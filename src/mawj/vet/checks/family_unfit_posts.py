"""What a family would not want its children to see, in the account's own posts."""

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
    "en": "unfit for families",
    "ar": "ما لا يناسب العائلة",
    "fa": "نامناسب برای خانواده",
}
TEXT = {
    "en": "{observed} posts unfit for families, of {sample_size} that were read.",
    "ar": "المنشورات التي لا تناسب العائلة: {observed} من {sample_size} قُرئت.",
    "fa": "پست‌های نامناسب برای خانواده: {observed} از {sample_size} پستِ خوانده‌شده.",
}
ABOUT = {
    "ar": "الخيانات والمواعدة العابرة والتحديات الخطرة وضرب الأطفال أو فضحهم وتمجيد إيذاء النفس والمشاهد الدموية. أما النصح في هذه الأمور فيُميَّز ولا تُخصم بسببه نقاط. كل منشور يوزن بمدى صراحته وقِدمه (النصف بعد سنة) وبأهمية الموضوع للعلامة؛ والاقتباس والخبر والاستنكار لا تُحسب.",
    "fa": "خیانت، دوستی یک‌شبه، چالش‌های خطرناک، کتک‌زدن یا رسواکردن کودکان، ستایش خودزنی، صحنه‌های خونین. راهنمایی دربارهٔ این‌ها جدا می‌شود و امتیازی کم نمی‌کند. هر پست به‌اندازهٔ صراحت، تازگی (نصف پس از یک سال) و اهمیت موضوع برای برند وزن دارد؛ نقل‌قول، خبر و محکوم‌کردن حساب نمی‌شود.",
}
SUBJECTS = ("family",)
CHECK = Check(
    "brand_safety", "family_unfit_posts", "posts", "posts", "family-unfit-posts-1", 12.0
)


def family_unfit_posts(
    sensitive_posts: pa.Table,
    read_posts: pa.Table,
    brand_red_lines: pa.Table,
    *,
    conflict_weights: ConflictWeights,
    as_of: datetime,
) -> pa.Table:
    """What a family would not want its children to see, in the account's own posts.

    Affairs, dating for the night, dangerous challenges, children beaten or shamed, self-harm
    praised, gore. Advice on these is told apart and takes nothing. Each post is weighed by how plain it is, by its age
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
