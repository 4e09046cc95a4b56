"""The portable functions give the same at the edges where the engines differ."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa
import pytest

from mawj.tables import portable
from tests.parity.compared import same

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from tests.parity.engines import Engines

pytestmark = pytest.mark.engine_spark

MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)
ROWS = pa.table(
    {
        "key": ["a", "b", "c", "سلام"],
        "part": [1.0, 0.0, 2.0, None],
        "whole": [4.0, 0.0, 0.0, 2.0],
        "at": pa.array(
            [
                MIDNIGHT.replace(microsecond=900_000),
                MIDNIGHT.replace(hour=23),
                None,
                datetime(1969, 12, 31, 23, 59, 58, 500_000, UTC),
            ],
            pa.timestamp("us", tz="UTC"),
        ),
        "listed": pa.array([[1.0, 2.0], [], None, [3.0]], pa.list_(pa.float64())),
        "place": [1, 0, 0, -1],
    }
)


def worked_out(rows: ir.Table) -> ir.Table:
    """Every portable function of one row."""
    return rows.select(
        "key",
        ratio=portable.ratio(rows.part, rows.whole),
        log1p=portable.log1p(rows.part),
        log10p=portable.log10p(rows.part),
        days=portable.days_between(ibis.literal(MIDNIGHT), rows["at"]),
        seconds=portable.whole_seconds(rows["at"]),
        sampled=portable.in_sample(rows.key, share=0.5, salt="salt"),
        at_place=portable.value_at(rows.listed, rows.place),
    )


def drawn_together(rows: ir.Table) -> ir.Table:
    """Every portable function of a group."""
    return rows.agg(
        share=portable.share_of(rows.part > 0),
        latest=portable.latest_known(rows.part, rows["at"]),
        earliest=portable.earliest_known(rows.part, rows["at"]),
    )


@pytest.mark.parametrize("made", [worked_out, drawn_together], ids=lambda made: made.__name__)
def test_portable_functions_agree_at_the_edges(engines: Engines, made: Any) -> None:
    on_duckdb = _cells(engines.duckdb.keep(made(ibis.memtable(ROWS))))
    on_spark = _cells(engines.spark.keep(made(ibis.memtable(ROWS))))
    differing = [
        f"{place}: {cell!r} on DuckDB, {on_spark[place]!r} on Spark"
        for place, cell in on_duckdb.items()
        if not same(cell, on_spark[place])
    ]
    assert differing == []


def _cells(table: ir.Table) -> dict[tuple[str, str], Any]:
    """The cells by key and column; a table of one row needs no key."""
    return {
        (row.get("key", ""), name): cell
        for row in table.to_pyarrow().to_pylist()
        for name, cell in row.items()
    }
