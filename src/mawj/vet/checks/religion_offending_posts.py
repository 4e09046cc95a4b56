"""Words that offend against religion in the account's own posts."""

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
    "en": "offence to religion",
    "ar": "إساءة إلى الدين",
    "fa": "توهین به دین",
}
TEXT = {
    "en": "{observed} posts that curse or mock what is holy to others, of {sample_size} that were read.",
    "ar": "المنشورات التي تسب المقدسات أو تسخر منها: {observed} من {sample_size} قُرئت.",
    "fa": "پست‌هایی که به مقدسات دشنام می‌دهند یا مسخره می‌کنند: {observed} از {sample_size} پستِ خوانده‌شده.",
}
ABOUT = {
    "ar": "سب الذات الإلهية أو الأنبياء أو الكتب أو الشعائر أو السخرية منها، في أي دين. الحديث الديني نفسه لا يُخصم بسببه شيء، ولا يُخمَّن معتقد أحد. كل منشور يوزن بمدى صراحته وقِدمه (النصف بعد سنة) وبأهمية الموضوع للعلامة؛ والاقتباس والخبر والاستنكار لا تُحسب.",
    "fa": "دشنام یا تمسخر خدا، پیامبران، کتاب‌ها و آیین‌های هر دین. سخن دینی خود امتیازی کم نمی‌کند و باور کسی حدس زده نمی‌شود. هر پست به‌اندازهٔ صراحت، تازگی (نصف پس از یک سال) و اهمیت موضوع برای برند وزن دارد؛ نقل‌قول، خبر و محکوم‌کردن حساب نمی‌شود.",
}
SUBJECTS = ("religion",)
CHECK = Check(
    "brand_safety",
    "religion_offending_posts",
    "posts",
    "posts",
    "religion-offending-posts-1",
    20.0,
)


def religion_offending_posts(
    sensitive_posts: pa.Table,
    read_posts: pa.Table,
    brand_red_lines: pa.Table,
    *,
    conflict_weights: ConflictWeights,
    as_of: datetime,
) -> pa.Table:
    """Words that offend against religion in the account's own posts.

    Cursing or mocking God, prophets, books and rites of any religion. Religious talk itself takes
    nothing, and nobody's belief is guessed. Each post is weighed by how plain it is, by its age
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
