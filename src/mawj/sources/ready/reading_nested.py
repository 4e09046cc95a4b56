"""Records of JSON, and the same as tables whose headings are paths: `profile.followers`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.ready.ready import records_of

if TYPE_CHECKING:
    from mawj.sources.raw import RawFile, Record

LOOKED_AT = 20
"""Rows of a table that are looked at to tell what it is, as many as of JSON."""


def nested_of(raw: RawFile) -> list[Record]:
    """The first records of a file, JSON or table, with what stands under paths put back."""
    if raw.first.cells is not None:
        return [nested(row) for row in raw.first.cells.slice(0, LOOKED_AT).to_pylist()]
    return records_of(raw)


def nested(record: Record) -> Record:
    """A record with `a.b` and `a/b` put back under `a`; figures in paths make no lists."""
    if not any(sign in name for name in record for sign in "./"):
        return record
    found: dict[str, Any] = {}
    for name, value in record.items():
        if value is not None and value != "":
            _put(found, name.replace("/", ".").split("."), value)
    return found


def _put(found: dict[str, Any], path: list[str], value: Any) -> None:
    for step in path[:-1]:
        inner = found.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        found = inner
    found.setdefault(path[-1], value)
