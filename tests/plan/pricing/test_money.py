"""Money: smallest units, and rates of exchange that say whose they are."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from mawj.plan.pricing.money import (
    CurrencyRates,
    conversion,
    digits_of,
    major_of,
    minor_of,
    rates_said,
)
from mawj.tables.errors import NotFound, SettingsError

FILE = tomllib.loads(
    (resources.files("mawj.plan.pricing") / "currencies.toml").read_text("utf-8")
)
NONE = CurrencyRates()


def test_digits_are_those_of_the_common_locale_data() -> None:
    assert FILE["digits"]
    for currency, digits in FILE["digits"].items():
        assert digits == get_currency_precision(currency), currency


def test_fixed_rates_have_a_source_and_a_date_that_has_been() -> None:
    assert FILE["peg"]
    for peg in FILE["peg"]:
        assert peg["source"]
        assert peg["dated_on"] < date(2026, 11, 26)
        assert peg["per_usd"] > 0
        assert peg["currency"] in FILE["digits"]


def test_pegged_currencies_go_through_the_dollar() -> None:
    found = conversion("SAR", "AED", NONE)
    assert found is not None
    assert found.factor * 37_500 == pytest.approx(36_725)
    assert "Saudi Central Bank" in found.source
    assert "UAE" in found.source


def test_smallest_units_of_different_size_are_minded() -> None:
    found = conversion("USD", "BHD", NONE)
    assert found is not None
    assert found.factor * 100 == pytest.approx(376)


def test_a_floating_currency_needs_a_rate_of_ones_own() -> None:
    assert conversion("USD", "EUR", NONE) is None
    assert conversion("EUR", "EUR", NONE) is not None
    found = conversion("EUR", "USD", CurrencyRates({"EUR": 0.8}, "2026-11-01"))
    assert found is not None
    assert (found.factor, found.source, found.dated_on) == (1.25, "own rate", date(2026, 11, 1))


def test_an_own_rate_comes_before_a_fixed_one() -> None:
    found = conversion("USD", "SAR", CurrencyRates({"SAR": 4.0}))
    assert found is not None
    assert (found.factor, found.source) == (4.0, "own rate")


@given(st.integers(-(10**12), 10**12), st.sampled_from(sorted(FILE["digits"])))
def test_smallest_units_and_back_are_the_same(amount, currency) -> None:
    assert minor_of(major_of(amount, currency), currency) == amount


@given(st.sampled_from(["USD", "SAR", "AED", "BHD"]), st.sampled_from(["USD", "OMR", "QAR"]))
def test_there_and_back_is_one(one, other) -> None:
    there, back = conversion(one, other, NONE), conversion(other, one, NONE)
    assert there is not None
    assert back is not None
    assert there.factor * back.factor == pytest.approx(1.0)


def test_what_is_no_rate_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"write EUR=0\.92"):
        rates_said({"EUR": "x"})
    with pytest.raises(SettingsError, match="no rate above 0"):
        rates_said({"EUR": 0})
    with pytest.raises(NotFound, match="no currency"):
        rates_said({"EURO": 1})
    with pytest.raises(NotFound, match="no currency"):
        digits_of("usd")
