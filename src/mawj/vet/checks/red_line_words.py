"""Words of the brand's own lists in the account's own posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.vet.check_rows import Check
from mawj.vet.safety.conflicts import (
    OWN,
    ConflictWeights,
    Line,
    conflict_rows,
    crossings,
    evidence_of,
)

if TYPE_CHECKING:
    from datetime import datetime

    import pyarrow as pa

NAME = {
    "en": "words the brand listed",
    "ar": "كلمات حددتها العلامة",
    "fa": "واژه‌هایی که برند فهرست کرده",
}
TEXT = {
    "en": "{observed} posts with words of the brand's list “{about}”, of {sample_size} that were read.",
    "ar": "منشورات فيها كلمات من قائمة العلامة «{about}»: {observed} من {sample_size} قُرئت.",
    "fa": "پست‌های دارای واژه‌های فهرست «{about}» برند: {observed} از {sample_size} پستِ خوانده‌شده.",
}
ABOUT = {
    "ar": "كلمات وعبارات كتبتها العلامة في ملفها، تُرصد بأي إملاء ومع السوابق واللواحق. كل ذكر يُحسب، مدحًا كان أو ذمًا، لأن العلامة طلبت ذلك.",
    "fa": "واژه‌ها و عبارت‌هایی که برند در فایل خود نوشته، با هر املا و پسوند پیدا می‌شوند. هر اشاره‌ای حساب می‌شود، چه ستایش چه نکوهش، چون برند چنین خواسته است.",
}
CHECK = Check(
    "brand_safety", "red_line_words", "posts", "posts, brand", "red-line-words-1", 20.0
)


def red_line_words(
    sensitive_posts: pa.Table,
    read_posts: pa.Table,
    brand_terms: pa.Table,
    *,
    conflict_weights: ConflictWeights,
    as_of: datetime,
) -> pa.Table:
    """Words and phrases that the brand listed in its file, in the account's own posts.

    They are met in any spelling and with the endings of their language. Every mention counts,
    whatever is said, since the brand asked for it; each by its age and by the severity that
    the brand gave. Not assessed where the brand lists none.
    """
    lines = _lines(brand_terms)
    found = crossings(sensitive_posts, lines, as_of, conflict_weights)
    return conflict_rows(found, lines, read_posts, conflict_weights, CHECK.weight)


def evidence(
    sensitive_posts: pa.Table,
    brand_terms: pa.Table,
    *,
    conflict_weights: ConflictWeights,
    as_of: datetime,
) -> pa.Table:
    """The posts found, those that count most first."""
    lines = _lines(brand_terms)
    return evidence_of(crossings(sensitive_posts, lines, as_of, conflict_weights))


def _lines(brand_terms: pa.Table) -> list[Line]:
    """One line a list; where its phrases differ in severity, the gravest holds."""
    made: dict[str, Line] = {}
    for row in sorted(brand_terms.to_pylist(), key=lambda r: r["severity"]):
        name = row["list"]
        made[name] = Line(name, {OWN + name: row["severity"]}, row["look_back_days"])
    return list(made.values())
