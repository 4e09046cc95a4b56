"""Comparables: the nearest accounts with what they cost."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pyarrow as pa
import pytest

from mawj.plan.pricing.comparables import Nearness, comparables
from mawj.tables.declared import TABLES
from mawj.tables.errors import ActionRefused

SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("account_id", "deliverable", "country", "subject")]
    + [(name, pa.float64()) for name in ("followers", "views", "engagement_share")]
    + [(f"price{end}_minor", pa.int64()) for end in ("", "_low", "_high")]
    + [("currency", pa.string()), ("basis", pa.string())]
)
MINE = {"account_id": "me", "subject": "food.coffee"}


def rows(*told: dict[str, Any]) -> pa.Table:
    usual = {
        "deliverable": "x:post", "country": "SA", "subject": "food", "followers": 10_000.0,
        "views": 2_000.0, "engagement_share": 0.02, "price_minor": 100, "price_low_minor": 50,
        "price_high_minor": 200, "currency": "USD", "basis": "rate_card",
    }  # fmt: skip
    return pa.Table.from_pylist([usual | row for row in told], SCHEMA)


def others(*told: dict[str, Any], **nearness: Any) -> list[str]:
    found = comparables(rows(MINE), rows(*told), nearness=Nearness(**nearness))
    assert found.schema.equals(TABLES["comparables"].schema)
    return [str(one) for one in found["other_id"].to_pylist()]


def test_the_nearest_in_size_stands_first() -> None:
    far, near = (
        {"account_id": "far", "followers": 1e6},
        {"account_id": "near", "followers": 2e4},
    )
    assert others(far, near) == ["near", "far"]


def test_another_deliverable_is_not_compared_nor_the_account_itself() -> None:
    assert others({"account_id": "b", "deliverable": "x:video"}, {"account_id": "me"}) == []


def test_who_has_no_price_is_passed_over() -> None:
    assert others({"account_id": "b", "price_minor": None}) == []


def test_a_known_fee_is_taken_to_be_nearer() -> None:
    card, paid = (
        {"account_id": "card"},
        {"account_id": "paid", "basis": "past", "followers": 15e3},
    )
    assert others(card, paid) == ["paid", "card"]


def test_an_unknown_count_does_not_push_anybody_away() -> None:
    assert others({"account_id": "b", "views": None}) == ["b"]


def test_prices_in_two_currencies_are_refused() -> None:
    with pytest.raises(ActionRefused, match="several currencies"):
        others({"account_id": "b"}, {"account_id": "c", "currency": "SAR"})


def test_every_distance_changes_the_order() -> None:
    told = {
        "size": [{"followers": 1e6}, {"views": 2e4}],
        "views": [{"views": 2e5}, {"followers": 9e4}],
        "answer": [{"engagement_share": 0.2}, {"followers": 25e3}],
        "market": [{"country": "AE"}, {"followers": 25e3}],
        "subject": [{"subject": "cars"}, {"followers": 15e3}],
        "known_fee": [{"followers": 15e3, "basis": "quote"}, {}],
    }
    assert set(told) == {field.name for field in fields(Nearness)} - {"n_nearest"}
    for name, pair in told.items():
        named = [row | {"account_id": str(n)} for n, row in enumerate(pair)]
        assert others(*named) != others(*named, **{name: 0.0}), name
    three = [{"account_id": str(n)} for n in range(3)]
    assert others(*three, n_nearest=2) == ["0", "1"]
    with pytest.raises(ValueError, match="n_nearest"):
        replace(Nearness(), size=-1.0)
