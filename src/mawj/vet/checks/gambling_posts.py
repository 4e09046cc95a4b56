"""Gambling shown or offered in the account's own posts."""

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
    "en": "gambling",
    "ar": "قمار ومراهنات",
    "fa": "قمار و شرط‌بندی",
}
TEXT = {
    "en": "{observed} posts that show or offer gambling, of {sample_size} that were read.",
    "ar": "المنشورات التي تعرض القمار أو المراهنات: {observed} من {sample_size} قُرئت.",
    "fa": "پست‌هایی که قمار یا شرط‌بندی را نشان می‌دهند یا تبلیغ می‌کنند: {observed} از {sample_size} پستِ خوانده‌شده.",
}
ABOUT = {
    "ar": "مراهنات وكازينوهات وأكواد مواقع الرهان. أما أخبار الكرة وأحكام القمار فتُميَّز ولا تُخصم بسببها نقاط. كل منشور يوزن بمدى صراحته وقِدمه (النصف بعد سنة) وبأهمية الموضوع للعلامة؛ والاقتباس والخبر والاستنكار لا تُحسب.",
    "fa": "شرط‌بندی، کازینو، کد سایت‌های شرط‌بندی. خبر فوتبال و حکم قمار جدا می‌شوند و امتیازی کم نمی‌کنند. هر پست به‌اندازهٔ صراحت، تازگی (نصف پس از یک سال) و اهمیت موضوع برای برند وزن دارد؛ نقل‌قول، خبر و محکوم‌کردن حساب نمی‌شود.",
}
SUBJECTS = ("gambling",)
CHECK = Check("brand_safety", "gambling_posts", "posts", "posts", "gambling-posts-1", 15.0)


def gambling_posts(
    sensitive_posts: pa.Table,
    read_posts: pa.Table,
    brand_red_lines: pa.Table,
    *,
    conflict_weights: ConflictWeights,
    as_of: datetime,
) -> pa.Table:
    """Gambling shown or offered in the account's own posts.

    Bets, casinos, codes of betting sites, signals. News of football and rulings on gambling are
    told apart and take nothing. Each post is weighed by how plain it is, by its age
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
