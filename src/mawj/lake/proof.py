"""A look into every file below the root for signs of a person, past all logs and versions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pyarrow.dataset as pads
import pyarrow.parquet as pq

from mawj.lake.cleaning import signs_sql
from mawj.lake.duckdb_lake import quoted
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from mawj.lake.cleaning import Persons
    from mawj.lake.lake import Lake
    from mawj.lake.place import StoredFile
    from mawj.tables.column import Table


@dataclass(frozen=True)
class Scan:
    """What was looked at and what was found.

    Attributes:
        n_files, n_bytes: files below the root and their size; all were read.
        n_rows: rows of Parquet files, decoded and compared.
        hits: path of each file that still shows a sign, with the number of rows or places.
    """

    n_files: int
    n_bytes: int
    n_rows: int
    hits: tuple[tuple[str, int], ...]

    @property
    def n_hits(self) -> int:
        """Rows or places that still show a sign of the person."""
        return sum(n for _, n in self.hits)


def scan_root(lake: Lake, persons: Persons) -> Scan:
    """Read every file below the root."""
    n_files = n_bytes = n_rows = 0
    hits = []
    for file in lake.root.files():
        n_files += 1
        n_bytes += file.size
        if file.path.endswith(".parquet") and "_delta_log" not in file.path:
            rows, found = _rows_with_signs(lake, file, persons)
            n_rows += rows
        else:
            found = _places_with_signs(lake, file, persons)
        if found:
            hits.append((file.path, found))
    return Scan(n_files, n_bytes, n_rows, tuple(hits))


def _table_of(path: str) -> Table | None:
    """The declared table that a file belongs to; None for raw rows and lists of our own."""
    parts = PurePosixPath(path).parts
    return None if parts[0] == "raw" else TABLES.get(parts[-2])


def _rows_with_signs(lake: Lake, file: StoredFile, persons: Persons) -> tuple[int, int]:
    """Rows of a Parquet file, and those that show a sign."""
    store = lake.root.filesystem
    dataset = pads.dataset([file.path], format="parquet", filesystem=store)
    signs = signs_sql(dataset.schema, _table_of(file.path), persons)
    name = lake.duck.register(dataset)
    found = lake.duck.run(f"SELECT count(*), count(*) FILTER ({signs}) FROM {quoted(name)}")
    lake.duck.forget(name)
    return int(found[0][0]), int(found[0][1])


def _places_with_signs(lake: Lake, file: StoredFile, persons: Persons) -> int:
    """Occurrences of ids, `@handle` and quoted handles in any other file."""
    if file.path.endswith(".parquet"):
        table = pq.read_table(file.path, filesystem=lake.root.filesystem)
        content = str(table.to_pylist()).encode()
    else:
        content = lake.root.read_bytes(file.path)
    content = content.lower() + file.path.lower().encode()
    signs = {account_id.lower() for account_id in persons.account_ids}
    signs |= {f"{sign}{handle}" for _, handle in persons.handles for sign in ("@", '"', "/")}
    return sum(content.count(sign.encode()) for sign in signs)
