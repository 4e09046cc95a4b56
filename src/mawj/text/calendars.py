"""Days in the three calendars: Gregorian, Hijri (Umm al-Qura) and Jalali."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import jdatetime
from hijridate import Gregorian, Hijri

if TYPE_CHECKING:
    from mawj.text.months import Calendar

HIJRI_FIRST, HIJRI_LAST = date(1924, 8, 1), date(2077, 11, 16)
"""The days that the Umm al-Qura tables of hijridate cover (1343 to 1500 AH)."""


@dataclass(frozen=True, order=True)
class Day:
    """A day as one calendar counts it."""

    year: int
    month: int
    day: int


def to_gregorian(calendar: Calendar, day: Day) -> date:
    """The Gregorian date of a day in a calendar.

    Raises:
        ValueError: when the calendar has no such day, or its years do not reach that far.
    """
    try:
        if calendar == "hijri":
            found = Hijri(day.year, day.month, day.day).to_gregorian()
            return date(found.year, found.month, found.day)
        if calendar == "jalali":
            jalali = jdatetime.date(day.year, day.month, day.day).togregorian()
            return date(jalali.year, jalali.month, jalali.day)
    except OverflowError as error:
        raise ValueError(str(error)) from error
    return date(day.year, day.month, day.day)


def in_calendar(calendar: Calendar, on: date) -> Day:
    """A Gregorian date as a calendar counts it.

    Raises:
        ValueError: where the calendar's years do not reach that far.
    """
    try:
        if calendar == "hijri":
            hijri = Gregorian(on.year, on.month, on.day).to_hijri()
            return Day(hijri.year, hijri.month, hijri.day)
    except OverflowError as error:
        raise ValueError(str(error)) from error
    if calendar == "jalali":
        jalali = jdatetime.date.fromgregorian(date=on)
        return Day(jalali.year, jalali.month, jalali.day)
    return Day(on.year, on.month, on.day)


def month_length(calendar: Calendar, year: int, month: int) -> int:
    """Days in a month of a calendar."""
    first = to_gregorian(calendar, Day(year, month, 1))
    after = Day(year + 1, 1, 1) if month == 12 else Day(year, month + 1, 1)
    return (to_gregorian(calendar, after) - first).days
