"""Days in the calendar that the reader chose."""

from __future__ import annotations

from datetime import UTC, date, datetime

from mawj.flow.plan_words import day_in
from mawj.web.digits import in_readers_digits
from mawj.web.reader import reader

NOT_KNOWN = "–"


def day(value: date | datetime | None) -> str:
    """A day: 26 November 2026, ۵ آذر ۱۴۰۵ …; an en dash where it is not known."""
    if value is None:
        return NOT_KNOWN
    who = reader()
    on = value.date() if isinstance(value, datetime) else value
    return in_readers_digits(day_in(on, who.calendar, who.language))


def moment(value: datetime | None) -> str:
    """A day and the hour and minute in UTC."""
    if value is None:
        return NOT_KNOWN
    at = value if value.tzinfo else value.replace(tzinfo=UTC)
    clock = in_readers_digits(at.astimezone(UTC).strftime("%H:%M"))
    return f"{day(at)} {clock}"
