"""The posts of the vetted accounts that show a sign of payment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.text.tags import links, mentions
from mawj.vet.disclosure.links import host_of, site_of
from mawj.vet.disclosure.places import best_place, platform_of
from mawj.vet.disclosure.signs import Signs, all_signs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_READ = (
    "post_id", "account_id", "platform", "published_at", "language", "text", "is_labelled_ad",
    "reply_to_account_id",
)  # fmt: skip
_PARTS = re.compile(r"[\W_]+")
_BY_LINK = ("affiliate_link", "tracked_link", "shop_link")
_MOST_QUOTED = 300


@dataclass(frozen=True)
class PaymentSigns:
    """How much each sign says that a post is paid for, and from where it counts as paid.

    Several signs are joined as independent ones: 1 - product of (1 - strength). All figures
    are our judgement: what is said outright counts near 1, what ordinary posts show too little.

    Attributes:
        paid_from: strength from which a post counts as paid.
        least: strength from which a post is kept at all.
        label: the platform's own label.
        ad: words that say advertisement.
        affiliate: words for affiliate links.
        commission: words for a commission.
        support: purchases that support the author.
        gifted: words for something given.
        code: a discount code.
        affiliate_link: a link of an affiliate programme.
        tracked_link: a link that may be one.
        policy_link: a link to a page of disclosures.
        discount: talk of a discount code that is not shown.
        vague: words such as "with" or "thanks to" a brand.
        buy: a call to buy.
        shop_link: a link to any site of others.
    """

    paid_from: float = 0.75
    least: float = 0.45
    label: float = 1.0
    ad: float = 0.97
    affiliate: float = 0.95
    commission: float = 0.9
    support: float = 0.85
    gifted: float = 0.75
    code: float = 0.8
    affiliate_link: float = 0.8
    tracked_link: float = 0.4
    policy_link: float = 0.5
    discount: float = 0.35
    vague: float = 0.4
    buy: float = 0.25
    shop_link: float = 0.2

    def of(self, kinds: set[str]) -> dict[str, float]:
        """Strength of each kind of sign that says something of payment."""
        said = {kind: getattr(self, kind, 0.0) for kind in kinds}
        return {kind: strength for kind, strength in said.items() if strength > 0}


def sponsored_posts(
    vet_subjects: pa.Table, vet_posts: pa.RecordBatchReader, *, payment_signs: PaymentSigns
) -> Iterator[pa.RecordBatch]:
    """One own post that shows a sign of payment: one row per post, batch by batch.

    Reads:
        The posts last: a stream of them ends when another table is read.
        vet_posts: text, language, is_labelled_ad. vet_subjects: bio; a site named there is
            the account's own and no sign.

    Returns:
        The declared columns. Answers to others are left out. A post whose author says that
        they paid themselves is kept where it names a brand, however weak the signs. A denial
        does away with weak signs, never with a code, an affiliate link or the label.

    Nulls:
        `disclosed` is unknown where no words disclose, the platform has a label, and the
        source does not say whether it is set: that is not held against the account.
    """
    own = _own_sites(vet_subjects)
    schema = TABLES["sponsored_posts"].schema
    for batch in vet_posts:
        posts = pa.Table.from_batches([batch]).select(list(_READ)).to_pylist()
        found = all_signs([p["text"] for p in posts], [p["language"] for p in posts])
        rows = [
            row
            for post, signs in zip(posts, found, strict=True)
            if (row := _row(post, signs, payment_signs, own))
        ]
        if rows:
            yield from pa.Table.from_pylist(rows, schema=schema).to_batches()


def _own_sites(subjects: pa.Table) -> Mapping[str, frozenset[str]]:
    return {
        row["account_id"]: frozenset(site_of(host_of(url)) for url in links(row["bio"] or ""))
        for row in subjects.select(["account_id", "bio"]).to_pylist()
    }


def _row(
    post: dict[str, Any],
    signs: Signs,
    weights: PaymentSigns,
    own: Mapping[str, frozenset[str]],
) -> dict[str, Any] | None:
    """The row of one post; None where it shows too little, or answers somebody else."""
    if post["reply_to_account_id"] not in (None, post["account_id"]):
        return None
    text = post["text"] or ""
    kept = _of_others(signs, own.get(post["account_id"], frozenset()))
    kinds = {sign.kind for sign in kept.found}
    if post["is_labelled_ad"]:
        kinds.add("label")
    strengths = weights.of(kinds)
    if signs.is_denied and not kinds & {"label", "code", "affiliate_link"}:
        strengths = {k: s for k, s in strengths.items() if s >= weights.paid_from}
    strength = 1.0 - prod(1.0 - s for s in strengths.values())
    brand = brand_of(text, kept)
    is_own_money = "own_money" in kinds
    if strength < weights.least and not (is_own_money and brand):
        return None
    return {
        **{name: post[name] for name in _READ[:5]},
        "sign": max(strengths, key=lambda k: (strengths[k], k), default="own_money"),
        "signs": sorted(kinds),
        "strength": strength,
        "is_paid": strength >= weights.paid_from,
        **disclosure_of(text, signs, post["platform"], post["is_labelled_ad"]),
        "is_denied": signs.is_denied,
        "is_own_money": is_own_money,
        "is_review": "review" in kinds,
        "has_drawback": "drawback" in kinds,
        "brand": brand,
        "code": next((sign.wording for sign in kept.of("code")), None),
        "quote": text[:_MOST_QUOTED] or None,
    }


def _of_others(signs: Signs, own: frozenset[str]) -> Signs:
    """The signs without links to the account's own sites."""
    return Signs(
        tuple(
            s for s in signs.found if s.by != "link" or site_of(host_of(s.wording)) not in own
        )
    )


def disclosure_of(
    text: str, signs: Signs, platform: str | None, is_labelled: bool | None
) -> dict[str, Any]:
    """How one post tells its reader of a payment: disclosed, disclosed_by, place, wording."""
    said, vague = signs.disclosures, signs.of("vague", "policy_link")
    if is_labelled and said:
        by = "both"
    elif is_labelled:
        by = "label"
    else:
        by = "words" if said else ""
    if by:
        disclosed = "yes"
    elif is_labelled is None and platform_of(platform).has_label:
        disclosed = "unknown"
    else:
        disclosed = "vague" if vague else "no"
    return {
        "disclosed": disclosed,
        "disclosed_by": by or None,
        "place": best_place(text, said, platform),
        "wording": next((sign.wording for sign in (*said, *vague)), None),
    }


def brand_of(text: str, signs: Signs) -> str | None:
    """What is advertised: the first site linked to that is a shop's, else the first handle."""
    for kind in _BY_LINK:
        for sign in signs.of(kind):
            name = _named(site_of(host_of(sign.wording)))
            if name:
                return name
    return next((_named(handle) for handle in mentions(text)), None)


def _named(name: str) -> str | None:
    return _PARTS.sub("-", name.lower()).strip("-") or None
