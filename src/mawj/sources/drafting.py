"""From meanings to a mapping: the fields of each table that a file can feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.sources.grains import KINDS
from mawj.sources.headings import times_of
from mawj.sources.mapping import Field, Mapping, Target
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from mawj.sources.assigned import Assigned, Assignment

WINDOWED = frozenset({"mentions_received", "reposts_received", "mentions_sent", "reposts_sent"})
"""Beside these a count of posts is one of the source's own recent window."""

HANDLE_FIRST = ("handle", "account_id", "own_id", "account_url", "own_url", "name")
NATIVE_FIRST = ("account_id", "own_id", "handle", "account_url", "own_url", "name")
HANDLE_PLATFORMS = frozenset({"instagram", "tiktok", "snapchat", "threads"})
"""Platforms whose native ids differ from one app or export to the next, so that handles join
files better (Instagram Graph API reference: `id` is an app-scoped user id)."""

PERCENT_ABOVE = 0.3
"""A bare engagement rate whose middle value is above this is meant in per cent: no table of
accounts has a median of 30 %. Our judgement."""


@dataclass(frozen=True)
class Whereabouts:
    """Where the platform of the rows comes from.

    Attributes:
        platform: one for all rows.
        heading: the heading that says it row by row.
        certainty: 0 where neither is known and ids do not say it.
        why: for the person, where it was told from a name.
    """

    platform: str | None = None
    heading: str = ""
    certainty: float = 0.0
    why: str = ""


def draft(found: Assignment, where: Whereabouts) -> tuple[Mapping, list[str]]:
    """The mapping that the chosen meanings make, and notes on what was decided."""
    notes: list[str] = []
    fields: dict[str, list[Field]] = {table: [] for table in found.grain.tables}
    who = _who(found, where.platform)
    for table in found.grain.tables:
        fields[table] += _ids(table, found, who)
    for meaning, one in found.chosen.items():
        for table, column in _places(meaning, found):
            if table in fields and all(f.column != column for f in fields[table]):
                field, note = _field(meaning, one, column)
                fields[table].append(field)
                notes += [note] if note else []
    targets = tuple(
        Target(table, tuple(listed))
        for table, listed in fields.items()
        if _has_more(table, listed)
    )
    return Mapping(targets, platform=where.platform, platform_from=where.heading), notes


def _who(found: Assignment, platform: str | None) -> Assigned | None:
    order = HANDLE_FIRST if platform in HANDLE_PLATFORMS else NATIVE_FIRST
    return next((found.chosen[name] for name in order if name in found.chosen), None)


def _ids(table: str, found: Assignment, who: Assigned | None) -> list[Field]:
    columns = TABLES[table].by_name
    fields = []
    if "account_id" in columns and who is not None and table != "comments":
        kind = "account_within" if who.kind == "handle_within" else ""
        fields.append(Field("account_id", heading=who.column.heading, kind=kind))
    handle = found.chosen.get("handle")
    if table == "accounts" and handle is not None:
        fields.append(Field("handle", heading=handle.column.heading, kind=handle.kind))
    post = found.chosen.get("post_id") or found.chosen.get("post_url")
    if table in {"posts", "post_snapshots"} and post is not None:
        fields.append(Field("post_id", heading=post.column.heading))
    return fields


def _places(meaning: str, found: Assignment) -> tuple[tuple[str, str], ...]:
    if meaning == "posts" and WINDOWED & found.chosen.keys():
        return (("account_snapshots", "posts_in_window"),)
    if meaning == "post_url" and "comments" in found.grain.tables and "post_id" in found.chosen:
        return ()
    return found.grain.places[meaning]


def _field(meaning: str, one: Assigned, column: str) -> tuple[Field, str]:
    heading, evidence = one.column.heading, one.column.evidence
    if one.kind:
        return Field(column, heading=heading, kind=one.kind), ""
    if meaning == "given_engagement_share":
        return _rate(one, column)
    if KINDS.get(meaning) == "moment":
        if not evidence.asks_day_first:
            return Field(column, heading=heading, day_first=evidence.day_first), ""
        note = (
            f"{heading!r}: no date shows whether the day or the month is first; day is assumed"
        )
        return Field(column, heading=heading, day_first=True), note
    times = times_of(heading)
    if times != 1.0 and KINDS.get(meaning, "count") == "count" and evidence.plain_share > 0.9:
        return Field(
            column, heading=heading, times=times
        ), f"{heading!r} is taken times {times:,.0f}"
    return Field(column, heading=heading), ""


def _rate(one: Assigned, column: str) -> tuple[Field, str]:
    heading, evidence = one.column.heading, one.column.evidence
    if evidence.fit("signed_share") > 0.5:
        return Field(column, heading=heading), ""
    if evidence.above_one_share > 0 or evidence.median_number > PERCENT_ABOVE:
        return Field(
            column, heading=heading, kind="percent"
        ), f"{heading!r} is read in per cent"
    return Field(column, heading=heading), f"{heading!r} is read as a share from 0 to 1"


def _has_more(table: str, fields: list[Field]) -> bool:
    """A table of counts is fed only where there are counts; accounts say who there is."""
    if table.endswith("_snapshots"):
        return any(
            field.column not in {"account_id", "post_id", "taken_at"} for field in fields
        )
    return bool(fields)
