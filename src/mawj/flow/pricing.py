"""What accounts should cost, line by line, beside who is like them and what ads would buy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.flow.forecasting import ForecastWanted, forecasts_for
from mawj.flow.pricing_facts import (
    account_facts,
    accounts_with_fees,
    near_in_size,
    quotes_of,
    usual_deliverables,
)
from mawj.flow.valued import emv_of
from mawj.plan.asking.deliverables import deliverable
from mawj.plan.pricing.ad_buys import ad_buys
from mawj.plan.pricing.card_readings import card_readings
from mawj.plan.pricing.cards import rate_cards
from mawj.plan.pricing.comparables import comparables
from mawj.plan.pricing.money import conversion
from mawj.plan.pricing.price_lines import price_lines
from mawj.plan.pricing.prices import prices
from mawj.plan.pricing.unit_costs import unit_costs
from mawj.tables.declared import TABLES
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from mawj.flow.valued import Valued
    from mawj.lake.lake import Lake
    from mawj.plan.pricing.cards import Rate
    from mawj.plan.pricing.terms import Terms

AHEAD_DAYS = 14
"""How far ahead a post is taken to be where no day is said; our judgement."""
NUMBERS = ("followers", "views", "views_low", "views_high")
_OFFERS = pa.schema(
    [(name, pa.string()) for name in ("account_id", "deliverable", "subject", "country")]
    + [(name, pa.float64()) for name in (*NUMBERS, "engagement_share")]
)


@dataclass(frozen=True)
class PriceAsked:
    """Whom to price, for what.

    Attributes:
        accounts: their ids.
        terms: what is wished for; a market that is left open is that of the accounts where
            all are of one country.
        today: the day of asking, for the age of cards and quotes.
        deliverables: their keys; empty for what each account publishes most.
        on: day of publication; None for a fortnight ahead.
        cards: published rates to price by; those that come with Mawj where empty.
    """

    accounts: Sequence[str]
    terms: Terms
    today: date
    deliverables: Sequence[str] = ()
    on: date | None = None
    cards: Sequence[Rate] = ()


@dataclass(frozen=True)
class Priced:
    """Receipts and what stands beside them, as declared tables.

    Attributes:
        lines, prices, units, readings, comparables, forecasts, ads: the tables; `ads` has no
            rows where the sum of the prices is not known.
        emv: what methods call the expected content worth, and how far they are apart.
        terms: as priced.
        run_id, as_of: the run that was read, and where its data end.
        on: day of publication.
    """

    lines: pa.Table
    prices: pa.Table
    units: pa.Table
    readings: pa.Table
    comparables: pa.Table
    forecasts: pa.Table
    ads: pa.Table
    emv: Valued
    terms: Terms
    run_id: str
    as_of: datetime
    on: date


def price(lake: Lake, asked: PriceAsked, settings: Mapping[str, Any]) -> Priced:
    """The receipt of each deliverable of each account, by the current run.

    Raises:
        NotEnoughData: when nothing has been run, or an account is not loaded.
        ActionRefused: when no account publishes on the platform of a deliverable asked for.
    """
    facts = account_facts(lake, asked.accounts)
    wanted = _wanted(lake, facts, asked.deliverables)
    asked = replace(
        asked, terms=_with_market(asked.terms, facts), cards=asked.cards or rate_cards()
    )
    on = asked.on or asked.today + timedelta(days=asked.terms.due_days or AHEAD_DAYS)
    told = forecasts_for(
        lake, list(dict.fromkeys(one["account_id"] for one, _ in wanted)),
        ForecastWanted([on], list(dict.fromkeys(key for _, key in wanted)), with_lines=False),
        settings,
    )  # fmt: skip
    offers = _offers(wanted, told.rows)
    lines, totals = _receipts(offers, quotes_of(lake, facts), asked, settings)
    known: dict[str, Any] = {
        "currency_rates": settings["CurrencyRates"], "price_scale": settings["PriceScale"],
        "as_of": asked.today,
    }  # fmt: skip
    return Priced(
        lines, totals, unit_costs(totals, _kept(told.rows, offers)),
        card_readings(offers, asked.terms, asked.cards, **known),
        _comparables(lake, offers, facts, asked, settings),
        told.rows, _ads(totals, asked.terms, settings),
        emv_of(lake, offers, told.rows, asked, settings),
        asked.terms, told.run_id, told.as_of, on,
    )  # fmt: skip


def _wanted(
    lake: Lake, facts: Sequence[dict[str, Any]], keys: Sequence[str]
) -> list[tuple[dict[str, Any], str]]:
    """Each account with each deliverable of its platform that is asked for."""
    if not keys:
        usual = usual_deliverables(lake, facts)
        return [(one, usual[one["account_id"]]) for one in facts]
    found = [
        (one, key)
        for one in facts
        for key in dict.fromkeys(keys)
        if deliverable(key).platform == one["platform"]
    ]
    if not found:
        platforms = ", ".join(sorted({str(one["platform"]) for one in facts}))
        raise ActionRefused(
            f"{', '.join(keys)} cannot be had from accounts on {platforms}; a deliverable of "
            "their platform can"
        )
    return found


def _with_market(terms: Terms, facts: Sequence[dict[str, Any]]) -> Terms:
    countries = {one["country"] for one in facts}
    if terms.market or len(countries) != 1 or None in countries:
        return terms
    return replace(terms, market=str(countries.pop()))


def _offers(wanted: Sequence[tuple[dict[str, Any], str]], forecasts: pa.Table) -> pa.Table:
    views = {
        (row["account_id"], row["deliverable"]): row
        for row in forecasts.to_pylist()
        if row["measure"] == "views"
    }
    rows = []
    for one, key in wanted:
        seen = views.get((one["account_id"], key), {})
        ends = {"views": "forecast", "views_low": "forecast_low", "views_high": "forecast_high"}
        rows.append(
            one | {"deliverable": key} | {to: seen.get(name) for to, name in ends.items()}
        )
    return pa.Table.from_pylist(rows, _OFFERS)


def _kept(forecasts: pa.Table, offers: pa.Table) -> pa.Table:
    asked = set(
        zip(*(offers[c].to_pylist() for c in ("account_id", "deliverable")), strict=True)
    )
    rows = [r for r in forecasts.to_pylist() if (r["account_id"], r["deliverable"]) in asked]
    return pa.Table.from_pylist(rows, forecasts.schema)


def _receipts(
    offers: pa.Table, quotes: pa.Table, asked: PriceAsked, settings: Mapping[str, Any]
) -> tuple[pa.Table, pa.Table]:
    lines = price_lines(
        offers, quotes, asked.terms, asked.cards,
        currency_rates=settings["CurrencyRates"], price_scale=settings["PriceScale"],
        as_of=asked.today,
    )  # fmt: skip
    return lines, prices(lines)


def _comparables(
    lake: Lake,
    offers: pa.Table,
    facts: Sequence[dict[str, Any]],
    asked: PriceAsked,
    settings: Mapping[str, Any],
) -> pa.Table:
    """Accounts like these on the same terms: those with a fee that is known, and by size.

    Their expected views are those of a typical post: a forecast of hundreds would keep a person
    waiting for what only stands beside the answer.
    """
    made = [TABLES["comparables"].schema.empty_table()]
    of = {one["account_id"]: one for one in facts}
    for offer in offers.to_pylist():
        mine = of[offer["account_id"]]
        others = {one["account_id"]: one for one in accounts_with_fees(lake, mine["platform"])}
        others |= {one["account_id"]: one for one in near_in_size(lake, mine)}
        if not others:
            continue
        rows = [
            one | {"deliverable": offer["deliverable"], "views": one["reach"]}
            for one in others.values()
        ]
        table = pa.Table.from_pylist(rows, _OFFERS)
        quotes = quotes_of(lake, list(others.values()))
        _, totals = _receipts(table, quotes, asked, settings)
        priced = table.join(totals, ["account_id", "deliverable"])
        one = pa.Table.from_pylist([offer], _OFFERS)
        made.append(comparables(one, priced, nearness=settings["Nearness"]))
    return pa.concat_tables(made)


def _ads(totals: pa.Table, terms: Terms, settings: Mapping[str, Any]) -> pa.Table:
    """What the sum of the prices would buy on advertising platforms."""
    known = [one for one in totals["price_minor"].to_pylist() if one is not None]
    rates = settings["CurrencyRates"]
    if not known or conversion(terms.currency, "USD", rates) is None:
        return TABLES["ad_buys"].schema.empty_table()
    return ad_buys(sum(known), terms.currency, terms.market, currency_rates=rates)
