"""Alcohol, drugs or tobacco shown or praised in the account's own posts."""

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
from mawj.vet.safety.values import SUBJECT_NAMES

if TYPE_CHECKING:
    from datetime import datetime

    import pyarrow as pa

NAME = {
    "en": "alcohol, drugs, tobacco",
    "ar": "كحول ومخدرات وتدخين",
    "fa": "الکل، مواد مخدر، دخانیات",
}
TEXT = {
    "en": "{observed} posts that show or praise: {about}, of {sample_size} that were read.",
    "ar": "المنشورات التي تعرض أو تروّج: {about}: {observed} من {sample_size} قُرئت.",
    "fa": "پست‌هایی که نشان می‌دهند یا تبلیغ می‌کنند: {about}: {observed} از {sample_size} پستِ خوانده‌شده.",
}
ABOUT = {
    "ar": "الشرب والمخدرات والتدخين والفيب. أما الخل في الطبخ وعلاج الإدمان والأخبار والأحكام الشرعية فتُميَّز ولا تُخصم بسببها نقاط. كل منشور يوزن بمدى صراحته وقِدمه (النصف بعد سنة) وبأهمية الموضوع للعلامة؛ والاقتباس والخبر والاستنكار لا تُحسب.",
    "fa": "نوشیدن، مواد، سیگار و ویپ. سرکه در آشپزی، ترک اعتیاد، خبر و حکم شرعی جدا می‌شوند و امتیازی کم نمی‌کنند. هر پست به‌اندازهٔ صراحت، تازگی (نصف پس از یک سال) و اهمیت موضوع برای برند وزن دارد؛ نقل‌قول، خبر و محکوم‌کردن حساب نمی‌شود.",
}
ABOUT_NAMES = SUBJECT_NAMES
SUBJECTS = ("alcohol", "drugs", "tobacco")
CHECK = Check("brand_safety", "substance_posts", "posts", "posts", "substance-posts-1", 18.0)


def substance_posts(
    sensitive_posts: pa.Table,
    read_posts: pa.Table,
    brand_red_lines: pa.Table,
    *,
    conflict_weights: ConflictWeights,
    as_of: datetime,
) -> pa.Table:
    """Alcohol, drugs or tobacco shown or praised in the account's own posts.

    Drinking, drugs, smoking and vaping. Cooking with vinegar, addiction and its treatment, news
    and religious rulings are told apart and take nothing. Each post is weighed by how plain it is, by its age
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
