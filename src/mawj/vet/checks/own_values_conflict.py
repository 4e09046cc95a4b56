"""Posts that go against what the brand says it stands for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mawj.vet.check_rows import Check
from mawj.vet.safety.conflicts import (
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
    "en": "against the brand's values",
    "ar": "ما يخالف قيم العلامة",
    "fa": "خلاف ارزش‌های برند",
}
TEXT = {
    "en": "{observed} posts go against the value “{about}”, of {sample_size} that were read.",
    "ar": "منشورات تخالف قيمة «{about}»: {observed} من {sample_size} قُرئت.",
    "fa": "پست‌های خلاف ارزش «{about}»: {observed} از {sample_size} پستِ خوانده‌شده.",
}
ABOUT = {
    "ar": "علامة تعلن قيمة ثم تتعاون مع من نقضها تُتهم بالنفاق. لكل قيمة مواضيع تخالفها (مثلًا: المساواة يخالفها خطاب الكراهية)، وتُحسب المنشورات التي تفعل ذلك لا التي تتحدث عنه.",
    "fa": "برندی که ارزشی را اعلام می‌کند و با ناقض آن همکاری می‌کند، به دورویی متهم می‌شود. هر ارزش موضوع‌هایی خلاف خود دارد (مثلاً نفرت‌پراکنی خلاف برابری است)؛ پست‌هایی حساب می‌شوند که چنین می‌کنند، نه آن‌ها که درباره‌اش حرف می‌زنند.",
}
CHECK = Check(
    "brand_safety", "own_values_conflict", "posts", "posts, brand", "own-values-1", 15.0
)


def own_values_conflict(
    sensitive_posts: pa.Table,
    read_posts: pa.Table,
    brand_values: pa.Table,
    *,
    conflict_weights: ConflictWeights,
    as_of: datetime,
) -> pa.Table:
    """Posts that go against the values that the brand wrote in its file.

    A brand that declares a value and works with somebody who breaks it is called a hypocrite.
    Each value has subjects that go against it (hatred of groups against equality); posts that
    do so count, by age and severity, not posts that tell of it. They may weigh in a red line's
    check as well: a value makes the same post graver. Not assessed where the brand writes none.
    """
    lines = _lines(brand_values)
    found = crossings(sensitive_posts, lines, as_of, conflict_weights)
    return conflict_rows(found, lines, read_posts, conflict_weights, CHECK.weight)


def evidence(
    sensitive_posts: pa.Table,
    brand_values: pa.Table,
    *,
    conflict_weights: ConflictWeights,
    as_of: datetime,
) -> pa.Table:
    """The posts found, those that count most first."""
    lines = _lines(brand_values)
    return evidence_of(crossings(sensitive_posts, lines, as_of, conflict_weights))


def _lines(brand_values: pa.Table) -> list[Line]:
    """One line a value that is understood."""
    against: dict[str, dict[str, float]] = defaultdict(dict)
    for row in brand_values.to_pylist():
        if row["subject"]:
            against[row["value"]][row["subject"]] = row["severity"]
    return [Line(value, subjects) for value, subjects in against.items()]
