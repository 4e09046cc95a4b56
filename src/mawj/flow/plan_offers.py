"""What each account of a shortlist could publish, what it may bring and what it should cost."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from ibis import _

from mawj.flow.accounts import rows
from mawj.flow.forecasting import ForecastWanted, forecasts_for
from mawj.flow.planned_offers import Expected, Offer, ReceiptLine, UnitCost
from mawj.plan.asking.deliverables import deliverable, deliverable_of, deliverables
from mawj.plan.asking.occasions import occasions_between
from mawj.plan.pricing.cards import rate_cards
from mawj.plan.pricing.price_lines import price_lines
from mawj.plan.pricing.prices import prices
from mawj.plan.pricing.unit_costs import unit_costs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mawj.flow.plan_trust import Trust
    from mawj.lake.lake import Lake
    from mawj.plan.asking.brief import Brief
    from mawj.plan.asking.shortlisting import Candidate

MOST_DAYS = 4
"""Days of publishing that forecasts are made for; the accounts take turns. Our judgement."""

USED_LEAST = 0.1
"""Share of an account's posts that a form must have to be offered unasked; our judgement."""

UNASKED = ("live", "story")
"""Forms that are only offered where the brief asks for them."""

_TEXTS = ("account_id", "deliverable", "subject")
_Key = tuple[str, str]


@dataclass(frozen=True)
class OffersAsked:
    """What is asked of a shortlist.

    Attributes:
        brief: what is wanted.
        subject: the topic that cards may speak of; empty for none.
        trust: what vetting found.
        settings: settings objects by class name.
        on: the day of asking, for the age of rate cards.
    """

    brief: Brief
    subject: str
    trust: Trust
    settings: Mapping[str, Any]
    on: date


def plan_offers(
    lake: Lake, accounts: Sequence[Candidate], asked: OffersAsked
) -> tuple[Offer, ...]:
    """The offers of the accounts, account by account: what they may bring and cost."""
    keys = _deliverables(lake, accounts, asked.brief)
    days = publishing_days(asked.brief)
    turns = {one.account_id: days[i % len(days)] for i, one in enumerate(accounts)}
    bare = [
        _bare(one, key, turns[one.account_id], asked.trust)
        for one in accounts
        for key in keys[one.account_id]
    ]
    if not bare:
        return ()
    forecasts = _forecasts(lake, bare, asked)
    lines = _receipts(lake, bare, forecasts, asked)
    totals = prices(lines)
    units = unit_costs(totals, forecasts)
    expected, receipts = _expected(forecasts), _grouped(lines)
    costs, price_of = _grouped(units), {_key(row): row for row in totals.to_pylist()}
    return tuple(
        _whole(one, expected, (price_of, receipts), costs)
        for one in bare
    )  # fmt: skip


def publishing_days(brief: Brief) -> list[date]:
    """A few days of the campaign, evenly apart, and not of mourning where others are left."""
    countries = brief.audience.countries
    mourning = {
        one.starts_on + timedelta(days=i)
        for one in occasions_between(brief.starts_on, brief.ends_on, countries)
        if one.occasion.kind == "mourning" and countries
        for i in range((one.ends_on - one.starts_on).days + 1)
    }
    every = [brief.starts_on + timedelta(days=i) for i in range(brief.n_days)]
    open_days = [day for day in every if day not in mourning] or every
    n = min(MOST_DAYS, len(open_days))
    return [open_days[int((i + 0.5) * len(open_days) / n)] for i in range(n)]


def _deliverables(
    lake: Lake, accounts: Sequence[Candidate], brief: Brief
) -> dict[str, list[str]]:
    """What each account is asked for: the brief's, else the forms that it publishes anyway."""
    if brief.deliverables:
        return {
            one.account_id: [
                key for key in brief.deliverables if deliverable(key).platform == one.platform
            ]
            for one in accounts
        }
    ids = [one.account_id for one in accounts]
    counts = lake.read("post_counts").filter(_.account_id.isin(ids))
    used: dict[str, dict[str, int]] = {one: defaultdict(int) for one in ids}
    for row in rows(counts.group_by(["account_id", "platform", "kind"]).agg(n=_.count())):
        key = deliverable_of(row["platform"], row["kind"])
        if key and row["kind"] not in UNASKED:
            used[row["account_id"]][key] += row["n"]
    return {one.account_id: _used(used[one.account_id], one.platform) for one in accounts}


def _used(counts: Mapping[str, int], platform: str) -> list[str]:
    total = sum(counts.values())
    often = [key for key, n in sorted(counts.items()) if n >= USED_LEAST * total]
    first = [key for key, one in deliverables().items() if one.platform == platform][:1]
    return often or first


def _bare(one: Candidate, key: str, publish_on: date, trust: Trust) -> Offer:
    vetted = trust.accounts[one.account_id]
    score = vetted.score("credibility")
    return Offer(
        account_id=one.account_id, person_id=one.person_id, platform=one.platform,
        handle=one.handle, name=one.name, country=one.country, languages=one.languages,
        tier=one.tier, kind=one.kind, community=one.community, followers=one.followers,
        deliverable=key, publish_on=publish_on, credibility=trust.credibility(one.account_id),
        coverage=score.coverage if score else None, concerns=vetted.strongest,
    )  # fmt: skip


