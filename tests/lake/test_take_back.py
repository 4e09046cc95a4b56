"""Taking back one load removes its rows and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from mawj.lake.lake import Lake
from mawj.lake.take_back import take_back
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 3, 1, tzinfo=UTC)


def snapshots(load_id: str, *accounts: str) -> pa.Table:
    rows = [
        {"account_id": one, "taken_at": AT, "followers": 5.0, "source": "t", "fetched_at": AT,
         "basis": "first_party", "load_id": load_id}
        for one in accounts
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=TABLES["account_snapshots"].schema)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    lake = Lake.open(tmp_path / "lake")
    lake.upsert("account_snapshots", snapshots("one", "x:a", "x:b"))
    lake.upsert("account_snapshots", snapshots("two", "x:c"))
    return lake


def left(lake: Lake) -> list[str]:
    rows = lake.read("account_snapshots").to_pyarrow().to_pylist()
    return sorted(row["account_id"] for row in rows)


def test_the_rows_of_one_load_go_and_the_others_stay(lake: Lake) -> None:
    assert take_back(lake, "one") == 2
    assert left(lake) == ["x:c"]
    assert take_back(lake, "one") == 0


def test_a_file_that_holds_both_is_written_anew(lake: Lake) -> None:
    lake.compact()
    assert take_back(lake, "two") == 1
    assert left(lake) == ["x:a", "x:b"]
    lake.upsert("account_snapshots", snapshots("three", "x:d"))
    assert left(lake) == ["x:a", "x:b", "x:d"]


def test_what_was_never_loaded_changes_nothing(lake: Lake) -> None:
    before = lake.versions()
    assert take_back(lake, "x' OR 1=1") == 0
    assert lake.versions() == before
