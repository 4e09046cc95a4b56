"""How comments speak of the one whom a political account promotes, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.vet.check_rows import Check
from mawj.vet.politics.tones import tones
from mawj.vet.shares import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.vet.audience_ties import PoliticalSplit

NAME = {
    "en": "image of the one promoted",
    "ar": "صورة من يُروَّج له",
    "fa": "تصویر کسی که تبلیغ می‌شود",
}
TEXT = {
    "en": "{observed} of the comments with a clear tone under its promoting political posts voice doubt (90 % interval {observed_low} to {observed_high}; comments: {sample_size}). Before and after the date: {compared_with}.",
    "ar": "{observed} من التعليقات واضحة النبرة تحت منشوراته السياسية الترويجية تعبّر عن الشك (مجال الثقة 90٪ من {observed_low} إلى {observed_high}؛ التعليقات: {sample_size}). قبل التاريخ وبعده: {compared_with}.",
    "fa": "{observed} از نظرهای با لحن روشن زیر پست‌های سیاسیِ تبلیغی‌اش تردید نشان می‌دهد (بازهٔ ۹۰٪ از {observed_low} تا {observed_high}؛ {sample_size} نظر). پیش و پس از تاریخ: {compared_with}.",
}
ABOUT = {
    "ar": "يقرأ عينة من تعليقات الآخرين تحت المنشورات السياسية التي تناصر أحدًا أو المدفوعة، ويميز المديح من الشك بقوائم كلمات بثلاث لغات. التعليق بلا نبرة واضحة لا يُحتسب، والسخرية قد تُقرأ خطأ.",
    "fa": "نمونه‌ای از نظرهای دیگران زیر پست‌های سیاسی‌ای که از کسی حمایت می‌کنند یا پولی‌اند خوانده می‌شود و با فهرست واژه‌ها در سه زبان ستایش از تردید جدا می‌شود. نظرِ بی‌لحن حساب نمی‌شود و طعنه ممکن است اشتباه خوانده شود.",
}
CHECK = Check(
    "risk", "promoted_image", "share of comments", "posts, comments", "promoted-image-1", 6.0
)


@dataclass(frozen=True)
class PromotedImage:
    """When the comments speak against the one promoted.

    Attributes:
        from_share: share of doubt that the lower end of the interval must pass; half: more
            doubt than praise; our judgement.
        level_points, rise_points: points where all is doubt, and where doubt has surely grown
            since the date (the intervals do not meet); our judgement.
        least_comments: comments with a clear tone that a period needs; our judgement.
    """

    from_share: float = 0.5
    level_points: float = 4.0
    rise_points: float = 2.0
    least_comments: int = 20


def promoted_image(
    promoted_comments: pa.Table,
    *,
    promoted_limits: PromotedImage,
    political_split: PoliticalSplit,
) -> pa.Table:
    """Share of doubt among comments with a clear tone under political posts that promote.

    A sample of what others wrote under political posts that take somebody's part or are paid
    for, told into praise and doubt by word lists in three languages; comments with neither are
    not counted, irony can be misread. Held against the time before the date of `split_on`, else
    the middle of the time. A promoter shares in the failures of whom he promotes.
    """
    read = _read(promoted_comments)
    made = [
        row
        for account, comments in sorted(read.items())
        if (row := _row(account, comments, promoted_limits, political_split)) is not None
    ]
    return pa.Table.from_pylist(made, schema=pa.schema(_FIELDS))


def evidence(promoted_comments: pa.Table) -> pa.Table:
    """The newest comments that voice doubt."""
    made = [
        {"account_id": account, "kind": "comment", "evidence_id": one["comment_id"],
         "amount": one["published_at"].timestamp(), "at": one["published_at"],
         "quote": one["text"]}
        for account, comments in _read(promoted_comments).items()
        for one in comments
        if one["tone"] == "doubt"
    ]  # fmt: skip
    return pa.Table.from_pylist(made, schema=pa.schema(_SHOWN_FIELDS)).set_column(
        3, "amount", pa.nulls(len(made), pa.float64())
    )


_FIELDS: list[Any] = [
        pa.field("account_id", pa.string()), pa.field("observed", pa.float64()), pa.field("expected", pa.float64()),
        pa.field("observed_low", pa.float64()), pa.field("observed_high", pa.float64()),
        pa.field("sample_size", pa.float64()), pa.field("compared_with", pa.string()),
        pa.field("contribution", pa.float64()),
]  # fmt: skip
_SHOWN_FIELDS: list[Any] = [
        pa.field("account_id", pa.string()), pa.field("kind", pa.string()), pa.field("evidence_id", pa.string()),
        pa.field("amount", pa.float64()), pa.field("at", pa.timestamp("us", "UTC")), pa.field("quote", pa.string()),
]  # fmt: skip


def _read(comments: pa.Table) -> dict[str, list[dict[str, Any]]]:
    """Comments with a clear tone, by account."""
    rows = comments.to_pylist()
    found: dict[str, list[dict[str, Any]]] = {}
    for row, tone in zip(rows, tones([row["text"] for row in rows]), strict=True):
        if tone is not None:
            found.setdefault(row["account_id"], []).append(row | {"tone": tone})
    return found


def _row(
    account: str, comments: list[dict[str, Any]], limits: PromotedImage, split: PoliticalSplit
) -> dict[str, Any] | None:
    times = [one["published_at"] for one in comments]
    middle = min(times) + (max(times) - min(times)) / 2
    if split.split_on:
        middle = datetime.fromisoformat(f"{split.split_on}T00:00:00+00:00")
    before = _doubt([one for one in comments if one["published_at"] < middle], limits)
    after = _doubt([one for one in comments if one["published_at"] >= middle], limits)
    now = after or _doubt(comments, limits)
    if now is None:
        return None
    share, low, high, n = now
    level = max(low - limits.from_share, 0.0) / (1.0 - limits.from_share)
    points = limits.level_points * min(level, 1.0)
    points += limits.rise_points * bool(before and after and low > before[2])
    told = " → ".join("–" if one is None else f"{100 * one[0]:.1f}%" for one in (before, after))
    return {
        "account_id": account, "observed": share, "expected": limits.from_share,
        "observed_low": low, "observed_high": high, "sample_size": float(n),
        "compared_with": told, "contribution": points,
    }  # fmt: skip


def _doubt(
    comments: Sequence[dict[str, Any]], limits: PromotedImage
) -> tuple[float, float, float, int] | None:
    """Share of doubt, its 90 % interval (Wilson 1927), comments; None where they are few."""
    n = len(comments)
    if n < limits.least_comments:
        return None
    n_doubt = sum(one["tone"] == "doubt" for one in comments)
    low, high = (float(end) for end in wilson(n_doubt, n))
    return n_doubt / n, min(low, n_doubt / n), max(high, n_doubt / n), n
