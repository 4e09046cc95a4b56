"""A world written to files, to be loaded like anybody's data; its truth beside them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from pathlib import Path

    from mawj.worlds.world import World

FORMATS = ("parquet", "csv", "jsonl")
TRUTH = "truth"
"""Folder of what is true, within the world's folder; always Parquet."""

_BATCH = 50_000


def write_files(world: World, folder: Path, format: str = "parquet") -> list[Path]:
    """Write each table of `world` to `folder` as `<table>.<format>`; the truth to `truth/`.

    Returns:
        The files of the tables, in the order of the world.

    Raises:
        ValueError: for a format that is not one of `FORMATS`.
    """
    if format not in FORMATS:
        raise ValueError(f"format {format!r} is not one of {', '.join(FORMATS)}")
    (folder / TRUTH).mkdir(parents=True, exist_ok=True)
    write = _WRITERS[format]
    paths = []
    for name, table in world.tables.items():
        path = folder / f"{name}.{format}"
        write(table, path)
        paths.append(path)
    for name, table in world.truth.items():
        pq.write_table(table, folder / TRUTH / f"{name}.parquet")
    return paths


def _plain(column: pa.ChunkedArray[Any]) -> pa.ChunkedArray[Any]:
    """A column as text where a file has no type for it: ISO 8601, lists joined by spaces."""
    compute: Any = pc
    if pa.types.is_timestamp(column.type):
        seconds = column.cast(pa.timestamp("s", tz="UTC"), safe=False)
        column = compute.strftime(seconds, format="%Y-%m-%dT%H:%M:%SZ")
    if pa.types.is_list(column.type):
        column = compute.binary_join(column, " ")
    return column


def _write_csv(table: pa.Table, path: Path) -> None:
    columns: list[Any] = [_plain(column) for column in table.columns]
    plain = pa.table(columns, names=table.column_names)
    pyarrow.csv.write_csv(plain, path)


def _write_jsonl(table: pa.Table, path: Path) -> None:
    columns: list[Any] = [
        _plain(column) if pa.types.is_timestamp(column.type) else column
        for column in table.columns
    ]
    plain = pa.table(columns, names=table.column_names)
    with path.open("w", encoding="utf-8") as file:
        for batch in plain.to_batches(max_chunksize=_BATCH):
            for row in batch.to_pylist():
                known = {name: value for name, value in row.items() if value is not None}
                file.write(json.dumps(known, ensure_ascii=False) + "\n")


def _write_parquet(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path)


_WRITERS = {"parquet": _write_parquet, "csv": _write_csv, "jsonl": _write_jsonl}
