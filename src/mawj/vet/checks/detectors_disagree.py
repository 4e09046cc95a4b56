"""How far the detectors of fake followers stand against each other: information, no points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mawj.vet.check_rows import Check
from mawj.vet.panel import EVERYBODY
from mawj.vet.prevalence import uncorrected
from mawj.vet.share_rows import Sampled, share_rows

if TYPE_CHECKING:
    import pyarrow as pa


NAME = {
    "en": "detectors that disagree",
    "ar": "اختلاف الكواشف",
    "fa": "اختلاف نظر تشخیص‌دهنده‌ها",
}
TEXT = {
    "en": "On {observed} of {sample_size} followers the detectors disagree (between {observed_low} and {observed_high}). Found by each: {compared_with}.",
    "ar": "تختلف الكواشف في {observed} من أصل {sample_size} متابع (بين {observed_low} و{observed_high}). ما وجده كل منها: {compared_with}.",
    "fa": "تشخیص‌دهنده‌ها دربارهٔ {observed} از {sample_size} دنبال‌کننده هم‌نظر نیستند (بین {observed_low} و {observed_high}). یافتهٔ هرکدام: {compared_with}.",
}
ABOUT = {
    "ar": "نسبة المتابعين الذين يراهم كاشف واحد على الأقل وهميين على الأرجح ويراهم آخر غير ذلك، مع ما وجده كل كاشف وحده. كلما زاد الاختلاف قلّت الثقة بأي رقم واحد. لا نقاط لهذا البند.",
    "fa": "سهم دنبال‌کنندگانی که دست‌کم یک تشخیص‌دهنده آن‌ها را بیشتر ساختگی می‌داند و دیگری نه، همراه با یافتهٔ هر تشخیص‌دهنده. هرچه اختلاف بیشتر باشد، به یک عددِ تنها کمتر باید تکیه کرد. این مورد امتیازی ندارد.",
}
CHECK = Check(
    "audience_quality", "detectors_disagree", "share of followers",
    "follows, accounts, account_snapshots", "detectors-disagree-1", 0.0,
)  # fmt: skip


@dataclass(frozen=True)
class Disagreement:
    """What it takes to say how far detectors disagree.

    Attributes:
        least: followers that two detectors or more could judge, below which nothing is said;
            our judgement.
    """

    least: int = 30


def detectors_disagree(follower_shares: pa.Table, *, disagreement: Disagreement) -> pa.Table:
    """Share of the followers on whom the detectors of the panel disagree.

    A follower counts whom one detector finds more likely fake than not and another does not.
    `compared_with` tells what each detector found, of those that it could judge. The more they
    disagree the less any single figure is worth. No points are given or taken.
    """
    rows = [r for r in follower_shares.to_pylist() if r["n_judged"] >= disagreement.least]
    n = np.array([float(row["n_judged"]) for row in rows])
    found = uncorrected(np.array([float(row["n_split"]) for row in rows]), n)
    sampled = Sampled(
        [row["account_id"] for row in rows], n, [_by_detector(row) for row in rows]
    )
    nothing = np.zeros(len(n))
    return share_rows(sampled, found, nothing, nothing).drop_columns(["expected"])


def _by_detector(row: dict[str, Any]) -> str:
    told = [
        f"{name.replace('_', ' ')} {100 * row[f'n_{name}_fake'] / row[f'n_{name}_spoke']:.0f}%"
        for name in EVERYBODY
        if row[f"n_{name}_spoke"]
    ]
    return ", ".join(told)
