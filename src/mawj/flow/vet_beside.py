"""What a report shows beside its scores: brands advertised, writing, the brand's own claims.

None of it moves a score by itself; checks that read the same tables do.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import expm1
from typing import TYPE_CHECKING, Any

from mawj.flow.sentences import isolated, number, percent, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    import pyarrow as pa

BESIDE = ("brand_history", "writing_style", "brand_contradictions")
"""The tables of a vetting that are shown beside its findings."""

MOST_BRANDS = 8
"""Brands shown of an account, the latest first; a checklist, not an archive. Our judgement."""

SPREADS = 0.5
"""Spreads by which a trait must differ on both sides of the strongest change to be told so;
half of one is a medium difference (Cohen 1988)."""

TRAITS = {
    "words": "words", "emoji": "in_ten", "hashtags": "in_ten", "mentions": "in_ten",
    "links": "in_ten", "exclamations": "in_ten", "question_marks": "in_ten",
    "latin_letters": "share",
}  # fmt: skip
"""The traits that a reader can picture, in order of display, with what each is counted in."""


@dataclass(frozen=True)
class BrandSeen:
    """One brand that an account advertised; see `brand_history`."""

    brand: str
    first_at: datetime | None
    last_at: datetime | None
    n_posts: int
    n_paid: int
    disclosed_share: float | None


@dataclass(frozen=True)
class TraitSeen:
    """One trait of how an account writes, in units that a reader can picture.

    Attributes:
        trait: one of TRAITS; counted_in: words of a post, signs in ten words, or a share.
        value: over all posts read; before, after: on both sides of the strongest change, None
            where they hardly differ or there is none.
    """

    trait: str
    counted_in: str
    value: float
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Beside:
    """What is shown of one account beside its scores; `n_brands` counts those not shown too."""

    brands: tuple[BrandSeen, ...] = ()
    n_brands: int = 0
    style: tuple[TraitSeen, ...] = ()


NOTHING_BESIDE = Beside()


def beside_of(tables: Mapping[str, pa.Table], ids: Sequence[str]) -> Mapping[str, Beside]:
    """What is shown beside the scores of each of `ids`."""
    brands = _of(tables, "brand_history", ids)
    style = _of(tables, "writing_style", ids)
    return {
        one: Beside(_brands(brands[one])[:MOST_BRANDS], len(brands[one]), _style(style[one]))
        for one in ids
    }


def contradicted(tables: Mapping[str, pa.Table]) -> tuple[Mapping[str, str], ...]:
    """Rows of the brand's claims that its own facts contradict."""
    held = (
        tables["brand_contradictions"].to_pylist() if "brand_contradictions" in tables else []
    )
    return tuple(row for row in held if row["status"] == "contradicted")


def trait_name(one: TraitSeen, language: str) -> str:
    """What a trait is called."""
    return say(language, "style", one.trait)


def trait_value(one: TraitSeen, language: str) -> str:
    """How much of a trait there is, and how it differs before and after a change."""
    value = isolated(_amount(one, one.value, language))
    if one.before is None or one.after is None:
        return value
    sides = {
        "before": isolated(_amount(one, one.before, language)),
        "after": isolated(_amount(one, one.after, language)),
    }
    return say(language, "style", "changed", value=value, **sides)


def brand_cells(one: BrandSeen, language: str) -> dict[str, str]:
    """The cells of one brand's row: name, dates, posts, how many paid, how many disclosed."""
    days = dict.fromkeys(f"{at:%Y-%m-%d}" for at in (one.first_at, one.last_at) if at)
    return {
        "brand": isolated(one.brand),
        "dates": isolated(" – ".join(days)) if days else "–",
        "posts": number(one.n_posts, language, 0),
        "paid": number(one.n_paid, language, 0),
        "disclosed": percent(one.disclosed_share, language, 0),
    }


def _amount(one: TraitSeen, value: float, language: str) -> str:
    if one.counted_in == "share":
        return percent(value, language, 0)
    return number(value, language, 0 if one.counted_in == "words" else 1)


def _of(
    tables: Mapping[str, pa.Table], name: str, ids: Sequence[str]
) -> Mapping[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    wanted = set(ids)
    for row in tables[name].to_pylist() if name in tables else []:
        if row["account_id"] in wanted:
            found[row["account_id"]].append(row)
    return found


def _brands(rows: list[dict[str, Any]]) -> tuple[BrandSeen, ...]:
    """The latest first; brands of which no post has a date last."""
    seen = [
        BrandSeen(**{name: row[name] for name in BrandSeen.__annotations__}) for row in rows
    ]
    dated = sorted(
        (one for one in seen if one.last_at), key=lambda b: (b.last_at, b.brand), reverse=True
    )
    return (*dated, *sorted((one for one in seen if not one.last_at), key=lambda b: b.brand))


def _style(rows: list[dict[str, Any]]) -> tuple[TraitSeen, ...]:
    found = {row["trait"]: row for row in rows}
    return tuple(
        _trait(found[name], counted) for name, counted in TRAITS.items() if name in found
    )


def _trait(row: dict[str, Any], counted_in: str) -> TraitSeen:
    is_changed = abs(row["difference"] or 0.0) >= SPREADS
    before, after = (
        _pictured(row[side], counted_in) if is_changed else None for side in ("before", "after")
    )
    return TraitSeen(
        row["trait"], counted_in, _pictured(row["average"], counted_in), before, after
    )


def _pictured(value: float, counted_in: str) -> float:
    """A trait's average turned back: words are measured by logarithms, counts by roots."""
    if counted_in == "words":
        return expm1(value)
    return value * value if counted_in == "in_ten" else value
