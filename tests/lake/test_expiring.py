"""What old loads brought goes; what was brought again, or by others, stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from mawj.lake.expiring import expire
from mawj.lake.lake import Lake
from mawj.lake.raw import raw_loads
from tests.lake.rows import accounts, day, load, table

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    lake = Lake.open(tmp_path / "lake")
    for load_id, at in (("old", day(0)), ("new", day(20))):
        told = load(load_id).to_pylist()[0] | {"loaded_at": at, "source": "net"}
        lake.upsert("loads", table("loads", told))
        lake.keep_raw(load_id, pa.table({"row": [1], "record": ["{}"]}))
    stamp = {"source": "net", "fetched_at": day(0), "load_id": "old", "bio": "old words"}
    lake.upsert("accounts", accounts("a", "b", "c", **stamp))
    return lake


def shown(lake: Lake) -> dict[str, str | None]:
    rows = lake.read("accounts").to_pyarrow().to_pylist()
    return {row["account_id"]: row["bio"] for row in rows}


def test_what_none_brought_again_goes_with_its_raw_rows(lake: Lake) -> None:
    again = {"source": "net", "fetched_at": day(20), "load_id": "new", "bio": "new words"}
    lake.upsert("accounts", accounts("b", **again))
    assert expire(lake, "net", day(10)) == 2
    assert shown(lake) == {"x:b": "new words"}
    assert raw_loads(lake) == ["new"]
    assert expire(lake, "net", day(10)) == 0


def test_a_cell_that_an_old_load_filled_becomes_unknown_again(lake: Lake) -> None:
    own = {"source": "me", "fetched_at": day(5), "load_id": "mine", "basis": "first_party"}
    lake.upsert("accounts", accounts("a", name="Layla", **own))
    assert shown(lake)["x:a"] == "old words"
    expire(lake, "net", day(10))
    assert shown(lake) == {"x:a": None}
    lake.upsert("accounts", accounts("a", bio="newer", source="net", fetched_at=day(21)))
    assert shown(lake) == {"x:a": "newer"}
    row = lake.read("accounts").to_pyarrow().to_pylist()[0]
    assert (row["name"], row["source"]) == ("Layla", "me")


def test_a_cell_that_was_filled_anew_stays(lake: Lake) -> None:
    own = {"source": "me", "fetched_at": day(5), "load_id": "mine", "basis": "first_party"}
    lake.upsert("accounts", accounts("a", name="Layla", **own))
    again = {"source": "net", "fetched_at": day(20), "load_id": "new", "bio": "old words"}
    lake.upsert("accounts", accounts("a", **again))
    expire(lake, "net", day(10))
    assert shown(lake) == {"x:a": "old words"}


def test_other_sources_and_younger_loads_are_left(lake: Lake) -> None:
    before = shown(lake)
    assert expire(lake, "other", day(10)) == 0
    assert expire(lake, "net", day(0)) == 0
    assert shown(lake) == before


def test_one_that_was_cut_off_is_finished_by_the_next(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("mawj.lake.expiring.raw_folder", cut)
        with pytest.raises(KeyboardInterrupt):
            expire(lake, "net", day(10))
    assert shown(lake) == {}
    assert raw_loads(lake) == ["new", "old"]
    expire(lake, "net", day(10))
    assert raw_loads(lake) == ["new"]
