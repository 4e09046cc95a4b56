"""Terms as a person types them."""

from __future__ import annotations

from typing import Any

import pytest

from mawj.flow.price_said import URGENT_DAYS, days_said, money_said, rates_given, terms_said
from mawj.plan.pricing.money import CurrencyRates
from mawj.tables.errors import ActionRefused, SettingsError

NOTHING: dict[str, Any] = {
    "currency": "USD", "market": "", "usage": "", "usage_channels": "organic",
    "exclusivity": "", "exclusivity_scope": "category", "boosting": "", "boost_budget": "",
    "due": "", "urgent": False, "cuts": 0, "production": "", "cause": False,
    "platform_fee": 0.0, "marketplace": "", "tax": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "days"),
    [("30", 30), ("30d", 30), ("2w", 14), ("3m", 90), ("1 y", 365), ("", 0),
     ("2 weeks", 14), ("۳ ماه", 91), ("شهر", None), ("x", None)],
)  # fmt: skip
def test_times_are_read_short_and_in_words(said, days) -> None:
    if days is None:
        with pytest.raises(SettingsError, match="write 30d"):
            days_said(said, "--usage")
    else:
        assert days_said(said, "--usage") == days


def test_amounts_are_in_the_currency_asked_for() -> None:
    assert money_said("5,000.5", "SAR", "--production") == 500_050
    assert money_said("5k", "KWD", "--production") == 5_000_000
    with pytest.raises(SettingsError, match="--production"):
        money_said("much", "SAR", "--production")


def test_what_is_said_becomes_terms() -> None:
    said = {"market": "sa", "currency": "sar", "usage": "30d", "boost_budget": "1000"}
    told = terms_said(NOTHING | said | {"urgent": True, "tax": "sa"})
    assert (told.market, told.currency, told.usage_days) == ("SA", "SAR", 30)
    assert (told.boost_minor, told.due_days, told.tax_country) == (100_000, URGENT_DAYS, "SA")
    assert terms_said(NOTHING).due_days is None
    assert terms_said(NOTHING | {"due": "1w", "urgent": True}).due_days == 7


def test_terms_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ActionRefused):
        terms_said(NOTHING | {"platform_fee": 2.0})


def test_rates_typed_stand_over_those_of_the_settings() -> None:
    settings = {"CurrencyRates": CurrencyRates({"EUR": 0.9, "GBP": 0.8}, "2026-01-01")}
    told = rates_given(["EUR=0.95"], settings, "2026-11-20")
    assert (told.per_usd, told.dated_on) == ({"EUR": 0.95, "GBP": 0.8}, "2026-11-20")
    assert rates_given([], settings, "2026-11-20") == settings["CurrencyRates"]
    with pytest.raises(SettingsError, match=r"EUR=0\.92"):
        rates_given(["EUR"], settings, "")
