"""Google Analytics 4: reports and explorations as CSV, and answers of its Data API (JSON).

Headings of the CSV: names of dimensions and metrics in Analytics Help, "Dimensions and metrics"
(Session source / medium, Session campaign, Sessions, Active users, Key events, Ecommerce
purchases, Total revenue), under a preamble of lines that begin with #, which tells the days.
Names of the API: Google Analytics Data API v1, "API dimensions & metrics" (sessionSource,
sessionCampaignName, keyEvents, ecommercePurchases) in a RunReportResponse.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from mawj.sources.quote_words import money_of
from mawj.sources.ready.orders import folded
from mawj.sources.ready.reading_json import member, members, text
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping, records_of
from mawj.text.dates import moment_of
from mawj.text.numbers import count_of, known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from mawj.sources.raw import RawFile, Record

NOTE = (
    "the CSV of Google Analytics does not say the currency, so revenue is left out; an answer "
    "of its Data API says it"
)
_DAYS = re.compile(
    rb"^#\s*(?:start date:\s*)?(\d{8})(?:-(\d{8})|\s*\r?\n#\s*end date:\s*(\d{8}))",
    re.IGNORECASE | re.MULTILINE,
)
_PLACES = ("session ", "first user ", "")
_DIMENSIONS = {
    "date": "day", "source": "utm_source", "medium": "utm_medium",
    "campaign": "utm_campaign", "campaign name": "utm_campaign",
    "manual ad content": "utm_content", "source medium": "source_medium",
    "manual source": "utm_source", "manual medium": "utm_medium",
    "manual campaign name": "utm_campaign", "manual source medium": "source_medium",
}  # fmt: skip
_METRICS = {
    "sessions": "sessions", "active users": "users", "total users": "users",
    "engaged sessions": "engaged_sessions", "key events": "key_events",
    "conversions": "key_events", "ecommerce purchases": "purchases",
    "transactions": "purchases", "purchases": "purchases", "total revenue": "revenue",
    "purchase revenue": "revenue",
}  # fmt: skip
_COUNTS = ("sessions", "users", "engaged_sessions", "key_events", "purchases")


def meaning_of(name: str) -> str | None:
    """What a dimension or metric says, from its heading or its name in the API."""
    plain = folded(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))
    for place in _PLACES:
        if plain.startswith(place) and (said := _DIMENSIONS.get(plain.removeprefix(place))):
            return said
    return _METRICS.get(plain)


def detect(raw: RawFile) -> bool:
    """A report of the API, or a table of Google's headings with its days."""
    if any(_is_report(one) for one in records_of(raw)):
        return True
    if raw.first.cells is None:
        return False
    said = {meaning_of(one) for one in raw.headings}
    is_named = any(folded(one).startswith(("session ", "first user ")) for one in raw.headings)
    has_days = _days(raw) is not None or "day" in said
    return (
        is_named and has_days and bool(said & {"utm_source", "source_medium", "utm_campaign"})
    )


def mapping(raw: RawFile) -> RecordMapping:
    """A CSV takes its days from the preamble; the API says a day a row."""
    days = _days(raw) if raw.first.cells is not None else None

    def make(record: Record, _: datetime) -> Iterator[Made | Fault]:
        if "metricHeaders" in record or "dimensionHeaders" in record:
            yield from _report(record)
        else:
            yield from _row(_meant(record.items()), days, None)

    notes = (NOTE,) if raw.first.cells is not None else ()
    return RecordMapping(
        "google_analytics", make, "google:analytics-4", basis="first_party", notes=notes
    )


def _is_report(one: Any) -> bool:
    return isinstance(member(one, "metricHeaders"), list) and isinstance(
        member(one, "dimensionHeaders"), list
    )


def _days(raw: RawFile) -> tuple[date, date] | None:
    found = _DAYS.search(raw.source.head)
    if found is None:
        return None
    first, last = found[1], found[2] or found[3]
    return moment_of(first.decode()).date(), moment_of(last.decode()).date()


def _meant(cells: Iterable[tuple[str, Any]]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for name, value in cells:
        meaning = meaning_of(name)
        if meaning:
            found.setdefault(meaning, known(str(value)) if value is not None else None)
    return found


def _report(record: Any) -> Iterator[Made | Fault]:
    names = [text(one, "name") or "" for key in ("dimensionHeaders", "metricHeaders")
             for one in members(record, key)]  # fmt: skip
    if "date" not in names:
        yield Fault("date", "the report has no days; ask for the dimension `date`")
        return
    currency = text(record, "metadata", "currencyCode")
    for one in members(record, "rows"):
        values = [text(cell, "value") for key in ("dimensionValues", "metricValues")
                  for cell in members(one, key)]  # fmt: skip
        yield from _row(_meant(zip(names, values, strict=False)), None, currency)


def _row(
    said: Mapping[str, str | None], days: tuple[date, date] | None, currency: str | None
) -> Iterator[Made | Fault]:
    source, medium = _parted(said)
    if source is None and said.get("utm_campaign") is None:
        yield Fault("", "says no source and no campaign: a line of totals")
        return
    try:
        day = moment_of(said["day"] or "").date() if said.get("day") else None
        row: dict[str, Any] = {
            name: None if said.get(name) is None else count_of(str(said[name]))
            for name in _COUNTS
        }
        revenue = money_of(str(said["revenue"]), currency)[0] if currency and (
            said.get("revenue")) else None  # fmt: skip
    except ValueError as error:
        yield Fault("", str(error))
        return
    first, last = (day, day) if day else days or (None, None)
    if first is None:
        yield Fault("from_on", "the days are not said: neither in the rows nor above them")
        return
    row |= {
        "from_on": first, "to_on": last,
        "utm_source": source, "utm_medium": medium,
        "utm_campaign": _given(said.get("utm_campaign")),
        "utm_content": _given(said.get("utm_content")), "revenue_minor": revenue,
        "currency": currency if revenue is not None else None,
    }  # fmt: skip
    yield Made("site_traffic", row | {"traffic_id": _digest(row)})


def _parted(said: Mapping[str, str | None]) -> tuple[str | None, str | None]:
    """Source and medium, from columns of their own or from "instagram / story"."""
    both = said.get("source_medium")
    if both and " / " in both:
        source, _, medium = both.partition(" / ")
        return _given(source), _given(medium)
    return _given(said.get("utm_source") or both), _given(said.get("utm_medium"))


def _given(said: str | None) -> str | None:
    return None if said in {None, "", "(none)", "(not set)", "Grand total", "Totals"} else said


def _digest(row: Mapping[str, Any]) -> str:
    names = ("from_on", "to_on", "utm_source", "utm_medium", "utm_campaign", "utm_content")
    told = "\x1f".join(str(row[name]) for name in names)
    return f"traffic:{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:24]}"


READY = Ready(
    "google_analytics",
    "Google Analytics 4: reports and explorations (CSV), the Data API (JSON)",
    detect,
    mapping,
)
