"""What published cards say of each offer: which one prices it, and how the others differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from mawj.plan.pricing.money import Conversion, conversion, digits_of
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    import pyarrow as pa
    from numpy.typing import NDArray

    from mawj.plan.pricing.cards import Rate
    from mawj.plan.pricing.money import CurrencyRates
    from mawj.plan.pricing.price_scale import PriceScale
    from mawj.plan.pricing.terms import Terms

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Offers:
    """The offers as columns; NaN where a count is not known.

    Attributes:
        account_ids, deliverables: who publishes what.
        subjects: topic that the account speaks of most; empty where not known.
        followers, views, views_low, views_high: counts.
    """

    account_ids: list[str]
    deliverables: NDArray[Any]
    subjects: NDArray[Any]
    followers: Floats
    views: Floats
    views_low: Floats
    views_high: Floats


@dataclass(frozen=True)
class Span:
    """Three readings of one amount: of the low, the middle and the high receipt."""

    low: Floats
    mid: Floats
    high: Floats

    def at(self, rows: Any) -> Span:
        """The readings of some rows."""
        return Span(self.low[rows], self.mid[rows], self.high[rows])


@dataclass(frozen=True)
class Reading:
    """One rate read for the offers that it fits by size.

    Attributes:
        rate: the card's rate.
        rows: which offers.
        fee: what it comes to in smallest units, not rounded; NaN where views or followers fail.
        quantity: views or followers that the rate was multiplied with; NaN for a fee of a post.
        money: how its currency was turned into that of the offer; None where it cannot be.
        why_not: why it does not price: too_old or no_exchange; empty where it may.
    """

    rate: Rate
    rows: NDArray[np.int64]
    fee: Span
    quantity: Floats
    money: Conversion | None
    why_not: str = ""


@dataclass(frozen=True)
class CardFees:
    """The fee of each offer by the cards.

    Attributes:
        fee: smallest units, not rounded; NaN where no card prices it.
        quantity: what the rate was multiplied with.
        used: place of the rate in `rates`; -1 for none.
        rates: every rate that was read.
        missing: why there is no fee; empty where there is one.
    """

    fee: Span
    quantity: Floats
    used: NDArray[np.int64]
    rates: list[Reading]
    missing: NDArray[Any]


def offers_of(table: pa.Table) -> Offers:
    """Offers from an Arrow table.

    Reads:
        table: account_id, deliverable, subject, followers, views, views_low, views_high;
            NULL for what is not known.

    Raises:
        ActionRefused: when one deliverable of one account stands twice.
    """
    keys = ["account_id", "deliverable"]
    if table.group_by(keys).aggregate([]).num_rows != table.num_rows:
        raise ActionRefused("a deliverable of an account is to be priced twice; say it once")

    def floats(name: str) -> Floats:
        found = table[name].to_numpy(zero_copy_only=False)
        return np.asarray(found, dtype=np.float64)

    def texts(name: str) -> NDArray[Any]:
        return np.array([text or "" for text in table[name].to_pylist()], dtype=object)

    return Offers(
        [str(one) for one in table["account_id"].to_pylist()],
        texts("deliverable"),
        texts("subject"),
        *(floats(name) for name in ("followers", "views", "views_low", "views_high")),
    )


def card_fees(
    offers: Offers,
    terms: Terms,
    cards: Sequence[Rate],
    *,
    currency_rates: CurrencyRates,
    price_scale: PriceScale,
    as_of: date,
) -> CardFees:
    """The fee of each offer by the card that fits best, as wide as the cards disagree.

    Best fits, in this order: by views rather than by size of account, of the market rather than
    of the world, of the subject, of a size rather than of any, the newest. The fee's range is
    that of the card and of the views, as independent factors; it is widened so that the middle
    figure of every other fitting card lies within.
    """
    n = len(offers.account_ids)
    low, mid, high, quantity = (np.full(n, np.nan) for _ in range(4))
    used = np.full(n, -1, dtype=np.int64)
    found = list(readings(offers, terms, cards, currency_rates, price_scale, as_of))
    for is_old in (False, True):
        untold = used < 0
        for place, one in enumerate(found):
            if one.why_not != ("too_old" if is_old else ""):
                continue
            told = np.isfinite(one.fee.mid) & (untold[one.rows] if is_old else True)
            first = told & (used[one.rows] < 0)
            rows, again = one.rows[first], one.rows[told & ~first]
            low[rows], mid[rows], high[rows] = (
                getattr(one.fee, end)[first] for end in ("low", "mid", "high")
            )
            quantity[rows], used[rows] = one.quantity[first], place
            others = one.fee.mid[told & ~first]
            low[again] = np.minimum(low[again], others)
            high[again] = np.maximum(high[again], others)
    missing = _missing(offers, used, found)
    return CardFees(Span(low, mid, high), quantity, used, found, missing)


def readings(
    offers: Offers,
    terms: Terms,
    cards: Sequence[Rate],
    currency_rates: CurrencyRates,
    price_scale: PriceScale,
    as_of: date,
) -> Iterator[Reading]:
    """Every rate that speaks of an offer's deliverable, market and subject, best first."""
    money = {
        rate.currency: conversion(rate.currency, terms.currency, currency_rates)
        for rate in cards
    }
    keys = sorted(set(zip(offers.deliverables, offers.subjects, strict=True)))
    for key, subject in keys:
        of_group = (offers.deliverables == key) & (offers.subjects == subject)
        fitting = [rate for rate in cards if rate.fits(key, terms.market, subject)]
        for rate in sorted(fitting, key=lambda rate: _order(rate, terms.market)):
            rows = np.flatnonzero(of_group & _of_size(rate, offers.followers))
            if rows.size:
                one = _read(rate, offers, rows, money[rate.currency])
                is_old = (as_of - rate.dated_on).days > price_scale.oldest_card_days
                yield replace(one, why_not=one.why_not or ("too_old" if is_old else ""))


