"""What reading a file yields: rows of tables, what was set aside, and the rows as they came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from mawj.sources.arrow import column
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from datetime import datetime

    from mawj.sources.raw import Rejection


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
        n_unread: those of them that could not even be read, and so are not among the raw rows.
    """

    rejected: tuple[Rejection, ...]
    n_rows_lost: int
    n_unread: int = 0

    def as_batch(self, load_id: str, file: str, at: datetime) -> pa.RecordBatch:
        """Rows of the `rejected` table."""
        schema = TABLES["rejected"].schema
        columns: list[list[object]] = [
            [load_id] * len(self.rejected),
            [one.row for one in self.rejected],
            [one.field for one in self.rejected],
            [one.reason for one in self.rejected],
            [one.record for one in self.rejected],
            [file] * len(self.rejected),
            [at] * len(self.rejected),
        ]
        arrays = [column(c, f.type) for c, f in zip(columns, schema, strict=True)]
        return pa.RecordBatch.from_arrays(arrays, schema=schema)


@dataclass(frozen=True)
class RawRows:
    """The rows of one batch as they came, for keeping: `row`, the cells, `account_ids`."""

    rows: pa.Table


Piece = TableBatch | Rejections | RawRows
