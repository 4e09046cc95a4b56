"""DuckDB in memory, one a process: reads a version's files by list, spills to scratch."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import ibis

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import ibis.expr.types as ir
    import pyarrow as pa
    import pyarrow.dataset as pads

    from mawj.lake.scratch import Scratch
    from mawj.lake.settings import LakeSettings

SQL_TYPES = {
    "string": "VARCHAR",
    "int64": "BIGINT",
    "double": "DOUBLE",
    "bool": "BOOLEAN",
    "timestamp[us, tz=UTC]": "TIMESTAMPTZ",
    "date32[day]": "DATE",
    "list<element: string>": "VARCHAR[]",
    "list<item: string>": "VARCHAR[]",
    "map<string, string>": "MAP(VARCHAR, VARCHAR)",
}


@dataclass(frozen=True)
class Layout:
    """How a table is laid out in its files.

    Attributes:
        sort_by: columns to sort by, so that a query for few values reads few row groups.
        row_group_rows: rows a group; fewer make a search for one value read less. 122,880 is
            DuckDB's own default.
        file_rows: about how many rows a file may have; 0 for one file. Smaller files make a
            later change of few rows rewrite less. Our judgement.
    """

    sort_by: tuple[str, ...] = ()
    row_group_rows: int = 122_880
    file_rows: int = 0


class DuckdbLake:
    """The engine of one process."""

    name = "duckdb"

    def __init__(self, settings: LakeSettings, scratch: Scratch) -> None:
        self.scratch = scratch
        self.connection = ibis.duckdb.connect()
        spill = scratch.subfolder("spill")
        self.run(f"SET memory_limit = '{int(settings.memory_mb)}MB'")
        self.run(f"SET threads = {int(settings.threads or os.cpu_count() or 1)}")
        self.run(f"SET temp_directory = {literal(str(spill))}")
        # An order that nobody asked for would have to be held in memory.
        self.run("SET preserve_insertion_order = false")
        self.run("SET enable_progress_bar = false")
        self._n_views = 0
        self._views: list[str] = []
        self._files: list[Path] = []

    def run(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; its rows."""
        return list(self.connection.con.execute(sql, list(parameters)).fetchall())

    def scan(self, files: Iterable[str], *, named: bool = False) -> ir.Table:
        """The rows of Parquet files; with `named`, also `filename` and `file_row_number`."""
        extra = {"filename": True, "file_row_number": True} if named else {}
        return self.connection.read_parquet(
            sorted(files), table_name=self._fresh(), hive_partitioning=False,
            union_by_name=True, **extra,
        )  # fmt: skip

    def dataset(self, dataset: pads.Dataset) -> ir.Table:
        """The rows of an Arrow dataset: the way to an object store that needs no extension."""
        name = self._fresh()
        self.connection.con.register(name, dataset)
        return self.connection.table(name)

    def empty(self, schema: pa.Schema) -> ir.Table:
        """No rows, with these columns."""
        columns = ", ".join(
            f"CAST(NULL AS {SQL_TYPES[str(column.type)]}) AS {quoted(column.name)}"
            for column in schema
        )
        name = self._fresh()
        self.run(f"CREATE TEMP VIEW {quoted(name)} AS SELECT {columns} WHERE false")
        return self.connection.table(name)

    def keep(self, table: ir.Table) -> ir.Table:
        """Write `table` to scratch and read it back: what comes after starts from its rows."""
        file = self.scratch.file("kept")
        self._files.append(file)
        self.connection.to_parquet(table, file)
        return self.connection.read_parquet(file, table_name=self._fresh())

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Forget views and delete kept and written files that come up inside the block."""
        n_views, n_files = len(self._views), len(self._files)
        try:
            yield
        finally:
            for name in reversed(self._views[n_views:]):
                self.run(f"DROP VIEW IF EXISTS {quoted(name)}")
            for file in self._files[n_files:]:
                shutil.rmtree(file) if file.is_dir() else file.unlink(missing_ok=True)
            del self._views[n_views:], self._files[n_files:]

    def write(self, table: ir.Table, schema: pa.Schema, layout: Layout) -> list[Path]:
        """Write `table` to scratch files with exactly the columns and types of `schema`.

        The files go at the end of the `passing` block around.
        """
        view = self._fresh()
        self.connection.create_view(view, table)
        # Cast by the engine itself: a sum of integers is wider than Ibis says it is.
        columns = ", ".join(
            f"CAST({quoted(column.name)} AS {SQL_TYPES[str(column.type)]}) AS "
            f"{quoted(column.name)}"
            for column in schema
        )
        order = ", ".join(quoted(name) for name in layout.sort_by)
        folder = self.scratch.subfolder("written")
        self._files.append(folder)
        target = folder if layout.file_rows else folder / "0.parquet"
        sql = f"COPY (SELECT {columns} FROM {quoted(view)}" + (
            f" ORDER BY {order}" if order else ""
        )
        split = f", ROW_GROUPS_PER_FILE {_groups(layout)}" if layout.file_rows else ""
        self.run(
            f"{sql}) TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd, "
            f"ROW_GROUP_SIZE {int(layout.row_group_rows)}{split})"
        )
        return sorted(folder.iterdir())

    def stream(self, table: ir.Table) -> pa.RecordBatchReader:
        """The rows of `table` as Arrow batches, a few at a time."""
        return cast("pa.RecordBatchReader", table.to_pyarrow_batches(chunk_size=65_536))

    def close(self) -> None:
        """Let go of the connection."""
        self.connection.disconnect()

    def _fresh(self) -> str:
        self._n_views += 1
        self._views.append(f"lake_{self._n_views}")
        return self._views[-1]


def _groups(layout: Layout) -> int:
    return max(1, layout.file_rows // layout.row_group_rows)


def quoted(name: str) -> str:
    """An identifier for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text for SQL."""
    return "'" + text.replace("'", "''") + "'"
