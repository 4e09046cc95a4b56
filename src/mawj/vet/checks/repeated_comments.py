"""The same words again and again under the posts of the account."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from mawj.vet.check_rows import Check
from mawj.vet.copies import letters_of, same_groups
from mawj.vet.shares import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute

NAME = {"en": "repeated comments", "ar": "تعليقات مكررة", "fa": "نظرهای تکراری"}
TEXT = {
    "en": "{observed} of the longer comments read say nearly the same as another one; nearly all accounts of the language stay below {expected}.",
    "ar": "{observed} من التعليقات الطويلة المقروءة تكاد تطابق تعليقًا آخر؛ وتبقى جميع الحسابات باللغة نفسها تقريبًا دون {expected}.",
    "fa": "{observed} از نظرهای بلندترِ خوانده‌شده تقریبا همان حرفِ نظری دیگرند؛ نزدیک به همهٔ حساب‌های هم‌زبان کمتر از {expected} دارند.",
}
ABOUT = {
    "ar": "يبحث عن تعليقات طويلة تكاد تتطابق، من كتّاب مختلفين أو من كاتب واحد تحت منشورات عدة، فالتعليقات المبيعة والآلية تُنسخ من قوائم. "
    "والأدعية والشعارات والنكات المتداولة تتكرر أيضًا؛ لذا يُقارن بحسابات اللغة نفسها، ولا تُحسب التعليقات القصيرة. تُقرأ عينة عشوائية من التعليقات.",
    "fa": "نظرهای بلندی را می‌جوید که تقریبا یکسان‌اند، چه از نویسنده‌های گوناگون و چه از یک نفر زیر چند پست؛ نظر فروشی و خودکار از فهرست رونویسی می‌شود. "
    "دعا، شعار و شوخیِ رایج هم تکرار می‌شود، پس با حساب‌های هم‌زبان مقایسه می‌شود و نظرهای کوتاه به حساب نمی‌آیند. نمونه‌ای تصادفی از نظرها خوانده می‌شود.",
}
CHECK = Check(
    "credibility", "repeated_comments", "share of comments", "comments", "repeated-comments-1",
    12.0,
)  # fmt: skip


@dataclass(frozen=True)
class RepeatedComments:
    """When comments are called repeated.

    Attributes:
        compared: comments of each account that are compared with one another, at most: how
            many repeat grows with their number, so it is the same for peers; our judgement.
        least_letters: letters of a comment that is compared; 24, about five words: shorter
            ones are alike by nature. Our judgement.
        least_long: such comments that the check needs; our judgement.
        least_peers: accounts of the same language that a comparison needs; our judgement.
        floor: share up to which nothing is said, whatever peers get; our judgement.
        full: share above the line at which all points are taken; our judgement.
        points: most points taken; our judgement.
    """

    compared: int = 100
    least_letters: int = 24
    least_long: int = 20
    least_peers: int = 20
    floor: float = 0.3
    full: float = 0.4
    points: float = 12.0


@dataclass
class _Said:
    """The compared comments of one account, and the groups of them that are alike."""

    language: str | None
    is_subject: bool
    is_peer: bool
    n_long: int
    groups: list[list[dict[str, Any]]]

    @property
    def n_again(self) -> int:
        return sum(len(group) for group in self.groups)


def repeated_comments(comment_sample: pa.Table, *, repeated: RepeatedComments) -> pa.Table:
    """Longer comments that say nearly what another says, against accounts of the language.

    Sold and automatic comments are copied from lists, by many authors or by one under many
    posts. Prayers, slogans and jokes of the day are repeated too, so the line is what nearly
    all peers stay below. Of each account a random few are compared.
    """
    said = _said(comment_sample, repeated)
    lines = _lines(said, repeated)
    rows = []
    for account, found in said.items():
        if found.is_subject and found.n_long >= repeated.least_long:
            line, n_peers = lines.get(found.language, (repeated.floor, 0))
            low, high = wilson([found.n_again], [found.n_long])
            share = found.n_again / found.n_long
            severity = min(max((float(low[0]) - line) / repeated.full, 0.0), 1.0)
            rows.append(
                {
                    "account_id": account, "observed": share, "expected": line,
                    "observed_low": min(float(low[0]), share),
                    "observed_high": max(float(high[0]), share),
                    "sample_size": found.n_long,
                    "compared_with": f"{found.language} ({n_peers})" if n_peers else "",
                    "contribution": -repeated.points * severity,
                }
            )  # fmt: skip
    return pa.Table.from_pylist(rows, schema=pa.schema(_COLUMNS))


_NUMBERS = ("observed", "expected", "observed_low", "observed_high", "contribution")
_COLUMNS: dict[str, Any] = {
    "account_id": pa.string(),
    **dict.fromkeys(_NUMBERS, pa.float64()),
    "sample_size": pa.int64(),
    "compared_with": pa.string(),
}


def _said(comment_sample: pa.Table, limits: RepeatedComments) -> dict[str, _Said]:
    few = comment_sample.filter(pc.less_equal(comment_sample["place"], limits.compared))
    by_account: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in few.to_pylist():
        by_account[row["account_id"]].append(row)
    return {account: _of_account(rows, limits) for account, rows in by_account.items()}


def _of_account(rows: list[dict[str, Any]], limits: RepeatedComments) -> _Said:
    rows = sorted(rows, key=lambda row: row["place"])
    texts = [row["text"][:2_000] for row in rows]
    n_long = sum(len(key) >= limits.least_letters for key in letters_of(texts))
    groups = same_groups(texts, limits.least_letters)
    first = rows[0]
    return _Said(
        first["account_language"], first["is_subject"], first["is_peer"], n_long,
        [[rows[place] for place in group] for group in groups],
    )  # fmt: skip


def _lines(
    said: Mapping[str, _Said], limits: RepeatedComments
) -> dict[str | None, tuple[float, int]]:
    """The share that one in twenty peers exceeds, and how many peers, by language."""
    shares: dict[str | None, list[float]] = defaultdict(list)
    for found in said.values():
        if found.is_peer and found.n_long >= limits.least_long:
            shares[found.language].append(found.n_again / found.n_long)
    return {
        language: (max(float(np.quantile(peers, 0.95)), limits.floor), len(peers))
        for language, peers in shares.items()
        if len(peers) >= limits.least_peers
    }


def evidence(comment_sample: pa.Table, *, repeated: RepeatedComments) -> pa.Table:
    """The comments that are repeated most: one of each, with how many say it."""
    rows = [
        {
            "account_id": account, "kind": "comment", "evidence_id": group[0]["comment_id"],
            "amount": float(len(group)), "at": group[0]["published_at"],
            "quote": group[0]["text"][:400],
        }
        for account, found in _said(
            comment_sample.filter(comment_sample["is_subject"]), repeated
        ).items()
        for group in found.groups
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=pa.schema(_SHOWN))


_SHOWN: dict[str, Any] = {
    **dict.fromkeys(("account_id", "kind", "evidence_id", "quote"), pa.string()),
    "amount": pa.float64(),
    "at": pa.timestamp("us", "UTC"),
}
