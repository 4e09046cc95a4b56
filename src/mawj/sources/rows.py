"""Rows of observed tables from the raw rows of a file, batch by batch, with what was set aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from mawj.sources.filling import Filled, Work, fill, platforms_of_rows
from mawj.sources.raw import RawBatch, RawFile, Rejection
from mawj.sources.records import unwrapped
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from mawj.sources.mapping import Mapping

ACCOUNT_COLUMNS = (
    "account_id", "follower_id", "followed_id", "actor_id", "target_id", "owner_id",
    "reply_to_account_id", "repost_of_account_id", "quote_of_account_id",
)  # fmt: skip


@dataclass(frozen=True)
class Load:
    """What is the same on every row of one load.

    Attributes:
        load_id: digest of content, mapping and options.
        fetched_at: when the file is loaded.
        taken_at: the moment of counts that carry no date, unless the mapping says one.
        source: provenance; "" is "file:<name>".
    """

    load_id: str
    fetched_at: datetime
    taken_at: datetime
    source: str = ""


@dataclass(frozen=True)
class TableBatch:
    """Rows of one observed table, exactly as declared."""

    table: str
    rows: pa.RecordBatch


@dataclass(frozen=True)
class Rejections:
    """What could not be used of one batch.

    Attributes:
        rejected: a row set aside has an empty field, or the required field that it lacks; an
            optional field that could not be read names that field, and the row was loaded
            without it.
        n_rows_lost: rows that gave no stored row at all.
    """

    rejected: tuple[Rejection, ...]
    n_rows_lost: int

    def as_batch(self, load_id: str, file: str, at: datetime) -> pa.RecordBatch:
        """Rows of the `rejected` table."""
        schema = TABLES["rejected"].schema
        columns = [
            [load_id] * len(self.rejected),
            [one.row for one in self.rejected],
            [one.field for one in self.rejected],
            [one.reason for one in self.rejected],
            [one.record for one in self.rejected],
            [file] * len(self.rejected),
            [at] * len(self.rejected),
        ]
        arrays = [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
        return pa.RecordBatch.from_arrays(arrays, schema=schema)


@dataclass(frozen=True)
class RawRows:
    """The rows of one batch as they came, for keeping: `row`, the cells, `account_ids`."""

    rows: pa.Table


Piece = TableBatch | Rejections | RawRows


def rows_of(
    raw: RawFile,
    mapping: Mapping,
    *,
    load_id: str,
    fetched_at: datetime,
    taken_at: datetime,
    batch_rows: int = 50_000,
) -> Iterator[Piece]:
    """The observed rows that a file gives under a mapping.

    For each batch of raw rows: one `TableBatch` a table that gets rows, then `Rejections` where
    there are any, then `RawRows`. A row that lacks what a table needs (its id, its date) is set
    aside for that table; an optional cell that cannot be read becomes NULL, is listed among the
    rejections under its field, and the row is loaded without it. Exact repetitions within a
    batch are given once.

    Memory: one batch, about ten times its text.

    Raises:
        SourceRefused: where the file breaks off.
    """
    load = Load(load_id, fetched_at, taken_at, mapping.source or f"file:{raw.name}")
    for batch in unwrapped(raw.batches(batch_rows), mapping.records):
        yield from _pieces(batch, mapping, load)


def _pieces(batch: RawBatch, mapping: Mapping, load: Load) -> Iterator[Piece]:
    if not len(batch):
        yield Rejections(batch.rejections, len(batch.rejections))
        return
    work = Work(batch, mapping, load, platforms_of_rows(batch, mapping), {})
    filled = [fill(target, work) for target in mapping.targets]
    for one in filled:
        if len(one.rows):
            yield TableBatch(one.table, one.rows)
    faults = _faults(batch, filled)
    lost = _n_lost(batch, filled)
    if faults or batch.rejections:
        yield Rejections((*batch.rejections, *faults), lost + len(batch.rejections))
    yield RawRows(batch.as_table(_account_ids(filled)))


def _faults(batch: RawBatch, filled: list[Filled]) -> list[Rejection]:
    """One rejection a row and field, though the field may feed several tables."""
    found: dict[tuple[int, str], str] = {}
    for one in filled:
        for index, field, reason in one.problems:
            found.setdefault((index, field), reason)
    return [
        Rejection(batch.numbers[index], field, reason, batch.record_json(index))
        for (index, field), reason in sorted(found.items())
    ]


def _n_lost(batch: RawBatch, filled: list[Filled]) -> int:
    """Rows that gave no row of any table."""
    kept = filled[0].kept
    for one in filled[1:]:
        kept = pc.or_(kept, one.kept)
    return len(batch) - int(pc.sum(kept).as_py() or 0)


def _account_ids(filled: list[Filled]) -> pa.Array[Any]:
    """For each raw row the accounts that it speaks of."""
    columns = _distinct_columns(filled)
    n = len(filled[0].kept)
    if not columns:
        return pa.nulls(n, pa.list_(pa.string()))
    width = len(columns)
    turned = pa.concat_arrays(columns).take(
        pa.array([c * n + i for i in range(n) for c in range(width)], pa.int64())
        if width > 1
        else pa.array(range(n), pa.int64())
    )
    offsets = pa.array(range(0, (n + 1) * width, width), pa.int32())
    return pa.ListArray.from_arrays(offsets, turned)


def _distinct_columns(filled: list[Filled]) -> list[pa.Array[Any]]:
    columns: list[pa.Array[Any]] = []
    for one in filled:
        for name in ACCOUNT_COLUMNS:
            column = one.columns.get(name)
            if column is not None and column.null_count < len(column):
                if not any(column.equals(known) for known in columns):
                    columns.append(column)
    return columns
