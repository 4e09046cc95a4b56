"""Rows of observed tables from a file's raw rows, batch by batch, with what was set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from mawj.sources.arrow import Column, column, list_column, pc
from mawj.sources.filling import Filled, Stamp, Work, fill, platforms_of_rows
from mawj.sources.pieces import Load, Piece, RawRows, Rejections, TableBatch
from mawj.sources.raw import RawBatch, RawFile, Rejection
from mawj.sources.ready.ready import RecordMapping
from mawj.sources.record_rows import record_pieces
from mawj.sources.records import unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.mapping import Mapping

BATCH_ROWS = 50_000
"""Raw rows handled at a time. Our judgement: large enough for whole columns to pay."""

BATCH_RECORDS = 500
"""Records handled at a time where a function makes rows of each; a page holds up to 1,000."""

ACCOUNT_COLUMNS = (
    "account_id", "follower_id", "followed_id", "actor_id", "target_id", "owner_id",
    "reply_to_account_id", "repost_of_account_id", "quote_of_account_id",
)  # fmt: skip


def rows_of(
    raw: RawFile,
    mapping: Mapping | RecordMapping,
    *,
    load_id: str,
    fetched_at: datetime,
    taken_at: datetime,
) -> Iterator[Piece]:
    """The observed rows that a file gives under a mapping.

    For each batch of raw rows: one `TableBatch` a table that gets rows, then `Rejections` where
    there are any, then `RawRows`. A row that lacks what a table needs (its id, its date) is set
    aside for that table; an optional cell that cannot be read becomes NULL, is listed among the
    rejections under its field, and the row is loaded without it. The same author said of many
    posts is given once a batch.

    Args:
        raw: the open file.
        mapping: what its headings mean, or a ready function over its records.
        load_id: provenance, and the name under which raw rows are kept.
        fetched_at: provenance: when the file is loaded.
        taken_at: the moment of counts that neither the rows nor the mapping date.

    Raises:
        SourceRefused: where the file breaks off.
    """
    load = Load(load_id, fetched_at, taken_at, mapping.source or f"file:{raw.name}")
    if isinstance(mapping, RecordMapping):
        for batch in raw.batches(BATCH_RECORDS):
            yield from record_pieces(batch, mapping, load)
        return
    for batch in unwrapped(raw.batches(BATCH_ROWS), mapping.records):
        yield from _pieces(batch, mapping, load)


def _pieces(batch: RawBatch, mapping: Mapping, load: Load) -> Iterator[Piece]:
    if not len(batch):
        yield Rejections(batch.rejections, len(batch.rejections), len(batch.rejections))
        return
    stamp = Stamp(load, mapping.basis, mapping.taken_at or load.taken_at)
    work = Work(batch, stamp, platforms_of_rows(batch, mapping), _repeated(mapping), {})
    filled = [fill(target, work) for target in mapping.targets]
    for one in filled:
        if len(one.rows):
            yield TableBatch(one.table, one.rows)
    faults = _faults(batch, filled)
    lost = _n_lost(batch, filled)
    if faults or batch.rejections:
        unread = len(batch.rejections)
        yield Rejections((*batch.rejections, *faults), lost + unread, unread)
    yield RawRows(batch.as_table(_account_ids(filled)))


def _repeated(mapping: Mapping) -> frozenset[str]:
    """The tables of accounts, where a row of the file is a post."""
    has_posts = any(target.table in {"posts", "post_snapshots"} for target in mapping.targets)
    return frozenset({"accounts", "account_snapshots"}) if has_posts else frozenset()


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


def _account_ids(filled: list[Filled]) -> Column:
    """For each raw row the accounts that it speaks of."""
    columns = _distinct_columns(filled)
    n, width = len(filled[0].kept), len(columns)
    if not columns:
        return pa.nulls(n, pa.list_(pa.string()))
    joined = pa.concat_arrays(columns)
    if width > 1:
        order = [c * n + i for i in range(n) for c in range(width)]
        joined = joined.take(column(order, pa.int64()))
    offsets: Column = column(range(0, (n + 1) * width, width), pa.int32())
    return list_column(offsets, joined)


def _distinct_columns(filled: list[Filled]) -> list[Column]:
    columns: list[Column] = []
    for one in filled:
        for name in ACCOUNT_COLUMNS:
            found = one.columns.get(name)
            if found is None or found.null_count == len(found):
                continue
            if not any(found.equals(known) for known in columns):
                columns.append(found)
    return columns


__all__ = ["Load", "Piece", "RawRows", "Rejections", "TableBatch", "rows_of"]
