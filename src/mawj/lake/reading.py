"""The rows of one version of a table, on this machine or in an object store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pyarrow.dataset as pads

from mawj.lake.duckdb_lake import literal, null_columns, quoted

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from mawj.lake.delta import DeltaFolder, Snapshot
    from mawj.lake.duckdb_lake import DuckdbLake
    from mawj.tables.column import Table


def rows_sql(
    duck: DuckdbLake, folder: DeltaFolder, snapshot: Snapshot, *, named: bool = False
) -> str:
    """A query for all rows of a version; with `named` also `filename`, the name of the file.

    A column that was declared after the files were written is NULL.
    """
    if not snapshot.parts:
        name = [f"{literal('')} AS filename"] if named else []
        return f"SELECT {', '.join([*null_columns(snapshot.schema), *name])} WHERE false"
    if not folder.place.is_local:
        return _far_sql(duck, folder, snapshot, named=named)
    files = ", ".join(map(literal, folder.addresses(snapshot)))
    # All files of a first version were written at once and have the same columns; to compare
    # the columns of all files means to open them all.
    is_even = "false" if snapshot.version == 0 else "true"
    source = (
        f"read_parquet([{files}], hive_partitioning = false, union_by_name = {is_even}"
        f"{', filename = true' if named else ''})"
    )
    there = {row[0] for row in duck.run(f"DESCRIBE FROM {source}")}
    absent = null_columns(column for column in snapshot.schema if column.name not in there)
    present = [quoted(name) for name in snapshot.schema.names if name in there]
    name = ["parse_filename(filename) AS filename"] if named else []
    return f"SELECT {', '.join([*present, *absent, *name])} FROM {source}"


def _far_sql(duck: DuckdbLake, folder: DeltaFolder, snapshot: Snapshot, *, named: bool) -> str:
    """The same through Arrow: no engine extension is needed for any kind of store."""
    store = folder.place.filesystem
    names = [part.name for part in snapshot.parts]
    if not named:
        dataset = pads.dataset(names, snapshot.schema, format="parquet", filesystem=store)
        return f"SELECT * FROM {quoted(duck.register(dataset))}"
    parts = []
    for name in names:
        dataset = pads.dataset([name], snapshot.schema, format="parquet", filesystem=store)
        view = quoted(duck.register(dataset))
        parts.append(f"SELECT *, {literal(name)} AS filename FROM {view}")
    return " UNION ALL ".join(parts)


def scan(duck: DuckdbLake, folder: DeltaFolder, snapshot: Snapshot) -> ir.Table:
    """All rows of a version as a lazy table."""
    return duck.table(rows_sql(duck, folder, snapshot))


def declared(table: Table, rows: ir.Table) -> ir.Table:
    """`rows` with exactly the declared columns; one that the version has not yet is NULL."""
    types = ibis.Schema.from_pyarrow(table.schema)
    return rows.select(
        **{
            name: rows[name] if name in rows.columns else ibis.null(types[name])
            for name in table.names
        }
    )
