"""Costs of a unit: ratios with their intervals, for plans and for results alike."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.plan.pricing.unit_costs import UNITS, actual_unit_costs, unit_costs
from mawj.tables.declared import TABLES
from mawj.tables.errors import ActionRefused


def prices(**said: Any) -> pa.Table:
    row = {
        "account_id": "a", "deliverable": "tiktok:video", "price_minor": 100_000,
        "price_low_minor": 100_000, "price_high_minor": 100_000, "currency": "USD",
        "basis": "quote", "missing": None,
    }  # fmt: skip
    return pa.Table.from_pylist([row | said], TABLES["prices"].schema)


def forecasts(*rows: dict[str, Any]) -> pa.Table:
    usual = {"account_id": "a", "deliverable": "tiktok:video", "measure": "views"}
    names = ("forecast", "forecast_low", "forecast_high")
    schema = pa.schema(
        [(name, pa.string()) for name in usual] + [(name, pa.float64()) for name in names]
    )
    return pa.Table.from_pylist([usual | row for row in rows], schema)


VIEWS = {"forecast": 50_000.0, "forecast_low": 25_000.0, "forecast_high": 80_000.0}


def of(unit: str, prices_: pa.Table, forecasts_: pa.Table) -> dict[str, Any]:
    told = {row["unit"]: row for row in unit_costs(prices_, forecasts_).to_pylist()}
    return dict(told[unit])


def test_a_fixed_price_costs_a_unit_what_the_forecast_allows() -> None:
    row = of("cpm", prices(), forecasts(VIEWS))
    ends = (row["unit_cost_low"], row["unit_cost"], row["unit_cost_high"])
    assert ends == pytest.approx((12.5, 20.0, 40.0))
    assert (row["currency"], row["basis"]) == ("USD", "expected")


def test_a_view_costs_a_thousandth_of_a_thousand() -> None:
    assert of("cpv", prices(), forecasts(VIEWS))["unit_cost"] == pytest.approx(0.02)


def test_each_measure_has_its_unit() -> None:
    rows = [
        VIEWS | {"measure": measure} for measure in {measure for measure, _ in UNITS.values()}
    ]
    told = unit_costs(prices(), forecasts(*rows))
    assert told["unit"].to_pylist() == list(UNITS)
    assert told.schema.equals(TABLES["unit_costs"].schema)


def test_smallest_units_of_the_currency_are_minded() -> None:
    assert of("cpm", prices(currency="KWD"), forecasts(VIEWS))["unit_cost"] == pytest.approx(
        2.0
    )


def test_an_unknown_price_or_number_has_no_unit_cost() -> None:
    unknown = dict.fromkeys(("price_minor", "price_low_minor", "price_high_minor"))
    assert of("cpm", prices(**unknown), forecasts(VIEWS))["unit_cost"] is None
    assert of("cpm", prices(), forecasts({}))["unit_cost"] is None


def test_no_result_at_all_has_no_unit_cost_and_perhaps_none_has_no_upper_end() -> None:
    assert (
        of("cpc", prices(), forecasts({"measure": "clicks", "forecast": 0.0}))["unit_cost"]
        is None
    )
    row = of("cpm", prices(), forecasts(VIEWS | {"forecast_low": 0.0}))
    assert row["unit_cost_high"] is None
    assert row["unit_cost_low"] == pytest.approx(12.5)


def test_what_is_free_costs_nothing_a_unit() -> None:
    free = dict.fromkeys(("price_minor", "price_low_minor", "price_high_minor"), 0)
    assert of("cpm", prices(**free), forecasts(VIEWS))["unit_cost"] == 0.0


@settings(max_examples=40)
@given(st.floats(1, 1e6), st.floats(1, 20), st.floats(1, 20), st.floats(1, 5), st.floats(1, 5))
def test_ends_are_in_order_and_more_results_never_cost_more(
    views, down, up, less, more
) -> None:
    told = {"forecast": views, "forecast_low": views / down, "forecast_high": views * up}
    spread = prices(price_low_minor=int(100_000 / less), price_high_minor=int(100_000 * more))
    row = of("cpm", spread, forecasts(told))
    assert row["unit_cost_low"] <= row["unit_cost"] * 1.000001
    assert row["unit_cost"] <= row["unit_cost_high"] * 1.000001
    better = of("cpm", spread, forecasts({name: 2 * value for name, value in told.items()}))
    for end in ("unit_cost_low", "unit_cost", "unit_cost_high"):
        assert better[end] == pytest.approx(row[end] / 2)


def test_what_came_is_reckoned_like_what_was_expected() -> None:
    paid = prices().select(["account_id", "deliverable", "price_minor", "currency"])
    outcomes = forecasts(VIEWS).select(["account_id", "deliverable", "measure", "forecast"])
    outcomes = outcomes.rename_columns(["account_id", "deliverable", "measure", "outcome"])
    row = next(r for r in actual_unit_costs(paid, outcomes).to_pylist() if r["unit"] == "cpm")
    assert [row[f"unit_cost{end}"] for end in ("_low", "", "_high")] == pytest.approx(
        [20.0] * 3
    )
    assert row["basis"] == "actual"


def test_a_result_that_stands_twice_is_refused() -> None:
    with pytest.raises(ActionRefused, match="stands twice"):
        unit_costs(prices(), forecasts(VIEWS, VIEWS))
