from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.lake import upsert_plan
from mawj.lake.lake import Lake
from tests.lake.rows import account, accounts, day, load, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pytest

    from mawj.lake.settings import LakeSettings


def test_new_rows_are_counted_and_stored(lake: Lake):
    done = lake.upsert("accounts", accounts("a", "b"))

    assert (done.n_new, done.n_changed, done.n_same, done.n_rows) == (2, 0, 0, 2)
    assert lake.read("accounts").count().to_pyarrow().as_py() == 2


def test_the_same_rows_again_change_nothing_and_make_no_version(lake: Lake):
    first = lake.upsert("accounts", accounts("a", "b"))
    again = lake.upsert("accounts", accounts("b", "a"))

    assert (again.n_new, again.n_changed, again.n_same) == (0, 0, 2)
    assert again.version == first.version


def test_a_better_basis_wins_though_it_was_fetched_earlier(
    lake: Lake, rows_of: Callable[..., Any]
):
    lake.upsert("accounts", accounts("a", bio="public", fetched_at=day(9), load_id="l1"))
    lake.upsert("accounts", accounts("a", bio="own", basis="first_party", load_id="l2"))

    assert rows_of("accounts", "bio", "basis", "load_id") == [
        {"bio": "own", "basis": "first_party", "load_id": "l2"}
    ]


def test_of_one_basis_the_later_fetched_wins(lake: Lake, rows_of: Callable[..., Any]):
    lake.upsert("accounts", accounts("a", bio="late", fetched_at=day(2), load_id="l1"))
    lake.upsert("accounts", accounts("a", bio="early", fetched_at=day(1), load_id="l2"))

    assert rows_of("accounts", "bio") == [{"bio": "late"}]


def test_unknown_fields_of_the_winner_are_filled_from_the_other(
    lake: Lake, rows_of: Callable[..., Any]
):
    lake.upsert("accounts", accounts("a", bio="old", name="N", basis="estimated", load_id="l1"))
    lake.upsert("accounts", accounts("a", bio="new", load_id="l2"))

    assert rows_of("accounts", "bio", "name", "basis") == [
        {"bio": "new", "name": "N", "basis": "public"}
    ]


def test_a_stored_value_is_never_overwritten_by_null(lake: Lake, rows_of: Callable[..., Any]):
    lake.upsert("accounts", accounts("a", bio="known", load_id="l1"))
    lake.upsert("accounts", accounts("a", fetched_at=day(5), load_id="l2"))

    assert rows_of("accounts", "bio") == [{"bio": "known"}]


def test_a_filled_field_gives_way_to_a_row_between_the_two(
    lake: Lake, rows_of: Callable[..., Any]
):
    lake.upsert("accounts", accounts("a", basis="first_party", load_id="l1"))
    lake.upsert("accounts", accounts("a", bio="guess", basis="estimated", load_id="l2"))
    lake.upsert("accounts", accounts("a", bio="seen", basis="public", load_id="l3"))

    assert rows_of("accounts", "bio", "basis") == [{"bio": "seen", "basis": "first_party"}]


def test_a_row_that_only_fills_nothing_is_the_same(lake: Lake):
    lake.upsert("accounts", accounts("a", bio="own", basis="first_party"))
    done = lake.upsert("accounts", accounts("a", bio="guess", basis="estimated", load_id="l2"))

    assert (done.n_new, done.n_changed, done.n_same) == (0, 0, 1)


def test_a_key_twice_in_one_load_is_merged_and_the_first_wins_a_tie(
    lake: Lake, rows_of: Callable[..., Any]
):
    both = table("accounts", account("a", bio="one"), account("a", bio="two", name="N"))
    done = lake.upsert("accounts", both)

    assert (done.n_new, done.n_rows) == (1, 2)
    assert rows_of("accounts", "bio", "name") == [{"bio": "one", "name": "N"}]


