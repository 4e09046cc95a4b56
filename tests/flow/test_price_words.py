"""What a price says in words."""

from __future__ import annotations

from typing import Any

import pytest

from mawj.flow.price_words import (
    count_text,
    dated_text,
    day_text,
    how_text,
    line_name,
    major_text,
    market_text,
    missing_text,
    money_text,
    source_text,
)
from mawj.flow.sentences import LANGUAGES, words
from mawj.plan.pricing.ad_buys import CHANNELS
from mawj.plan.pricing.emv import emv_methods
from mawj.plan.pricing.unit_costs import UNITS
from mawj.tables.derived_plan_price import BASES, LINES, RULES


def bare(text: str) -> str:
    return text.translate({0x2068: None, 0x2069: None})


def row(how: str, **said: Any) -> dict[str, Any]:
    usual = {"how": how, "quantity": 1200.0, "rate": 0.15, "rate_low": 0.1, "rate_high": 0.3,
             "missing": None, "source": "Somebody (USD)"}  # fmt: skip
    return usual | said


def test_money_is_told_to_its_smallest_unit() -> None:
    assert bare(money_text(537_730, "SAR")) == "5,377.30 SAR"
    assert bare(money_text(1_500, "KWD")) == "1.500 KWD"
    assert bare(money_text(1_500, "IRR", "fa")) == "۱٬۵۰۰ IRR"
    assert money_text(None, "SAR") == "–"


def test_a_market_is_told_by_its_name() -> None:
    assert market_text("SA", "ar") == "المملكة العربية السعودية"
    assert market_text("", "en") == "world"
    assert market_text("ZZZ", "en") == "ZZZ"


def test_a_count_has_no_parts() -> None:
    assert count_text(563.52) == "564"
    assert count_text(1_664_618.8) == "1.7M"


def test_a_small_cost_keeps_the_digits_it_needs() -> None:
    assert bare(major_text(0.01234, "USD")) == "0.0123 USD"
    assert bare(major_text(15_748.1, "USD")) == "15,748 USD"
    assert major_text(None, "USD") == "–"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_rule_unit_and_channel_has_its_words(language) -> None:
    told = words(language)
    assert set(told["price_lines"]) == set(LINES)
    assert all(line_name(line, language) for line in LINES)
    for how in RULES:
        said = how_text(row(how), language)
        assert said != how
        assert "{" not in said
    assert set(told["price_units"]) == set(UNITS)
    assert set(told["ad_channels"]) == set(CHANNELS)
    lines = {line["line"] for method in emv_methods() for line in method["lines"]}
    assert set(told["emv_lines"]) == lines | {"held_at_least", "held_at_most"}
    for basis in BASES:
        assert f"basis_{basis}" in told["price"]


def test_a_rate_stands_in_the_currency_of_its_card() -> None:
    said = bare(how_text(row("views_times_cpm", rate=5.4)))
    assert said == "1.2K views at 5.4 USD a thousand"


def test_what_is_missing_is_told_in_words() -> None:
    assert "no views" in how_text(row("views_times_cpm", missing="no_views"))
    assert missing_text("ctr, cvr") == "no published click rate, no published conversion rate"
    assert missing_text("ctr, cvr", "ar").count("،") == 1
    assert missing_text(None) == ""


def test_own_evidence_is_told_in_the_readers_language() -> None:
    assert source_text("own_quote", "fa") == "پیشنهاد خودش"
    assert bare(source_text("Somebody")) == "Somebody"
    assert bare(source_text("One; Two; Three")) == "One and 2 more"
    assert source_text(None) == ""


@pytest.mark.parametrize(
    ("language", "read"),
    [
        ("en", "read on 2026-11-26"),
        ("ar", "اطُّلع عليه في 2026-11-26"),
        ("fa", "خوانده‌شده در 2026-11-26"),
    ],
)
def test_a_figure_without_a_date_says_when_it_was_read(language: str, read: str) -> None:
    assert bare(day_text("2026-11-26", "read", language)) == read


@pytest.mark.parametrize(
    ("basis", "told"),
    [("day", "2025-06-01"), ("month", "2025-06"), ("year", "2025"), (None, "2025-06-01")],
)
def test_a_date_is_told_no_more_exactly_than_its_source_tells_it(
    basis: str | None, told: str
) -> None:
    assert bare(day_text("2025-06-01", basis)) == told
    assert (
        bare(dated_text("Us", {"dated_on": "2025-06-01", "date_basis": basis}))
        == f"Us · {told}"
    )


def test_what_is_not_dated_says_only_whose_it_is() -> None:
    assert day_text(None, None) == ""
    assert dated_text("Us", {"dated_on": None, "date_basis": None}) == "Us"