def _forecasts(lake: Lake, offers: Sequence[Offer], asked: OffersAsked) -> pa.Table:
    """The forecast of each offer on its day, orders by what the brand knows."""
    ids = list(dict.fromkeys(one.account_id for one in offers))
    wanted = ForecastWanted(
        on=sorted({one.publish_on for one in offers}),
        deliverables=list(dict.fromkeys(one.deliverable for one in offers)),
        with_lines=False,
    )
    made = forecasts_for(lake, ids, wanted, asked.settings).rows
    days = {(one.account_id, one.deliverable): one.publish_on for one in offers}
    kept = [row for row in made.to_pylist() if days.get(_key(row)) == row["on"]]
    share = asked.brief.sales.conversion_share
    return pa.Table.from_pylist(
        kept if share is None else with_orders(kept, share), schema=made.schema
    )


def with_orders(told: Sequence[Mapping[str, Any]], share: float) -> list[dict[str, Any]]:
    """Orders as the brand's own share of the clicks, wherever these are known."""
    clicks = {_key(row): row for row in told if row["measure"] == "clicks"}
    ends = ("forecast", "forecast_low", "forecast_high")
    found = []
    for row in told:
        of = clicks.get(_key(row)) if row["measure"] == "conversions" else None
        if of is not None and of["forecast"] is not None:
            own = {end: None if of[end] is None else of[end] * share for end in ends}
            found.append({**row, **own, "basis": "rate", "missing": None, "level": of["level"]})
        else:
            found.append(dict(row))
    return found


def _receipts(
    lake: Lake, offers: Sequence[Offer], forecasts: pa.Table, asked: OffersAsked
) -> pa.Table:
    views = {_key(row): row for row in forecasts.to_pylist() if row["measure"] == "views"}
    nothing = {"forecast": None, "forecast_low": None, "forecast_high": None}
    told = []
    for one in offers:
        seen = views.get((one.account_id, one.deliverable), nothing)
        told.append({
            "account_id": one.account_id, "deliverable": one.deliverable,
            "subject": asked.subject or None, "followers": one.followers,
            "views": seen["forecast"], "views_low": seen["forecast_low"],
            "views_high": seen["forecast_high"],
        })  # fmt: skip
    kinds: dict[str, pa.DataType] = dict.fromkeys(_TEXTS, pa.string())
    kinds |= dict.fromkeys(("followers", "views", "views_low", "views_high"), pa.float64())
    ids = list({one.account_id for one in offers})
    quotes = lake.read("quotes").filter(_.account_id.isin(ids)).to_pyarrow()
    return price_lines(
        pa.Table.from_pylist(told, schema=pa.schema(kinds)), quotes,
        terms=asked.brief.asked_terms, cards=rate_cards(),
        currency_rates=asked.settings["CurrencyRates"],
        price_scale=asked.settings["PriceScale"], as_of=asked.on,
    )  # fmt: skip


def _expected(forecasts: pa.Table) -> dict[_Key, tuple[Expected, ...]]:
    found: dict[_Key, list[Expected]] = defaultdict(list)
    for row in forecasts.to_pylist():
        found[_key(row)].append(
            Expected(
                row["measure"], row["forecast"], row["forecast_low"], row["forecast_high"],
                row["level"], row["n_own"] or 0, row["n_peers"] or 0, row["basis"] or "",
                row["missing"] or "",
            )
        )  # fmt: skip
    return {key: tuple(some) for key, some in found.items()}


def _whole(
    one: Offer,
    expected: Mapping[_Key, tuple[Expected, ...]],
    money: tuple[Mapping[_Key, dict[str, Any]], Mapping[_Key, list[dict[str, Any]]]],
    costs: Mapping[_Key, list[dict[str, Any]]],
) -> Offer:
    key = (one.account_id, one.deliverable)
    price, lines = money[0].get(key), money[1].get(key, [])
    names = ReceiptLine.__dataclass_fields__
    receipt = tuple(ReceiptLine(**{name: row[name] for name in names}) for row in lines)
    units = tuple(
        UnitCost(row["unit"], row["unit_cost"], row["unit_cost_low"], row["unit_cost_high"])
        for row in costs.get(key, [])
    )
    made = replace(one, expected=expected.get(key, ()), receipt=receipt, units=units)
    if price is None:
        return made
    return replace(
        made, price_minor=price["price_minor"], price_low_minor=price["price_low_minor"],
        price_high_minor=price["price_high_minor"], price_basis=price["basis"] or "",
        price_missing=price["missing"] or "",
    )  # fmt: skip


def _grouped(table: pa.Table) -> dict[_Key, list[dict[str, Any]]]:
    found: dict[_Key, list[dict[str, Any]]] = defaultdict(list)
    for row in table.to_pylist():
        found[_key(row)].append(row)
    return found


def _key(row: Mapping[str, Any]) -> _Key:
    return str(row["account_id"]), str(row["deliverable"])
