"""An audience that is elsewhere than it is said to be."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mawj.vet.check_rows import Check
from mawj.vet.prevalence import uncorrected
from mawj.vet.share_rows import Sampled, graded, share_rows

if TYPE_CHECKING:
    import pyarrow as pa


NAME = {
    "en": "audience elsewhere than claimed",
    "ar": "جمهور في غير المكان المذكور",
    "fa": "مخاطبانی جایی جز آنچه گفته شده",
}
TEXT = {
    "en": "{observed} of {sample_size} followers who say where they are ({compared_with}) are in the country that is given for {expected} of the audience (between {observed_low} and {observed_high}).",
    "ar": "{observed} من {sample_size} متابع ذكروا بلدهم ({compared_with}) هم في البلد الذي يُنسب إليه {expected} من الجمهور (بين {observed_low} و{observed_high}).",
    "fa": "{observed} از {sample_size} دنبال‌کننده‌ای که گفته‌اند کجا هستند ({compared_with}) در کشوری‌اند که {expected} مخاطبان به آن نسبت داده شده (بین {observed_low} و {observed_high}).",
}
ABOUT = {
    "ar": "تقارن حصة البلد الأكبر كما تُعلنه الجهة (الحساب أو منصته أو مزوّد) بما يذكره المتابعون أنفسهم في عيّنة. من لا يذكر بلده لا يُحسب، ومن يذكره قد لا يمثل الجميع؛ لذلك لا يُثار إلا فرق كبير.",
    "fa": "سهم بزرگ‌ترین کشور را، آن‌گونه که حساب یا پلتفرم یا یک فروشندهٔ داده گفته، با آنچه خود دنبال‌کنندگان در یک نمونه نوشته‌اند می‌سنجد. کسی که کشورش را ننوشته حساب نمی‌شود و آن‌که نوشته شاید نمایندهٔ همه نباشد؛ پس تنها اختلاف بزرگ مطرح می‌شود.",
}
CHECK = Check(
    "audience_quality", "audience_place", "share of followers",
    "audiences, follows, accounts", "audience-place-1", 6.0,
)  # fmt: skip


@dataclass(frozen=True)
class AudiencePlace:
    """When a claimed place and the seen one are called apart.

    Attributes:
        apart: how far the seen share may stay below the given one; who says where they are may
            differ from who does not. Our judgement.
        full: distance at which all points are taken; our judgement.
        most: most points taken; our judgement.
        least: followers who say where they are, below which nothing is said; our judgement.
    """

    apart: float = 0.15
    full: float = 0.5
    most: float = 6.0
    least: int = 30


def audience_place(audience_makeup: pa.Table, *, audience_place: AudiencePlace) -> pa.Table:
    """Share of the followers in the country that is said to hold the most of them.

    What the account, its platform or a vendor gives is held against what sampled followers say
    of themselves. Who does not say is not counted, and who does may not stand for all, so only
    a wide gap is raised: the upper end of the interval must stay far below what is given.
    """
    limits = audience_place
    given: dict[str, tuple[float, str]] = {}
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in audience_makeup.to_pylist():
        if row["dimension"] == "country" and row["slice"] == "followers":
            account, claimed = row["account_id"], row["claimed_share"]
            counts[account][row["value"]] = row["n"]
            if claimed is not None:
                given[account] = max(given.get(account, (0.0, "")), (claimed, row["value"]))
    rows = [
        (account, claimed, country, sum(counts[account].values()), counts[account][country])
        for account, (claimed, country) in sorted(given.items())
    ]
    return _findings([row for row in rows if row[3] >= limits.least], limits)


def _findings(rows: list[tuple[str, float, str, int, int]], limits: AudiencePlace) -> pa.Table:
    claimed = np.array([row[1] for row in rows], np.float64)
    n = np.array([row[3] for row in rows], np.float64)
    found = uncorrected(np.array([row[4] for row in rows], np.float64), n)
    below = claimed - found.high - limits.apart
    sampled = Sampled([row[0] for row in rows], n, [row[2] for row in rows])
    points = graded(below, limits.full - limits.apart, limits.most)
    return share_rows(sampled, found, claimed, points)
