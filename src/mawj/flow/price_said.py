"""Terms as a person types them: 30d, 3 months, 5,000, EUR=0.92."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mawj.flow.brand_words import days_of
from mawj.plan.pricing.money import CurrencyRates, digits_of, rates_said
from mawj.plan.pricing.terms import CHANNELS, SCOPES, Terms
from mawj.tables.errors import SettingsError
from mawj.text.numbers import count_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

URGENT_DAYS = 3
"""What `--urgent` means; the longest time that a published rush fee is for."""
CHANNELS_SAID, SCOPES_SAID = CHANNELS, SCOPES

_SHORT = re.compile(r"^(\d+)\s*([dwmy])$", re.IGNORECASE)
_DAYS = {"d": 1.0, "w": 7.0, "m": 30.0, "y": 365.0}


def days_said(said: str, what: str) -> int:
    """Whole days, from 30, 30d, 2w, 3m, 1y or words such as 3 months.

    Raises:
        SettingsError: for anything else.
    """
    text = said.strip()
    if not text:
        return 0
    short = _SHORT.match(text)
    if short:
        return round(int(short.group(1)) * _DAYS[short.group(2).lower()])
    if text.isdecimal():
        return int(text)
    try:
        return round(days_of(text) or 0.0)
    except ValueError:
        raise SettingsError(f"{what}: «{said}» is no time; write 30d, 3m or a number") from None


def money_said(said: str, currency: str, what: str) -> int:
    """Smallest units of a currency, from 5000, 5,000.50 or 5k.

    Raises:
        SettingsError: for what is no amount.
    """
    if not said.strip():
        return 0
    try:
        amount = count_of(said)
    except ValueError as error:
        raise SettingsError(f"{what}: {error}; write an amount in {currency}") from None
    return round(amount * 10.0 ** digits_of(currency))


def terms_said(said: Mapping[str, Any]) -> Terms:
    """Terms from the words of a command; what is left out is not wished for.

    Raises:
        SettingsError: for a time or an amount that cannot be read.
        ActionRefused: for what makes no sense.
    """
    currency = str(said["currency"]).upper()
    market = str(said["market"]).upper()
    due = said["due"]
    tax = str(said["tax"]).upper()
    return Terms(
        currency=currency, market=market,
        usage_days=days_said(said["usage"], "--usage"), usage_channels=said["usage_channels"],
        exclusivity_days=days_said(said["exclusivity"], "--exclusivity"),
        exclusivity_scope=said["exclusivity_scope"],
        boosting_days=days_said(said["boosting"], "--boosting"),
        boost_minor=money_said(said["boost_budget"], currency, "--boost-budget"),
        due_days=days_said(due, "--due") if due else URGENT_DAYS if said["urgent"] else None,
        extra_cuts=said["cuts"],
        production_minor=money_said(said["production"], currency, "--production"),
        is_for_cause=said["cause"], platform_fee_share=said["platform_fee"],
        marketplace=said["marketplace"], tax_country=tax,
    )  # fmt: skip


def rates_given(
    told: Sequence[str], settings: Mapping[str, Any], dated_on: str
) -> CurrencyRates:
    """Rates of exchange typed as EUR=0.92 for a dollar, over those of the settings.

    Raises:
        SettingsError: for anything else.
    """
    before: CurrencyRates = settings["CurrencyRates"]
    if not told:
        return before
    pairs = [one.partition("=") for one in told]
    if any(not sign for _, sign, _ in pairs):
        raise SettingsError("--rate: write what a US dollar is, such as EUR=0.92")
    said = {code.strip(): rate.strip() for code, _, rate in pairs}
    return rates_said({**before.per_usd, **said}, dated_on)
