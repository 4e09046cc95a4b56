"""Insults and vulgar words in the account's own posts."""

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
    "en": "insults and vulgar words",
    "ar": "شتائم وألفاظ بذيئة",
    "fa": "ناسزا و الفاظ رکیک",
}
TEXT = {
    "en": "{observed} posts with insults or vulgar words, of {sample_size} that were read.",
    "ar": "المنشورات التي تحوي شتائم أو ألفاظًا بذيئة: {observed} من {sample_size} قُرئت.",
    "fa": "پست‌های دارای ناسزا یا الفاظ رکیک: {observed} از {sample_size} پستِ خوانده‌شده.",
}
ABOUT = {
    "ar": "تُرصد ألفاظ الإساءة بقوائم للعربية ولهجاتها والفارسية والإنجليزية، وإن كُتبت مموّهة؛ وكلمة مثل «كلب» لا تُحسب كاملة إلا إذا قيلت لشخص. كل منشور يوزن بمدى صراحته وقِدمه (النصف بعد سنة) وبأهمية الموضوع للعلامة؛ والاقتباس والخبر والاستنكار لا تُحسب.",
    "fa": "واژه‌های توهین‌آمیز با فهرست‌های عربی (و لهجه‌هایش)، فارسی و انگلیسی پیدا می‌شوند، حتی با املای تغییرداده‌شده؛ واژه‌ای مثل «سگ» فقط وقتی کامل حساب می‌شود که به کسی گفته شده باشد. هر پست به‌اندازهٔ صراحت، تازگی (نصف پس از یک سال) و اهمیت موضوع برای برند وزن دارد؛ نقل‌قول، خبر و محکوم‌کردن حساب نمی‌شود.",
}
SUBJECTS = ("offence",)
CHECK = Check("brand_safety", "offensive_posts", "posts", "posts", "offensive-posts-1", 20.0)


def offensive_posts(
    sensitive_posts: pa.Table,
    read_posts: pa.Table,
    brand_red_lines: pa.Table,
    *,
    conflict_weights: ConflictWeights,
    as_of: datetime,
) -> pa.Table:
    """Insults and vulgar words in the account's own posts.

    Words of abuse are found by lists in Arabic with its dialects, Persian and English, in masked
    spellings too; a word such as dog counts in full only when somebody is called so. Each post is weighed by how plain it is, by its age
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
