from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.lake.duckdb_lake import DuckdbLake
from mawj.lake.scratch import Scratch
from mawj.lake.settings import LakeSettings
from mawj.lake.staging import stored_schema
from mawj.lake.upsert_plan import sql_of
from mawj.tables.declared import TABLES
from mawj.tables.observed import BASES
from tests.lake.rows import day

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = stored_schema(TABLES["listings"])
NOT_STORED = {"_seen": pa.int64(), "filename": pa.string(), "key_digest": pa.int64()}
BUCKET = pa.schema([*SCHEMA, *(pa.field(name, kind) for name, kind in NOT_STORED.items())])
EMPTY = dict.fromkeys(BUCKET.names)
ROWS = st.lists(
    st.builds(
        lambda who, owner, name, basis, fetched: {
            "list_id": "x:l",
            "account_id": who,
            "owner_id": owner,
            "name": name,
            "basis": basis,
            "fetched_at": day(fetched),
            "source": "test",
        },
        st.sampled_from("ab"),
        st.sampled_from([None, "p", "q"]),
        st.sampled_from([None, "n", "m"]),
        st.sampled_from(BASES),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=4,
)


@pytest.fixture(scope="module")
def duck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckdbLake]:
    scratch = Scratch(tmp_path_factory.mktemp("merging"))
    opened = DuckdbLake(LakeSettings(memory_mb=256, threads=1), scratch)
    yield opened
    opened.close()
    scratch.close()


def merge(duck: DuckdbLake, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    duck.connection.con.register("bucket", pa.Table.from_pylist(rows, BUCKET))
    found = duck.connection.con.sql(sql_of("merged", "listings")).to_arrow_table()
    return sorted(found.to_pylist(), key=lambda row: str(row["account_id"]))


def one_after_the_other(duck: DuckdbLake, loads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    stored: list[dict[str, Any]] = []
    for row in loads:
        before = [{**EMPTY, **kept, "_seen": 0} for kept in stored]
        stored = merge(duck, [*before, {**EMPTY, **row, "_seen": 1}])
    return stored


@given(rows=ROWS, data=st.data())
@settings(max_examples=8, deadline=None)
def test_neither_order_nor_grouping_of_loads_matters_and_repeating_changes_nothing(
    duck: DuckdbLake, rows: list[dict[str, Any]], data: st.DataObject
):
    loads = [{**row, "load_id": f"l{n}"} for n, row in enumerate(rows)]
    in_order = one_after_the_other(duck, loads)
    at_once = merge(duck, [{**EMPTY, **row, "_seen": n + 1} for n, row in enumerate(loads)])

    assert one_after_the_other(duck, data.draw(st.permutations(loads))) == in_order
    assert at_once == in_order
    assert one_after_the_other(duck, [*loads, *loads]) == in_order


@given(rows=ROWS)
@settings(max_examples=4, deadline=None)
def test_rows_of_one_rank_may_come_in_pieces_and_again(
    duck: DuckdbLake, rows: list[dict[str, Any]]
):
    loads = [{**row, "load_id": "l", "basis": "public", "fetched_at": day(0)} for row in rows]
    in_pieces = one_after_the_other(duck, loads)

    assert merge(duck, [{**EMPTY, **row, "_seen": n + 1} for n, row in enumerate(loads)]) == (
        in_pieces
    )
    assert one_after_the_other(duck, [*loads, *loads]) == in_pieces
