"""Followers who follow so many that what an account says hardly reaches them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import numpy as np
from ibis import _

from mawj.vet.check_rows import Check
from mawj.vet.prevalence import uncorrected
from mawj.vet.share_rows import Sampled, graded, share_rows

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

NAME = {
    "en": "followers who follow too many",
    "ar": "متابعون يتابعون أعدادًا كبيرة",
    "fa": "دنبال‌کنندگانی که بیش از حد دنبال می‌کنند",
}
TEXT = {
    "en": "{observed} of {sample_size} followers follow so many others (between {observed_low} and {observed_high} of all) that little of what is published here can reach them; {expected} is common.",
    "ar": "{observed} من أصل {sample_size} متابع يتابعون أعدادًا كبيرة (بين {observed_low} و{observed_high} من الجميع) فلا يكاد يصلهم مما يُنشر هنا إلا القليل؛ والمألوف {expected}.",
    "fa": "{observed} از {sample_size} دنبال‌کننده آن‌قدر حساب دنبال می‌کنند (بین {observed_low} و {observed_high} از همه) که از آنچه اینجا منتشر می‌شود چیز کمی به آن‌ها می‌رسد؛ {expected} رایج است.",
}
ABOUT = {
    "ar": "من يتابع أكثر من 1500 حساب لا يرى إلا جزءًا ضئيلًا مما تنشره. قد يكون إنسانًا حقيقيًا، لكنه خارج متناول المنشورات، ولهذا تُحسب النسبة وحدها هنا لا وصف الأشخاص. تُقرأ من عينة من المتابعين المعروف عددُ من يتابعونهم.",
    "fa": "کسی که بیش از ۱۵۰۰ حساب را دنبال می‌کند، تنها بخش ناچیزی از پست‌هایشان را می‌بیند. شاید آدمی واقعی باشد، ولی دور از دسترس پست‌هاست؛ اینجا فقط سهمشان حساب می‌شود. از نمونه‌ای از دنبال‌کنندگانی خوانده می‌شود که شمار دنبال‌شده‌هایشان معلوم است.",
}
CHECK = Check(
    "audience_quality", "mass_following_followers", "share of followers",
    "follows, account_snapshots", "mass-following-1", 8.0,
)  # fmt: skip
EVIDENCE_UNIT = "share out of reach"


MASS = 1500.0
"""Accounts followed from which a follower is shown as evidence; see `FollowerLimits`."""


@dataclass(frozen=True)
class MassFollowing:
    """When a share of mass-following followers is called high.

    Attributes:
        common: share up to which nothing is raised: 25 %, the limit that a reseller of audience
            reports gives for mass-following and suspicious followers together.
        full: share at which all points are taken; our judgement.
        most: most points taken; our judgement.
        least: followers with a known count below which nothing is said; our judgement.
    """

    common: float = 0.25
    full: float = 0.6
    most: float = 8.0
    least: int = 30


def mass_following_followers(
    follower_shares: pa.Table, *, mass_following: MassFollowing
) -> pa.Table:
    """Share of the followers who follow so many accounts that posts hardly reach them.

    Who follows more than 1,500 accounts (HypeAuditor's mass followers) sees a small part of
    what they publish. Such a follower may well be a person, but is out of reach. Read from a
    sample of at most 400 loaded followers, of those whose count of followed accounts is known;
    the lower end of the interval counts.
    """
    limits = mass_following
    rows = [r for r in follower_shares.to_pylist() if r["n_following"] >= limits.least]
    n = np.array([float(row["n_following"]) for row in rows])
    found = uncorrected(np.array([float(row["n_mass"]) for row in rows]), n)
    sampled = Sampled([row["account_id"] for row in rows], n, [row["platform"] for row in rows])
    points = graded(found.low - limits.common, limits.full - limits.common, limits.most)
    return share_rows(sampled, found, np.full(len(n), limits.common), points)


def evidence(follower_sample: ir.Table, follower_faces: ir.Table) -> ir.Table:
    """Sampled followers who follow most; amount is the share of what is out of their reach.

    Of so many accounts a follower reads about as many as the limit at most.
    """
    faces = follower_faces.select(follower_id="account_id", amount="following")
    faces = faces.filter(_.amount > MASS).mutate(amount=1.0 - MASS / _.amount)
    return (
        follower_sample.inner_join(faces, "follower_id")
        .select("account_id", "amount", evidence_id="follower_id")
        .mutate(kind=ibis.literal("account"))
    )
