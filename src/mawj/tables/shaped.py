"""Rows brought into the shape that their table declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from mawj.tables.declared import table_named

if TYPE_CHECKING:
    import ibis.expr.types as ir


def shaped(rows: ir.Table, name: str) -> ir.Table:
    """`rows` with exactly the columns of the table `name`, in their order and types.

    The casts matter where engines differ: a sum of whole numbers is wider than 64 bits on
    DuckDB, and a literal is narrower.
    """
    schema = ibis.Schema.from_pyarrow(table_named(name).schema)
    return rows.select(
        **{column: rows[column].cast(kind(nullable=True)) for column, kind in schema.items()}
    )
