"""Followers of whom nothing was seen for long, against what is usual on the platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mawj.vet.check_rows import Check
from mawj.vet.prevalence import uncorrected
from mawj.vet.share_rows import Sampled, graded, share_rows

if TYPE_CHECKING:
    import pyarrow as pa


NAME = {
    "en": "inactive followers",
    "ar": "متابعون غير نشطين",
    "fa": "دنبال‌کنندگان غیرفعال",
}
TEXT = {
    "en": "{observed} of {sample_size} followers never posted or were not seen for long (between {observed_low} and {observed_high} of all); among followers of the platform ({compared_with}) it is {expected}.",
    "ar": "{observed} من أصل {sample_size} متابع لم ينشروا قط أو لم يظهر لهم نشاط منذ مدة طويلة (بين {observed_low} و{observed_high} من الجميع)؛ والنسبة بين متابعي المنصة ({compared_with}) هي {expected}.",
    "fa": "{observed} از {sample_size} دنبال‌کننده هرگز چیزی منتشر نکرده‌اند یا مدت‌هاست دیده نشده‌اند (بین {observed_low} و {observed_high} از همه)؛ این سهم میان دنبال‌کنندگان پلتفرم ({compared_with}) {expected} است.",
}
ABOUT = {
    "ar": "تُقارن نسبة من لم ينشر قط أو لم يُرَ له نشاط منذ نصف عام بما هو معتاد بين متابعي المنصة المحمَّلين، لأن كثيرًا من الناس يقرؤون ولا ينشرون. لا يُحسب إلا من عُرف عنه أحد الأمرين.",
    "fa": "سهم کسانی که هرگز پستی نگذاشته‌اند یا نیم سال است دیده نشده‌اند با آنچه میان دنبال‌کنندگانِ بارگذاری‌شدهٔ همان پلتفرم معمول است سنجیده می‌شود، چون بسیاری از مردم فقط می‌خوانند. تنها کسانی حساب می‌شوند که یکی از این دو درباره‌شان معلوم باشد.",
}
CHECK = Check(
    "audience_quality", "inactive_followers", "share of followers",
    "follows, account_snapshots, posts", "inactive-followers-1", 6.0,
)  # fmt: skip


@dataclass(frozen=True)
class InactiveFollowers:
    """When a share of inactive followers is called high.

    Attributes:
        above: share above what is usual on the platform up to which nothing is raised; our
            judgement.
        full: share above what is usual at which all points are taken; our judgement.
        most: most points taken; our judgement.
        least: followers of whom it is known, below which nothing is said; our judgement.
    """

    above: float = 0.15
    full: float = 0.5
    most: float = 6.0
    least: int = 30


def inactive_followers(
    follower_shares: pa.Table, *, inactive_followers: InactiveFollowers
) -> pa.Table:
    """Share of the followers who never posted, or of whom nothing was seen for half a year.

    Many people read and never post, so the share is held against that among all loaded
    followers of the platform, not against zero. Read from a sample of at most 400 loaded
    followers, of those of whom it is known; the lower end of the interval counts.
    """
    limits = inactive_followers
    rows = [
        row
        for row in follower_shares.to_pylist()
        if row["n_seen"] >= limits.least and row["usual_inactive_share"] is not None
    ]
    n = np.array([float(row["n_seen"]) for row in rows])
    found = uncorrected(np.array([float(row["n_inactive"]) for row in rows]), n)
    usual = np.array([row["usual_inactive_share"] for row in rows], np.float64)
    sampled = Sampled([row["account_id"] for row in rows], n, [row["platform"] for row in rows])
    beyond = found.low - usual - limits.above
    points = graded(beyond, limits.full - limits.above, limits.most)
    return share_rows(sampled, found, usual, points)
