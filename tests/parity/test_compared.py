"""The comparison sees what differs, and takes for equal what is."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from mawj.tables.column import Column, Table
from tests.parity.compared import differences

NULL = "not known"
THINGS = Table(
    "things", "one row a thing", ("name",),
    (
        Column("name", "string", "What it is called."),
        Column("size", "float64", "How large it is.", null_means=NULL),
        Column("n", "int64", "How many there are.", null_means=NULL),
        Column("words", "strings", "What is said of it.", null_means=NULL),
    ),
)  # fmt: skip
ROW = {"name": "pearl", "size": 0.25, "n": 3, "words": ["لؤلؤ", "مروارید"]}


def lines(*found: dict[str, Any]) -> list[str]:
    """Differences between the one row of `ROW` and the rows `found`."""
    schema = THINGS.schema
    expected = pa.Table.from_pylist([ROW], schema)
    return list(differences(THINGS, expected, pa.Table.from_pylist(list(found), schema)))


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"size": 0.25 * (1 + 5e-10)},
        {"words": ["مروارید", "لؤلؤ"]},
    ],
    ids=["itself", "float-in-its-last-bits", "list-in-another-order"],
)
def test_what_engines_may_do_differently_is_no_difference(change):
    assert lines(ROW | change) == []


@pytest.mark.parametrize(
    "change",
    [
        {"size": 0.25 * (1 + 5e-9)},
        {"size": None},
        {"n": 4},
        {"n": None},
        {"words": ["لؤلؤ"]},
        {"words": ["لؤلؤ", "مروارید", "لؤلؤ"]},
    ],
    ids=str,
)
def test_every_other_difference_is_told_with_its_row_and_column(change):
    (line,) = lines(ROW | change)
    assert line.startswith(f"('pearl',) {next(iter(change))}: ")


def test_a_row_that_only_one_engine_has_is_told():
    assert lines(ROW, ROW | {"name": "coral"}) == [
        "1 rows on DuckDB, 2 on Spark",
        "('coral',) only on Spark",
    ]


def test_a_row_that_is_there_twice_is_told():
    assert lines(ROW, ROW) == ["1 rows on DuckDB, 2 on Spark"]
