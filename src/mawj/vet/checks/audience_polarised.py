"""Whether the audience of a political account falls into two camps, before and after a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import scipy.sparse as sp

from mawj.graph.controversy import controversy, shuffled
from mawj.vet.check_rows import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = {"en": "polarised audience", "ar": "جمهور مستقطَب", "fa": "مخاطب دوقطبی"}
TEXT = {
    "en": "Random-walk controversy of its audience is {observed} (90 % interval {observed_low} to {observed_high}); the same people without camps would give {expected}. Before and after the date: {compared_with}.",
    "ar": "مؤشر الاستقطاب في جمهوره (بالسير العشوائي) {observed} (مجال الثقة 90٪ من {observed_low} إلى {observed_high})؛ والقيمة المتوقعة للأشخاص أنفسهم بلا معسكرين {expected}. قبل التاريخ وبعده: {compared_with}.",
    "fa": "شاخص دوقطبی بودنِ مخاطبش (گام تصادفی) {observed} است (بازهٔ ۹۰٪ از {observed_low} تا {observed_high})؛ برای همین افراد بدون دو اردوگاه {expected} انتظار می‌رفت. پیش و پس از تاریخ: {compared_with}.",
}
ABOUT = {
    "ar": "ينظر في ما يفعله الجمهور مع حسابات أخرى، لا مع الحساب نفسه، ويقسمه إلى نصفين بأقل روابط بينهما، ثم يقيس هل يبقى السائر عشوائيًا في نصفه (Garimella وآخرون 2018). قد يكون الانقسام غير سياسي، لذا لا تُحتسب نقاط إلا لحساب له منشورات سياسية.",
    "fa": "به رفتار مخاطبان با حساب‌های دیگر (نه خود حساب) نگاه می‌کند، آن‌ها را با کمترین پیوند به دو نیمه می‌برد و می‌سنجد آیا گام تصادفی در نیمهٔ خودش می‌ماند (گاریملا و همکاران ۲۰۱۸). این شکاف شاید سیاسی نباشد؛ برای همین فقط برای حسابی که پست سیاسی دارد امتیاز داده می‌شود.",
}
CHECK = Check(
    "risk", "audience_polarised", "controversy score", "interactions, comments, posts",
    "audience-polarised-1", 8.0,
)  # fmt: skip
PERIODS = ("before", "after")


@dataclass(frozen=True)
class AudiencePolarised:
    """When an audience is called polarised.

    Attributes:
        least_people: people with ties in a period that a score needs; our judgement.
        least_ties: ties that it needs; our judgement.
        least_political: political posts of the account below which nothing is measured,
            since a split need not be a political one; our judgement.
        from_excess: what the lower end must lie above the score without camps; our judgement.
        full_excess: where all points for the level are given; our judgement.
        level_points, rise_points: points for the level, and where the score after the date
            surely lies above the one before; our judgement.
        draws: times the people are drawn again for the interval; our judgement.
        shuffles: graphs without camps that are compared with; our judgement.
        hubs_share: nodes of each half at which walks end; a tenth, our judgement (the source
            takes ten of each side).
        least_half: least part of the people in a half; our judgement.
        most_accounts: accounts of one vetting that are looked at, those with most political
            posts and most ties: about a second each; our judgement.
    """

    least_people: int = 40
    least_ties: int = 120
    least_political: int = 5
    from_excess: float = 0.1
    full_excess: float = 0.5
    level_points: float = 4.0
    rise_points: float = 4.0
    draws: int = 20
    shuffles: int = 5
    hubs_share: float = 0.1
    least_half: float = 0.25
    most_accounts: int = 200


def audience_polarised(
    audience_ties: pa.Table,
    political_signs: pa.Table,
    *,
    polarised_limits: AudiencePolarised,
    seed: int,
) -> pa.Table:
    """Random-walk controversy of the audience's ties to third accounts, before and after a date.

    A sample of those who acted on the account, beside the third accounts that they acted on, is
    cut into the two halves with fewest ties between them (Dhillon 2001); the score says whether
    who starts in one half ends at its own hubs (Garimella et al. 2018). Held against the same
    people with their ties dealt out anew. A split need not be political, so only accounts
    with political posts are measured, the others are clear; too few ties are not assessed. The
    date is the setting `split_on`, else the middle of the account's time.
    """
    limits = polarised_limits
    political = _political(political_signs)
    every = sorted(_by_account(audience_ties), key=lambda one: (-political.get(one[0], 0), -len(one[1]), one[0]))  # fmt: skip
    is_political = {a for a, n in political.items() if n >= limits.least_political}
    looked_at = [one for one in every if one[0] in is_political][: limits.most_accounts]
    made = [
        row
        for account, ties in looked_at
        if (row := _row(ties, account, limits, seed)) is not None
    ]
    made += [
        {"account_id": account, "contribution": 0.0}
        for account, ties in every
        if account not in is_political and _is_enough(ties, limits)
    ]
    return pa.Table.from_pylist(made, schema=pa.schema(_FIELDS))


_FIELDS: list[Any] = [
        pa.field("account_id", pa.string()), pa.field("observed", pa.float64()), pa.field("expected", pa.float64()),
        pa.field("observed_low", pa.float64()), pa.field("observed_high", pa.float64()),
        pa.field("sample_size", pa.float64()), pa.field("compared_with", pa.string()),
        pa.field("contribution", pa.float64()),
]  # fmt: skip


def _political(signs: pa.Table) -> dict[str, int]:
    posts: dict[str, set[str]] = {}
    for row in signs.select(["account_id", "post_id", "is_political"]).to_pylist():
        if row["is_political"]:
            posts.setdefault(row["account_id"], set()).add(row["post_id"])
    return {account: len(found) for account, found in posts.items()}


def _by_account(ties: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    ordered = ties.sort_by(
        [(name, "ascending") for name in ("account_id", "period", "actor_id", "target_id")]
    )
    accounts = ordered["account_id"].to_numpy(zero_copy_only=False)
    if not len(accounts):
        return
    starts = np.flatnonzero(np.append(True, accounts[1:] != accounts[:-1]))
    for start, end in zip(starts, [*starts[1:], len(accounts)], strict=True):
        yield str(accounts[start]), ordered.slice(int(start), int(end - start))


def _row(
    ties: pa.Table, account: str, limits: AudiencePolarised, seed: int
) -> dict[str, Any] | None:
    before, after = (_scored(ties, period, limits, seed) for period in PERIODS)
    now = after or before
    if now is None:
        return None
    span = limits.full_excess - limits.from_excess
    level = (now["low"] - now["expected"] - limits.from_excess) / span
    points = limits.level_points * min(max(level, 0.0), 1.0)
    if before and after and after["low"] > before["high"] and level > 0:
        points += limits.rise_points
    told = " → ".join("–" if one is None else f"{one['score']:.2f}" for one in (before, after))
    return {
        "account_id": account, "observed": now["score"], "expected": now["expected"],
        "observed_low": now["low"], "observed_high": now["high"],
        "sample_size": float(now["n_people"]), "compared_with": told, "contribution": points,
    }  # fmt: skip


def _is_enough(ties: pa.Table, limits: AudiencePolarised) -> bool:
    """Whether a score could be made of the ties of one period at least."""
    matrices = (_matrix(ties.filter(np.asarray(ties["period"]) == p)) for p in PERIODS)
    return any(
        m.shape[0] >= limits.least_people and m.nnz >= limits.least_ties for m in matrices
    )


def _scored(
    ties: pa.Table, period: str, limits: AudiencePolarised, seed: int
) -> dict[str, float] | None:
    """The score of one period with its interval, and what no camps would give."""
    matrix = _matrix(ties.filter(np.asarray(ties["period"]) == period))
    if matrix.shape[0] < limits.least_people or matrix.nnz < limits.least_ties:
        return None
    score = _score(matrix, limits)
    if score is None:
        return None
    random = np.random.default_rng(seed)
    n = matrix.shape[0]
    drawn = [_score(_again(matrix, random.integers(n, size=n)), limits) for _ in range(limits.draws)]  # fmt: skip
    mixed = [_score(shuffled(matrix, random), limits) for _ in range(limits.shuffles)]
    known = [one for one in drawn if one is not None] or [score]
    low, high = np.quantile(known, [0.05, 0.95])
    chance = [one for one in mixed if one is not None] or [0.0]
    return {
        "score": score, "low": float(min(low, score)), "high": float(max(high, score)),
        "expected": float(np.mean(chance)), "n_people": n,
    }  # fmt: skip


def _matrix(ties: pa.Table) -> Any:
    """People by third accounts; accounts that one person alone acts on tie nobody together."""
    if ties.num_rows == 0:
        return sp.csr_matrix((0, 0))
    people, person = np.unique(
        ties["actor_id"].to_numpy(zero_copy_only=False), return_inverse=True
    )
    third, target = np.unique(
        ties["target_id"].to_numpy(zero_copy_only=False), return_inverse=True
    )
    # The root: who comments a hundred times is not a hundred people.
    weight = np.sqrt(ties["n_acts"].to_numpy().astype(np.float64))
    matrix = sp.csr_matrix((weight, (person, target)), shape=(len(people), len(third)))
    return _tight(matrix)


def _tight(matrix: Any) -> Any:
    matrix = matrix[:, np.flatnonzero(matrix.getnnz(axis=0) > 1)]
    return matrix[np.flatnonzero(matrix.getnnz(axis=1) > 0)]


def _again(matrix: Any, drawn: Any) -> Any:
    """People drawn with replacement: who is drawn twice weighs twice."""
    people, times = np.unique(drawn, return_counts=True)
    return _tight(sp.csr_matrix(sp.diags(times.astype(np.float64)) @ matrix[people]))


def _score(matrix: Any, limits: AudiencePolarised) -> float | None:
    if min(matrix.shape) < 2:
        return None
    return controversy(matrix, least_share=limits.least_half, hubs_share=limits.hubs_share)
