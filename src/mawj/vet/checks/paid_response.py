"""The audience answers paid posts less than own ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj.vet.check_rows import Check

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

NAME = {
    "en": "response to paid posts",
    "ar": "تفاعل الجمهور مع المدفوع",
    "fa": "واکنش به پست‌های تبلیغاتی",
}
TEXT = {
    "en": "A paid post gets {observed} of what an own post gets ({compared_with}; {sample_size} paid posts).",
    "ar": "يحصل المنشور المدفوع على {observed} مما يحصل عليه المنشور العادي ({compared_with}؛ {sample_size} منشورات مدفوعة).",
    "fa": "هر پست تبلیغاتی {observed} پست عادی واکنش می‌گیرد ({compared_with}؛ {sample_size} پست تبلیغاتی).",
}
ABOUT = {
    "ar": "نسبة وسيط التفاعل مع المنشورات المدفوعة إلى وسيط بقية منشوراته، مع مجال بإعادة المعاينة. يُتوقع شيء من الانخفاض؛ "
    "أما الانخفاض الحاد فيعني أن الجمهور لا يتبعه إلى ما يروّج له. الأعداد المخفية لا تُحسب أصفارًا.",
    "fa": "نسبت میانهٔ تعامل پست‌های تبلیغاتی به میانهٔ پست‌های دیگر، با بازه‌ای از بازنمونه‌گیری. کمی افت طبیعی است؛ افت شدید یعنی مخاطب "
    "در تبلیغ با او همراه نمی‌شود. عددهای پنهان صفر شمرده نمی‌شوند.",
}
CHECK = Check(
    "credibility", "paid_response", "share of the median of own posts",
    "post_snapshots", "paid-response-1", 6.0,
)  # fmt: skip
_METRICS = ("engagements", "views")
_SEED = 20261125
_FIELDS: list[tuple[str, Any]] = [
    ("account_id", pa.string()),
    ("observed", pa.float64()),
    ("observed_low", pa.float64()),
    ("observed_high", pa.float64()),
    ("expected", pa.float64()),
    ("sample_size", pa.int64()),
    ("compared_with", pa.string()),
    ("contribution", pa.float64()),
]
_SCHEMA = pa.schema(_FIELDS)  # fmt: skip


@dataclass(frozen=True)
class PaidResponse:
    """When the response to paid posts is called weak.

    Attributes:
        least_paid: paid posts with known counts that the ratio needs; our judgement.
        least_own: own posts with known counts that it needs; our judgement.
        usual: ratio down to which nothing is taken; paid posts get somewhat less nearly
            everywhere; our judgement.
        full: ratio at which all points are taken; our judgement.
        draws: bootstrap draws of the interval; more change it little.
        points: most points taken; our judgement.
    """

    least_paid: int = 5
    least_own: int = 10
    usual: float = 0.65
    full: float = 0.2
    draws: int = 400
    points: float = 6.0


def paid_response(
    ad_counts: pa.Table, paid_counts: pa.Table, *, paid_response: PaidResponse
) -> pa.Table:
    """Median engagements of paid posts over those of own posts, with a bootstrap interval.

    Views are compared where engagements are hidden. The upper end of the 90 % interval is
    held against the limit, so that few posts do not decide; hidden counts are left out and
    never zero. An account without paid posts is clear.
    """
    limits = paid_response
    posts = _by_account(paid_counts)
    rows = []
    for account in ad_counts.to_pylist():
        name = account["account_id"]
        if not account["n_paid"]:
            rows.append({"account_id": name, "sample_size": 0, "contribution": 0.0})
        elif row := _row(posts[name], limits):
            rows.append({"account_id": name, **row})
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def _by_account(counts: pa.Table) -> defaultdict[str, list[dict[str, Any]]]:
    posts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for post in counts.to_pylist():
        posts[post["account_id"]].append(post)
    return posts


def _row(posts: list[dict[str, Any]], limits: PaidResponse) -> dict[str, Any] | None:
    """The row by the first metric that enough posts have; None where none has."""
    for metric in _METRICS:
        paid, own = (
            np.sort(
                [p[metric] for p in posts if p["is_paid"] == is_paid and p[metric] is not None]
            )
            for is_paid in (True, False)
        )
        if len(paid) >= limits.least_paid and len(own) >= limits.least_own:
            middle = float(np.median(own))
            if middle > 0:
                return _compared(paid, own, metric, limits)
    return None


def _compared(paid: Floats, own: Floats, metric: str, limits: PaidResponse) -> dict[str, Any]:
    low, high = _interval(paid, own, limits.draws)
    over = (limits.usual - high) / (limits.usual - limits.full)
    return {
        "observed": float(np.median(paid) / np.median(own)),
        "observed_low": low,
        "observed_high": high,
        "expected": 1.0,
        "sample_size": len(paid),
        "compared_with": f"{metric}, {len(own)} own posts",
        "contribution": -limits.points * min(1.0, max(0.0, over)),
    }


def _interval(paid: Floats, own: Floats, draws: int) -> tuple[float, float]:
    """The 5 % and 95 % quantiles of the ratio of medians (Efron 1979), by a fixed seed."""
    random = np.random.default_rng(_SEED)
    above = np.median(random.choice(paid, (draws, len(paid))), axis=1)
    below = np.median(random.choice(own, (draws, len(own))), axis=1)
    ratios = above[below > 0] / below[below > 0]
    low, high = np.quantile(ratios, [0.05, 0.95])
    return float(low), float(high)
