"""One run: reads the observed tables as they were when it began, writes its own, then counts.

Its tables lie in a folder of its own that nothing reads until `finish` has committed the run to
the list of runs. A process that dies on the way leaves a folder that nobody sees and that
`clean_up` removes.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import ibis.expr.types as ir
import pyarrow as pa

from mawj.lake.contracts import check_names, check_written
from mawj.lake.duckdb_lake import SOUGHT_ROWS, Layout, parquet
from mawj.lake.run_log import RunRecord, RunTable, now
from mawj.lake.staging import FILE_ROWS, stage
from mawj.tables.declared import table_named
from mawj.tables.errors import ActionRefused, TableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mawj.lake.lake import Lake
    from mawj.tables.column import Table


class Run:
    """A run on its way."""

    def __init__(self, lake: Lake, record: RunRecord) -> None:
        self.lake = lake
        self.record = record
        self.tables: dict[str, RunTable] = dict(record.tables)
        self._since = time.perf_counter()
        self._is_open = True

    @property
    def run_id(self) -> str:
        """Its name."""
        return self.record.run_id

    def read(self, name: str) -> ir.Table:
        """An observed table as it was when the run began, or a table of this run."""
        return self.lake.read(name, run_id=self.run_id)

    def write(
        self,
        name: str,
        rows: ir.Table | pa.Table | Iterable[pa.RecordBatch],
        *,
        sort_by: tuple[str, ...] = (),
        row_group_rows: int | None = None,
    ) -> int:
        """Write one table of the run whole; its number of rows.

        Args:
            name: a declared table that a run makes.
            rows: a lazy table, or Arrow rows; checked against the declaration.
            sort_by: columns to sort by, so that a search for one value reads little.
            row_group_rows: rows of a Parquet row group; fewer make such a search finer. Where
                nothing is said, `SOUGHT_ROWS` of a sorted table.

        Raises:
            TableError: the rows are not what the declaration says; nothing is kept.
            ActionRefused: the run has ended, or has this table already.
        """
        self._must_be_open()
        table = table_named(name)
        if table.is_lasting:
            raise ActionRefused(f"{name!r} is observed, not made by a run: use `upsert`")
        if name in self.tables:
            raise ActionRefused(f"run {self.run_id} has written {name!r} already")
        usual = SOUGHT_ROWS if sort_by else Layout.row_group_rows
        layout = Layout(sort_by, row_group_rows or usual, FILE_ROWS)
        with self.lake.duck.passing():
            files = self._files(table, rows, layout)
            schema = pa.schema([column.with_nullable(True) for column in table.schema])
            if files:
                self.lake.duck.view("written", f"SELECT * FROM {parquet(files)}")
                check_written(table, self.lake.duck)
            folder = self.lake.run_folder(self.run_id, name)
            parts = [folder.take_in(file) for file in files]
            folder.create(schema, parts)
        n_rows = sum(part.n_rows for part in parts)
        ended = time.perf_counter()
        self.tables[name] = RunTable(n_rows, round(ended - self._since, 3))
        self._since = ended
        return n_rows

    def _files(self, table: Table, rows: Any, layout: Layout) -> list[Path]:
        schema = pa.schema([column.with_nullable(True) for column in table.schema])
        if not isinstance(rows, ir.Table):
            if isinstance(rows, pa.Table | pa.RecordBatch | pa.RecordBatchReader):
                check_names(table, rows.schema.names, in_order=True)
            files, _ = stage(table, rows, schema, self.lake.scratch)
            if not files or not layout.sort_by:
                return files
            rows = self.lake.duck.scan(files)
            return self.lake.duck.write(rows, schema, layout)
        check_names(table, rows.columns, in_order=True)
        _check_types(table, rows, self.lake.engine.kinds)
        return cast("list[Path]", self.lake.engine.write(rows, schema, layout))

    def finish(self) -> RunRecord:
        """Make this run the current one, in one commit.

        Raises:
            ActionRefused: the run has ended already.
        """
        self._must_be_open()
        ended = now()

        def how(records: list[RunRecord]) -> list[RunRecord]:
            place = 1 + max((record.place or 0 for record in records), default=0)
            return self._with(records, state="finished", place=place, ended_at=ended)

        self.lake.log.change(how)
        return self._close()

    def fail(self, reason: str) -> RunRecord:
        """Note that the run came to nothing, and why; its tables stay invisible."""
        self._must_be_open()
        ended = now()

        def how(records: list[RunRecord]) -> list[RunRecord]:
            return self._with(records, state="failed", ended_at=ended, note=reason)

        self.lake.log.change(how)
        return self._close()

    def _with(self, records: list[RunRecord], **changes: Any) -> list[RunRecord]:
        """The list with this run changed, its tables noted."""
        return [
            replace(record, tables=self.tables, **changes)
            if record.run_id == self.run_id
            else record
            for record in records
        ]

    def _close(self) -> RunRecord:
        self._is_open = False
        self.record = self.lake.log.named(self.run_id)
        self.lake.let_go(self.run_id)
        return self.record

    def _must_be_open(self) -> None:
        if not self._is_open:
            raise ActionRefused(f"run {self.run_id} has ended; begin another one")


def _check_types(table: Table, rows: ir.Table, kinds: Mapping[str, tuple[str, ...]]) -> None:
    """Refuse a lazy table whose columns are of another kind than declared."""
    for column in table:
        found = str(rows[column.name].type()).lstrip("!")
        if found != "null" and not found.startswith(kinds[column.type]):
            raise TableError(
                f"column {column.name!r} of table {table.name!r} must be {column.type}, not "
                f"{found}; cast it in the step"
            )
