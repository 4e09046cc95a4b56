"""The pay-gap audit over a lake: fees that are known, or prices that we suggest, by group."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from ibis import _

from mawj.flow.accounts import account_ids_of, rows
from mawj.flow.pricing_facts import account_facts, quotes_of, usual_deliverables
from mawj.plan.pricing.cards import rate_cards
from mawj.plan.pricing.money import conversion
from mawj.plan.pricing.pay_gap import pay_audit
from mawj.plan.pricing.price_lines import price_lines
from mawj.plan.pricing.prices import prices
from mawj.plan.pricing.terms import Terms
from mawj.sources.quote_words import meaning_of
from mawj.tables.declared import TABLES
from mawj.tables.errors import SourceRefused
from mawj.text.normalise import search_form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mawj.lake.lake import Lake
    from mawj.plan.pricing.pay_gap import PayAudit

GROUP_HEADINGS = frozenset(
    search_form(one)
    for one in ("group", "groups", "class", "المجموعة", "الفئة", "گروه", "دسته")
)
SCHEME = "hootsuite"
FEES = pa.schema(
    [(name, pa.string()) for name in ("account_id", "group", "currency", "platform",
                                      "deliverable", "tier", "market")]
    + [(name, pa.float64()) for name in ("amount", "views", "engagements")]
)  # fmt: skip


@dataclass(frozen=True)
class AuditAsked:
    """What to audit.

    Attributes:
        groups: (account, group) as the user's file says them.
        currency: that all amounts are turned into.
        today: the day of asking, for the age of cards.
        of_suggestions: audit the prices that Mawj would suggest, instead of known fees.
    """

    groups: Sequence[tuple[str, str]]
    currency: str
    today: date
    of_suggestions: bool = False


def groups_in(text: str, file: str = "the file of groups") -> list[tuple[str, str]]:
    """Accounts and their groups from CSV: headings in three languages, or just two columns.

    Raises:
        SourceRefused: when there are not two columns, or nothing in them.
    """
    table = [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    if not table or len(table[0]) < 2:
        raise SourceRefused(f"{file}: two columns are needed, an account and its group")
    heads = [search_form(cell) for cell in table[0]]
    group = next((i for i, head in enumerate(heads) if head in GROUP_HEADINGS), None)
    account = next((i for i, c in enumerate(table[0]) if meaning_of(c) == "account"), None)
    has_headings = group is not None or account is not None
    if group is None:
        group = 1 if account in (None, 0) else 0
    if account is None:
        account = 1 if group == 0 else 0
    body = table[1:] if has_headings else table
    last = max(group, account)
    told = [(r[account].strip(), r[group].strip()) for r in body if len(r) > last]
    told = [(one, name) for one, name in told if one and name]
    if not told:
        raise SourceRefused(f"{file}: it names no account with a group")
    return told


def audit(lake: Lake, asked: AuditAsked, settings: Mapping[str, Any], *, seed: int) -> PayAudit:
    """Whether accounts of different groups are paid differently for like results.

    Accounts of the file that are not loaded are left out; groups are never inferred.

    Raises:
        NotEnoughData: when fewer than two groups have fees that can be read.
    """
    whose = dict(asked.groups)
    ids, _unknown = account_ids_of(lake, list(whose), skip_unknown=True)
    by_id = _groups_by_id(lake, whose, ids)
    facts = account_facts(lake, ids)
    told = (
        _suggested(lake, facts, asked, settings)
        if asked.of_suggestions
        else _known(lake, facts, asked, settings)
    )
    tiers = {
        row["account_id"]: row["tier"]
        for row in rows(
            lake.read("tiers").filter(_.scheme == SCHEME, _.account_id.isin(ids or [""]))
        )
    }
    fees = [row | {"group": by_id[row["account_id"]], "tier": tiers.get(row["account_id"])}
            for row in told]  # fmt: skip
    table = pa.Table.from_pylist(fees, FEES)
    return pay_audit(table, pay_gap_scale=settings["PayGapScale"], seed=seed)


def _groups_by_id(lake: Lake, whose: Mapping[str, str], ids: Sequence[str]) -> dict[str, str]:
    found = {one: whose[one] for one in ids if one in whose}
    for said, group in whose.items():
        if said not in found:
            for one in account_ids_of(lake, [said], skip_unknown=True)[0]:
                found[one] = group
    return found


def _known(
    lake: Lake,
    facts: Sequence[Mapping[str, Any]],
    asked: AuditAsked,
    settings: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """Fees that were asked or paid, with what came of them, else what usually comes."""
    of = {str(one["account_id"]): one for one in facts}
    told = []
    for row in quotes_of(lake, facts).to_pylist():
        money = conversion(row["currency"], asked.currency, settings["CurrencyRates"])
        one = of[row["account_id"]]
        views = row["views"] if row["views"] is not None else one["reach"]
        told.append({
            "account_id": row["account_id"], "deliverable": row["deliverable"],
            "amount": row["amount_minor"] * money.factor if money else None,
            "currency": asked.currency, "views": views,
            "engagements": _engagements(row["engagements"], one),
            "platform": one["platform"], "market": one["country"],
        })  # fmt: skip
    return told


def _engagements(counted: float | None, facts: Mapping[str, Any]) -> float | None:
    share, followers = facts["engagement_share"], facts["followers"]
    if counted is not None or share is None or followers is None:
        return counted
    return float(share * followers)


def _suggested(
    lake: Lake,
    facts: Sequence[Mapping[str, Any]],
    asked: AuditAsked,
    settings: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """What Mawj would suggest for what each account publishes most, by its usual views."""
    usual = usual_deliverables(lake, facts)
    offers = [
        {"account_id": one["account_id"], "deliverable": usual[one["account_id"]],
         "subject": one["subject"], "followers": one["followers"], "views": one["reach"],
         "views_low": None, "views_high": None}
        for one in facts
    ]  # fmt: skip
    schema = pa.schema(
        [(name, pa.string()) for name in ("account_id", "deliverable", "subject")]
        + [(name, pa.float64()) for name in ("followers", "views", "views_low", "views_high")]
    )
    lines = price_lines(
        pa.Table.from_pylist(offers, schema), quotes_of(lake, facts) if facts else
        TABLES["quotes"].schema.empty_table(), Terms(currency=asked.currency), rate_cards(),
        currency_rates=settings["CurrencyRates"], price_scale=settings["PriceScale"],
        as_of=asked.today,
    )  # fmt: skip
    of = {str(one["account_id"]): one for one in facts}
    return [
        {
            "account_id": row["account_id"], "deliverable": row["deliverable"],
            "amount": row["price_minor"], "currency": asked.currency,
            "views": of[row["account_id"]]["reach"],
            "engagements": _engagements(None, of[row["account_id"]]),
            "platform": of[row["account_id"]]["platform"],
            "market": of[row["account_id"]]["country"],
        }
        for row in prices(lines).to_pylist()
    ]  # fmt: skip
