"""Advertising that goes against what the account states of itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pyarrow as pa

from mawj.vet.check_rows import Check
from mawj.vet.disclosure.values import against, values

NAME = {
    "en": "advertising against its own values",
    "ar": "إعلانات تخالف قيمه المعلنة",
    "fa": "تبلیغ خلاف ارزش‌های خودش",
}
TEXT = {
    "en": "{observed} paid posts go against what it stated of itself ({compared_with}).",
    "ar": "{observed} منشورات مدفوعة تخالف ما أعلنه عن نفسه ({compared_with}).",
    "fa": "{observed} پست تبلیغاتی خلاف چیزی است که دربارهٔ خودش گفته بود ({compared_with}).",
}
ABOUT = {
    "ar": "يجمع ما قاله الحساب عن نفسه في سيرته أو منشوراته (مثل «لا أقبل الإعلانات» أو «أنا نباتي») ثم المنشورات المدفوعة "
    "اللاحقة التي تروّج لما يخالفه. القيم من قائمة مكتوبة بثلاث لغات، ولا يُستنتج منها شيء عن الشخص غير ما قاله.",
    "fa": "آنچه حساب در بیو یا پست‌هایش دربارهٔ خود گفته (مانند «تبلیغ نمی‌گیرم» یا «من وگانم») و پست‌های تبلیغاتیِ پس از آن را که "
    "خلافش را می‌فروشند کنار هم می‌گذارد. ارزش‌ها از فهرستی سه‌زبانه است و جز گفتهٔ خودش چیزی دربارهٔ فرد نتیجه گرفته نمی‌شود.",
}
CHECK = Check(
    "credibility", "stated_values_drift", "posts", "posts (text), accounts (bio)",
    "stated-values-2", 12.0,
)  # fmt: skip
_FIELDS: list[tuple[str, Any]] = [
    ("account_id", pa.string()),
    ("about", pa.string()),
    ("observed", pa.float64()),
    ("sample_size", pa.int64()),
    ("compared_with", pa.string()),
    ("contribution", pa.float64()),
]
_SCHEMA = pa.schema(_FIELDS)  # fmt: skip
_SHOWN = pa.schema(
    [(name, pa.string()) for name in ("account_id", "about", "kind", "evidence_id", "quote")]
    + [("amount", pa.float64()), ("at", pa.timestamp("us", "UTC"))]
)


@dataclass(frozen=True)
class ValuesDrift:
    """How much advertising against one's own values takes.

    Attributes:
        full_posts: such posts at which all points are taken; our judgement.
        grace_days: days after a statement in which a post is not held against it; ours.
        points: most points taken, shared among the values that are gone against; ours.
    """

    full_posts: float = 3.0
    grace_days: float = 1.0
    points: float = 12.0


def stated_values_drift(
    ad_counts: pa.Table,
    stated_values: pa.Table,
    paid_texts: pa.Table,
    *,
    values_drift: ValuesDrift,
) -> pa.Table:
    """Paid posts that go against what the account stated of itself before, in bio or posts.

    Such as an advertisement after "I never do ads", or a steakhouse after "I am vegan". The
    values stand in a list of ours in three languages; nothing is concluded about the person
    but what they said. A bio holds at any time, a post for what comes after it.
    """
    breaks = _breaks(stated_values, paid_texts, values_drift)
    by_account: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for found in breaks:
        by_account[found["account_id"]][found["value"]].add(found["post_id"])
    rows = []
    for account in ad_counts.to_pylist():
        broken = by_account.get(account["account_id"], {})
        fixed = {"account_id": account["account_id"], "sample_size": account["n_paid"]}
        if not broken:
            rows.append({**fixed, "about": "", "contribution": 0.0})
        for value, posts in broken.items():
            severity = min(1.0, len(posts) / values_drift.full_posts) / len(broken)
            rows.append(
                {
                    **fixed,
                    "about": value,
                    "observed": float(len(posts)),
                    "compared_with": values()[value].name["en"],
                    "contribution": -values_drift.points * severity,
                }
            )
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def _breaks(stated: pa.Table, paid: pa.Table, limits: ValuesDrift) -> list[dict[str, Any]]:
    """One dict for each paid post and value of its account that it goes against."""
    said: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in stated.to_pylist():
        said[row["account_id"], row["value"]].append(row)
    accounts = {account for account, _ in said}
    posts = [p for p in paid.to_pylist() if p["account_id"] in accounts]
    every_ad = [(value.id, "") for value in values().values() if value.is_against_any_ad]
    found = []
    for post, hits in zip(posts, against([p["text"] for p in posts]), strict=True):
        for value, _ in [*hits, *every_ad]:
            before = _before(said.get((post["account_id"], value), []), post, limits)
            if before:
                found.append({**post, "value": value, "statement": before})
    return found


def _before(
    statements: list[dict[str, Any]], post: dict[str, Any], limits: ValuesDrift
) -> dict[str, Any] | None:
    """The first statement that stood before the post; None where there is none."""
    grace = timedelta(days=limits.grace_days)
    for row in statements:
        is_other = row["post_id"] != post["post_id"]
        in_bio = row["post_id"] is None
        dated = row["at"] is not None and post["published_at"] is not None
        if is_other and (in_bio or (dated and row["at"] + grace <= post["published_at"])):
            return row
    return None


def evidence(
    stated_values: pa.Table, paid_texts: pa.Table, *, values_drift: ValuesDrift
) -> pa.Table:
    """The paid posts, each beside the statement that it goes against."""
    shown = [
        {
            "account_id": found["account_id"], "about": found["value"], "kind": "post",
            "evidence_id": found["post_id"], "amount": found["strength"],
            "at": found["published_at"],
            "quote": f"«{found['statement']['quote'][:80]}» → {(found['text'] or '')[:110]}",
        }
        for found in _breaks(stated_values, paid_texts, values_drift)
    ]  # fmt: skip
    return pa.Table.from_pylist(shown, schema=_SHOWN)
