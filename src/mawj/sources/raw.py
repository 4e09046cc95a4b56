"""Rows as they came, with their numbers, before anything is read into them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa

from mawj.sources.arrow import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from mawj.sources.opening import Bytes

Record = dict[str, Any]

SAMPLE_ROWS = 1_000
"""Rows looked at to tell what headings mean. Our judgement: 1,000 values show a kind."""


DEEPEST = 4
"""Levels of nested objects whose members are offered as headings of a JSON file."""


@dataclass(frozen=True)
class Rejection:
    """One row, or one field of it, that could not be used.

    Attributes:
        row: its number in the file, from 1, the heading not counted.
        field: the field at fault; empty when the whole row is set aside.
        reason: what is wrong and what would be right.
        record: the row as it came, as JSON.
    """

    row: int
    field: str
    reason: str
    record: str


@dataclass(frozen=True)
class RawBatch:
    """Some rows of one file: either cells under headings or JSON records.

    Attributes:
        numbers: the row numbers.
        cells: one text column a heading, NULL where a cell is absent; None for JSON.
        records: one record a row; None for tables.
        rejections: rows that could not even be read.
        found: the columns of JSON that were asked for before.
    """

    numbers: Sequence[int]
    cells: pa.Table | None = None
    records: list[Record] | None = None
    rejections: tuple[Rejection, ...] = ()
    found: dict[str, pa.Array[Any]] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        """Number of rows that could be read."""
        return len(self.numbers)

    def column(self, heading: str) -> pa.Array[Any]:
        """The texts under one heading (or at one dotted path of JSON), NULL where absent."""
        if self.records is not None:
            # Several tables read the same headings; what was found once is kept with the batch.
            if heading not in self.found:
                self.found[heading] = strings(_under(heading, self.records))
            return self.found[heading]
        # A lookup in the schema, not in a list of names: tables may have 2,000 headings.
        place = -1 if self.cells is None else self.cells.schema.get_field_index(heading)
        if self.cells is None or place < 0:
            return pa.nulls(len(self), pa.string())
        found: Any = self.cells.column(place).combine_chunks()
        # Arrow gives back one chunk or, for other versions, a column of one chunk.
        texts: Any = found.chunk(0) if isinstance(found, pa.ChunkedArray) else found
        return plain(texts)

    def record_json(self, index: int) -> str:
        """The row at `index` as JSON."""
        if self.records is not None:
            return dumps(self.records[index])
        assert self.cells is not None
        return dumps(self.cells.slice(index, 1).to_pylist()[0])

    def as_table(self, account_ids: pa.Array[Any] | None = None) -> pa.Table:
        """The rows for keeping: `row`, then the cells (or `record`, as JSON).

        Args:
            account_ids: the accounts each row speaks of (list of text), where known, so that
                an erasure finds the rows that name a person.
        """
        columns: dict[str, Any] = {"row": pa.array(self.numbers, pa.int64())}
        if self.records is not None:
            columns["record"] = strings(map(dumps, self.records))
        elif self.cells is not None:
            columns |= {name: self.cells.column(name) for name in self.cells.column_names}
        if account_ids is not None:
            columns["account_ids"] = account_ids
        return pa.table(columns)


@dataclass
class RawFile:
    """One open file: what it is, and its rows in batches, as often as asked.

    Attributes:
        name: as given, without folders.
        format: csv, jsonl, json, parquet or xlsx.
        headings: the headings in order; for JSON the dotted paths seen in the sample.
        notes: what was guessed or skipped while opening, in words for the person.
        modified_at: when the file was last changed, None for standard input.
    """

    name: str
    format: str
    notes: tuple[str, ...]
    modified_at: datetime | None
    source: Bytes
    read: Callable[[int], Iterator[RawBatch]]
    headings: tuple[str, ...] = ()
    first: RawBatch = field(default_factory=lambda: RawBatch(()))

    def batches(self, rows: int = 50_000) -> Iterator[RawBatch]:
        """The rows from the start, at most `rows` at a time.

        Memory: one batch; for JSON also one record being read, for Parquet one row group.

        Raises:
            SourceRefused: where the file breaks off or turns into something else.
        """
        return self.read(rows)

    def __enter__(self) -> Self:
        """The file itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Remove what was set aside on disk."""
        self.source.close()


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


def dumps(value: object) -> str:
    """Compact JSON in plain letters."""
    return _ENCODER.encode(value)


def as_text(value: Any) -> str | None:
    """A JSON value as the text a table cell would hold; lists and objects as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return dumps(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)


def strings(values: Iterable[str | None]) -> pa.Array[Any]:
    """A text column; halves of broken letters become the replacement sign."""
    listed = list(values)
    try:
        return pa.array(listed, pa.string())
    except UnicodeEncodeError:
        mended = [
            None if text is None else text.encode("utf-8", "replace").decode()
            for text in listed
        ]
        return pa.array(mended, pa.string())


def paths_of(records: list[Record]) -> tuple[str, ...]:
    """The dotted paths to values in the records, in the order they are first seen."""
    found: dict[str, None] = {}
    for record in records:
        _walk(record, "", DEEPEST, found)
    return tuple(found)


def _walk(record: Record, prefix: str, deeper: int, found: dict[str, None]) -> None:
    for key, value in record.items():
        if isinstance(value, dict) and value and deeper:
            _walk(value, f"{prefix}{key}.", deeper - 1, found)
        else:
            found[f"{prefix}{key}"] = None


def _under(heading: str, records: list[Record]) -> list[str | None]:
    """The texts under one heading."""
    if "." in heading:
        path = heading.split(".")
        values = [_at(record, heading, path) for record in records]
    else:
        values = [record.get(heading) for record in records]
    return [value if type(value) is str else as_text(value) for value in values]


def _at(record: Any, heading: str, path: list[str]) -> Any:
    """The value at a dotted path; a key that itself holds dots is found whole first."""
    if isinstance(record, dict) and heading in record:
        return record[heading]
    for part in path:
        if isinstance(record, dict):
            record = record.get(part)
        elif isinstance(record, list) and part.isdigit() and int(part) < len(record):
            record = record[int(part)]
        else:
            return None
    return record
