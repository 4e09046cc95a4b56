"""Parquet, with every column as the text it would have in a CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from mawj.sources.arrow import Column, pc, plain
from mawj.sources.delimited import unique_headings
from mawj.sources.raw import RawBatch, as_text, strings
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.sources.opening import Bytes

MAGIC = b"PAR1"


def read_parquet(file: Bytes, n_rows: int) -> Iterator[RawBatch]:
    """The rows in batches; members of a struct become columns of their own (`user.name`).

    Memory: one row group and one batch.

    Raises:
        SourceRefused: when the file is damaged.
    """
    first = 1
    try:
        with pq.ParquetFile(file.seekable_path(), pre_buffer=False) as parquet:
            for batch in parquet.iter_batches(batch_size=n_rows):
                yield RawBatch(range(first, first + len(batch)), cells=_as_texts(batch))
                first += len(batch)
    except (pa.ArrowException, OSError) as error:
        raise SourceRefused(
            f"{file.name}: the Parquet file is damaged after row {first - 1:,} ({error}); "
            "write it again"
        ) from error


def _as_texts(batch: pa.RecordBatch) -> pa.Table:
    table = pa.Table.from_batches([batch])
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    columns = [_text_column(table.column(i).combine_chunks()) for i in range(table.num_columns)]
    return pa.table(columns, names=list(unique_headings(table.column_names)))


def _text_column(column: Any) -> Column:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _text_column(column.dictionary_decode())
    if pa.types.is_string(kind):
        return plain(column)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return strings(_spelled(value) for value in column.to_pylist())
    if pa.types.is_floating(kind) or pa.types.is_nested(kind) or pa.types.is_null(kind):
        return strings(as_text(value) for value in column.to_pylist())
    try:
        texts: Column = pc.cast(column, pa.string())
    except pa.ArrowException:
        return strings(None if v is None else str(v) for v in column.to_pylist())
    return texts


def _spelled(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", "replace")
