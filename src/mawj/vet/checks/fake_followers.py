"""Followers who look like nobody: a share of them, corrected for what detectors get wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import numpy as np
from ibis import _

from mawj.vet.check_rows import Check
from mawj.vet.panel import EVERYBODY
from mawj.vet.prevalence import Prevalence, corrected, panel_rates
from mawj.vet.share_rows import Sampled, graded, share_rows

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

NAME = {
    "en": "followers who look fake",
    "ar": "متابعون يبدون وهميين",
    "fa": "دنبال‌کنندگانی که ساختگی به نظر می‌رسند",
}
TEXT = {
    "en": "Of {sample_size} followers looked at, about {observed} look like accounts with nobody behind them (between {observed_low} and {observed_high}, corrected for the errors of the detectors: {compared_with}); {expected} is still common.",
    "ar": "من بين {sample_size} متابع جرى فحصهم، يبدو نحو {observed} حساباتٍ لا أحد وراءها (بين {observed_low} و{observed_high} بعد تصحيح أخطاء الكواشف: {compared_with})؛ وما دون {expected} ما زال مألوفًا.",
    "fa": "از {sample_size} دنبال‌کنندهٔ بررسی‌شده، حدود {observed} حساب‌هایی به نظر می‌رسند که کسی پشتشان نیست (بین {observed_low} و {observed_high}، پس از تصحیح خطای تشخیص‌دهنده‌ها: {compared_with})؛ تا {expected} هنوز رایج است.",
}
ABOUT = {
    "ar": "تفحص لجنة من الكواشف المفتوحة عيّنة من المتابعين المحمَّلين: الصورة والنبذة، والاسم، ونسبة المتابَعين والعمر، والنشاط، والجوار، ونموذج المستخدم إن وُجد. ثم تُصحَّح النسبة بمعدلات خطأ الكواشف كما قيست على مجموعات عامة، ويُذكر مجالها. الوجه الخالي من الصورة أو الأرقام في الاسم أمران شائعان بين الناس الحقيقيين، فلا يكفي أيٌّ منهما وحده. كل متابع مذكور هو احتمال لا حكم.",
    "fa": "گروهی از تشخیص‌دهنده‌های باز نمونه‌ای از دنبال‌کنندگانِ بارگذاری‌شده را می‌بینند: عکس و معرفی، نام، نسبت دنبال‌شده‌ها و سن حساب، فعالیت، همسایگی، و مدل کاربر اگر باشد. سهم به‌دست‌آمده با نرخ خطای تشخیص‌دهنده‌ها که روی مجموعه‌های عمومی سنجیده شده تصحیح و با بازه‌اش گفته می‌شود. نداشتن عکس یا رقم در نام کاربری میان آدم‌های واقعی رایج است و هیچ‌یک به‌تنهایی کافی نیست. هر دنبال‌کننده‌ای که نام برده می‌شود یک احتمال است، نه حکم.",
}
CHECK = Check(
    "audience_quality", "fake_followers", "share of followers",
    "follows, accounts, account_snapshots", "fake-followers-2", 30.0,
)  # fmt: skip
EVIDENCE_UNIT = "probability"
QUOTE_WORDS = {
    "ar": {
        "ratio and age": "النسبة والعمر", "face": "الصورة والنبذة", "naming": "الاسم",
        "activity": "النشاط", "neighbours": "الجوار", "model": "نموذجكم", ";": "؛",
    },
    "fa": {
        "ratio and age": "نسبت و سن", "face": "عکس و معرفی", "naming": "نام",
        "activity": "فعالیت", "neighbours": "همسایگی", "model": "مدل شما", ";": "؛",
    },
}  # fmt: skip
"""The detectors' names, as the evidence quotes them."""


@dataclass(frozen=True)
class FakeFollowers:
    """When a share of followers who look fake is called high.

    Attributes:
        common: share up to which nothing is raised. A reseller of audience reports advises to
            keep mass-following and suspicious followers together at or below 25 %.
        full: share at which all points are taken; our judgement.
        most: most points taken; our judgement.
        least: followers that two detectors or more could judge, below which nothing is said;
            our judgement.
    """

    common: float = 0.25
    full: float = 0.6
    most: float = 30.0
    least: int = 30


def fake_followers(follower_shares: pa.Table, *, fake_followers: FakeFollowers) -> pa.Table:
    """Share of the followers who look like accounts with nobody behind them.

    A panel of open detectors looks at a sample of at most 400 loaded followers (by digest):
    picture and bio; handle and name; follows against followers, and age; activity; neighbours
    in graph and time; and the model that the user fitted, where there is one. The share that
    the panel finds is corrected for its own errors, as they were measured on public sets of the
    platform (of all platforms, where no set fits: the interval is then wider), and only the
    lower end of the interval counts. A face without picture and a handle with digits are common
    among genuine people, so neither is enough. Each follower shown is a likelihood, no verdict.
    """
    limits = fake_followers
    shares = follower_shares.to_pylist()
    rows = [row for row in shares if row["n_judged"] >= limits.least]
    rates = [panel_rates(row["platform"]) for row in rows]
    n = np.array([float(row["n_judged"]) for row in rows])
    each = [
        corrected(np.array([float(row["n_fake"])]), n[[place]], rate)
        for place, (row, rate) in enumerate(zip(rows, rates, strict=True))
    ]
    found = Prevalence(
        *(np.array([getattr(one, end)[0] for one in each]) for end in ("share", "low", "high"))
    )
    sampled = Sampled([row["account_id"] for row in rows], n, [rate.source for rate in rates])
    points = graded(found.low - limits.common, limits.full - limits.common, limits.most)
    return share_rows(sampled, found, np.full(len(n), limits.common), points)


def evidence(follower_panel: ir.Table) -> ir.Table:
    """The sampled followers that the panel doubts most, with what each detector says.

    Returns:
        amount is the panel's probability; quote names the detectors with theirs.
    """
    doubted = follower_panel.filter(_.p_panel >= 0.5)
    words = ibis.literal("")
    for name in EVERYBODY:
        per_cent = (doubted[f"p_{name}"] * 100.0).round().cast("int64").cast("string")
        # A detector that was silent makes its words NULL: it is left out.
        words = words + (f"; {name.replace('_', ' ')} " + per_cent + "%").fill_null("")
    return doubted.select(
        "account_id", evidence_id="follower_id", amount="p_panel", quote=words.substr(2),
    ).mutate(kind=ibis.literal("account"))  # fmt: skip
