"""When people post: weekends, evenings, Ramadan nights, Nowruz and the growth of the year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

import numpy as np

from mawj.worlds.dice import Floats, Ints, Picker
from mawj.worlds.lexicon import lexicon
from mawj.worlds.rows import END_MICROS, START_MICROS, micros
from mawj.worlds.size import N_DAYS, START

RAMADAN = (date(2026, 2, 18), date(2026, 3, 19))
NOWRUZ = (date(2026, 3, 18), date(2026, 3, 25))
EID = (date(2026, 3, 20), date(2026, 3, 22))


@dataclass(frozen=True)
class Calendar:
    """The days of one region.

    Attributes:
        weekend: weekdays off, Monday is 0. Saudi Arabia, Kuwait, Egypt and Jordan rest on
            Friday and Saturday, Iran on Friday with half of Thursday, the Emirates since 2022,
            Lebanon, Morocco and the west on Saturday and Sunday.
        has_ramadan: evenings and nights of Ramadan are the busiest of the year.
        has_nowruz: the days around the spring equinox are.
    """

    weekend: tuple[int, ...]
    has_ramadan: bool = True
    has_nowruz: bool = False


CALENDARS = {
    "gulf": Calendar((4, 5)),
    "levant": Calendar((4, 5)),
    "maghreb": Calendar((5, 6)),
    "iran": Calendar((3, 4), has_nowruz=True),
    "west": Calendar((5, 6), has_ramadan=False),
}
# Posts by local hour, midnight first: few at dawn, a rise at noon, most in the evening. Our
# judgement, as are the factors below.
USUAL_DAY = np.array(
    [3, 1.8, 1, 0.6, 0.5, 0.7, 1.3, 2.2, 3, 3.4, 3.6, 3.8, 4.4, 4.3, 3.8, 3.7, 4, 4.6, 5.4, 6.4,
     7.4, 7.8, 6.6, 4.8]
)  # fmt: skip
FASTING_DAY = np.array(
    [7, 6, 4.5, 3, 1.6, 0.8, 0.6, 0.8, 1.2, 1.8, 2.2, 2.6, 3, 3, 3, 3.2, 3, 2.2, 2.4, 4.5,
     6.5, 8, 8.6, 8]
)  # fmt: skip
REST_DAY = np.roll(USUAL_DAY, 1)
WEEKEND_FACTOR, RAMADAN_FACTOR, NOWRUZ_FACTOR, EID_FACTOR = 1.18, 1.15, 1.9, 1.35
YEAR_GROWTH = 0.5
"""How many times more is posted at the end of the year than at its start, less one."""


def _within(day: date, span: tuple[date, date]) -> bool:
    return span[0] <= day <= span[1]


def _day(calendar: Calendar, number: int) -> tuple[float, Floats]:
    """Weight of one day, and the weights of its hours."""
    day = (START + timedelta(days=number)).date()
    weight = 1.0 + YEAR_GROWTH * number / N_DAYS
    hours = USUAL_DAY
    if day.weekday() in calendar.weekend:
        weight, hours = weight * WEEKEND_FACTOR, REST_DAY
    if calendar.has_ramadan and _within(day, RAMADAN):
        weight, hours = weight * RAMADAN_FACTOR, FASTING_DAY
    if calendar.has_ramadan and _within(day, EID):
        weight *= EID_FACTOR
    if calendar.has_nowruz and _within(day, NOWRUZ):
        weight *= NOWRUZ_FACTOR
    return weight, hours


@cache
def _hours() -> Picker:
    """Picks (calendar, day, hour) with the calendar as group."""
    weights = []
    for calendar in CALENDARS.values():
        for number in range(N_DAYS):
            weight, hours = _day(calendar, number)
            weights.append(weight * hours / hours.sum())
    n_hours = N_DAYS * 24
    groups = np.repeat(np.arange(len(CALENDARS)), n_hours)
    return Picker(groups, np.concatenate(weights), len(CALENDARS))


def moments(stream: np.random.Generator, country: Ints, earliest: Floats) -> Ints:
    """A moment of the year for a post from each `country`, in microseconds since 1970.

    Args:
        stream: where chance comes from.
        country: index in `lexicon().countries`.
        earliest: day of the year before which the author was not there.
    """
    countries = lexicon().countries
    order = list(CALENDARS)
    calendar = np.array([order.index(home.calendar) for home in countries])[country]
    offset = np.array([home.offset_h for home in countries])[country]
    hour = _hours().pick(stream, calendar) % (N_DAYS * 24)
    day = hour // 24
    late = np.floor(earliest + 1 + stream.random(len(day)) * (N_DAYS - earliest - 1))
    day = np.where(day <= earliest, late.clip(0, N_DAYS - 1), day)
    local = day + (hour % 24 + stream.random(len(day))) / 24.0
    return micros(local - offset / 24.0).clip(START_MICROS, END_MICROS - 3_600_000_000)


def local_hour(at: datetime, offset_h: float) -> int:
    """The hour on the clock of somebody `offset_h` hours east of UTC."""
    return (at.astimezone(UTC) + timedelta(hours=offset_h)).hour
