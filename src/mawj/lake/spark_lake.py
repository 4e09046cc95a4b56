"""Spark as client of the user's cluster (or local): the same few doings as DuckDB's.

Scratch and root must be reachable by every worker: a shared folder, or an object store whose
connector the cluster has.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import ibis

from mawj.lake.duckdb_lake import KINDS
from mawj.tables.portable import SPARK_FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import ibis.expr.types as ir
    import pyarrow as pa

    from mawj.lake.delta import DeltaFolder, Snapshot
    from mawj.lake.duckdb_lake import Layout
    from mawj.lake.scratch import Scratch
    from mawj.lake.settings import LakeSettings

SESSION = {
    "spark.sql.session.timeZone": "UTC",
    # Spark's own default is a 96-bit time that no other reader likes.
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # Spark's default of 200 makes small tables slow; a cluster's own setting wins.
    "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
    "spark.master": "local[*]",
}


class SparkLake:
    """The engine of one process: one Spark session."""

    name = "spark"
    # Spark's times are of the session's zone, UTC, and Ibis does not say so.
    kinds = KINDS | {"timestamp": ("timestamp",)}

    def __init__(self, settings: LakeSettings, scratch: Scratch) -> None:
        # Optional: the spark extra brings half a gigabyte and needs Java.
        from pyspark.sql import SparkSession  # noqa: PLC0415

        self.scratch = scratch
        builder = SparkSession.builder.appName("mawj")
        for name, value in (SESSION | dict(settings.spark)).items():
            builder = builder.config(name, value)
        self.session: Any = builder.getOrCreate()
        for function in SPARK_FUNCTIONS:
            self.session.sql(function)
        self.connection = ibis.pyspark.connect(self.session)
        self._n_views = 0

    def scan_version(self, folder: DeltaFolder, snapshot: Snapshot) -> ir.Table:
        """The rows of one version of a table."""
        if not snapshot.parts:
            return self.empty(snapshot.schema)
        reader = self.session.read.option("mergeSchema", "true")
        return self._table(reader.parquet(*folder.addresses(snapshot)))

    def empty(self, schema: pa.Schema) -> ir.Table:
        """No rows, with these columns."""
        file = self.scratch.file("empty")
        import pyarrow.parquet as pq  # noqa: PLC0415

        pq.write_table(schema.empty_table(), file)
        return self._table(self.session.read.parquet(str(file)))

    def scan(self, files: Iterable[object]) -> ir.Table:
        """The rows of local Parquet files."""
        return self._table(self.session.read.parquet(*(str(file) for file in files)))

    def keep(self, table: ir.Table) -> ir.Table:
        """Write `table` to scratch and read it back.

        A cache would keep the plan's history, which grows with every round of an iteration.
        """
        folder = self.scratch.subfolder("kept") / "rows"
        self._frame(table).write.parquet(str(folder))
        return self._table(self.session.read.parquet(str(folder)))

    def write(self, table: ir.Table, schema: pa.Schema, layout: Layout) -> list[Path]:
        """Write `table` to scratch files with exactly the columns and types of `schema`."""
        folder = self.scratch.subfolder("written") / "rows"
        types = ibis.Schema.from_pyarrow(schema)
        cast = table.select(**{name: table[name].cast(types[name]) for name in schema.names})
        frame = self._frame(cast)
        if layout.sort_by:
            frame = frame.orderBy(*layout.sort_by)
        frame.write.option("parquet.block.row.count.limit", layout.row_group_rows).parquet(
            str(folder)
        )
        return sorted(folder.glob("*.parquet"))

    def close(self) -> None:
        """End the session."""
        self.session.stop()

    def _frame(self, table: ir.Table) -> Any:
        """The lazy table as Spark's own frame."""
        self._n_views += 1
        name = f"lake_out_{self._n_views}"
        self.connection.create_view(name, table)
        return self.session.table(name)

    def _table(self, frame: Any) -> ir.Table:
        self._n_views += 1
        name = f"lake_{self._n_views}"
        frame.createOrReplaceTempView(name)
        return self.connection.table(name)
