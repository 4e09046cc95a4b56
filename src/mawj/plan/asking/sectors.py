"""Trades, how well this way of marketing suits them, and what the law says of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mawj.tables.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

VERDICTS = ("dont", "with_care")


@dataclass(frozen=True)
class Sector:
    """One trade.

    Attributes:
        key: for example food_drink.
        names: its name by language.
        suits: strong, usual or weak; our judgement.
        is_trust_high: whether buyers look for somebody who knows; our judgement.
        subject: the red line that it falls under; empty for none.
    """

    key: str
    names: Mapping[str, str]
    suits: str
    is_trust_high: bool
    subject: str


@dataclass(frozen=True)
class SectorRule:
    """What holds for some trades in some countries.

    Attributes:
        key: its name.
        sectors: which trades.
        countries: where; empty for everywhere.
        says: dont or with_care.
        kind: only for this kind of creator; empty for any.
        ages_below: only where the audience is younger; None for any.
        texts: what it says, by language.
        source: the law or policy, by language.
        seen_on: when we looked.
    """

    key: str
    sectors: tuple[str, ...]
    countries: tuple[str, ...]
    says: str
    kind: str
    ages_below: int | None
    texts: Mapping[str, str]
    source: Mapping[str, str]
    seen_on: date


@cache
def sectors() -> Mapping[str, Sector]:
    """Every trade by its key, in the order of the file."""
    return MappingProxyType(
        {
            row["key"]: Sector(
                row["key"], row["name"], row["suits"], row.get("trust") == "high",
                row.get("subject", ""),
            )
            for row in _file()["sector"]
        }
    )  # fmt: skip


def sector(key: str) -> Sector:
    """The trade called `key`.

    Raises:
        NotFound: when none is.
    """
    known = sectors()
    if key not in known:
        raise NotFound(f"no sector is called {key!r}; there are {', '.join(known)}")
    return known[key]


@cache
def sector_rules() -> tuple[SectorRule, ...]:
    """Every rule, in the order of the file."""
    return tuple(
        SectorRule(
            row["key"], tuple(row["sectors"]), tuple(row["countries"]), row["says"],
            row.get("kind", ""), row.get("ages_below"), row["text"], row["source"], row["seen"],
        )
        for row in _file()["rule"]
    )  # fmt: skip


def rules_for(
    key: str, countries: Sequence[str], *, kinds: Sequence[str] = (), least_age: int | None
) -> tuple[tuple[SectorRule, tuple[str, ...]], ...]:
    """The rules that hold for a trade, each with the countries that it holds in.

    Args:
        key: the trade.
        countries: of the audience; empty: rules of single countries cannot be told.
        kinds: of creator that are wanted; empty for any.
        least_age: youngest age of the audience; None for not said.
    """
    found = []
    for rule in sector_rules():
        where = tuple(c for c in countries if c in rule.countries)
        is_young = rule.ages_below is None or (
            least_age is not None and least_age < rule.ages_below
        )
        is_kind = not rule.kind or rule.kind in kinds
        if key in rule.sectors and (where or not rule.countries) and is_young and is_kind:
            found.append((rule, where))
    return tuple(found)


@cache
def _file() -> dict[str, Any]:
    text = (resources.files(__package__) / "sectors.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
