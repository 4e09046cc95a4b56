"""The list inside a page of JSON: each of its members a row of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.raw import RawBatch, Record, Rejection, dumps

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ROWS = 50_000

PAGE_KEYS = frozenset(
    {
        "data",
        "items",
        "results",
        "records",
        "rows",
        "users",
        "accounts",
        "posts",
        "feed",
        "list",
    }
)
"""What answers of interfaces call the list that holds their rows."""


def unwrapped(batches: Iterator[RawBatch], path: str) -> Iterator[RawBatch]:
    """The batches themselves, or where `path` is given the members of the list at that path.

    Rows are then numbered by member, through the whole file.
    """
    if not path:
        yield from batches
        return
    number = 0
    for batch in batches:
        numbers: list[int] = []
        records: list[Record] = []
        rejections = list(batch.rejections)
        for page, record in zip(batch.numbers, batch.records or [], strict=True):
            members = list_at(record, path)
            if members is None:
                reason = f"page {page} has no list at {path!r}"
                rejections.append(Rejection(number + 1, path, reason, dumps(record)[:2_000]))
                continue
            for member in members:
                number += 1
                if isinstance(member, dict):
                    numbers.append(number)
                    records.append(member)
                else:
                    reason = "is not a JSON object with named fields"
                    rejections.append(Rejection(number, "", reason, dumps(member)))
        yield from _cut(RawBatch(numbers, records=records, rejections=tuple(rejections)))


def list_at(record: Any, path: str) -> list[Any] | None:
    """The list at a dotted path, or None."""
    for part in path.split("."):
        if not isinstance(record, dict):
            return None
        record = record.get(part)
    return record if isinstance(record, list) else None


def pages_path(records: list[Record]) -> str:
    """The dotted path of the list that holds the rows where records are pages, or "".

    A single record with one list of objects is a page; several are pages where all hold such a
    list under one of the names that pages use.
    """
    paths = {_list_path(record) for record in records}
    if len(paths) != 1:
        return ""
    path = paths.pop()
    return path if len(records) == 1 or path.split(".")[-1] in PAGE_KEYS else ""


def _list_path(record: Record) -> str:
    """The path of the only list of objects in a record, two levels deep."""
    found = [path for path, value in _lists(record, "", 2) if _holds_objects(value)]
    return found[0] if len(found) == 1 else ""


def _lists(record: Record, prefix: str, deeper: int) -> Iterator[tuple[str, list[Any]]]:
    for key, value in record.items():
        if isinstance(value, list):
            yield f"{prefix}{key}", value
        elif isinstance(value, dict) and deeper > 1 and "." not in key:
            yield from _lists(value, f"{prefix}{key}.", deeper - 1)


def _holds_objects(value: list[Any]) -> bool:
    return bool(value) and all(isinstance(one, dict) for one in value)


def _cut(batch: RawBatch) -> Iterator[RawBatch]:
    assert batch.records is not None
    yield RawBatch(
        batch.numbers[:MOST_ROWS],
        records=batch.records[:MOST_ROWS],
        rejections=batch.rejections,
    )
    for at in range(MOST_ROWS, len(batch.records), MOST_ROWS):
        end = at + MOST_ROWS
        yield RawBatch(batch.numbers[at:end], records=batch.records[at:end])
