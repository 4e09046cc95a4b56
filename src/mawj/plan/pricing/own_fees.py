"""What an account itself asked for or was paid: it comes before any card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from mawj.plan.pricing.card_fees import Span
from mawj.plan.pricing.money import conversion
from mawj.plan.pricing.terms import (
    Asked,
    boosting_share,
    exclusivity_share,
    tax_share,
    usage_share,
)

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa
    from numpy.typing import NDArray

    from mawj.plan.pricing.card_fees import Floats, Offers
    from mawj.plan.pricing.money import CurrencyRates
    from mawj.plan.pricing.price_scale import PriceScale
    from mawj.plan.pricing.terms import Terms

Z_80 = 1.2815515655446004
"""Quantile 0.9 of the normal distribution: 80 % lie within, as with forecasts."""

COVERED = ("usage_days", "exclusivity_days", "boosting_days")


@dataclass(frozen=True)
class OwnFees:
    """The account's own evidence for each offer.

    Attributes:
        quoted: a quote that still holds, without tax, in smallest units; NaN where none.
        quoted_on: its day as an ordinal; 0 where none.
        covered: days of each term that the quote holds already, by name of the term.
        n_past: fees asked or paid before.
        past_log: mean of their natural logarithms, without the terms in them; NaN where none.
        past_on: the newest of their days as an ordinal.
    """

    quoted: Floats
    quoted_on: NDArray[np.int64]
    covered: dict[str, Floats]
    n_past: NDArray[np.int64]
    past_log: Floats
    past_on: NDArray[np.int64]


def own_fees(
    offers: Offers,
    quotes: pa.Table,
    terms: Terms,
    *,
    currency_rates: CurrencyRates,
    price_scale: PriceScale,
    as_of: date,
) -> OwnFees:
    """Quotes that hold, and older fees as evidence.

    Reads:
        quotes: the declared columns; rows after `as_of` are not known yet, those in a currency
            without a rate of exchange are left out.
    """
    places = {
        key: place
        for place, key in enumerate(zip(offers.account_ids, offers.deliverables, strict=True))
    }
    n = len(offers.account_ids)
    own = OwnFees(
        np.full(n, np.nan), np.zeros(n, np.int64), {name: np.zeros(n) for name in COVERED},
        np.zeros(n, np.int64), np.full(n, np.nan), np.zeros(n, np.int64),
    )  # fmt: skip
    logs: dict[int, list[float]] = {}
    holds_from = as_of - timedelta(days=price_scale.quote_days)
    past_from = as_of - timedelta(days=price_scale.past_days)
    for row in quotes.to_pylist():
        place = places.get((row["account_id"], row["deliverable"]))
        money = conversion(row["currency"], terms.currency, currency_rates)
        if place is None or money is None or not past_from <= row["quoted_on"] <= as_of:
            continue
        amount = row["amount_minor"] * money.factor / _with_tax(row, terms)
        if not row["is_paid"] and row["quoted_on"] >= holds_from:
            _quote(own, place, row, amount)
        elif amount > 0:
            logs.setdefault(place, []).append(float(np.log(amount / _with_terms(row))))
            own.past_on[place] = max(own.past_on[place], row["quoted_on"].toordinal())
    for place, told in logs.items():
        own.n_past[place], own.past_log[place] = len(told), np.mean(told)
    return own


def _quote(own: OwnFees, place: int, row: dict[str, Any], amount: float) -> None:
    """The newest quote holds; of two on one day the higher, which is the careful one."""
    day = row["quoted_on"].toordinal()
    before = (own.quoted_on[place], own.quoted[place])
    if np.isnan(before[1]) or (day, amount) > before:
        own.quoted[place], own.quoted_on[place] = amount, day
        for name in COVERED:
            own.covered[name][place] = row[name] or 0.0


def _with_tax(row: dict[str, Any], terms: Terms) -> float:
    tax = tax_share(terms.tax_country) if row["is_tax_included"] else None
    return 1.0 + tax.mid if tax else 1.0


def _with_terms(row: dict[str, Any]) -> float:
    """How many times the plain fee a fee with these terms in it is."""
    return (
        1.0
        + usage_share(row["usage_days"] or 0.0, "organic").mid
        + exclusivity_share(row["exclusivity_days"] or 0.0).mid
        + boosting_share(row["boosting_days"] or 0.0).mid
    )


def shrunk(card: Span, own: OwnFees, scale: PriceScale) -> tuple[Span, Floats]:
    """The fee by a card, drawn to the account's own past fees; and the weight of these.

    The card is taken for a guess whose logarithm is off by `card_spread`, each own fee for one
    off by `fee_spread`: the normal model with known variances (Gelman et al. 2013, Bayesian
    Data Analysis, 2.5). The range holds 80 % of the next fee by that model. Where no card
    speaks, own fees stand alone.
    """
    within, between = scale.fee_spread**2, scale.card_spread**2
    n = own.n_past.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        has_card = np.isfinite(card.mid) & (card.mid > 0)
        weight = np.where(has_card, n * between / (n * between + within), 1.0)
        centre = weight * own.past_log + np.where(
            has_card, (1.0 - weight) * np.log(np.where(has_card, card.mid, 1.0)), 0.0
        )
        about = np.where(has_card, between * within / (n * between + within), within / n)
    reach = Z_80 * np.sqrt(about + within)
    found = Span(np.exp(centre - reach), np.exp(centre), np.exp(centre + reach))
    return found, np.where(n > 0, weight, 0.0)


def beyond(asked: Asked, held: Asked) -> Asked:
    """What a term asks for beyond what a quote holds of it already; never below nothing."""
    low, mid, high = sorted(
        max(getattr(asked, end) - getattr(held, end), 0.0) for end in ("low", "mid", "high")
    )
    return Asked(low, mid, high, asked.source, asked.dated_on, asked.date_basis)
