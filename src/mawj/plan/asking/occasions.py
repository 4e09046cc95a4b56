"""Ramadan, Nowruz, White Friday and other days that matter to a campaign, with their dates.

The rules stand in `occasions.toml`, each in its own calendar.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mawj.text.calendars import Day, in_calendar, month_length, to_gregorian

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOON_DAYS = 1
"""How far a month's first day may be from the Umm al-Qura table where the moon is sighted."""

LONGEST = 60
"""Days that an occasion and the time before it may take; all of `occasions.toml` stay below."""


@dataclass(frozen=True)
class Occasion:
    """A day or season that returns.

    Attributes:
        key: for example ramadan.
        names: its name by language.
        kind: feast, fast, mourning, shopping, national, family, school or cause.
        countries: where it matters; empty for everywhere.
        lead_days: how long before it people begin to buy or prepare.
        by_moon: whether it begins when the moon is sighted.
        source: where the rule comes from, by language.
        rule: as in `occasions.toml`.
    """

    key: str
    names: Mapping[str, str]
    kind: str
    countries: tuple[str, ...]
    lead_days: int
    by_moon: bool
    source: Mapping[str, str]
    rule: Mapping[str, Any]


@dataclass(frozen=True)
class Happening:
    """An occasion in one year.

    Attributes:
        occasion: which.
        starts_on, ends_on: first and last day.
        uncertain_days: how far both may move.
    """

    occasion: Occasion
    starts_on: date
    ends_on: date
    uncertain_days: int

    @property
    def lead_on(self) -> date:
        """The day from which people begin to buy or prepare."""
        return self.starts_on - timedelta(days=self.occasion.lead_days)


@dataclass(frozen=True)
class ThreeDates:
    """One day in three calendars; a calendar whose tables do not reach it is None."""

    gregorian: date
    hijri: Day | None
    jalali: Day | None


def three_dates(on: date) -> ThreeDates:
    """A day as Gregorian, Hijri and Jalali calendars count it."""
    return ThreeDates(on, _known("hijri", on), _known("jalali", on))


@cache
def occasions() -> Mapping[str, Occasion]:
    """Every occasion by its key, in the order of the file."""
    told = _file()
    return MappingProxyType(
        {row["key"]: _occasion(row, told["groups"]) for row in told["occasion"]}
    )


def occasions_between(
    starts_on: date, ends_on: date, countries: Sequence[str] = ()
) -> tuple[Happening, ...]:
    """The occasions that touch a span of days, or that people prepare for within it.

    Args:
        starts_on: first day of the span.
        ends_on: last day of the span.
        countries: only what matters in one of them; empty for any.

    Returns:
        The happenings by their first day; those by the moon may be `uncertain_days` off, and
        are in also where only that brings them in.
    """
    wanted = set(countries)
    found = [
        happening
        for one in occasions().values()
        if not wanted or not one.countries or wanted & set(one.countries)
        for happening in _happenings(one, starts_on, ends_on)
    ]
    return tuple(sorted(found, key=lambda h: (h.starts_on, h.ends_on, h.occasion.key)))


def occasion_in(key: str, year: int) -> Happening:
    """An occasion in one year of its rule's calendar (Gregorian for Easter and decrees).

    Raises:
        KeyError: for an unknown occasion.
        ValueError: when it was not kept in that year or no table reaches it.
    """
    made = _in_year(occasions()[key], year)
    if made is None:
        raise ValueError(f"{key} is not known in the year {year}")
    return made


def _happenings(one: Occasion, starts_on: date, ends_on: date) -> Iterator[Happening]:
    reach = timedelta(days=LONGEST)
    years = {_year(one, starts_on - reach), _year(one, starts_on), _year(one, ends_on + reach)}
    known = [year for year in years if year is not None]
    for year in range(min(known), max(known) + 1) if known else ():
        made = _in_year(one, year)
        moves = timedelta(days=made.uncertain_days) if made else timedelta()
        if made and made.lead_on - moves <= ends_on and made.ends_on + moves >= starts_on:
            yield made


def _in_year(one: Occasion, year: int) -> Happening | None:
    rule = one.rule
    if not rule.get("since", year) <= year < rule.get("before_year", year + 1):
        return None
    try:
        first = _first_day(rule, year)
    except ValueError:
        return None
    if first is None:
        return None
    moves = MOON_DAYS if one.by_moon else 0
    return Happening(one, first, first + timedelta(days=_days(rule, year) - 1), moves)


def _first_day(rule: Mapping[str, Any], year: int) -> date | None:
    if "announced" in rule:
        return next((day for day in rule["announced"] if day.year == year), None)
    shift = timedelta(days=rule.get("shift", 0))
    if rule.get("easter"):
        return _easter(year) + shift
    if "nth" in rule:
        return _nth_weekday(rule, year) + shift
    day = to_gregorian(rule["calendar"], Day(year, rule["month"], rule["day"]))
    if "before" in rule:
        back = (day.weekday() - WEEKDAYS.index(rule["before"]) - 1) % 7 + 1
        day -= timedelta(days=back)
    return day + shift


def _days(rule: Mapping[str, Any], year: int) -> int:
    if rule.get("to_month_end"):
        return month_length(rule["calendar"], year, rule["month"]) - int(rule["day"]) + 1
    return int(rule.get("days", 1))


def _nth_weekday(rule: Mapping[str, Any], year: int) -> date:
    wanted, nth = WEEKDAYS.index(rule["weekday"]), rule["nth"]
    if nth < 0:
        length = month_length("gregorian", year, rule["month"])
        last = date(year, rule["month"], length)
        return last - timedelta(days=(last.weekday() - wanted) % 7 + 7 * (-nth - 1))
    first = date(year, rule["month"], 1)
    return first + timedelta(days=(wanted - first.weekday()) % 7 + 7 * (nth - 1))


def _easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian algorithm (Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    last = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * last) // 433
    month = (h + last - 7 * m + 90) // 25
    return date(year, month, (h + last - 7 * m + 33 * month + 19) % 32)


def _year(one: Occasion, on: date) -> int | None:
    calendar = one.rule.get("calendar", "gregorian")
    day = _known(calendar, on)
    return day.year if day else None


def _known(calendar: Any, on: date) -> Day | None:
    try:
        return in_calendar(calendar, on)
    except ValueError:
        return None


def _occasion(row: dict[str, Any], groups: Mapping[str, list[str]]) -> Occasion:
    told = ("key", "name", "kind", "countries", "lead_days", "moon", "source")
    return Occasion(
        key=row["key"],
        names=row["name"],
        kind=row["kind"],
        countries=tuple(sorted(set(_spelt_out(row["countries"], groups)))),
        lead_days=row["lead_days"],
        by_moon=row.get("moon", False),
        source=row["source"],
        rule={k: v for k, v in row.items() if k not in told},
    )


def _spelt_out(names: list[str], groups: Mapping[str, list[str]]) -> Iterator[str]:
    for name in names:
        if name in groups:
            yield from _spelt_out(groups[name], groups)
        else:
            yield name


@cache
def _file() -> dict[str, Any]:
    text = (resources.files(__package__) / "occasions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
