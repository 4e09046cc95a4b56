from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from mawj.lake.lake import Lake
from mawj.lake.staging import stored_schema
from mawj.tables.declared import TABLES
from mawj.tables.errors import (
    ActionRefused,
    LakeError,
    NotPortable,
    RunNotFound,
    UnknownTable,
)
from tests.lake.rows import START, accounts, people, table

if TYPE_CHECKING:
    from pathlib import Path

    from mawj.lake.settings import LakeSettings


def test_a_table_that_nothing_was_loaded_into_is_empty_and_has_its_columns(lake: Lake):
    found = lake.read("posts").to_pyarrow()

    assert found.num_rows == 0
    assert tuple(found.column_names) == TABLES["posts"].names


def test_a_table_of_a_run_is_empty_before_the_first_run(lake: Lake):
    assert lake.read("people").to_pyarrow().num_rows == 0


def test_what_was_loaded_is_read_by_another_process_s_lake(
    lake: Lake, tmp_path: Path, settings: LakeSettings
):
    lake.upsert("accounts", accounts("a", "b"))

    with Lake.open(tmp_path / "lake", settings=settings) as other:
        ids = other.read("accounts").to_pyarrow()["account_id"].to_pylist()

    assert sorted(ids) == ["x:a", "x:b"]


def test_read_gives_exactly_the_declared_columns_and_types(lake: Lake):
    lake.upsert("posts", table("posts", {
        "post_id": "x:1", "account_id": "x:a", "platform": "x", "published_at": START,
        "mentions": ["b"],
    }))  # fmt: skip

    found = lake.read("posts").to_pyarrow()

    assert tuple(found.column_names) == TABLES["posts"].names
    assert found["published_at"].to_pylist() == [START]
    assert found["mentions"].to_pylist() == [["b"]]


def test_an_unknown_table_is_refused_by_name(lake: Lake):
    with pytest.raises(UnknownTable, match="'posst'"):
        lake.read("posst")


def test_a_table_that_runs_make_cannot_be_loaded(lake: Lake):
    with pytest.raises(ActionRefused, match="people"):
        lake.upsert("people", people("a"))


def test_an_older_version_can_be_read(lake: Lake):
    first = lake.upsert("accounts", accounts("a")).version
    lake.upsert("accounts", accounts("b"))

    old = lake.read("accounts", version=first).to_pyarrow()

    assert old["account_id"].to_pylist() == ["x:a"]


def test_a_version_that_never_was_is_an_error_with_the_table_s_name(lake: Lake):
    lake.upsert("accounts", accounts("a"))

    with pytest.raises(LakeError, match="accounts"):
        lake.read("accounts", version=99)


def test_reading_from_a_run_that_is_not_kept_is_refused(lake: Lake):
    with pytest.raises(RunNotFound, match="nowhere"):
        lake.read("people", run_id="nowhere")


def test_keep_gives_the_same_rows(lake: Lake):
    lake.upsert("accounts", accounts("a", "b"))
    wanted = lake.read("accounts").filter(lambda t: t.account_id == "x:b").select("account_id")

    assert lake.keep(wanted).to_pyarrow().equals(wanted.to_pyarrow())


def test_an_engine_that_does_not_exist_is_refused(tmp_path: Path):
    with pytest.raises(NotPortable, match="polars"):
        Lake.open(tmp_path, engine="polars")


def test_a_path_that_engines_would_read_as_a_pattern_is_refused(tmp_path: Path):
    with pytest.raises(LakeError, match="pattern"):
        Lake.open(tmp_path / "lake[1]")


def test_a_folder_name_with_an_equals_sign_or_quote_adds_no_column(
    tmp_path: Path, settings: LakeSettings
):
    with Lake.open(tmp_path / "it's" / "year=2026", settings=settings) as lake:
        lake.upsert("accounts", accounts("a"))
        assert tuple(lake.read("accounts").columns) == TABLES["accounts"].names
        assert lake.read("accounts").count().to_pyarrow().as_py() == 1


def test_a_column_declared_later_is_null_in_old_rows_and_kept_in_new_ones(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
):
    without = pa.schema([f for f in lake_schema() if f.name != "bio"])
    monkeypatch.setattr("mawj.lake.upsert.stored_schema", lambda _: without)
    monkeypatch.setattr("mawj.lake.lake.stored_schema", lambda _: without)
    lake.upsert("loads", table("loads"))
    folder = lake.observed_folder("accounts")
    folder.create(without)
    monkeypatch.undo()
    old = accounts("a").drop_columns(["bio"]).append_column(
        "_filled", pa.nulls(1, pa.map_(pa.string(), pa.string()))
    )  # fmt: skip
    file = lake.scratch.file("old")
    pa.parquet.write_table(old, file)
    folder.commit([folder.take_in(file)], [], after=0)

    assert lake.read("accounts").to_pyarrow()["bio"].to_pylist() == [None]
    lake.upsert("accounts", accounts("b", bio="new"))
    found = lake.read("accounts").order_by("account_id").to_pyarrow()

    assert found["bio"].to_pylist() == [None, "new"]


def lake_schema() -> pa.Schema:
    return stored_schema(TABLES["accounts"])


def test_all_of_it_works_where_files_are_reached_only_as_objects(far_lake: Lake):
    far_lake.upsert("accounts", accounts("a", "b"))
    changed = far_lake.upsert("accounts", accounts("a", bio="x", load_id="l2"))
    run = far_lake.begin_run(settings={}, as_of=START, seed=1, code_version="1")
    run.write("people", people("a", "b"))
    run.finish()

    assert (changed.n_new, changed.n_changed) == (0, 1)
    assert not far_lake.root.is_local
    assert sorted(far_lake.read("accounts").to_pyarrow()["bio"].to_pylist(), key=str) == [
        None,
        "x",
    ]
    assert far_lake.read("people").count().to_pyarrow().as_py() == 2
    assert [table.table for table in far_lake.describe().tables] == ["accounts", "people"]
