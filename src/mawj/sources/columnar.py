"""Parquet, with every column as the text it would have in a CSV."""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from mawj.sources.arrow import Column, pc, plain
from mawj.sources.delimited import unique_headings
from mawj.sources.parquet_pages import unfolded_bytes
from mawj.sources.raw import RawBatch, as_text, strings
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.sources.opening import Bytes

MAGIC = b"PAR1"
WIDTHS = {"BOOLEAN": 1, "INT32": 4, "FLOAT": 4, "INT64": 8, "DOUBLE": 8, "INT96": 12}
"""Bytes of a value by its physical type (Apache Parquet, "Types")."""
LENGTH = 4
"""Bytes before each text, which says how long it is (Apache Parquet, "Plain")."""


def read_parquet(file: Bytes, n_rows: int) -> Iterator[RawBatch]:
    """The rows in batches; members of a struct become columns of their own (`user.name`).

    Texts stay as their dictionaries have them until it is known what they unfold to.

    Memory: one row group and one batch.

    Raises:
        SourceRefused: when the file is damaged, or would unfold beyond the limits.
    """
    first = 1
    try:
        with _opened(file) as parquet:
            for batch in parquet.iter_batches(batch_size=n_rows):
                _check_texts(file, batch)
                yield RawBatch(range(first, first + len(batch)), cells=_as_texts(batch))
                first += len(batch)
    except (pa.ArrowException, OSError) as error:
        raise SourceRefused(
            f"{file.name}: the Parquet file is damaged after row {first - 1:,} ({error}); "
            "write it again"
        ) from error


def _opened(file: Bytes) -> pq.ParquetFile:
    path = file.seekable_path()
    with (
        pq.ParquetFile(path, pre_buffer=False) as plain_file,
        path.open("rb") as held,
        mmap.mmap(held.fileno(), 0, access=mmap.ACCESS_READ) as pages,
    ):
        _check_sizes(file, plain_file.metadata, pages)
        texts = [
            field.name
            for field in plain_file.schema_arrow
            if pa.types.is_string(field.type) or pa.types.is_binary(field.type)
        ]
    return pq.ParquetFile(path, pre_buffer=False, read_dictionary=texts)


def _check_sizes(file: Bytes, metadata: Any, pages: mmap.mmap) -> None:
    """By what the file says of itself, before anything of it is unfolded.

    The footer and the pages may differ; what says more counts.
    """
    limits, whole, n_bytes = file.limits, 0, len(pages)
    for at in range(metadata.num_row_groups):
        group = metadata.row_group(at)
        chunks = [group.column(place) for place in range(group.num_columns)]
        held = sum(unfolded_bytes(file.name, pages, chunk) for chunk in chunks)
        unfolded = max(group.total_byte_size, sum(map(_unfolded, chunks)), held)
        whole += unfolded
        if unfolded > limits.group_bytes:
            raise SourceRefused(
                f"{file.name}: a row group unfolds to {unfolded:,} bytes; write it again in "
                f"row groups of at most {limits.group_bytes:,}"
            )
    if whole >= limits.ratio_from_bytes and whole > limits.ratio * max(1, n_bytes):
        raise SourceRefused(
            f"{file.name}: unfolds to {whole:,} bytes, {whole / max(1, n_bytes):,.0f} times "
            "its size, which looks like a decompression bomb; look at it, and save it as CSV"
        )


def _unfolded(chunk: Any) -> int:
    """Bytes of a column of a row group: as it says, or as many as its values must take."""
    told = chunk.statistics
    nulls = told.null_count if told is not None and told.has_null_count else 0
    values = max(0, int(chunk.num_values) - int(nulls or 0))
    width = WIDTHS.get(str(chunk.physical_type), LENGTH)
    return max(int(chunk.total_uncompressed_size), values * width)


def _check_texts(file: Bytes, batch: pa.RecordBatch) -> None:
    """What the texts of a batch unfold to: one that is repeated lies in the file once."""
    columns: list[Any] = list(batch.columns)
    unfolded = sum(
        pc.sum(pc.take(pc.binary_length(column.dictionary), column.indices)).as_py() or 0
        for column in columns
        if pa.types.is_dictionary(column.type) and _is_text(column.type.value_type)
    )
    if unfolded > file.limits.batch_bytes:
        raise SourceRefused(
            f"{file.name}: {len(batch):,} of its rows unfold to {unfolded:,} bytes of text, "
            "which looks like a decompression bomb; look at it, and save it as CSV"
        )


def _is_text(kind: Any) -> bool:
    return bool(
        pa.types.is_string(kind) or pa.types.is_binary(kind)
        or pa.types.is_large_string(kind) or pa.types.is_large_binary(kind)
    )  # fmt: skip


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
