"""The made-up world: declared schemas, keys, seeds and sizes."""

from dataclasses import fields, replace

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from mawj.tables.declared import TABLES
from mawj.worlds.size import DEMO, SMALL, WorldSize
from mawj.worlds.world import World, demo_world, made_up_world, small_world

OBSERVED = (
    "accounts", "account_snapshots", "posts", "post_snapshots", "follows", "interactions",
    "comments", "audiences", "listings",
)  # fmt: skip


@pytest.mark.parametrize("name", OBSERVED)
def test_a_table_is_as_declared(world: World, name: str) -> None:
    table, declared = world.tables[name], TABLES[name]
    assert table.schema.equals(declared.schema)
    assert table.num_rows > 0
    for column in declared:
        if column.null_means is None:
            assert table[column.name].null_count == 0, column.name
        if column.one_of:
            assert set(pc.unique(table[column.name]).drop_null().to_pylist()) <= set(
                column.one_of
            )
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


def test_references_between_tables_hold(world: World) -> None:
    ids = {
        "account_id": set(world.tables["accounts"]["account_id"].to_pylist()),
        "post_id": set(world.tables["posts"]["post_id"].to_pylist()),
    }
    references = (
        ("posts", "account_id", "account_id"), ("posts", "repost_of_post_id", "post_id"),
        ("posts", "reply_to_account_id", "account_id"),
        ("post_snapshots", "post_id", "post_id"),
        ("follows", "follower_id", "account_id"), ("follows", "followed_id", "account_id"),
        ("interactions", "actor_id", "account_id"), ("interactions", "target_id", "account_id"),
        ("interactions", "post_id", "post_id"), ("comments", "post_id", "post_id"),
        ("comments", "account_id", "account_id"), ("listings", "owner_id", "account_id"),
        ("audiences", "account_id", "account_id"),
        ("account_snapshots", "account_id", "account_id"),
    )  # fmt: skip
    for table, column, kind in references:
        said = set(world.tables[table][column].drop_null().to_pylist())
        assert said, (table, column)
        assert said <= ids[kind], (table, column)


TINY = WorldSize(
    n_creators=60, n_members=60, n_bots=20, n_posts=700, n_comments=700, n_follows=900,
    n_subjects=6, n_bodies=8, group_share=0.03, ring_sizes=(4,), n_ring_posts=2,
)  # fmt: skip
CHANGED = {
    "n_creators": 66, "n_members": 70, "n_bots": 30, "n_posts": 900, "n_comments": 900,
    "n_follows": 1_200, "n_subjects": 7, "n_bodies": 9, "group_share": 0.055,
    "ring_sizes": (2, 3), "n_ring_posts": 3, "n_conduct_each": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def tiny() -> World:
    return made_up_world(seed=1, size=TINY)


@pytest.mark.parametrize("name", [field.name for field in fields(WorldSize)])
def test_each_size_changes_the_world(tiny: World, name: str) -> None:
    other = made_up_world(seed=1, size=replace(TINY, **{name: CHANGED[name]}))
    assert any(not table.equals(other.tables[key]) for key, table in tiny.tables.items())


def test_more_than_half_planted_is_refused() -> None:
    with pytest.raises(ValueError, match="half must be clean"):
        made_up_world(seed=1, size=replace(SMALL, group_share=0.2))


@pytest.mark.slow
def test_the_demo_is_as_large_as_promised() -> None:
    tables = demo_world().tables
    least = {
        "accounts": 20_000, "posts": 500_000, "comments": 500_000, "follows": 1_000_000,
        "interactions": 250_000, "account_snapshots": 300_000,
    }  # fmt: skip
    assert {name: tables[name].num_rows >= n for name, n in least.items()} == dict.fromkeys(
        least, True
    )
    assert (
        tables["posts"].group_by("post_id").aggregate([]).num_rows == tables["posts"].num_rows
    )
    assert DEMO.n_posts >= 500_000


def _bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()
