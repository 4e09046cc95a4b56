"""What each published card says of an offer, so that their disagreement can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj.plan.pricing.card_fees import card_fees, offers_of
from mawj.tables.derived_plan_price import CARD_READINGS
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mawj.plan.pricing.cards import Rate
    from mawj.plan.pricing.money import CurrencyRates
    from mawj.plan.pricing.price_scale import PriceScale
    from mawj.plan.pricing.terms import Terms

MOST_OFFERS = 1_000
"""Offers looked at side by side with every card; more are priced, not shown."""


def card_readings(
    offers: pa.Table,
    terms: Terms,
    cards: Sequence[Rate],
    *,
    currency_rates: CurrencyRates,
    price_scale: PriceScale,
    as_of: date,
) -> pa.Table:
    """What one published card says of one deliverable of one account.

    Reads:
        offers: as for `price_lines`.

    Returns:
        The declared columns, the card in use first, then as they would be taken in turn.

    Nulls:
        The amounts are NULL where a card cannot be read, and `why_not` says why.

    Raises:
        ActionRefused: for more than `MOST_OFFERS` offers.
    """
    if offers.num_rows > MOST_OFFERS:
        raise ActionRefused(f"{offers.num_rows} offers: at most {MOST_OFFERS} side by side")
    asked = offers_of(offers)
    found = card_fees(
        asked, terms, cards,
        currency_rates=currency_rates, price_scale=price_scale, as_of=as_of,
    )  # fmt: skip
    rows: dict[tuple[int, str, str], dict[str, Any]] = {}
    for place, one in enumerate(found.rates):
        for at, row in enumerate(one.rows):
            amounts = {
                f"amount{end}_minor": _whole(getattr(one.fee, name)[at])
                for end, name in (("", "mid"), ("_low", "low"), ("_high", "high"))
            }
            is_used = bool(found.used[row] == place)
            told = {
                "account_id": asked.account_ids[row], "deliverable": asked.deliverables[row],
                "card": one.rate.card, "per": one.rate.per, "currency": terms.currency,
                "market": one.rate.market, "title": one.rate.title, "source": one.rate.source,
                "dated_on": one.rate.dated_on, "date_basis": one.rate.date_basis,
                "is_used": is_used,
                "why_not": None if is_used else _why_not(one.why_not, amounts),
            }  # fmt: skip
            # A card may hold a figure for the subject and one for any: the better fit stands.
            rows.setdefault((int(row), one.rate.card, one.rate.per), told | amounts)
    ordered = sorted(rows.items(), key=lambda item: (item[0][0], not item[1]["is_used"]))
    return pa.Table.from_pylist([row for _, row in ordered], CARD_READINGS.schema)


def _whole(amount: float) -> int | None:
    return round(amount) if np.isfinite(amount) else None


def _why_not(why_not: str, amounts: dict[str, int | None]) -> str | None:
    return why_not or ("no_count" if amounts["amount_minor"] is None else None)
