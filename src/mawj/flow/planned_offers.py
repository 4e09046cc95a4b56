"""One offer of a plan as it is shown: what it may bring, what it costs, how it is trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from mawj.flow.vet_report import VetReason


@dataclass(frozen=True)
class Expected:
    """What one offer may bring of one measure; None is not known.

    Attributes:
        measure: views, reach, engagements, clicks or conversions.
        middle, low, high: median and interval.
        level: probability that the interval holds what comes.
        n_own, n_peers: posts of its own and of its peers behind it.
        basis: own, peers or rate.
        missing: why it is not known; empty where it is.
    """

    measure: str
    middle: float | None
    low: float | None
    high: float | None
    level: float = 0.8
    n_own: int = 0
    n_peers: int = 0
    basis: str = ""
    missing: str = ""


@dataclass(frozen=True)
class ReceiptLine:
    """One line of a price; money in minor units."""

    line: str
    amount_minor: int | None
    amount_low_minor: int | None
    amount_high_minor: int | None
    how: str
    quantity: float | None
    rate: float | None
    source: str | None
    dated_on: date | None
    date_basis: str | None
    missing: str | None


@dataclass(frozen=True)
class UnitCost:
    """What one unit of the trade costs (cpm, cpv, cpr, cpe, cpc, cpa), in whole units."""

    unit: str
    cost: float | None
    cost_low: float | None
    cost_high: float | None


@dataclass(frozen=True)
class Offer:
    """One deliverable of one account: what it may bring, what it costs, and how it is trusted.

    Attributes:
        account_id … community: who, as in their tables.
        deliverable: key of `deliverables.toml`.
        publish_on: the day that its forecasts are for.
        price_minor, price_low_minor, price_high_minor: sum of the receipt.
        price_basis: quote, past or rate_card; empty where there is no price.
        expected: forecasts by measure.
        receipt: the lines of the price.
        units: what a unit costs.
        credibility: 0 to 100; None where too little could be checked.
        coverage: share of the checks that could be made.
        concerns: what vetting raised that weighs most.
    """

    account_id: str
    person_id: str
    platform: str
    handle: str | None
    name: str | None
    country: str | None
    languages: tuple[str, ...]
    tier: str | None
    kind: str | None
    community: str | None
    followers: float | None
    deliverable: str
    publish_on: date
    price_minor: int | None = None
    price_low_minor: int | None = None
    price_high_minor: int | None = None
    price_basis: str = ""
    price_missing: str = ""
    expected: tuple[Expected, ...] = ()
    receipt: tuple[ReceiptLine, ...] = ()
    units: tuple[UnitCost, ...] = ()
    credibility: float | None = None
    coverage: float | None = None
    concerns: tuple[VetReason, ...] = ()

    def of(self, measure: str) -> Expected | None:
        """The forecast of a measure; None where there is none."""
        return next((one for one in self.expected if one.measure == measure), None)

    def unit(self, unit: str) -> UnitCost | None:
        """What a unit costs; None where it is not told."""
        return next((one for one in self.units if one.unit == unit), None)

    @property
    def called(self) -> str:
        """Its display name, else its id."""
        return self.name or self.account_id
