"""Published rate cards: what somebody said a thousand views or a post costs, where and when.

The cards are the files of `rate_cards/`. None is the market price: they contradict one another,
and whoever prices by them shows by how much.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from mawj.plan.asking.deliverables import deliverable
from mawj.plan.pricing.money import digits_of
from mawj.tables.derived_plan_price import DATE_BASES
from mawj.tables.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PER = ("thousand_views", "thousand_followers", "post")
"""What an amount of a card is for."""

_FIELDS = {"title", "source", "dated_on", "date_basis", "what", "currency", "markets", "rate"}
_RATE_FIELDS = {"deliverables", "per", "low", "mid", "high", "followers", "subjects"}


@dataclass(frozen=True)
class Rate:
    """One figure of one card for one deliverable in one market.

    Attributes:
        card: name of the card's file.
        title, source, what: who says it, where, and on what it rests.
        dated_on, date_basis: of when it is, and how exact that is.
        currency: of the amounts.
        market: ISO 3166-1 alpha-2; empty for the world.
        deliverable: its key.
        per: one of `PER`.
        low, mid, high: amounts in the currency's whole units.
        followers_from, followers_below: sizes of account that it is for; None for no line.
        subjects: tops of the topics that it is for; empty for any.
    """

    card: str
    title: str
    source: str
    what: str
    dated_on: date
    date_basis: str
    currency: str
    market: str
    deliverable: str
    per: str
    low: float
    mid: float
    high: float
    followers_from: float | None = None
    followers_below: float | None = None
    subjects: tuple[str, ...] = ()

    def fits(self, deliverable_key: str, market: str, subject: str) -> bool:
        """Whether it may be read for a deliverable, a market and a subject."""
        is_about = not self.subjects or any(
            subject == top or subject.startswith(f"{top}.") for top in self.subjects
        )
        return self.deliverable == deliverable_key and self.market in ("", market) and is_about


@cache
def rate_cards() -> tuple[Rate, ...]:
    """Every rate of the cards that come with Mawj."""
    folder = resources.files(__package__) / "rate_cards"
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return tuple(
        rate
        for file in sorted(files, key=lambda file: file.name)
        for rate in rates_of(
            tomllib.loads(file.read_text(encoding="utf-8")), file.name.removesuffix(".toml")
        )
    )


def rates_of(content: Mapping[str, Any], card: str) -> list[Rate]:
    """The rates of one card.

    Raises:
        SettingsError: where the card does not hold; says what and where.
        NotFound: for an unknown currency or deliverable.
    """
    where = f"rate card {card!r}"
    _known(content, _FIELDS, where)
    lacking = sorted(_FIELDS - set(content))
    if lacking:
        raise SettingsError(f"{where}: it does not say {', '.join(lacking)}")
    if not isinstance(content["dated_on"], date) or content["date_basis"] not in DATE_BASES:
        raise SettingsError(
            f"{where}: dated_on must be a date such as 2025-06-01 and date_basis one of "
            f"{', '.join(DATE_BASES)}"
        )
    digits_of(content["currency"])
    return [
        rate
        for number, row in enumerate(content["rate"], start=1)
        for rate in _rates(content, row, card, f"{where}, [[rate]] {number}")
    ]


def _rates(
    content: Mapping[str, Any], row: Mapping[str, Any], card: str, where: str
) -> Iterable[Rate]:
    _known(row, _RATE_FIELDS, where)
    low, mid, high = _amounts(row, where)
    if row.get("per") not in PER:
        raise SettingsError(f"{where}: per must be one of {', '.join(PER)}")
    lines: Sequence[float | None] = [*row.get("followers", []), None, None]
    for key in row.get("deliverables", []):
        deliverable(key)
        for market, factor in content["markets"].items():
            yield Rate(
                card, content["title"], content["source"], content["what"],
                content["dated_on"], content["date_basis"], content["currency"],
                market, key, row["per"], low * factor, mid * factor, high * factor,
                lines[0], lines[1], tuple(row.get("subjects", ())),
            )  # fmt: skip


def _amounts(row: Mapping[str, Any], where: str) -> tuple[float, float, float]:
    """Low, mid and high; the middle of a range of prices is its geometric mean.

    Fees differ by factors rather than by sums, so 10 and 40 have 20 between them.
    """
    try:
        low, high = float(row["low"]), float(row["high"])
        mid = float(row.get("mid", math.sqrt(low * high)))
    except (KeyError, TypeError, ValueError):
        raise SettingsError(f"{where}: low and high must be numbers") from None
    if not 0 < low <= mid <= high < math.inf:
        raise SettingsError(f"{where}: 0 < low <= mid <= high does not hold")
    return low, mid, high


def _known(content: Mapping[str, Any], fields: set[str], where: str) -> None:
    unknown = sorted(set(content) - fields)
    if unknown:
        raise SettingsError(
            f"{where}: {', '.join(unknown)} is not known; there are {', '.join(sorted(fields))}"
        )
