"""What the same money buys on advertising platforms, by published figures with their dates."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.plan.pricing.money import conversion, major_of
from mawj.tables.derived_plan_cost import AD_BUYS
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mawj.plan.pricing.money import CurrencyRates

CHANNELS = ("search", "meta", "tiktok", "youtube", "x", "snapchat", "display")
MEASURES = ("cpm", "cpc", "ctr", "cvr")


@dataclass(frozen=True)
class Figure:
    """What the published figures of one measure come to on one channel.

    Attributes:
        low, high: the smallest and the greatest of them.
        market: of which market they are; empty for the world.
        sources: whose they are.
        oldest, date_basis: of when the oldest is, and how exact that is.
    """

    low: float
    high: float
    market: str
    sources: tuple[str, ...]
    oldest: date
    date_basis: str

    @property
    def mid(self) -> float:
        """The geometric mean: such figures differ by factors."""
        return math.sqrt(self.low * self.high)


@cache
def _file() -> Mapping[str, Any]:
    text = (resources.files(__package__) / "ad_benchmarks.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def ad_benchmarks() -> tuple[Mapping[str, Any], ...]:
    """Every figure of `ad_benchmarks.toml`."""
    return tuple(_file()["benchmark"])


def closed_to(channel: str, market: str) -> Mapping[str, Any] | None:
    """Why nothing can be bought there at all; None where something can."""
    closed = (row for row in _file()["closed"] if row["market"] == market)
    return next((row for row in closed if channel in row["channels"]), None)


def ad_figure(channel: str, measure: str, market: str) -> Figure | None:
    """The published figures of a channel: of the market where there are any, else of the world.

    None where nobody has published one; another country's figure is not put in its place.
    """
    rows = [r for r in ad_benchmarks() if (r["channel"], r["measure"]) == (channel, measure)]
    for place in dict.fromkeys((market, "")):
        told = [row for row in rows if place in row["ranges"]]
        if told:
            oldest = min(told, key=lambda row: row["dated_on"])
            return Figure(
                min(row["ranges"][place][0] for row in told),
                max(row["ranges"][place][1] for row in told),
                place,
                tuple(dict.fromkeys(row["source"] for row in told)),
                oldest["dated_on"],
                oldest["date_basis"],
            )
    return None


def ad_buys(
    budget_minor: int, currency: str, market: str, *, currency_rates: CurrencyRates
) -> pa.Table:
    """What a budget buys on one advertising platform: one row per channel and measure.

    Returns:
        The declared columns: impressions = budget / CPM × 1,000; clicks = budget / CPC, or
        impressions × click rate where no CPC is published; conversions = clicks × conversion
        rate. Low is with the dearest figures all together, high with the cheapest: no chance
        is claimed for either. Where impressions are known and CPM is not, clicks / click rate.

    Nulls:
        NULL where a figure is not published for the market or the world.

    Raises:
        ActionRefused: for a budget below 0, or a currency without a rate to the dollar.
    """
    money = conversion(currency, "USD", currency_rates)
    if budget_minor < 0:
        raise ActionRefused("a budget cannot be below 0")
    if money is None:
        raise ActionRefused(
            f"advertising figures are in US dollars and no rate of {currency} is known; "
            f"give one, such as {currency}=0.92 for a dollar"
        )
    budget = major_of(budget_minor * money.factor, "USD")
    rows = [row for channel in CHANNELS for row in _channel(channel, budget, market)]
    return pa.Table.from_pylist(rows, AD_BUYS.schema)


def _channel(channel: str, budget: float, market: str) -> list[dict[str, Any]]:
    cpm, cpc, ctr, cvr = (ad_figure(channel, measure, market) for measure in MEASURES)
    clicks: list[tuple[str, Figure | None]] = (
        [("cpc", cpc)] if cpc else [("cpm", cpm), ("ctr", ctr)]
    )
    shown: list[tuple[str, Figure | None]] = (
        [("cpm", cpm)] if cpm or not ctr else [*clicks, ("ctr", ctr)]
    )
    ways = {"impressions": shown, "clicks": clicks, "conversions": [*clicks, ("cvr", cvr)]}
    closed = closed_to(channel, market)
    if closed:
        return [_closed(channel, measure, closed) for measure in ways]
    made = []
    for measure, figures in ways.items():
        lacking = [name for name, figure in figures if figure is None]
        told = [(name, figure) for name, figure in figures if figure is not None]
        bought = (None, None, None) if lacking else _bought(budget, measure, told)
        made.append(
            {
                "channel": channel, "measure": measure, "missing": ", ".join(lacking) or None,
                "market": next((f.market for _, f in told if f.market), ""),
                "bought_low": bought[0], "bought": bought[1], "bought_high": bought[2],
                "source": _sources([f for _, f in told]),
                **_oldest([figure for _, figure in told]),
            }
        )  # fmt: skip
    return made


def _closed(channel: str, measure: str, closed: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "channel": channel, "measure": measure, "market": closed["market"],
        "bought_low": None, "bought": None, "bought_high": None, "missing": "closed",
        "source": closed["source"], "dated_on": closed["dated_on"],
        "date_basis": closed["date_basis"],
    }  # fmt: skip


def _bought(
    budget: float, measure: str, figures: Sequence[tuple[str, Figure]]
) -> tuple[float, float, float]:
    """Low, middle and high; prices divide, rates multiply (or divide, for impressions)."""
    low = mid = high = budget
    for name, figure in figures:
        if name in ("cpm", "cpc"):
            many = 1000.0 if name == "cpm" else 1.0
            low, mid, high = (
                low / figure.high * many, mid / figure.mid * many, high / figure.low * many,
            )  # fmt: skip
        elif measure == "impressions":
            low, mid, high = low / figure.high, mid / figure.mid, high / figure.low
        else:
            low, mid, high = low * figure.low, mid * figure.mid, high * figure.high
    return low, mid, high


def _oldest(figures: Sequence[Figure]) -> dict[str, Any]:
    one = min(figures, key=lambda figure: figure.oldest, default=None)
    return {
        "dated_on": one.oldest if one else None,
        "date_basis": one.date_basis if one else None,
    }


def _sources(figures: Sequence[Figure]) -> str | None:
    every = dict.fromkeys(source for figure in figures for source in figure.sources)
    return "; ".join(every) or None
