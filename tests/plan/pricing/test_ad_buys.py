"""What a budget buys elsewhere: published figures, their dates, and honest gaps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.plan.pricing.ad_buys import CHANNELS, MEASURES, ad_benchmarks, ad_buys, ad_figure
from mawj.plan.pricing.money import CurrencyRates
from mawj.tables.declared import TABLES
from mawj.tables.errors import ActionRefused

NONE = CurrencyRates()


def bought(
    channel: str, measure: str, market: str = "SA", budget: int = 100_000
) -> dict[str, Any]:
    told = ad_buys(budget, "USD", market, currency_rates=NONE).to_pylist()
    return next(r for r in told if (r["channel"], r["measure"]) == (channel, measure))


def test_every_figure_has_a_source_a_date_and_an_order() -> None:
    assert ad_benchmarks()
    for row in ad_benchmarks():
        assert row["source"]
        assert row["ranges"]
        assert date(2015, 1, 1) < row["dated_on"] <= date(2026, 11, 26)
        assert row["channel"] in CHANNELS
        assert row["measure"] in MEASURES
        for low, high in row["ranges"].values():
            assert 0 < low <= high
            assert row["measure"] in ("cpm", "cpc") or high < 1


def test_impressions_are_the_budget_by_the_price_of_a_thousand() -> None:
    row = bought("tiktok", "impressions")
    assert row["bought_low"] == pytest.approx(1000 / 7.0 * 1000)
    assert row["bought_high"] == pytest.approx(1000 / 3.5 * 1000)
    assert row["market"] == "SA"
    assert row["dated_on"] == date(2025, 7, 1)


def test_figures_of_the_world_stand_in_for_a_market_without_its_own() -> None:
    assert bought("tiktok", "impressions", "BR")["market"] == ""
    assert ad_figure("search", "cpc", "SA") is not None


def test_sources_that_disagree_widen_the_range() -> None:
    figure = ad_figure("meta", "cpm", "AE")
    assert figure is not None
    assert (figure.low, figure.high, len(figure.sources)) == (5.0, 12.0, 2)


def test_what_nobody_published_is_not_known() -> None:
    row = bought("snapchat", "clicks")
    assert (row["bought"], row["missing"]) == (None, "ctr")
    assert bought("tiktok", "conversions")["missing"] == "cvr"


def test_what_is_not_sold_in_a_country_is_not_reckoned_by_the_world() -> None:
    row = bought("meta", "impressions", "IR")
    assert (row["bought"], row["missing"]) == (None, "closed")
    assert "sanctions" in row["source"]


def test_conversions_are_clicks_times_their_rate() -> None:
    clicks, orders = bought("meta", "clicks"), bought("meta", "conversions")
    assert orders["bought"] == pytest.approx(clicks["bought"] * 0.0825)


def test_the_rows_have_the_declared_columns() -> None:
    told = ad_buys(1, "USD", "", currency_rates=NONE)
    assert told.schema.equals(TABLES["ad_buys"].schema)
    assert told.num_rows == 3 * len(CHANNELS)


@settings(max_examples=20)
@given(st.integers(0, 10**9), st.sampled_from(["", "SA", "AE", "US", "IR"]))
def test_ends_are_in_order_and_twice_the_money_buys_twice_as_much(budget, market) -> None:
    once = ad_buys(budget, "SAR", market, currency_rates=NONE).to_pylist()
    twice = ad_buys(2 * budget, "SAR", market, currency_rates=NONE).to_pylist()
    assert any(row["bought"] for row in once) == (budget > 0)
    for row, double in zip(once, twice, strict=True):
        if row["bought"] is not None:
            assert row["bought_low"] <= row["bought"] * 1.000001
            assert row["bought"] <= row["bought_high"] * 1.000001
            assert double["bought"] == pytest.approx(2 * row["bought"])


def test_a_currency_without_a_rate_is_refused_with_what_to_do() -> None:
    with pytest.raises(ActionRefused, match=r"EUR=0\.92"):
        ad_buys(100, "EUR", "", currency_rates=NONE)
    with pytest.raises(ActionRefused, match="below 0"):
        ad_buys(-1, "USD", "", currency_rates=NONE)
