"""What is wished for beside the post itself, and what published sources ask for it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from statistics import median
from typing import TYPE_CHECKING, Any

from mawj.plan.pricing.money import digits_of
from mawj.tables.errors import ActionRefused, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

CHANNELS = ("organic", "paid")
SCOPES = ("named", "category", "all")
MONTH = 30.0
"""Days that the trade counts for a month of rights."""


@dataclass(frozen=True)
class Terms:
    """What is wished for; every field moves a line of the receipt.

    Attributes:
        currency: of every amount, here and in the receipt.
        market: where the audience is, ISO 3166-1 alpha-2; empty for the world.
        usage_days: how long the brand may use the content itself.
        usage_channels: where: `organic` (its own pages) or `paid` (its advertisements).
        exclusivity_days: how long the creator keeps away from others.
        exclusivity_scope: from whom: `named` competitors, the `category`, or `all` brands.
        boosting_days: how long the brand may advertise under the creator's name.
        boost_minor: what it spends on that, in smallest units; passed on.
        due_days: days from the agreement to publication; None for no hurry.
        extra_cuts: further cuts made for the brand and not published by the creator.
        production_minor: cost of production agreed apart, in smallest units; passed on.
        is_for_cause: whether it is for a charitable cause.
        platform_fee_share: what a marketplace adds for the brand, as a share.
        marketplace: a marketplace of `price_terms.toml` whose share is read there.
        tax_country: whose value-added tax is on the bill; empty for a price without tax.
    """

    currency: str = "USD"
    market: str = ""
    usage_days: int = 0
    usage_channels: str = "organic"
    exclusivity_days: int = 0
    exclusivity_scope: str = "category"
    boosting_days: int = 0
    boost_minor: int = 0
    due_days: int | None = None
    extra_cuts: int = 0
    production_minor: int = 0
    is_for_cause: bool = False
    platform_fee_share: float = 0.0
    marketplace: str = ""
    tax_country: str = ""

    def __post_init__(self) -> None:
        """Refuse what makes no sense, in words."""
        digits_of(self.currency)
        for name in ("usage_days", "exclusivity_days", "boosting_days", "boost_minor",
                     "extra_cuts", "production_minor", "due_days"):  # fmt: skip
            value = getattr(self, name)
            if value is not None and value < 0:
                raise ActionRefused(f"{name} = {value}: it cannot be below 0")
        _one_of("usage_channels", self.usage_channels, CHANNELS)
        _one_of("exclusivity_scope", self.exclusivity_scope, SCOPES)
        if not 0.0 <= self.platform_fee_share < 1.0:
            raise ActionRefused(
                f"platform_fee_share = {self.platform_fee_share}: a share from 0 to below 1"
            )


@dataclass(frozen=True)
class Asked:
    """What sources ask for one term: a share or an amount.

    Attributes:
        low, mid, high: least of the lows, middle of the mids, greatest of the highs.
        source: the sources, one after the other.
        dated_on, date_basis: the newest date among them, and how exact it is.
    """

    low: float
    mid: float
    high: float
    source: str = ""
    dated_on: Any = None
    date_basis: str | None = None

    def times(self, factor: float) -> Asked:
        """The same, `factor` times as much."""
        ends = (self.low * factor, self.mid * factor, self.high * factor)
        return Asked(*ends, self.source, self.dated_on, self.date_basis)


@cache
def _file(name: str) -> Mapping[str, Any]:
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def usage_share(days: float, channels: str) -> Asked:
    """What rights of use for so many days are asked for, as a share of the base fee."""
    rows = [row for row in _file("price_terms.toml")["usage_rights"]
            if channels in row["channels"]]  # fmt: skip
    return _by_days(rows, days)


def exclusivity_share(days: float) -> Asked:
    """What exclusivity in a category is asked for, as a share of the base fee."""
    return _by_days(_file("price_terms.toml")["exclusivity"], days)


def boosting_share(days: float) -> Asked:
    """What leave to advertise under the creator's name is asked for, as a share."""
    return _by_days(_file("price_terms.toml")["boosting"], days)


