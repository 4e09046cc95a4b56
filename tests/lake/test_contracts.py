from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from mawj.lake.contracts import check_written, conform
from mawj.lake.duckdb_lake import DuckdbLake, parquet
from mawj.tables.declared import TABLES
from mawj.tables.errors import DuplicateKey, MissingColumn, OutOfRange, TableError
from tests.lake.rows import START, account, people, table

if TYPE_CHECKING:
    from mawj.lake.lake import Lake

SNAPSHOT = {"account_id": "x:a", "taken_at": START}


def batch(name: str, *rows: dict[str, object]) -> pa.RecordBatch:
    return table(name, *rows).combine_chunks().to_batches()[0]


def refused(name: str, rows: pa.RecordBatch, kind: type[TableError]) -> str:
    with pytest.raises(kind) as caught:
        conform(TABLES[name], rows)
    return str(caught.value)


def test_good_rows_pass_in_declared_order_whatever_order_they_came_in():
    rows = batch("accounts", account("a"))
    turned = rows.select(list(reversed(rows.schema.names)))

    assert conform(TABLES["accounts"], turned).equals(rows)


def test_a_missing_column_is_named():
    rows = batch("accounts", account("a"))

    message = refused("accounts", rows.drop_columns(["bio"]), MissingColumn)

    assert "'accounts'" in message
    assert "'bio'" in message


def test_an_undeclared_column_is_named():
    rows = batch("accounts", account("a")).append_column("shoe_size", pa.array([44]))

    assert "'shoe_size'" in refused("accounts", rows, TableError)


def test_null_where_it_has_no_meaning_names_table_column_and_row():
    message = refused("accounts", batch("accounts", account("a", platform=None)), TableError)

    assert "'platform'" in message
    assert "'accounts'" in message
    assert "account_id='x:a'" in message


def test_a_value_outside_the_list_says_which_are_allowed():
    message = refused(
        "accounts", batch("accounts", account("a", platform="myspace")), OutOfRange
    )

    assert "'myspace'" in message
    assert "instagram" in message


def test_too_small_and_too_large_numbers_are_refused():
    small = batch("account_snapshots", {**SNAPSHOT, "followers": -1.0})
    large = batch("audiences", {
        "account_id": "x:a", "slice": "followers", "dimension": "country", "value": "SA",
        "share": 1.5, "as_of": START,
    })  # fmt: skip

    assert "the least is 0" in refused("account_snapshots", small, OutOfRange)
    assert "the most is 1" in refused("audiences", large, OutOfRange)


def test_nan_is_refused_and_null_proposed():
    rows = batch("account_snapshots", {**SNAPSHOT, "followers": float("nan")})

    assert "write NULL" in refused("account_snapshots", rows, OutOfRange)


def test_whole_numbers_become_floats_where_floats_are_declared():
    rows = batch("account_snapshots", SNAPSHOT)
    place = rows.schema.get_field_index("followers")
    whole = rows.set_column(place, "followers", pa.array([7], pa.int32()))

    assert conform(TABLES["account_snapshots"], whole)["followers"].to_pylist() == [7.0]


def test_a_text_is_not_taken_for_a_number():
    rows = batch("account_snapshots", SNAPSHOT)
    place = rows.schema.get_field_index("followers")
    text = rows.set_column(place, "followers", pa.array(["7"]))

    assert "must be double, not string" in refused("account_snapshots", text, TableError)


def test_a_time_without_zone_is_refused():
    rows = batch("account_snapshots", SNAPSHOT)
    naive = pa.array([datetime(2026, 1, 1)], pa.timestamp("us"))  # noqa: DTZ001
    place = rows.schema.get_field_index("taken_at")

    assert "time zone" in refused(
        "account_snapshots", rows.set_column(place, "taken_at", naive), TableError
    )


def test_nothing_is_stored_of_a_load_with_one_bad_row(lake: Lake):
    with pytest.raises(OutOfRange):
        lake.upsert(
            "accounts", table("accounts", account("a"), account("b", platform="myspace"))
        )

    assert lake.observed_folder("accounts").version() is None


@pytest.mark.parametrize(
    ("rows", "kind", "said"),
    [
        ({"person_id": None}, TableError, "person_id"),
        ({"linked_by": "magic"}, OutOfRange, "'magic'"),
        ({"n_accounts": -3}, OutOfRange, "the least is 0"),
    ],
)
def test_a_written_table_is_checked_like_a_loaded_one(
    lake: Lake, rows: dict[str, object], kind: type[TableError], said: str
):
    bad = pa.Table.from_pylist([{**people("a").to_pylist()[0], **rows}], people("a").schema)

    with pytest.raises(kind, match="the row account_id='x:a'") as caught:
        check_written(TABLES["people"], stored(lake, bad))
    assert said in str(caught.value)


def test_nan_in_a_written_table_is_refused(lake: Lake):
    rows = table("edges", {
        "source_id": "x:a", "target_id": "x:b", "weight": float("nan"), "n_acts": 1
    })  # fmt: skip

    with pytest.raises(OutOfRange, match="write NULL"):
        check_written(TABLES["edges"], stored(lake, rows))


def test_a_key_twice_is_named_with_the_number_of_rows(lake: Lake):
    with pytest.raises(DuplicateKey, match="2 rows for the row account_id='x:a'"):
        check_written(TABLES["people"], stored(lake, people("a", "b", "a")))


def test_keys_of_which_only_one_part_is_equal_are_two_keys(lake: Lake):
    rows = table("edges", *(
        {"source_id": "x:a", "target_id": target, "weight": 1.0, "n_acts": 1}
        for target in ("x:b", "x:c")
    ))  # fmt: skip
    duck = stored(lake, rows)

    check_written(TABLES["edges"], duck)

    assert duck.run("SELECT count(*) FROM written") == [(2,)]


def stored(lake: Lake, rows: pa.Table) -> DuckdbLake:
    file = lake.scratch.file("given")
    pa.parquet.write_table(rows, file)
    lake.duck.view("written", f"SELECT * FROM {parquet([file])}")
    return lake.duck
