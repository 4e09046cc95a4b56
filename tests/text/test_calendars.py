"""Days go from calendar to calendar and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.text.calendars import (
    HIJRI_FIRST,
    HIJRI_LAST,
    Day,
    in_calendar,
    month_length,
    to_gregorian,
)


@pytest.mark.parametrize(
    ("calendar", "day", "on"),
    [
        ("hijri", Day(1446, 9, 1), date(2025, 3, 1)),
        ("hijri", Day(1445, 10, 1), date(2024, 4, 10)),
        ("jalali", Day(1404, 1, 1), date(2025, 3, 21)),
        ("jalali", Day(1403, 1, 1), date(2024, 3, 20)),
        ("gregorian", Day(2026, 2, 14), date(2026, 2, 14)),
    ],
)
def test_known_days_are_met(calendar: str, day: Day, on: date) -> None:
    assert to_gregorian(calendar, day) == on
    assert in_calendar(calendar, on) == day


@given(st.dates(HIJRI_FIRST, HIJRI_LAST), st.sampled_from(["hijri", "jalali", "gregorian"]))
def test_there_and_back_is_the_same_day(on: date, calendar: str) -> None:
    assert to_gregorian(calendar, in_calendar(calendar, on)) == on


def test_a_day_that_a_calendar_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="day"):
        to_gregorian("jalali", Day(1404, 12, 30))


def test_a_year_beyond_the_tables_is_refused() -> None:
    with pytest.raises(ValueError, match=r"range|1500"):
        to_gregorian("hijri", Day(1600, 1, 1))


def test_the_last_month_of_a_leap_year_is_a_day_longer() -> None:
    assert [month_length("jalali", year, 12) for year in (1402, 1403)] == [29, 30]