def _order(rate: Rate, market: str) -> tuple[Any, ...]:
    return (
        rate.per != "thousand_views",
        rate.market != market,
        not rate.subjects,
        rate.followers_from is None,
        -rate.dated_on.toordinal(),
        rate.card,
    )


def _of_size(rate: Rate, followers: Floats) -> NDArray[np.bool_]:
    """Which accounts a rate is for; one whose size is not known fits only rates for any."""
    if rate.followers_from is None:
        return np.ones(len(followers), dtype=np.bool_)
    below = np.inf if rate.followers_below is None else rate.followers_below
    return np.asarray((followers >= rate.followers_from) & (followers < below))


def _read(
    rate: Rate, offers: Offers, rows: NDArray[np.int64], money: Conversion | None
) -> Reading:
    nothing = np.full(len(rows), np.nan)
    if money is None:
        return Reading(
            rate, rows, Span(nothing, nothing, nothing), nothing, None, "no_exchange"
        )
    unit = 10.0 ** digits_of(rate.currency) * money.factor
    if rate.per == "thousand_views":
        views = offers.views[rows]
        fee = _by_views(rate, views, offers.views_low[rows], offers.views_high[rows], unit)
        return Reading(rate, rows, fee, views, money)
    if rate.per == "thousand_followers":
        followers = offers.followers[rows]
        fee = Span(*(followers / 1000 * one * unit for one in (rate.low, rate.mid, rate.high)))
        return Reading(rate, rows, fee, followers, money)
    fee = Span(*(np.full(len(rows), one * unit) for one in (rate.low, rate.mid, rate.high)))
    return Reading(rate, rows, fee, nothing, money)


def _by_views(rate: Rate, views: Floats, low: Floats, high: Floats, unit: float) -> Span:
    """Expected views times the rate, both with their spread.

    How far the views and how far the rate may be off are taken for independent factors: their
    logarithmic half-widths add up as squares. Where the views' interval is not known it is left
    out, which makes the range too narrow rather than made up.
    """
    down = np.where(np.isnan(low), 1.0, _over(views, low))
    up = np.where(np.isnan(high), 1.0, _over(high, views))
    mid = views / 1000 * rate.mid * unit
    return Span(
        mid * np.exp(-np.hypot(np.log(down), np.log(rate.mid / rate.low))),
        mid,
        np.where(
            views > 0,
            mid * np.exp(np.hypot(np.log(np.minimum(up, 1e12)), np.log(rate.high / rate.mid))),
            np.where(np.isnan(high), 0.0, high) / 1000 * rate.high * unit + 0.0 * views,
        ),
    )


def _over(part: Floats, whole: Floats) -> Floats:
    """`part / whole`, at least 1; nothing divided by nothing is 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(part == whole, 1.0, part / whole)
    return np.maximum(found, 1.0)


def _missing(offers: Offers, used: NDArray[np.int64], found: list[Reading]) -> NDArray[Any]:
    missing = np.array(["no_card"] * len(used), dtype=object)
    spoken = np.zeros(len(used), dtype=np.bool_)
    changeable = np.zeros(len(used), dtype=np.bool_)
    for one in found:
        spoken[one.rows] = True
        changeable[one.rows] |= one.money is not None
    missing[spoken & ~changeable] = "no_exchange"
    missing[changeable & np.isnan(offers.views)] = "no_views"
    missing[used >= 0] = ""
    return missing