def urgency_share(days: float | None) -> Asked | None:
    """What haste is asked for, as a share; None where there is none.

    Read from the rows of the shortest time that holds `days`.
    """
    rows = _file("price_terms.toml")["urgency"]
    fitting = [row for row in rows if days is not None and days <= row["within_days"]]
    if not fitting:
        return None
    shortest = min(row["within_days"] for row in fitting)
    chosen = [row for row in fitting if row["within_days"] == shortest]
    return _together(chosen, [tuple(row["share"]) for row in chosen])


def cut_cost() -> Asked:
    """What one further cut is asked for, in US dollars."""
    rows = _file("price_terms.toml")["production"]
    return _together(rows, [tuple(row["each"]) for row in rows])


def brand_fee(terms: Terms) -> Asked | None:
    """What a marketplace adds to the brand's bill, as a share; None where nothing.

    What it takes from the creator is in the creator's price already.

    Raises:
        NotFound: for a marketplace that is not listed.
    """
    if terms.platform_fee_share:
        share = terms.platform_fee_share
        return Asked(share, share, share, "as agreed")
    if not terms.marketplace:
        return None
    rows = {row["name"]: row for row in _file("price_terms.toml")["platform_fee"]}
    if terms.marketplace not in rows:
        raise NotFound(
            f"no marketplace is called {terms.marketplace!r}; there are {', '.join(rows)}; "
            "a share of your own can be given instead"
        )
    row = rows[terms.marketplace]
    if row["paid_by"] != "brand":
        return None
    return _share_of(row)


def tax_share(country: str) -> Asked | None:
    """The standard rate of value-added tax; None where no country is given.

    Raises:
        NotFound: for a country whose rate is not listed: not known is not 0.
    """
    if not country:
        return None
    rows = {row["country"]: row for row in _file("taxes.toml")["tax"]}
    if country not in rows:
        raise NotFound(
            f"no tax rate of {country!r} is known; there are {', '.join(sorted(rows))}; "
            "ask for a price without tax"
        )
    row = rows[country]
    return _share_of(row)


def _share_of(row: Mapping[str, Any]) -> Asked:
    share = row["share"]
    return Asked(share, share, share, row["source"], row["dated_on"], row["date_basis"])


def _by_days(rows: Sequence[Mapping[str, Any]], days: float) -> Asked:
    return _together(rows, [_at(row, days) for row in rows])


def _together(rows: Sequence[Mapping[str, Any]], told: Iterable[tuple[float, float]]) -> Asked:
    """Several sources as one reading that shows how far they are apart."""
    spans = list(told)
    newest = max(rows, key=lambda row: row["dated_on"])
    return Asked(
        min(low for low, _ in spans),
        median((low + high) / 2 for low, high in spans),
        max(high for _, high in spans),
        "; ".join(dict.fromkeys(row["source"] for row in rows)),
        newest["dated_on"],
        newest["date_basis"],
    )


def _at(row: Mapping[str, Any], days: float) -> tuple[float, float]:
    """What one source asks for so many days.

    Between two stated times in proportion; beyond the last one at the pace of the last span,
    since nobody sells the last months for nothing.
    """
    if "a_month" in row:
        low, high = row["a_month"]
        return low * days / MONTH, high * days / MONTH
    points = [(0.0, 0.0, 0.0), *row["at"]]
    ahead = next((i for i, point in enumerate(points) if point[0] >= days), len(points) - 1)
    (from_days, *before), (to_days, *after) = points[max(ahead - 1, 0)], points[max(ahead, 1)]
    part = (days - from_days) / (to_days - from_days)
    low, high = (a + part * (b - a) for a, b in zip(before, after, strict=True))
    return low, high


def _one_of(name: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise ActionRefused(f"{name} = {value!r}: it must be one of {', '.join(known)}")
