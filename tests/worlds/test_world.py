"""The made-up world: declared schemas, keys, seeds."""

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from mawj.tables.declared import TABLES
from mawj.worlds.world import World, small_world

OBSERVED = (
    "accounts", "account_snapshots", "posts", "post_snapshots", "follows", "interactions",
    "comments", "audiences", "listings",
)  # fmt: skip


@pytest.fixture(scope="module")
def world() -> World:
    return small_world()


@pytest.mark.parametrize("name", OBSERVED)
def test_a_table_is_as_declared(world: World, name: str) -> None:
    table, declared = world.tables[name], TABLES[name]
    assert table.schema.equals(declared.schema)
    assert table.num_rows > 0
    for column in declared:
        if column.null_means is None:
            assert table[column.name].null_count == 0, column.name
        if column.one_of:
            assert set(pc.unique(table[column.name]).drop_null().to_pylist()) <= set(column.one_of)
        if column.type == "float64":
            assert not pc.any(pc.is_nan(table[column.name])).as_py(), column.name
        if column.least is not None:
            assert (pc.min(table[column.name]).as_py() or 0) >= column.least, column.name


@pytest.mark.parametrize("name", OBSERVED)
def test_keys_tell_rows_apart(world: World, name: str) -> None:
    key = list(TABLES[name].key)
    groups = world.tables[name].group_by(key).aggregate([])
    assert groups.num_rows == world.tables[name].num_rows


def test_one_seed_gives_one_world_byte_for_byte(world: World) -> None:
    again = small_world.__wrapped__(1)
    for name, table in {**world.tables, **world.truth}.items():
        other = {**again.tables, **again.truth}[name]
        assert table.equals(other), name
        assert _bytes(table) == _bytes(other), name


def test_another_seed_gives_another_world(world: World) -> None:
    other = small_world(2)
    for name in OBSERVED:
        assert not world.tables[name].equals(other.tables[name]), name


def _bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()
