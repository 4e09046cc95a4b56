"""Fees asked and paid, in a table of any headings known in three languages."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from mawj.sources.names import account_id_of, is_url, platform_of_url
from mawj.sources.quote_words import (
    deliverable_key,
    is_paid,
    meanings_of,
    money_of,
    platform_within,
)
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping
from mawj.sources.vocabulary import flag_of, platform_of
from mawj.text.dates import moment_of
from mawj.text.numbers import count_of, known

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from mawj.sources.raw import RawFile, Record

NEEDED = ("account", "deliverable", "amount")
COUNTS = (
    "usage_days", "exclusivity_days", "boosting_days", "views", "engagements", "clicks",
    "conversions",
)  # fmt: skip


def detect(raw: RawFile) -> bool:
    """The headings name an account, what it publishes, and what it costs."""
    found = set(meanings_of(raw.headings))
    return {"account", "deliverable"} <= found and bool({"amount", "amount_minor"} & found)


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """One fee a record; a term or result that cannot be read is told and left open."""
    said = {
        meaning: known(str(record[heading])) if record[heading] is not None else None
        for meaning, heading in meanings_of(record).items()
    }
    try:
        row = _fee(said, taken_at.date())
    except ValueError as error:
        yield Fault("", str(error))
        return
    for name in COUNTS:
        try:
            row[name] = None if said.get(name) is None else count_of(str(said[name]))
        except ValueError as error:
            yield Fault(name, str(error))
    yield Made("quotes", row | {"quote_id": _digest(row)})


def _fee(said: dict[str, str | None], day: date) -> dict[str, Any]:
    """Who, what, how much, when and whether paid: without these there is no fee.

    Raises:
        ValueError: where one of them cannot be told.
    """
    account, what = said.get("account"), said.get("deliverable")
    if account is None or what is None:
        raise ValueError("a fee needs an account and a deliverable")
    named = what.partition(":")[0].strip().lower() if ":" in what else platform_within(what)[0]
    platform = _platform(account, said.get("platform") or named or "")
    account_id = account_id_of(account, platform)
    if account_id is None:
        raise ValueError(f"{account!r}: the platform is not known; add a column of platforms")
    minor, currency = _money(said)
    paid = is_paid(said.get("is_paid"))
    on = said.get("quoted_on")
    return {
        "account_id": account_id,
        "deliverable": deliverable_key(what, account_id.partition(":")[0]),
        "amount_minor": minor,
        "currency": currency,
        "quoted_on": moment_of(on).date() if on else day,
        # Results can only have come of what was placed.
        "is_paid": any(said.get(name) for name in COUNTS[3:]) if paid is None else paid,
        "is_tax_included": flag_of(said.get("is_tax_included") or ""),
    }


def _money(said: dict[str, str | None]) -> tuple[int, str]:
    minor, amount, currency = (said.get(n) for n in ("amount_minor", "amount", "currency"))
    if minor is not None and currency is not None:
        return round(count_of(minor)), money_of("0", currency)[1]
    if amount is None:
        raise ValueError("the amount is not said")
    return money_of(amount, currency)


def _platform(account: str, said: str) -> str | None:
    if is_url(account):
        return platform_of_url(account)
    return platform_of(said) if said else None


def _digest(row: dict[str, Any]) -> str:
    parts = ("account_id", "deliverable", "quoted_on", "is_paid", "amount_minor", "currency")
    told = "\x1f".join(str(row[name]) for name in parts)
    return f"quote:{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:24]}"


READY = Ready(
    "quotes",
    "fees that creators asked for or were paid: an account, a deliverable and an amount with "
    "its currency, and as far as known the date, paid or not, terms in it and what came of it",
    detect,
    lambda _: RecordMapping("quotes", make, "", basis="typed_in"),
)
