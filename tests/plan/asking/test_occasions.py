"""Occasions fall on the days that people know."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.plan.asking.occasions import (
    LONGEST,
    occasion_in,
    occasions,
    occasions_between,
    three_dates,
)
from mawj.text.calendars import Day


@pytest.mark.parametrize(
    ("key", "year", "first", "last"),
    [
        ("ramadan", 1445, date(2024, 3, 11), date(2024, 4, 9)),
        ("ramadan", 1446, date(2025, 3, 1), date(2025, 3, 29)),
        ("ramadan", 1447, date(2026, 2, 18), date(2026, 3, 19)),
        ("eid_al_fitr", 1446, date(2025, 3, 30), date(2025, 4, 1)),
        ("eid_al_adha", 1445, date(2024, 6, 16), date(2024, 6, 19)),
        ("eid_al_adha", 1446, date(2025, 6, 6), date(2025, 6, 9)),
        ("hajj", 1446, date(2025, 6, 4), date(2025, 6, 9)),
        ("ashura", 1446, date(2024, 7, 16), date(2024, 7, 16)),
        ("ashura", 1447, date(2025, 7, 5), date(2025, 7, 5)),
        ("mawlid", 1446, date(2024, 9, 15), date(2024, 9, 15)),
        ("nowruz", 1403, date(2024, 3, 20), date(2024, 4, 1)),
        ("nowruz", 1404, date(2025, 3, 21), date(2025, 4, 2)),
        ("sizdah_bedar", 1404, date(2025, 4, 2), date(2025, 4, 2)),
        ("yalda", 1403, date(2024, 12, 20), date(2024, 12, 20)),
        ("yalda", 1404, date(2025, 12, 21), date(2025, 12, 21)),
        ("chaharshanbe_suri", 1403, date(2024, 3, 12), date(2024, 3, 12)),
        ("chaharshanbe_suri", 1404, date(2025, 3, 18), date(2025, 3, 18)),
        ("back_to_school_ir", 1404, date(2025, 9, 23), date(2025, 9, 23)),
        ("white_friday", 2024, date(2024, 11, 29), date(2024, 12, 2)),
        ("white_friday", 2025, date(2025, 11, 28), date(2025, 12, 1)),
        ("white_friday", 2026, date(2026, 11, 27), date(2026, 11, 30)),
        ("giving_tuesday", 2025, date(2025, 12, 2), date(2025, 12, 2)),
        ("singles_day", 2025, date(2025, 11, 11), date(2025, 11, 11)),
        ("national_day_sa", 2025, date(2025, 9, 23), date(2025, 9, 23)),
        ("founding_day_sa", 2024, date(2024, 2, 22), date(2024, 2, 22)),
        ("national_day_ae", 2025, date(2025, 12, 2), date(2025, 12, 3)),
        ("mothers_day_arab", 2026, date(2026, 3, 21), date(2026, 3, 21)),
        ("mothers_day_maghreb", 2025, date(2025, 5, 25), date(2025, 5, 25)),
        ("mothers_day_may", 2025, date(2025, 5, 11), date(2025, 5, 11)),
        ("mothers_day_gb", 2024, date(2024, 3, 10), date(2024, 3, 10)),
        ("mothers_day_gb", 2025, date(2025, 3, 30), date(2025, 3, 30)),
        ("back_to_school_ae", 2025, date(2025, 8, 25), date(2025, 8, 25)),
    ],
)
def test_an_occasion_falls_on_its_known_day(
    key: str, year: int, first: date, last: date
) -> None:
    made = occasion_in(key, year)
    off = timedelta(days=made.uncertain_days)
    assert made.starts_on - off <= first <= made.starts_on + off
    assert made.ends_on - off <= last <= made.ends_on + off


def test_by_the_moon_a_day_is_uncertain_and_by_the_sun_it_is_not() -> None:
    assert occasion_in("ramadan", 1448).uncertain_days == 1
    assert occasion_in("nowruz", 1405).uncertain_days == 0


def test_a_day_that_was_not_yet_kept_is_not_known() -> None:
    with pytest.raises(ValueError, match="founding_day_sa is not known in the year 2021"):
        occasion_in("founding_day_sa", 2021)


def test_a_national_day_that_was_moved_is_kept_once_a_year() -> None:
    for year, day in ((2024, 18), (2025, 20)):
        found = occasions_between(date(year, 1, 1), date(year, 12, 31), ["OM"])
        days = [h.starts_on for h in found if h.occasion.key.startswith("national_day_om")]
        assert days == [date(year, 11, day)]


def keys(first: date, last: date, *countries: str) -> set[str]:
    return {h.occasion.key for h in occasions_between(first, last, countries)}


def test_a_span_holds_what_happens_in_it_and_what_people_prepare_for() -> None:
    found = keys(date(2027, 1, 20), date(2027, 2, 1), "SA")
    assert "ramadan" in found  # begins on 8 February 2027; people prepare three weeks before
    assert "founding_day_sa" not in found


def test_a_span_within_a_season_meets_it() -> None:
    assert "ramadan" in keys(date(2027, 2, 20), date(2027, 2, 21), "SA")


def test_only_what_matters_in_the_countries_is_told() -> None:
    spring = (date(2027, 3, 15), date(2027, 4, 2))
    assert "nowruz" in keys(*spring, "IR")
    assert "nowruz" not in keys(*spring, "SA")
    assert "mothers_day_arab" in keys(*spring, "SA", "IR")
    assert {"nowruz", "mothers_day_arab"} <= keys(*spring)


def test_happenings_come_in_the_order_of_their_days() -> None:
    days = [h.starts_on for h in occasions_between(date(2026, 1, 1), date(2027, 12, 31))]
    assert days == sorted(days)
    assert len(days) > 80


def test_a_day_is_shown_in_three_calendars() -> None:
    shown = three_dates(date(2025, 3, 21))
    assert (shown.hijri, shown.jalali) == (Day(1446, 9, 21), Day(1404, 1, 1))


def test_a_day_beyond_the_tables_of_the_moon_is_shown_without_them() -> None:
    shown = three_dates(date(2090, 1, 1))
    assert shown.hijri is None
    assert shown.jalali is not None
    assert occasions_between(date(2090, 1, 1), date(2090, 12, 31), ["SA"])


def test_every_occasion_has_names_in_their_own_letters_and_a_source() -> None:
    assert occasions()
    for one in occasions().values():
        assert not re.search("[یکپچژگ]", one.names["ar"]), one.key
        assert not re.search("[يكةى]", one.names["fa"]), one.key
        assert one.names["en"], one.key
        assert one.source["en"], one.key
        assert not re.search("[A-Za-z]", one.source["ar"] + one.source["fa"]), one.key
        assert all(re.fullmatch("[A-Z]{2}", country) for country in one.countries), one.key


def test_no_occasion_takes_longer_than_the_search_looks_round() -> None:
    every = occasions_between(date(2025, 1, 1), date(2028, 1, 1))
    assert every
    assert all((h.ends_on - h.lead_on).days < LONGEST for h in every)


@given(st.dates(date(2000, 1, 1), date(2070, 1, 1)), st.integers(0, 60))
def test_a_longer_span_loses_no_occasion(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    shorter = occasions_between(first, last, ["IR", "SA"])
    longer = occasions_between(first, last + timedelta(days=30), ["IR", "SA"])
    assert all(happening in longer for happening in shorter)
