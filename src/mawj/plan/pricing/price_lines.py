"""The receipt of each offer: what makes its price, line by line, each with its range."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mawj.plan.pricing.card_fees import Span, card_fees, offers_of
from mawj.plan.pricing.money import conversion, digits_of
from mawj.plan.pricing.own_fees import beyond, own_fees, shrunk
from mawj.plan.pricing.receipt import Receipt, Told, day_of, told_by
from mawj.plan.pricing.terms import (
    Asked,
    boosting_share,
    brand_fee,
    cut_cost,
    exclusivity_share,
    tax_share,
    urgency_share,
    usage_share,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    import pyarrow as pa
    from numpy.typing import NDArray

    from mawj.plan.pricing.card_fees import CardFees
    from mawj.plan.pricing.cards import Rate
    from mawj.plan.pricing.money import CurrencyRates
    from mawj.plan.pricing.own_fees import OwnFees
    from mawj.plan.pricing.price_scale import PriceScale
    from mawj.plan.pricing.terms import Terms

_RULE = {
    "thousand_views": ("views", "views_times_cpm"),
    "thousand_followers": ("flat_fee", "followers_times_rate"),
    "post": ("flat_fee", "fee_of_post"),
}


def price_lines(
    offers: pa.Table,
    quotes: pa.Table,
    terms: Terms,
    cards: Sequence[Rate],
    *,
    currency_rates: CurrencyRates,
    price_scale: PriceScale,
    as_of: date,
) -> pa.Table:
    """One line of the receipt of one offer.

    Reads:
        offers: one row per account and deliverable: account_id, deliverable, subject,
            followers, views, views_low, views_high; NULL for what is not known.
        quotes: fees asked and paid, as declared.
        terms, cards: what is wished for, and the published rates to price by.

    Returns:
        The declared columns of `price_lines`, offer by offer. The sum of a receipt's lines is
        its price, in each of its three columns, to the smallest unit. A fee is the account's
        own quote where one holds, else a card's drawn to its past fees, else a card's.

    Nulls:
        Without views, card or rate of exchange the fee's line is NULL and says why; what is a
        share of it is left out. It is never 0.

    Source:
        The range: within a line independent factors add up as squares of logarithms; the lines
        themselves are added low to low and high to high, since they follow one fee and one
        negotiator. It is the wider of the two ways, and no claim of 80 %.
    """
    asked = offers_of(offers)
    known = {"currency_rates": currency_rates, "price_scale": price_scale, "as_of": as_of}
    fees: CardFees = card_fees(asked, terms, cards, **known)  # type: ignore[arg-type]
    own = own_fees(asked, quotes, terms, **known)  # type: ignore[arg-type]
    receipt = Receipt(asked.account_ids, asked.deliverables, terms.currency)
    _fee(receipt, fees, own, price_scale)
    known_rows = np.flatnonzero(np.isfinite(receipt.total.mid))
    fee = Span(receipt.total.low.copy(), receipt.total.mid.copy(), receipt.total.high.copy())
    _production(receipt, known_rows, terms, currency_rates)
    _rights(receipt, known_rows, fee, own, terms, price_scale)
    _rest(receipt, known_rows, terms, price_scale)
    return receipt.table()


def _fee(receipt: Receipt, fees: CardFees, own: OwnFees, scale: PriceScale) -> None:
    """The fee itself: a quote; else what a card says, and what past fees make of it."""
    is_quoted = np.isfinite(own.quoted)
    rows = np.flatnonzero(is_quoted)
    amount = own.quoted[rows]
    days = day_of(own.quoted_on[rows])
    told = Told("quoted", source="own_quote", dated_on=days, date_basis=_to_the_day(days))
    receipt.add("quoted_fee", rows, Span(amount, amount, amount), told)
    has_past = ~is_quoted & (own.n_past > 0)
    for place, one in enumerate(fees.rates):
        by_card = np.flatnonzero(~is_quoted & (fees.used == place))
        line, how = _RULE[one.rate.per]
        told = Told(
            how, fees.quantity[by_card], one.rate.mid, one.rate.low, one.rate.high,
            f"{one.rate.title} ({one.rate.currency})", one.rate.dated_on,
            one.rate.date_basis,
        )  # fmt: skip
        receipt.add(line, by_card, fees.fee.at(by_card), told)
    untold = np.flatnonzero(~is_quoted & ~has_past & (fees.used < 0))
    told = Told("views_times_cpm", missing=fees.missing[untold])
    receipt.add("views", untold, fees.fee.at(untold), told)
    _past(receipt, np.flatnonzero(has_past), fees, own, scale)


def _past(
    receipt: Receipt, rows: NDArray[np.int64], fees: CardFees, own: OwnFees, scale: PriceScale
) -> None:
    """What the account's past fees add to a card's figure, or take from it."""
    fee, weight = shrunk(fees.fee, own, scale)
    so_far = receipt.total.at(rows)
    added = Span(
        *(
            np.rint(getattr(fee.at(rows), e)) - getattr(so_far, e)
            for e in ("low", "mid", "high")
        )
    )
    has_card = fees.used[rows] >= 0
    days = day_of(own.past_on[rows])
    told = Told(
        np.where(has_card, "shrunk_to_past", "past_alone"),
        own.n_past[rows].astype(np.float64),
        weight[rows],
        source="own_fees",
        dated_on=days,
        date_basis=_to_the_day(days),
    )
    receipt.add("own_past", rows, added, told)


def _to_the_day(days: list[date | None]) -> list[str | None]:
    return [None if one is None else "day" for one in days]


def _production(
    receipt: Receipt, rows: NDArray[np.int64], terms: Terms, rates: CurrencyRates
) -> None:
    """Production agreed apart, and further cuts at what they are asked for."""
    n = len(rows)
    agreed = float(terms.production_minor)
    if terms.extra_cuts:
        money = conversion("USD", terms.currency, rates)
        cost = cut_cost()
        unit = 10.0 ** digits_of("USD") * money.factor if money else np.nan
        parts = [
            agreed + terms.extra_cuts * one * unit for one in (cost.low, cost.mid, cost.high)
        ]
        told = told_by("agreed_apart", cost, np.full(n, float(terms.extra_cuts)))
        if money is None:
            told = Told("agreed_apart", missing="no_exchange")
        receipt.add("production", rows, Span(*(np.full(n, part) for part in parts)), told)
    elif agreed:
        whole = np.full(n, agreed)
        receipt.add("production", rows, Span(whole, whole, whole), Told("agreed_apart"))


def _rights(
    receipt: Receipt,
    rows: NDArray[np.int64],
    fee: Span,
    own: OwnFees,
    terms: Terms,
    scale: PriceScale,
) -> None:
    """Rights and exclusivity as shares of the fee, less what a quote holds of them already."""
    factor = {"named": scale.exclusivity_named, "category": 1.0, "all": scale.exclusivity_all}
    scope = factor[terms.exclusivity_scope]
    shares: dict[str, tuple[float, Callable[[float], Asked]]] = {
        "usage_rights": (
            terms.usage_days,
            lambda days: usage_share(days, terms.usage_channels),
        ),
        "exclusivity": (terms.exclusivity_days, lambda d: exclusivity_share(d).times(scope)),
        "boosting": (terms.boosting_days, boosting_share),
    }
    held = {"usage_rights": "usage_days", "exclusivity": "exclusivity_days",
            "boosting": "boosting_days"}  # fmt: skip
    for line, (days, share) in shares.items():
        covered = np.where(np.isfinite(own.quoted), own.covered[held[line]], 0.0)[rows]
        for one in np.unique(covered) if days else ():
            some = rows[covered == one]
            asked = beyond(share(float(days)), share(float(one)))
            if days > one:
                _share(receipt, line, some, "share_of_fee", (asked, fee.at(some)))


def _rest(receipt: Receipt, rows: NDArray[np.int64], terms: Terms, scale: PriceScale) -> None:
    """Haste, what a cause is let off, the marketplace, money passed on, and tax."""
    hurry = urgency_share(terms.due_days)
    if hurry:
        _share(receipt, "urgency", rows, "share_of_work", (hurry, receipt.total.at(rows)))
    if terms.is_for_cause:
        off = Asked(
            -scale.cause_discount_high, -scale.cause_discount, -scale.cause_discount_low
        )
        _share(
            receipt, "cause_discount", rows, "discount_of_work", (off, receipt.total.at(rows))
        )
    fee = brand_fee(terms)
    if fee:
        _share(receipt, "platform_fee", rows, "share_of_bill", (fee, receipt.total.at(rows)))
    # The advertising itself is bought of the platform, which puts its own tax on it.
    bill = receipt.total.at(rows)
    if terms.boost_minor:
        whole = np.full(len(rows), float(terms.boost_minor))
        receipt.add("boost_budget", rows, Span(whole, whole, whole), Told("passed_on"))
    tax = tax_share(terms.tax_country)
    if tax:
        _share(receipt, "tax", rows, "share_of_bill", (tax, bill))


def _share(
    receipt: Receipt, line: str, rows: NDArray[np.int64], how: str, part: tuple[Asked, Span]
) -> None:
    asked, whole = part
    amounts = Span(asked.low * whole.low, asked.mid * whole.mid, asked.high * whole.high)
    receipt.add(line, rows, amounts, told_by(how, asked, whole.mid))
