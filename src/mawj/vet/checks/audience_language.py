"""An audience that speaks another language than the account writes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mawj.vet.check_rows import Check
from mawj.vet.prevalence import uncorrected
from mawj.vet.share_rows import Sampled, graded, share_rows

if TYPE_CHECKING:
    import pyarrow as pa


NAME = {
    "en": "audience of another language",
    "ar": "جمهور بلغة أخرى",
    "fa": "مخاطبانی به زبانی دیگر",
}
TEXT = {
    "en": "{observed} of {sample_size} in the audience whose language is known write another language than the account (between {observed_low} and {observed_high}; {compared_with}); more than {expected} is unusual.",
    "ar": "{observed} من {sample_size} من الجمهور المعروفة لغته يكتبون بغير لغة الحساب (بين {observed_low} و{observed_high}؛ {compared_with})؛ وما يزيد على {expected} غير مألوف.",
    "fa": "{observed} از {sample_size} نفر از مخاطبانی که زبانشان معلوم است به زبانی جز زبان حساب می‌نویسند (بین {observed_low} و {observed_high}؛ {compared_with})؛ بیش از {expected} غیرعادی است.",
}
ABOUT = {
    "ar": "تقارن لغة ما يكتبه الحساب بلغة تعليقات جمهوره، أو بلغة متابعيه إن كانت التعليقات قليلة. الحسابات التي تصور ولا تكتب، أو التي يتابعها مغتربون، قد يكون جمهورها بلغات عدة؛ فالإشارة ضعيفة. لغة التعليق القصير قد تُقرأ خطأ.",
    "fa": "زبانی را که حساب به آن می‌نویسد با زبان نظرهای مخاطبان، یا اگر نظر کم باشد با زبان دنبال‌کنندگان می‌سنجد. حسابی که بیشتر تصویر می‌گذارد یا مخاطبانش دور از وطن‌اند می‌تواند مخاطبان چندزبانه داشته باشد؛ نشانه‌ای ضعیف است. زبان نظرهای کوتاه ممکن است اشتباه خوانده شود.",
}
CHECK = Check(
    "audience_quality", "audience_language", "share of audience",
    "comments, follows, accounts", "audience-language-1", 6.0,
)  # fmt: skip


@dataclass(frozen=True)
class AudienceLanguage:
    """When an audience of another language is called unusual.

    Attributes:
        common: share in other languages up to which nothing is raised; our judgement.
        full: share at which all points are taken; our judgement.
        most: most points taken; our judgement.
        least: comments, or followers, of known language below which nothing is said; ours.
    """

    common: float = 0.5
    full: float = 0.9
    most: float = 6.0
    least: int = 30


def audience_language(
    vet_subjects: pa.Table, audience_makeup: pa.Table, *, audience_language: AudienceLanguage
) -> pa.Table:
    """Share of the audience that writes another language than the account does.

    Read from the comments under its posts, or from the language of sampled followers where
    those are more; of the account, the language most used in its posts. An account that shows
    more than it writes, or whose audience lives abroad, may well be followed in several
    languages: a weak sign. The language of a short comment may be misread.
    """
    limits = audience_language
    writes = {
        row["account_id"]: (row["language"] or "").split("-")[0]
        for row in vet_subjects.select(["account_id", "language"]).to_pylist()
    }
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in audience_makeup.to_pylist():
        if row["dimension"] == "language" and row["n"]:
            counts[row["account_id"], row["slice"]][row["value"]] = row["n"]
    rows = [
        _seen(account, writes[account], counts)
        for account in sorted({account for account, _ in counts})
        if writes.get(account)
    ]
    return _findings([row for row in rows if row["n"] >= limits.least], limits)


def _seen(account: str, language: str, counts: Any) -> dict[str, Any]:
    """What the larger slice of an account's audience speaks."""
    slices = {part: counts.get((account, part), {}) for part in ("commenters", "followers")}
    part = max(slices, key=lambda name: sum(slices[name].values()))
    n = sum(slices[part].values())
    return {
        "account_id": account, "n": float(n),
        "foreign": float(n - slices[part].get(language, 0)),
        "compared_with": f"{part}, {language}",
    }  # fmt: skip


def _findings(rows: list[dict[str, Any]], limits: AudienceLanguage) -> pa.Table:
    n = np.array([row["n"] for row in rows], np.float64)
    found = uncorrected(np.array([row["foreign"] for row in rows], np.float64), n)
    sampled = Sampled(
        [row["account_id"] for row in rows], n, [row["compared_with"] for row in rows]
    )
    points = graded(found.low - limits.common, limits.full - limits.common, limits.most)
    return share_rows(sampled, found, np.full(len(n), limits.common), points)
