"""Points in time as files hold them: ISO, epoch, RFC 2822, day first or last, Jalali and Hijri.

Which calendar (our judgement, unless ``calendar`` says): a month's name decides; «هـ» and «ه.ق»
or AH mean Hijri, «ه.ش» or SH Jalali, «م» or AD Gregorian. Of bare figures, years up to 1410 are
Jalali (1370-1410 is 1991-2031) and years 1411 to 1500 Hijri (1990-2077); years from 1800 on are
Gregorian. A date without a time is midnight, a time without a zone is UTC.

With the year last, the day stands first after '.', and after '/' and '-' only where
``day_first`` says so or one of the two figures is above 12; else ``ValueError`` asks for
``day_first``.

Figures alone are an epoch: up to 11 digits seconds, 12 to 14 milliseconds, 15 to 17
microseconds, 18 and 19 nanoseconds; eight digits are a date (20240501).
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import jdatetime
from hijridate import Hijri

from mawj.text.months import MONTHS, Calendar
from mawj.text.normalise import search_form

_LONGEST = 64
# Epoch seconds of the year 2201: larger figures are an id rather than a time.
_FIRST_SECOND_AFTER = "7289654400"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_YEARS: dict[Calendar, range] = {
    "gregorian": range(1800, 2201),
    "jalali": range(1200, 1501),
    "hijri": range(1343, 1501),
}
_LAST_JALALI_YEAR = 1410
_ZONE = r"(?:z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})"
_CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    rf"(?: *(?P<half>am|pm|[صم]))?(?: *(?P<zone>{_ZONE}))?"
)
_TAIL = rf"(?: *(?P<mark>ه ?\.? ?[شق]\.?|ه\.?|م|ah|sh|ad|ce)(?!\w))?(?:(?:t|,? +){_CLOCK})?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_NAME = r"(?P<name>[^\W\d_](?:[^\d,.]*[^\W\d_])?)"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"(?P<y>\d{{4}})(?P<by>[/.\- ])(?P<m>\d{{1,2}})(?P=by)(?P<d>\d{{1,2}}){_TAIL}",
        rf"(?P<m>\d{{1,2}})(?P<by>[/.\-])(?P<d>\d{{1,2}})(?P=by)(?P<y>\d{{4}}){_TAIL}",
        rf"(?:[^\W\d]+,? +)??{_DAY}[ \-]+{_NAME}[ ,.\-]+(?P<y>\d{{4}}){_TAIL}",
        rf"(?:[^\W\d]+,? +)??{_NAME}\.? +{_DAY},? +(?P<y>\d{{4}}){_TAIL}",
        rf"[a-z]{{3}} {_NAME} (?P<d>\d{{1,2}}) {_CLOCK} (?P<y>\d{{4}})",
        rf"(?P<y>\d{{4}}) +{_NAME} +(?P<d>\d{{1,2}})(?:(?:t|,? +){_CLOCK})?",
    )
)
_COMPACT = re.compile(r"(?:18|19|20|21)\d{6}")
_NUMBER = re.compile(r"-?\d{1,19}(?:\.\d{1,9})?")
_MARKS: dict[str, Calendar] = {
    "هش": "jalali", "sh": "jalali", "هق": "hijri", "ه": "hijri", "ah": "hijri",
    "م": "gregorian", "ad": "gregorian", "ce": "gregorian",
}  # fmt: skip


def _epoch(plain: str) -> datetime:
    digits = len(plain.lstrip("-").split(".")[0])
    powers = ((11, 0), (14, 3), (17, 6), (19, 9))
    power = next(power for most, power in powers if digits <= most)
    whole, _, rest = plain.partition(".")
    micros = int(whole) * 10 ** (6 - power) if power <= 6 else int(whole) // 10 ** (power - 6)
    if rest and power == 0:
        sign = -1 if plain.startswith("-") else 1
        micros += sign * int(rest[:6].ljust(6, "0"))
    at = _EPOCH + timedelta(microseconds=micros)
    if at.year not in _FIRST_YEARS["gregorian"]:
        raise ValueError(f"{plain!r} as an epoch is outside the years that are read")
    return at


def _calendar_of(year: int, mark: str | None, text: str) -> Calendar:
    if mark:
        return _MARKS[re.sub(r"[ .]", "", mark)]
    if year >= 1800:
        return "gregorian"
    if 1200 <= year <= 1500:
        return "jalali" if year <= _LAST_JALALI_YEAR else "hijri"
    raise ValueError(f"the year {year} in {text!r} belongs to no calendar that is read")


def _day(calendar: Calendar, year: int, month: int, day: int) -> date:
    """Gregorian date of a day in one of the calendars.

    Raises:
        ValueError: when the calendar has no such day, or the year is out of its range.
    """
    if year not in _FIRST_YEARS[calendar]:
        raise ValueError(f"the year {year} is outside the {calendar} years that are read")
    if calendar == "jalali":
        found: date = jdatetime.date(year, month, day).togregorian()
        return found
    if calendar == "hijri":
        try:
            hijri = Hijri(year, month, day).to_gregorian()
        except OverflowError as error:
            raise ValueError(str(error)) from error
        return date(hijri.year, hijri.month, hijri.day)
    return date(year, month, day)


def _hour(parts: dict[str, str | None], text: str) -> int:
    hour, half = int(parts.get("hour") or 0), parts.get("half")
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(f"{text!r} has the hour {hour} and says {half}")
    return hour % 12 + (12 if half in {"pm", "م"} else 0)


def _offset(zone: str | None) -> timedelta:
    if not zone or zone in {"z", "utc", "gmt"}:
        return timedelta(0)
    digits = zone[1:].replace(":", "").ljust(4, "0")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -size if zone[0] == "-" else size


def _day_and_month(
    parts: dict[str, str | None], day_first: bool | None, text: str
) -> tuple[int, int]:
    """Day and month of a date in figures, from what stands in the places m and d."""
    month, day, by = int(parts["m"] or 0), int(parts["d"] or 0), parts["by"]
    if text[:4].isdecimal():
        return day, month
    if day_first is None:
        if by != "." and month <= 12 and day <= 12 and month != day:
            raise ValueError(f"{text!r}: is the day or the month first? Say day_first")
        day_first = by == "." or month > 12
    return (month, day) if day_first else (day, month)


def _named(name: str, text: str) -> tuple[Calendar, int]:
    # "May" may stand before or after other words: «من رمضان», «ماه مهر».
    words = name.split()
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            if found := MONTHS.get(" ".join(words[start:end])):
                return found
    raise ValueError(f"{name!r} in {text!r} is no month that is known")


def _from_parts(
    parts: dict[str, str | None],
    text: str,
    calendar: Calendar | None,
    day_first: bool | None,
) -> datetime:
    year = int(parts["y"] or 0)
    named: Calendar | None = None
    if name := parts.get("name"):
        named, month = _named(name, text)
        day = int(parts["d"] or 0)
    else:
        day, month = _day_and_month(parts, day_first, text)
    which = named or calendar or _calendar_of(year, parts.get("mark"), text)
    on = _day(which, year, month, day)
    second, part = int(parts.get("second") or 0), (parts.get("part") or "")[:6].ljust(6, "0")
    at = datetime(
        on.year, on.month, on.day, _hour(parts, text), int(parts.get("minute") or 0),
        second, int(part), tzinfo=UTC,
    )  # fmt: skip
    return at - _offset(parts.get("zone"))


def _fast(text: str) -> datetime | None:
    """ISO with a Gregorian year or epoch seconds, by the standard library; else None."""
    if len(text) == 10 and text.isdecimal() and text < _FIRST_SECOND_AFTER:
        return datetime.fromtimestamp(int(text), UTC)
    return _iso(text)


def _iso(text: str) -> datetime | None:
    """ISO with a Gregorian year, read by the standard library; None where it is not that."""
    if text[:2] not in {"18", "19", "20", "21"} or text[4:5] != "-" or len(text) > _LONGEST:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _read(text: str, calendar: Calendar | None, day_first: bool | None) -> datetime:
    plain = search_form(text)
    if _COMPACT.fullmatch(plain):
        return datetime.strptime(plain, "%Y%m%d").replace(tzinfo=UTC)
    if _NUMBER.fullmatch(plain) and len(plain) > 6:
        return _epoch(plain)
    for shape in _SHAPES:
        if match := shape.fullmatch(plain):
            return _from_parts(match.groupdict(), plain, calendar, day_first)
    raise ValueError(f"{text!r} is not a date in any form that is read")


def moment_of(
    text: str, *, calendar: Calendar | None = None, day_first: bool | None = None
) -> datetime:
    """A point in time, in UTC.

    Args:
        text: a date with or without a time, or an epoch; digits of any script.
        calendar: calendar of dates in figures, where known; a month's name goes before it.
        day_first: whether 01/05/2024 is the first of May; needed only where both could be.

    Raises:
        ValueError: with the reason, when it cannot be read or no such day exists.
    """
    text = text.strip()
    if calendar in {None, "gregorian"} and (found := _fast(text)) is not None:
        return found
    if not text:
        raise ValueError("no date is given")
    if len(text) > _LONGEST:
        raise ValueError(f"text of {len(text)} characters is too long for a date")
    try:
        return _read(text, calendar, day_first)
    except OverflowError as error:
        raise ValueError(f"{text!r} is outside the years that are read") from error


def moments_of(
    values: Sequence[str | None],
    *,
    calendar: Calendar | None = None,
    day_first: bool | None = None,
) -> tuple[list[datetime | None], list[str | None]]:
    """Points in time of a column and, beside each, why there is none; None and '' give none."""
    moments: list[datetime | None] = []
    reasons: list[str | None] = []
    for value in values:
        moment, reason = None, None
        if value is not None and value.strip():
            try:
                moment = moment_of(value, calendar=calendar, day_first=day_first)
            except ValueError as error:
                reason = str(error)
        moments.append(moment)
        reasons.append(reason)
    return moments, reasons
