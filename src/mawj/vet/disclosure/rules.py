"""The disclosure rules of each country, read from their files.

A rule is what we understood of public texts, named with their dates; it is no legal advice.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

COUNTRIES = ("us", "gb", "eu", "fr", "de", "in", "ae", "sa", "ir")
"""The files; `eu` holds for members without one of their own."""

_ALIASES = {"UK": "GB", "UAE": "AE", "KSA": "SA", "USA": "US"}
_LIKE = "eu"


@dataclass(frozen=True)
class Source:
    """Where a rule stands: title, publisher, and when it was published where that is known."""

    title: str
    publisher: str
    published: date | None = None
    precision: str = "day"

    @property
    def when(self) -> str:
        """The date as precisely as it is known; empty where it is not."""
        if self.published is None:
            return ""
        return str(self.published.year) if self.precision == "year" else str(self.published)


@dataclass(frozen=True)
class Accepted:
    """What one language may say: accepted phrases, those that do not suffice, what to add."""

    accepted: tuple[str, ...]
    insufficient: tuple[str, ...]
    add: str
    add_affiliate: str = ""


@dataclass(frozen=True)
class Permit:
    """A permit that who advertises needs.

    Attributes:
        id: its short name. since: from when.
        shown: account, where its number must stand on the account; register, where it is kept
            in a register only.
        looks: phrases beside which a number in a bio or post is read as that of the permit.
        name, exempt, add: in three languages; `add` has a place for the number.
    """

    id: str
    since: date
    shown: str
    looks: tuple[str, ...]
    name: Mapping[str, str]
    exempt: Mapping[str, str]
    add: Mapping[str, str]


@dataclass(frozen=True)
class Rule:
    """What one country asks for.

    Attributes:
        country: ISO 3166-1 alpha-2, or EU. name, duty: in three languages.
        known: yes, partly or no. version, checked_on: of the file.
        languages: in which a disclosure is understood there; empty: that of the post.
        place: start or before_fold. label: sufficient, helps or not_enough.
        accepts_equivalents: other clear words than those listed are accepted.
        wording: by language. permits, sources: see there. members: countries it holds for.
    """

    country: str
    version: str
    checked_on: date
    known: str
    languages: tuple[str, ...]
    place: str
    label: str
    accepts_equivalents: bool
    name: Mapping[str, str]
    duty: Mapping[str, str]
    wording: Mapping[str, Accepted]
    sources: tuple[Source, ...]
    permits: tuple[Permit, ...] = ()
    members: tuple[str, ...] = ()


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by country."""
    made = [_rule(_told(name)) for name in COUNTRIES]
    return {rule.country: rule for rule in made}


def rule_of(country: str | None) -> Rule:
    """The rule that holds in `country`.

    Returns:
        For a country without a rule of ours, what is asked elsewhere with `known` = no.
    """
    code = (country or "").strip().upper()
    code = _ALIASES.get(code, code)
    if code in rules():
        return rules()[code]
    like = rules()[_LIKE.upper()]
    if code in like.members:
        return like
    name = dict.fromkeys(("en", "ar", "fa"), code or "?")
    return replace(like, country=code, known="no", name=name, sources=(), members=())


@cache
def messages() -> Mapping[str, Mapping[str, str]]:
    """What is said of a post that lacks something, by what it lacks and language."""
    found: Mapping[str, Mapping[str, str]] = _told("messages")
    return found


def _told(name: str) -> dict[str, Any]:
    file = resources.files("mawj.vet.disclosure") / "rules" / f"{name}.toml"
    return tomllib.loads(file.read_text("utf-8"))


def _rule(told: dict[str, Any]) -> Rule:
    wording = told.pop("wording")
    sources, permits = told.pop("source"), told.pop("permit", [])
    lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    return Rule(
        **{**told, **lists},
        wording={
            language: Accepted(
                tuple(entry["accepted"]),
                tuple(entry["insufficient"]),
                entry["add"],
                entry.get("add_affiliate", ""),
            )
            for language, entry in wording.items()
        },
        sources=tuple(Source(**source) for source in sources),
        permits=tuple(Permit(**{**p, "looks": tuple(p["looks"])}) for p in permits),
    )
