"""Disclosures that fall short of what the account's country asks for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.vet.check_rows import Check
from mawj.vet.disclosure.lacking import Draft, shows_permit, what_is_missing
from mawj.vet.disclosure.rules import rule_of

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = {
    "en": "disclosure rules of the country",
    "ar": "قواعد الإفصاح في البلد",
    "fa": "قواعد اعلام تبلیغ در کشور",
}
TEXT = {
    "en": "Of {sample_size} posts that tell of a payment, {observed} do it in a way that the rules of the country ({compared_with}) do not accept.",
    "ar": "من {sample_size} منشورات تُفصح عن الدفع، {observed} تفعل ذلك بطريقة لا تقبلها قواعد البلد ({compared_with}).",
    "fa": "از {sample_size} پستی که پرداخت را می‌گویند، {observed} به شکلی است که قواعد کشور ({compared_with}) نمی‌پذیرد.",
}
ABOUT = {
    "ar": "يفحص المنشورات المدفوعة المُفصح عنها وفق قواعد بلد الحساب: كلمات مقبولة، مكان مبكر، لا بين الوسوم، وتصريح "
    "حيث يلزم. ما لا يُفصح عنه أصلًا يُحسب في فحص آخر. القواعد كما فهمناها من نصوص عامة مذكورة بتاريخها، وليست استشارة قانونية.",
    "fa": "پست‌های پولیِ اعلام‌شده را با قواعد کشورِ حساب می‌سنجد: واژهٔ پذیرفته، جای زودهنگام، نه میان هشتگ‌ها، و مجوز جایی که لازم است. "
    "آنچه اصلاً اعلام نشده در بررسی دیگری می‌آید. قواعد برداشت ما از متن‌های عمومیِ نام‌برده با تاریخ است و مشورت حقوقی نیست.",
}
CHECK = Check(
    "brand_safety", "disclosure_rules", "share of disclosed posts",
    "accounts (country), posts (text)", "disclosure-rules-1", 8.0,
)  # fmt: skip


@dataclass(frozen=True)
class DisclosureRules:
    """When disclosures are said to fall short, and how much it takes.

    Attributes:
        least_posts: disclosed posts that a share needs; our judgement.
        usual_share: share that falls short up to which nothing is taken; our judgement.
        points: most points taken; our judgement.
    """

    least_posts: int = 3
    usual_share: float = 0.2
    points: float = 8.0


def disclosure_rules(
    vet_subjects: pa.Table, paid_texts: pa.Table, *, disclosure: DisclosureRules
) -> pa.Table:
    """Paid posts whose disclosure the rules of the account's country do not accept.

    Asked are accepted words, early enough, not among many hashtags, and a permit where the
    country has one (its number is looked for in the bio and the posts; where it is not found
    the permit is not assessed, for it may be kept in a register). Posts without any
    disclosure count in another check. The rules are what we understood of public texts,
    named with their dates; no legal advice.
    """
    posts = _by_account(paid_texts)
    found = [
        row
        for subject in vet_subjects.to_pylist()
        if subject["country"] and rule_of(subject["country"]).known != "no"
        for row in _rows(subject, posts[subject["account_id"]], disclosure)
    ]
    return pa.Table.from_pylist(found, schema=_SCHEMA)


_FIELDS: list[tuple[str, Any]] = [
    ("account_id", pa.string()),
    ("about", pa.string()),
    ("observed", pa.float64()),
    ("expected", pa.float64()),
    ("sample_size", pa.int64()),
    ("compared_with", pa.string()),
    ("missing", pa.string()),
    ("contribution", pa.float64()),
]
_SCHEMA = pa.schema(_FIELDS)


def _by_account(paid_texts: pa.Table) -> defaultdict[str, list[dict[str, Any]]]:
    posts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for post in paid_texts.to_pylist():
        posts[post["account_id"]].append(post)
    return posts


def _rows(
    subject: dict[str, Any], posts: list[dict[str, Any]], limits: DisclosureRules
) -> Iterator[dict[str, Any]]:
    rule = rule_of(subject["country"])
    said = [post for post in posts if post["disclosed"] in ("yes", "vague")]
    fixed = {"account_id": subject["account_id"], "compared_with": rule.name["en"]}
    if not posts:
        yield fixed | {"about": rule.country, "contribution": 0.0, "sample_size": 0}
    elif len(said) >= limits.least_posts:
        share = sum(map(bool, (_short(p, rule.country) for p in said))) / len(said)
        over = max(0.0, share - limits.usual_share) / (1.0 - limits.usual_share)
        yield fixed | {
            "about": rule.country,
            "observed": share,
            "expected": 0.0,
            "sample_size": len(said),
            "contribution": -limits.points * over,
        }
    for permit in rule.permits if posts else ():
        texts = (subject["bio"], *(post["text"] for post in posts))
        is_shown = any(shows_permit(text, permit) for text in texts)
        yield fixed | {
            "about": permit.id,
            "sample_size": len(posts),
            "missing": permit.name["en"],
            "contribution": 0.0 if is_shown else None,
        }


def _short(post: dict[str, Any], country: str) -> tuple[str, ...]:
    """What the disclosure of one post lacks; permits apart."""
    draft = Draft(
        post["text"] or "", post["platform"], post["language"], post["is_labelled_ad"]
    )
    missing = what_is_missing(draft, country)
    return tuple(m.kind for m in missing if m.is_required and m.kind != "permit_missing")


def evidence(vet_subjects: pa.Table, paid_texts: pa.Table) -> pa.Table:
    """The disclosed posts that fall short, with what each lacks."""
    countries = dict(
        zip(
            vet_subjects["account_id"].to_pylist(),
            vet_subjects["country"].to_pylist(),
            strict=True,
        )
    )
    shown = []
    for post in paid_texts.to_pylist():
        rule = rule_of(countries.get(post["account_id"]))
        lacking = _short(post, rule.country) if rule.known != "no" else ()
        if lacking and post["disclosed"] in ("yes", "vague"):
            quote = f"[{', '.join(lacking)}] {post['text'] or ''}"
            shown.append(
                {
                    "account_id": post["account_id"], "about": rule.country, "kind": "post",
                    "evidence_id": post["post_id"], "amount": float(len(lacking)),
                    "at": post["published_at"], "quote": quote,
                }
            )  # fmt: skip
    return pa.Table.from_pylist(shown, schema=_SHOWN)


_SHOWN = pa.schema(
    [(name, pa.string()) for name in ("account_id", "about", "kind", "evidence_id", "quote")]
    + [("amount", pa.float64()), ("at", pa.timestamp("us", "UTC"))]
)