def test_a_load_in_pieces_ends_as_the_load_in_one(lake: Lake, rows_of: Callable[..., Any]):
    lake.upsert("accounts", accounts("a", bio="one"))
    lake.upsert("accounts", accounts("a", bio="two", name="N"))
    version = lake.upsert("accounts", accounts("a", bio="one")).version

    again = lake.upsert("accounts", accounts("a", bio="two", name="N"))

    assert again.version == version
    assert rows_of("accounts", "bio", "name") == [{"bio": "one", "name": "N"}]


def test_without_provenance_the_later_row_replaces_the_earlier_whole(
    lake: Lake, rows_of: Callable[..., Any]
):
    lake.upsert("loads", load("l1", 1))
    done = lake.upsert("loads", load("l1", 7))

    assert (done.n_new, done.n_changed) == (0, 1)
    assert rows_of("loads", "load_id", "n_rows") == [{"load_id": "l1", "n_rows": 7}]


def test_only_the_files_in_which_a_row_changed_are_written_anew(lake: Lake):
    lake.upsert("accounts", accounts("a", "b"))
    lake.upsert("accounts", accounts("c"))
    before = {part.name for part in lake.observed_folder("accounts").snapshot().parts}

    lake.upsert("accounts", accounts("c", bio="new", load_id="l2"))
    after = {part.name for part in lake.observed_folder("accounts").snapshot().parts}

    assert len(before & after) == 1
    assert lake.read("accounts").count().to_pyarrow().as_py() == 3


def test_batches_are_taken_from_a_stream(lake: Lake):
    def stream() -> Iterator[pa.RecordBatch]:
        for start in range(0, 300, 100):
            yield from accounts(*(str(n) for n in range(start, start + 100))).to_batches()

    assert lake.upsert("accounts", stream()).n_new == 300


def test_no_rows_change_nothing(lake: Lake):
    assert lake.upsert("accounts", accounts()).n_rows == 0
    assert lake.read("accounts").to_pyarrow().num_rows == 0


def test_contested_rows_are_merged_in_portions_with_the_same_result(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
):
    names = [str(n) for n in range(200)]
    lake.upsert("accounts", accounts(*names, bio="old"))
    monkeypatch.setattr("mawj.lake.upsert.MERGE_ROWS", 50)

    done = lake.upsert("accounts", accounts(*names[:150], "new", bio="b", load_id="l2"))

    assert (done.n_new, done.n_changed, done.n_same) == (1, 150, 0)
    found = lake.read("accounts").to_pyarrow()
    assert found.num_rows == 201
    assert found["bio"].to_pylist().count("b") == 151


def test_digests_that_collide_lose_no_row(lake: Lake, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(upsert_plan, "key_hash", lambda table, rows: rows["platform"].hash())
    upsert_plan.sql_of.cache_clear()
    try:
        lake.upsert("accounts", accounts("a", "b"))
        done = lake.upsert("accounts", accounts("b", "c", bio="x", load_id="l2"))
        assert (done.n_new, done.n_changed) == (1, 1)
        assert sorted(lake.read("accounts").to_pyarrow()["account_id"].to_pylist()) == [
            "x:a", "x:b", "x:c",
        ]  # fmt: skip
    finally:
        upsert_plan.sql_of.cache_clear()


def test_loads_in_any_order_and_twice_end_in_the_same_rows(
    tmp_path: Path, settings: LakeSettings
):
    loads = [
        accounts("a", bio="p", fetched_at=day(2), load_id="l1"),
        accounts("a", "b", name="n", basis="first_party", load_id="l2"),
        accounts("b", bio="q", name="m", basis="estimated", load_id="l3"),
    ]
    orders = (loads, loads[::-1], [pa.concat_tables(loads)], loads + loads)
    finals = [_final(tmp_path / str(n), order, settings) for n, order in enumerate(orders)]

    assert all(final == finals[0] for final in finals[1:])


def _final(folder: Path, loads: list[pa.Table], settings: LakeSettings) -> list[dict[str, Any]]:
    with Lake.open(folder, settings=settings) as lake:
        for rows in loads:
            lake.upsert("accounts", rows)
        return lake.read("accounts").order_by("account_id").to_pyarrow().to_pylist()
