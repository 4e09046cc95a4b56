"""Hatred of groups in the account's own posts."""

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
    "en": "hatred of groups",
    "ar": "كراهية وتمييز",
    "fa": "نفرت‌پراکنی",
}
TEXT = {
    "en": "{observed} posts that demean a group of people, of {sample_size} that were read.",
    "ar": "المنشورات التي تحط من فئة من الناس: {observed} من {sample_size} قُرئت.",
    "fa": "پست‌هایی که گروهی از مردم را تحقیر می‌کنند: {observed} از {sample_size} پستِ خوانده‌شده.",
}
ABOUT = {
    "ar": "ألفاظ عنصرية أو طائفية، أو كلام ينزع الإنسانية عن الناس، أو دعوات ضد فئات: الأصل أو اللون أو الدين أو المذهب أو الجنس أو الإعاقة. كل منشور يوزن بمدى صراحته وقِدمه (النصف بعد سنة) وبأهمية الموضوع للعلامة؛ والاقتباس والخبر والاستنكار لا تُحسب.",
    "fa": "ناسزای نژادی یا مذهبی، سخنی که انسان‌بودن گروهی را انکار کند، یا فراخوان علیه گروه‌ها: تبار، رنگ، دین، مذهب، جنسیت، معلولیت. هر پست به‌اندازهٔ صراحت، تازگی (نصف پس از یک سال) و اهمیت موضوع برای برند وزن دارد؛ نقل‌قول، خبر و محکوم‌کردن حساب نمی‌شود.",
}
SUBJECTS = ("hate",)
CHECK = Check("brand_safety", "hateful_posts", "posts", "posts", "hateful-posts-1", 30.0)


def hateful_posts(
    sensitive_posts: pa.Table,
    read_posts: pa.Table,
    brand_red_lines: pa.Table,
    *,
    conflict_weights: ConflictWeights,
    as_of: datetime,
) -> pa.Table:
    """Hatred of groups in the account's own posts.

    Slurs, words that make people less than human, and calls against groups: of origin, colour,
    religion, sect, gender, disability. Each post is weighed by how plain it is, by its age
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
