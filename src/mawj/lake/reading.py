"""The rows of one version of a table, on this machine or in an object store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pyarrow.dataset as pads

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from mawj.lake.delta import DeltaFolder, Snapshot
    from mawj.lake.duckdb_lake import DuckdbLake
    from mawj.tables.column import Table


def scan(
    duck: DuckdbLake, folder: DeltaFolder, snapshot: Snapshot, *, named: bool = False
) -> ir.Table:
    """All rows of a version; with `named` also `filename`, the file's name in the folder."""
    if not snapshot.parts:
        rows = duck.empty(snapshot.schema)
        return rows.mutate(filename=ibis.literal("")) if named else rows
    if not folder.place.is_local:
        return _far_scan(duck, folder, snapshot, named=named)
    rows = duck.scan(folder.addresses(snapshot), named=named)
    if named:
        rows = rows.drop("file_row_number").mutate(filename=rows["filename"].split("/")[-1])
    return rows


def _far_scan(
    duck: DuckdbLake, folder: DeltaFolder, snapshot: Snapshot, *, named: bool
) -> ir.Table:
    """The same through Arrow: no engine extension is needed for any kind of store."""
    store = folder.place.filesystem
    names = [part.name for part in snapshot.parts]
    if not named:
        dataset = pads.dataset(names, snapshot.schema, format="parquet", filesystem=store)
        return duck.dataset(dataset)
    parts = [
        duck.dataset(
            pads.dataset([name], snapshot.schema, format="parquet", filesystem=store)
        ).mutate(filename=ibis.literal(name))
        for name in names
    ]
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def declared(table: Table, rows: ir.Table) -> ir.Table:
    """`rows` with exactly the declared columns; one that no file has yet is NULL."""
    types = ibis.Schema.from_pyarrow(table.schema)
    return rows.select(
        **{
            name: rows[name] if name in rows.columns else ibis.null(types[name])
            for name in table.names
        }
    )
