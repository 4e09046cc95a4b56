"""Rows on their way in: checked batch by batch, laid down in scratch files of limited size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from mawj.lake.contracts import conform

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mawj.lake.scratch import Scratch
    from mawj.tables.column import Table

# Rows of a file and of a row group. A later change of one row rewrites its file, so files stay
# in the tens of megabytes; a group is held in memory while it is written. Our judgement.
FILE_ROWS = 1_000_000
GROUP_ROWS = 122_880
BATCH_ROWS = 65_536

FILLED = "_filled"
FILLED_TYPE = pa.map_(pa.string(), pa.string())


def stored_schema(table: Table) -> pa.Schema:
    """The columns of a stored observed table: those declared, and the origin of filled cells.

    `_filled` maps a column to the rank of the row that its value was taken from, where that is
    not the row itself; NULL for nearly all rows. Readers never see it.
    """
    open_columns = [column.with_nullable(True) for column in table.schema]
    if "basis" not in table.by_name:
        return pa.schema(open_columns)
    return pa.schema([*open_columns, pa.field(FILLED, FILLED_TYPE)])


def batches_of(
    rows: pa.Table | pa.RecordBatch | Iterable[pa.RecordBatch],
) -> Iterator[pa.RecordBatch]:
    """The batches of whatever holds rows, none larger than is good for memory."""
    if isinstance(rows, pa.RecordBatch):
        rows = [rows]
    source = rows.to_batches(max_chunksize=BATCH_ROWS) if isinstance(rows, pa.Table) else rows
    for batch in source:
        for start in range(0, batch.num_rows, BATCH_ROWS):
            yield batch.slice(start, BATCH_ROWS)


def stage(
    table: Table,
    rows: pa.Table | pa.RecordBatch | Iterable[pa.RecordBatch],
    schema: pa.Schema,
    scratch: Scratch,
) -> tuple[list[Path], int]:
    """Check `rows` and write them to scratch in order; the files and the number of rows.

    Files are named so that their order is the order of the rows.
    """
    checked = (conform(table, batch) for batch in batches_of(rows))
    widened = (_widen(batch, schema) for batch in checked)
    return write_files(widened, schema, scratch)


def _widen(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    columns = [
        batch.column(field.name) if field.name in batch.schema.names
        else pa.nulls(batch.num_rows, field.type)
        for field in schema
    ]  # fmt: skip
    return pa.record_batch(columns, schema=schema)


def write_files(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema, scratch: Scratch
) -> tuple[list[Path], int]:
    """Write batches of one schema to scratch files; the files in order, and their rows."""
    writer = _FileWriter(schema, scratch)
    try:
        for batch in batches:
            writer.add(batch)
    except BaseException:
        writer.give_up()
        raise
    writer.close()
    return writer.files, writer.n_rows


class _FileWriter:
    """Writes Parquet files of about `FILE_ROWS` rows, a row group at a time."""

    def __init__(self, schema: pa.Schema, scratch: Scratch) -> None:
        self.schema = schema
        self.scratch = scratch
        self.files: list[Path] = []
        self.n_rows = 0
        self._waiting: list[pa.RecordBatch] = []
        self._n_waiting = self._n_in_file = 0
        self._open: pq.ParquetWriter | None = None

    def add(self, batch: pa.RecordBatch) -> None:
        """Take one batch; written when there are enough for a row group."""
        if batch.num_rows:
            self._waiting.append(batch)
            self._n_waiting += batch.num_rows
            self.n_rows += batch.num_rows
        if self._n_waiting >= GROUP_ROWS:
            self._write()
        if self._n_in_file >= FILE_ROWS:
            self._close_file()

    def close(self) -> None:
        """Write what is waiting and finish the file."""
        self._write()
        self._close_file()

    def give_up(self) -> None:
        """Delete what was written."""
        self._close_file()
        for file in self.files:
            file.unlink()

    def _write(self) -> None:
        if not self._waiting:
            return
        if self._open is None:
            self.files.append(self.scratch.file("staged"))
            self._open = pq.ParquetWriter(self.files[-1], self.schema, compression="zstd")
        self._open.write_table(pa.Table.from_batches(self._waiting, self.schema))
        self._n_in_file += self._n_waiting
        self._waiting, self._n_waiting = [], 0

    def _close_file(self) -> None:
        if self._open is not None:
            self._open.close()
        self._open, self._n_in_file = None, 0
