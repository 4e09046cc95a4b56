from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from mawj.tables.errors import NotFound, TableError

if TYPE_CHECKING:
    from mawj.lake.lake import Lake


def raw_rows(*names: str) -> pa.Table:
    return pa.table(
        {
            "row": pa.array(range(1, len(names) + 1), pa.int64()),
            "who": list(names),
            "account_ids": pa.array([[f"x:{name}"] for name in names], pa.list_(pa.string())),
        }
    )


def test_raw_rows_are_kept_as_they_came(lake: Lake):
    rows = raw_rows("a", "b").append_column("likes", pa.array(["6.2M", None]))

    assert lake.keep_raw("l1", rows) == 2
    assert lake.read_raw("l1").order_by("row").to_pyarrow().to_pylist() == rows.to_pylist()


def test_the_same_load_again_keeps_the_rows_once(lake: Lake):
    lake.keep_raw("l1", raw_rows("a"))

    assert lake.keep_raw("l1", raw_rows("a")) == 1
    assert lake.read_raw("l1").count().to_pyarrow().as_py() == 1


def test_no_rows_are_no_load(lake: Lake):
    assert lake.keep_raw("l1", raw_rows()) == 0
    with pytest.raises(NotFound, match="'l1'"):
        lake.read_raw("l1")


def test_a_load_id_that_is_no_folder_name_is_refused(lake: Lake):
    with pytest.raises(TableError, match="folder"):
        lake.keep_raw("../elsewhere", raw_rows("a"))


def test_raw_rows_are_texts(lake: Lake):
    numbers = raw_rows("a").append_column("likes", pa.array([7]))

    with pytest.raises(TableError, match="'likes' must be string"):
        lake.keep_raw("l1", numbers)


def test_raw_rows_have_a_row_number(lake: Lake):
    with pytest.raises(TableError, match="'row'"):
        lake.keep_raw("l1", raw_rows("a").drop_columns(["row"]))


def test_raw_rows_that_change_columns_on_the_way_are_refused_whole(lake: Lake):
    first, second = raw_rows("a"), raw_rows("b").rename_columns(["row", "other", "account_ids"])

    with pytest.raises(TableError, match="record"):
        lake.keep_raw("l1", [*first.to_batches(), *second.to_batches()])
    with pytest.raises(NotFound):
        lake.read_raw("l1")
