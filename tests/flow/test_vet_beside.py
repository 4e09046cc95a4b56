"""What stands beside the scores: the latest brands first, traits in pictured units, claims."""

from __future__ import annotations

from datetime import UTC, datetime
from math import log1p
from typing import Any

import pyarrow as pa
import pytest

from mawj.flow.vet_beside import (
    MOST_BRANDS,
    TRAITS,
    beside_of,
    brand_cells,
    contradicted,
    trait_name,
    trait_value,
)
from mawj.tables.declared import TABLES


def day(number: int) -> datetime:
    return datetime(2026, 1, number, tzinfo=UTC)


def table(name: str, *rows: dict[str, Any]) -> dict[str, pa.Table]:
    fields = [pa.field(f.name, f.type) for f in TABLES[name].schema]
    return {name: pa.Table.from_pylist(list(rows), pa.schema(fields))}


def brand(name: str, at: datetime | None, **more: Any) -> dict[str, Any]:
    return {
        "account_id": "x:a", "brand": name, "first_at": at and day(1), "last_at": at,
        "n_posts": 3, "n_paid": 2, "disclosed_share": None, **more,
    }  # fmt: skip


def trait(name: str, average: float, *sides: float) -> dict[str, Any]:
    before, after, difference = sides or (None, None, None)
    return {
        "account_id": "x:a", "trait": name, "n_posts": 30, "average": average,
        "before": before, "after": after, "difference": difference,
    }  # fmt: skip


def test_the_latest_brands_come_first_and_the_rest_are_counted():
    rows = [brand(f"b{n}", day(n + 1)) for n in range(MOST_BRANDS + 2)]
    found = beside_of(table("brand_history", brand("undated", None), *rows), ["x:a", "x:b"])
    assert [one.brand for one in found["x:a"].brands][:2] == ["b9", "b8"]
    assert len(found["x:a"].brands) == MOST_BRANDS
    assert found["x:a"].n_brands == MOST_BRANDS + 3
    assert found["x:b"].brands == ()


def test_a_brand_is_told_with_its_dates_and_what_is_not_known_is_a_dash():
    (one,) = beside_of(table("brand_history", brand("b", day(9))), ["x:a"])["x:a"].brands
    cells = brand_cells(one, "en")
    assert "2026-01-01 – 2026-01-09" in cells["dates"]
    assert (cells["posts"], cells["paid"], cells["disclosed"]) == ("3", "2", "–")
    (other,) = beside_of(table("brand_history", brand("b", None)), ["x:a"])["x:a"].brands
    assert brand_cells(other, "en")["dates"] == "–"


def test_traits_are_told_as_words_signs_and_shares_and_a_change_on_both_sides():
    told = table(
        "writing_style",
        trait("latin_letters", 0.25), trait("emoji", 2.0, 1.0, 2.0, 0.9),
        trait("words", log1p(12), log1p(12), log1p(12), 0.1), trait("colons", 1.0),
    )  # fmt: skip
    style = beside_of(told, ["x:a"])["x:a"].style
    assert [one.trait for one in style] == ["words", "emoji", "latin_letters"]
    words, emoji, latin = (trait_value(one, "en") for one in style)
    assert "12" in words
    assert "before" not in words
    assert all(part in emoji for part in ("4", "before \u20681", "after \u20684"))
    assert "25%" in latin


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_every_trait_shown_has_a_name_in_three_languages(language: str):
    told = table("writing_style", *(trait(name, 0.5) for name in TRAITS))
    names = {trait_name(one, language) for one in beside_of(told, ["x:a"])["x:a"].style}
    assert len(names) == len(TRAITS)


def test_of_claims_only_contradictions_are_shown():
    rows = [
        {"brand_id": "b", "claim_id": status, "says": "we say", "about": "own",
         "condition": "c", "status": status, "observed": None, "expected": None,
         "missing": ""}
        for status in ("contradicted", "holds", "not_known")
    ]  # fmt: skip
    found = contradicted(table("brand_contradictions", *rows))
    assert [row["claim_id"] for row in found] == ["contradicted"]
    assert contradicted({}) == ()
