"""The public tables "Social Media Influencers in 2022", Instagram, of several dates.

Three sets of headings occur. In that of June everything after the followers has slipped: "Views
avg." holds the audience's country, "Likes avg" the authentic and "Comments avg." the average
engagement. Shown by the sister tables: over 761 accounts that June and September share, the
median ratio of "Likes avg" to September's authentic engagement is 1.02 and of "Comments avg."
to its average engagement 1.01, and against each other 0.75 and 1.42 (measured here, 2026).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.coercion import SPREADSHEET_ERRORS
from mawj.sources.file_names import moment_in_name
from mawj.sources.mapping import Mapping
from mawj.sources.names import account_id_of, handle_of, lost_letters
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping
from mawj.sources.ready.tables import AUDIENCE, has, place, read_as, target
from mawj.sources.vocabulary import country_of
from mawj.text.numbers import count_of, known

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

_SLIPPED = ("instagram name", "subscribers count", "views avg.", "likes avg", "comments avg.")
_SEPTEMBER = ("instagram name", "subscribers (2)", "authentic engagement values")
_EARLY = ("influencer insta name", "followers numbers", "authentic engagement values")
SLIPPED_COUNTRIES = 0.8
"""Share of "Views avg." that must be countries for the headings to count as slipped."""


def detect(raw: RawFile) -> bool:
    """One of the three sets of headings; for June's, with countries under "Views avg."."""
    return has(raw, *_SEPTEMBER) or has(raw, *_EARLY) or _has_slipped(raw)


def mapping(raw: RawFile) -> Mapping | RecordMapping:
    """How the file at hand is read."""
    if _has_slipped(raw):
        taken_at = moment_in_name(raw.name)
        return RecordMapping(
            "top_instagram_2022", make, f"file:{raw.name}", "public", taken_at, (AUDIENCE,)
        )
    return _early(raw) if has(raw, *_EARLY) else _september(raw)


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one line of the table whose headings have slipped."""
    cells = {" ".join(key.lower().split()): value for key, value in record.items()}
    written = _cell(cells, "instagram name")
    if written is None:
        yield Fault("account_id", "nothing is given; accounts needs it")
        return
    account_id, name = account_id_of(written, "instagram"), _cell(cells, "influencer name")
    yield Made(
        "accounts",
        {
            "account_id": account_id, "platform": "instagram", "handle": handle_of(written),
            "name": None if name is None or lost_letters(name) else name,
            "category": _cell(cells, "category_1"),
        },
    )  # fmt: skip
    counts = {"followers": _count(cells, "subscribers count (2)")}
    if _is_row_slipped(cells):
        yield Fault(
            "average_engagements",
            f"the country reads {cells.get('views avg.')!r}: this row has slipped once more, "
            "so its engagement was left out",
        )
    else:
        counts["authentic_engagements"] = _count(cells, "likes avg")
        counts["average_engagements"] = _count(cells, "comments avg.")
    yield Made("account_snapshots", {"account_id": account_id, "taken_at": taken_at, **counts})


def _has_slipped(raw: RawFile) -> bool:
    if not has(raw, *_SLIPPED):
        return False
    seen = [cell for cell in raw.first.column(place(raw, "views avg.")).to_pylist() if cell]
    countries = sum(country_of(cell) is not None for cell in seen)
    return bool(seen) and countries >= SLIPPED_COUNTRIES * len(seen)


def _is_row_slipped(cells: dict[str, Any]) -> bool:
    return any(sign.isdigit() for sign in cells.get("views avg.") or "")


def _cell(cells: dict[str, Any], heading: str) -> str | None:
    value = (cells.get(heading) or "").strip()
    return None if value in SPREADSHEET_ERRORS or not value else value


def _count(cells: dict[str, Any], heading: str) -> float | None:
    value = _cell(cells, heading)
    try:
        return count_of(value) if value and known(value) else None
    except ValueError:
        return None


def _september(raw: RawFile) -> Mapping:
    who = "instagram name"
    return Mapping(
        (
            target(
                raw, "accounts", account_id=who, handle=who, name="name", category="category_1"
            ),
            target(
                raw, "account_snapshots", account_id=who, followers="subscribers (2)",
                authentic_engagements="authentic engagement values",
                average_engagements="engagement average values",
            ),
        ),
        "top_instagram_2022", "instagram",
        taken_at=moment_in_name(raw.name), notes=(AUDIENCE,),
    )  # fmt: skip


def _early(raw: RawFile) -> Mapping:
    who = "influencer insta name"
    return Mapping(
        (
            target(
                raw, "accounts", account_id=who, handle=who,
                name=read_as(raw, "name", "instagram name"), category="category_1",
            ),
            target(
                raw, "account_snapshots", account_id=who, followers="followers numbers",
                authentic_engagements="authentic engagement values",
                average_engagements="engagement avg values",
            ),
        ),
        "top_instagram_2022", "instagram",
        taken_at=moment_in_name(raw.name), notes=(AUDIENCE,),
    )  # fmt: skip


READY = Ready(
    "top_instagram_2022",
    'public tables "Social Media Influencers in 2022", Instagram, any date',
    detect,
    mapping,
)
