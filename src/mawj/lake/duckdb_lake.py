"""DuckDB in memory, one a process: reads a version's files by list, spills to scratch."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
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
    "list<element: float>": "FLOAT[]",
    "list<item: float>": "FLOAT[]",
    "map<string, string>": "MAP(VARCHAR, VARCHAR)",
}
# What Ibis calls the types of lazy columns that may be written where each is declared.
KINDS = {
    "string": ("string",),
    "int64": ("int", "uint"),
    "float64": ("int", "uint", "float", "decimal"),
    "boolean": ("boolean",),
    "timestamp": ("timestamp('UTC'",),
    "date": ("date",),
    "strings": ("array<string>", "array<!string>"),
    "floats": ("array<float", "array<!float"),
}


SOUGHT_ROWS = 2_048
"""Rows of a Parquet row group where a table is looked up by value: DuckDB's least, so that as
little as may be is read beside the rows of one account (our judgement)."""


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

    @property
    def codec(self) -> str:
        """How pages of the files are pressed.

        To begin with zstd takes longer than to read a small group. snappy costs some disk.
        """
        return "snappy" if self.row_group_rows <= SOUGHT_ROWS else "zstd"


class DuckdbLake:
    """The engine of one process."""

    name = "duckdb"
    kinds = KINDS

    def __init__(self, settings: LakeSettings, scratch: Scratch) -> None:
        self.scratch = scratch
        self._settings = settings
        self._n_names = 0
        self._views: list[str] = []
        self._files: list[Path] = []

    @cached_property
    def connection(self) -> ibis.backends.duckdb.Backend:
        """The engine, begun when first asked: a thread that reads rows straight needs none."""
        made = ibis.duckdb.connect()
        spill = literal(str(self.scratch.subfolder("spill")))
        for setting in (
            f"memory_limit = '{int(self._settings.memory_mb)}MB'",
            f"threads = {int(self._settings.threads or os.cpu_count() or 1)}",
            f"temp_directory = {spill}",
            # An order that nobody asked for would have to be held in memory.
            "preserve_insertion_order = false",
            "enable_progress_bar = false",
            # A file never changes under its name, so what stands at its end may be remembered.
            "parquet_metadata_cache = true",
        ):
            made.con.execute(f"SET {setting}")
        return made

    def run(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; its rows."""
        return list(self.connection.con.execute(sql, list(parameters)).fetchall())

    def row(self, sql: str) -> dict[str, Any]:
        """The first row of a query by column; empty when there is none."""
        found = self.connection.con.execute(sql)
        first = found.fetchone()
        names = [column[0] for column in found.description or ()]
        return dict(zip(names, first, strict=True)) if first else {}

    def arrow(self, sql: str, parameters: Sequence[object] = ()) -> pa.Table:
        """The rows of a query as Arrow."""
        found = self.connection.con.execute(sql, list(parameters))
        return cast("pa.Table", found.to_arrow_table())

    def view(self, name: str, sql: str) -> None:
        """Let `name` stand for a query."""
        self.run(f"CREATE OR REPLACE VIEW {quoted(name)} AS {sql}")
        self._views.append(name)

    def table(self, sql: str) -> ir.Table:
        """A query as a lazy table, which lasts as long as the engine."""
        name = self._fresh()
        self.run(f"CREATE OR REPLACE VIEW {quoted(name)} AS {sql}")
        return self.connection.table(name)

    def scan(self, files: Iterable[object]) -> ir.Table:
        """The rows of local Parquet files."""
        return self.table(f"SELECT * FROM {parquet(files)}")

    def register(self, dataset: pads.Dataset) -> str:
        """A name for an Arrow dataset: the way to any store without an extension."""
        name = self._fresh()
        self.connection.con.register(name, dataset)
        return name

    def forget(self, name: str) -> None:
        """Let go of a registered dataset."""
        self.connection.con.unregister(name)

    def empty(self, schema: pa.Schema) -> ir.Table:
        """No rows, with these columns."""
        return self.table(f"SELECT {', '.join(null_columns(schema))} WHERE false")

    def keep(self, table: ir.Table) -> ir.Table:
        """Write `table` to scratch and read it back: what comes after starts from its rows."""
        name = self._fresh()
        self.connection.create_view(name, table)
        self._views.append(name)
        kept = self._fresh()
        self.keep_as(kept, f"SELECT * FROM {quoted(name)}")
        return self.connection.table(kept)

    def keep_as(self, name: str, sql: str) -> None:
        """Write the rows of a query to scratch; `name` stands for them from then on."""
        file = self.scratch.file("kept")
        self._files.append(file)
        self.run(f"COPY ({sql}) TO {literal(str(file))} (FORMAT parquet, COMPRESSION zstd)")
        self.view(name, f"SELECT * FROM {parquet([file])}")

    def write(self, table: ir.Table, schema: pa.Schema, layout: Layout) -> list[Path]:
        """Write `table` to scratch files with exactly the columns and types of `schema`."""
        name = self._fresh()
        self.connection.create_view(name, table)
        self._views.append(name)
        return self.write_sql(f"SELECT * FROM {quoted(name)}", schema, layout)

    def write_sql(self, sql: str, schema: pa.Schema, layout: Layout) -> list[Path]:
        """Write the rows of a query likewise; files without rows are left out.

        The files go at the end of the `passing` block around.
        """
        # Cast by the engine itself: a sum of integers is wider than Ibis says it is.
        columns = ", ".join(
            f"CAST({quoted(column.name)} AS {SQL_TYPES[str(column.type)]}) AS "
            f"{quoted(column.name)}"
            for column in schema
        )
        order = ", ".join(map(quoted, layout.sort_by))
        folder = self.scratch.subfolder("written")
        self._files.append(folder)
        target = folder if layout.file_rows else folder / "0.parquet"
        split = f", ROW_GROUPS_PER_FILE {_groups(layout)}" if layout.file_rows else ""
        written = self.run(
            f"COPY (SELECT {columns} FROM ({sql}){f' ORDER BY {order}' if order else ''}) "
            f"TO {literal(str(target))} (FORMAT parquet, COMPRESSION {layout.codec}, "
            f"ROW_GROUP_SIZE {int(layout.row_group_rows)}{split})"
        )
        return sorted(folder.iterdir()) if written[0][0] else []

    def own(self, files: list[Path]) -> list[Path]:
        """Take scratch files over: they go at the end of the `passing` block around."""
        self._files += files
        return files

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

    def stream(self, table: ir.Table) -> pa.RecordBatchReader:
        """The rows of `table` as Arrow batches, a few at a time."""
        return cast("pa.RecordBatchReader", table.to_pyarrow_batches(chunk_size=65_536))

    def close(self) -> None:
        """Let go of the connection, where there is one."""
        begun = self.__dict__.pop("connection", None)
        if begun is not None:
            begun.disconnect()

    def _fresh(self) -> str:
        self._n_names += 1
        return f"lake_{self._n_names}"


def _groups(layout: Layout) -> int:
    return max(1, layout.file_rows // layout.row_group_rows)


def quoted(name: str) -> str:
    """An identifier for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text for SQL."""
    return "'" + text.replace("'", "''") + "'"


def parquet(files: Iterable[object], *, options: str = "") -> str:
    """The table function that reads local files."""
    names = ", ".join(literal(str(file)) for file in files)
    return f"read_parquet([{names}], hive_partitioning = false{options})"


def null_columns(schema: Iterable[pa.Field[Any]]) -> list[str]:
    """Select items that give NULL in each column."""
    return [
        f"CAST(NULL AS {SQL_TYPES[str(column.type)]}) AS {quoted(column.name)}"
        for column in schema
    ]
