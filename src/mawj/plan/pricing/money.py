"""Money: smallest units of a currency, and one currency told in another at a stated rate.

`currencies.toml` holds how many digits people count in and the fixed rates to the dollar;
a floating currency needs a rate of the user's.
"""

from __future__ import annotations

import tomllib

# Settings are read by their types when the program runs.
from collections.abc import Mapping  # noqa: TC003
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from mawj.tables.errors import NotFound, SettingsError

ANCHOR = "USD"
"""What every rate is told against."""


def _is_rate(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


@dataclass(frozen=True)
class CurrencyRates:
    """Your own rates, before the fixed ones of `currencies.toml`.

    Attributes:
        per_usd: what one US dollar is in each currency, such as {EUR = 0.92}; yours.
        dated_on: the day they are of, such as 2026-11-20; empty where not said; yours.
    """

    per_usd: Mapping[str, float] = field(default_factory=dict)
    dated_on: str = ""

    def __post_init__(self) -> None:
        """Check codes and rates."""
        for currency, rate in self.per_usd.items():
            if not _is_rate(rate):
                raise ValueError(f"per_usd: {currency} = {rate!r} is no rate above 0")
        if self.dated_on:
            date.fromisoformat(self.dated_on)


@dataclass(frozen=True)
class Conversion:
    """How amounts of one currency become amounts of another.

    Attributes:
        factor: multiplies smallest units of the one into those of the other.
        source: whose rate it is; empty where both are the same.
        dated_on: the day since which, or of which, it is; None where not said.
    """

    factor: float
    source: str = ""
    dated_on: date | None = None


@cache
def _file() -> Mapping[str, Any]:
    text = (resources.files(__package__) / "currencies.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def digits_of(currency: str) -> int:
    """Digits after the point that people count in: SAR 2, KWD 3, IRR 0.

    Raises:
        NotFound: for a currency that is not listed.
    """
    digits = _file()["digits"]
    if currency not in digits:
        known = ", ".join(sorted(digits))
        raise NotFound(f"no currency is called {currency!r}; there are {known}")
    return int(digits[currency])


def is_counted(currency: str) -> bool:
    """Whether a currency is listed."""
    return currency in _file()["digits"]


def minor_of(amount: float, currency: str) -> int:
    """An amount as people write it in smallest units: 12.5 SAR is 1250."""
    return round(amount * 10.0 ** digits_of(currency))


def major_of(amount_minor: float, currency: str) -> float:
    """Smallest units as people write them: 1250 is 12.5 SAR."""
    return amount_minor / 10.0 ** digits_of(currency)


def conversion(origin: str, target: str, rates: CurrencyRates) -> Conversion | None:
    """How `origin` becomes `target`; None where a rate is not known.

    Yours come first, then the fixed rates of central banks. Both ways go through the dollar.
    """
    scale = 10.0 ** (digits_of(target) - digits_of(origin))
    if origin == target:
        return Conversion(1.0)
    parts = [_per_usd(currency, rates) for currency in (origin, target)]
    if parts[0] is None or parts[1] is None:
        return None
    (per_origin, _, _), (per_target, _, _) = parts[0], parts[1]
    told = [part for part in parts if part is not None and part[1]]
    days = [day for _, _, day in told if day is not None]
    return Conversion(
        scale * per_target / per_origin,
        "; ".join(dict.fromkeys(source for _, source, _ in told)),
        max(days) if days else None,
    )


def rates_said(said: Mapping[str, str | float], dated_on: str = "") -> CurrencyRates:
    """Rates as typed: {"EUR": "0.92"}.

    Raises:
        SettingsError: for what is no number or no listed currency.
    """
    try:
        per_usd = {code.upper(): float(rate) for code, rate in said.items()}
        made = CurrencyRates(per_usd, dated_on)
    except ValueError as error:
        raise SettingsError(f"rate of exchange: {error}; write EUR=0.92 for a dollar") from None
    for code in per_usd:
        digits_of(code)
    return made


def _per_usd(currency: str, rates: CurrencyRates) -> tuple[float, str, date | None] | None:
    if currency == ANCHOR:
        return 1.0, "", None
    if currency in rates.per_usd:
        day = date.fromisoformat(rates.dated_on) if rates.dated_on else None
        return float(rates.per_usd[currency]), "own rate", day
    for peg in _file()["peg"]:
        if peg["currency"] == currency:
            return float(peg["per_usd"]), peg["source"], peg["dated_on"]
    return None
