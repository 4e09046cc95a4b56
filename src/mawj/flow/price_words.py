"""What a price says in words: money, how each line comes about, whose figure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from babel import Locale

from mawj.flow.sentences import compact, isolated, number, percent, say, words
from mawj.plan.asking.deliverables import deliverables
from mawj.plan.pricing.money import digits_of, major_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_EXACT = {"year": 4, "month": 7}
"""Letters of an ISO date that a basis vouches for."""


def money_text(amount_minor: float | None, currency: str, language: str = "en") -> str:
    """An amount to its smallest unit with the code of its currency; an en dash: not known."""
    if amount_minor is None:
        return "–"
    amount = major_of(amount_minor, currency)
    figures = number(amount, language, digits_of(currency), is_fixed=True)
    return isolated(f"{figures} {currency}")


def major_text(amount: float | None, currency: str, language: str = "en") -> str:
    """An amount in whole units, with as many digits as it deserves."""
    if amount is None:
        return "–"
    places = 0 if abs(amount) >= 1000 else 2 if abs(amount) >= 1 else 4
    return isolated(f"{number(amount, language, places)} {currency}")


def count_text(value: float | None, language: str = "en") -> str:
    """A count in short form, without parts of one."""
    if value is not None and abs(value) < 1000:
        return number(value, language, 0)
    return compact(value, language)


def line_name(line: str, language: str = "en") -> str:
    """What a line of a receipt is for."""
    return say(language, "price_lines", line)


def how_text(row: Mapping[str, Any], language: str = "en") -> str:
    """How the amount of a line comes about, with its numbers."""
    if row["missing"]:
        return missing_text(row["missing"], language)
    if row["how"] == "agreed_apart" and row["rate"] is not None:
        return f"{number(row['quantity'], language, 0)} × {number(row['rate'], language)} USD"
    # A card's rate stands in its own currency, which its title names.
    currency = str(row["source"] or "").rpartition("(")[2].rstrip(")")
    return say(
        language, "price_how", row["how"],
        quantity=isolated(count_text(row["quantity"], language)),
        rate=isolated(f"{number(row['rate'], language, 2)} {currency}".strip()),
        share=isolated(percent(row["rate"], language)),
        share_low=isolated(percent(row["rate_low"], language)),
        share_high=isolated(percent(row["rate_high"], language)),
    )  # fmt: skip


def missing_text(missing: str | None, language: str = "en") -> str:
    """Why something is not known; several reasons one after the other."""
    if not missing:
        return ""
    known = words(language)["price_missing"]
    comma = ", " if language == "en" else "، "
    return comma.join(known.get(one, isolated(one)) for one in missing.split(", "))


def source_text(source: str | None, language: str = "en") -> str:
    """Whose figure it is; of several the first, and how many more."""
    if not source:
        return ""
    if source in ("own_quote", "own_fees"):
        return say(language, "price", source)
    first, *more = source.split("; ")
    if not more:
        return isolated(first)
    n = number(len(more), language, 0)
    return say(language, "price", "more_sources", first=isolated(first), n=n)


def market_text(market: str, language: str = "en") -> str:
    """A country's name; the world where none is said."""
    if not market:
        return say(language, "price", "world")
    return str(Locale.parse(language).territories.get(market, market))


def deliverable_text(key: str, language: str = "en") -> str:
    """A deliverable's name; its key where it is not listed."""
    known = deliverables()
    return str(known[key].names[language]) if key in known else key


def day_text(on: date | str | None, basis: str | None, language: str = "en") -> str:
    """Of when a figure is, no more exact than its source says; empty where not known.

    A source that bears no date says on which day it was read.
    """
    if not on:
        return ""
    exact = isolated(str(on)[: _EXACT.get(basis or "", 10)])
    return say(language, "price", "read_on", on=exact) if basis == "read" else exact


def dated_text(source: str, row: Mapping[str, Any], language: str = "en") -> str:
    """Whose figure a row holds, and of when where that is known."""
    day = day_text(row["dated_on"], row["date_basis"], language)
    return f"{source} · {day}" if source and day else source
