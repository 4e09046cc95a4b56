"""A sight asks one moment of a lake: rows by value, the first rows, and none of a later run."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from mawj.lake import slices
from mawj.lake.erase import erase
from mawj.lake.lake import Lake
from mawj.lake.sight import FEW
from mawj.tables.declared import TABLES
from mawj.tables.errors import MissingColumn, UnknownTable
from tests.lake.rows import accounts, people, table

if TYPE_CHECKING:
    from pathlib import Path

    from mawj.lake.settings import LakeSettings


def run_with(lake: Lake, **tables: Any) -> str:
    run = lake.begin_run(
        settings={}, as_of=datetime(2026, 1, 1, tzinfo=UTC), seed=1, code_version="1"
    )
    for name, rows in tables.items():
        run.write(name, rows)
    return run.finish().run_id


def tiers(**followed: str | None) -> Any:
    return table(
        "tiers",
        *({"account_id": f"x:{who}", "scheme": "s", "tier": t} for who, t in followed.items()),
    )


def directory(*rows: dict[str, Any]) -> Any:
    usual = {
        "topic_id": "", "relevance": 1.0, "fit": 1.0, "influence": 1.0, "is_ranked": True,
        "overall_influence": 1.0, "coverage": 1.0,
    }  # fmt: skip
    return table("directory", *({**usual, **row} for row in rows))


@pytest.mark.parametrize("kind", ["lake", "far_lake"])
def test_rows_are_found_by_value_near_and_far(kind: str, request: pytest.FixtureRequest):
    lake = request.getfixturevalue(kind)
    lake.upsert("accounts", accounts("a", "b", "c"))

    found = lake.seek("accounts", {"account_id": ["x:a", "x:c"], "platform": "x"}, ["handle"])

    assert sorted(row["handle"] for row in found) == ["ha", "hc"]
    assert lake.seek("accounts", {"account_id": "x:nobody"}) == []
    assert lake.seek("accounts", {"account_id": []}) == []
    whole = lake.seek("accounts", {"account_id": "x:b"})[0]
    assert whole["fetched_at"] == datetime(2026, 1, 1, tzinfo=UTC)


def test_any_number_of_values_can_be_asked_for(lake: Lake):
    lake.upsert("accounts", accounts(*(f"n{i}" for i in range(40))))
    asked = [f"x:n{i}" for i in range(20, FEW * 3)]

    found = lake.seek("accounts", {"account_id": asked}, ["account_id"])

    assert sorted(row["account_id"] for row in found) == sorted(asked[:20])


def test_what_is_not_declared_or_not_stored_is_said(lake: Lake):
    with pytest.raises(MissingColumn, match="colour"):
        lake.seek("accounts", {"colour": "red"})
    with pytest.raises(MissingColumn, match="colour"):
        lake.seek("accounts", {}, ["colour"])
    with pytest.raises(UnknownTable):
        lake.seek("colours", {})
    assert lake.seek("people", {"account_id": "x:a"}) == []
    assert lake.slice("directory", "") is None
    assert not lake.has("people")
    assert not lake.has("accounts")


def test_a_slice_holds_the_rows_of_one_value_until_they_change(lake: Lake):
    def listed(*followed: tuple[str, str, float | None]) -> Any:
        return directory(*(
            {"account_id": f"x:{who}", "topic_id": topic, "followers": followers}
            for who, topic, followers in followed
        ))  # fmt: skip

    def held(topic: str) -> list[tuple[str, float | None]]:
        rows = lake.slice("directory", topic)
        assert rows is not None
        assert rows.schema.names == list(TABLES["directory"].names)
        return sorted((row["account_id"], row["followers"]) for row in rows.to_pylist())

    run_with(lake, directory=listed(("a", "", 5.0), ("b", "", None), ("a", "food", 5.0)))
    assert held("") == [("x:a", 5.0), ("x:b", None)]
    assert held("food") == [("x:a", 5.0)]
    assert held("travel") == []
    assert lake.slice("directory", "") is lake.slice("directory", "")

    run_with(lake, directory=listed(("c", "", 7.0)))
    assert held("") == [("x:c", 7.0)]


def test_a_slice_of_too_many_rows_is_left_to_the_engine(lake: Lake, monkeypatch: Any):
    run_with(lake, directory=directory({"account_id": "x:a"}, {"account_id": "x:b"}))
    monkeypatch.setattr(slices, "LARGEST", 1)
    assert lake.slice("directory", "") is None


def test_of_all_slices_so_many_rows_are_held(lake: Lake, monkeypatch: Any):
    run_with(lake, directory=directory(
        {"account_id": "x:a"}, {"account_id": "x:a", "topic_id": "food"},
        {"account_id": "x:b", "topic_id": "food"},
    ))  # fmt: skip
    monkeypatch.setattr(slices, "MOST_ROWS", 2)
    whole = lake.slice("directory", "")
    assert lake.slice("directory", "") is whole
    lake.slice("directory", "food")
    again = lake.slice("directory", "")
    assert again is not whole
    assert again == whole


def test_a_sight_stays_with_its_run_while_newer_ones_finish(lake: Lake):
    first = run_with(lake, people=people("a"), tiers=tiers(a="nano"))
    sight = lake.sight()
    second = run_with(lake, people=people("a", "b"), tiers=tiers(a="micro"))

    assert sight.run_id == first
    assert sight.seek("tiers", {"account_id": "x:a"}, ["tier"]) == [{"tier": "nano"}]
    assert sight.read("people").count().execute() == 1
    assert lake.seek("tiers", {"account_id": "x:a"}, ["tier"]) == [{"tier": "micro"}]
    newer = sight.of_run(second)
    assert newer.seek("tiers", {"account_id": "x:a"}, ["tier"]) == [{"tier": "micro"}]
    assert lake.sight(first).read("people").count().execute() == 1
    assert [run.run_id for run in sight.runs] == [first, second]


def test_values_are_never_read_as_part_of_the_question(lake: Lake):
    lake.upsert("accounts", accounts("a"))

    assert lake.seek("accounts", {"handle": "x' OR '1'='1"}) == []
    assert lake.seek("accounts", {"handle": ['ha"; DROP TABLE accounts; --', "ha"]}) != []


def test_a_sorted_table_is_read_where_the_value_lies(lake: Lake, monkeypatch: Any):
    run = lake.begin_run(
        settings={}, as_of=datetime(2026, 1, 1, tzinfo=UTC), seed=1, code_version="1"
    )
    names = [f"n{i:05d}" for i in range(9000)]
    # Six schemes an account, so that some account's rows lie in two row groups.
    rows = table(
        "tiers",
        *(
            {"account_id": f"x:{name}", "scheme": scheme, "tier": name[-1]}
            for scheme in "abcdef"
            for name in reversed(names)
        ),
    )
    run.write("tiers", rows, sort_by=("account_id",))
    run.write("standing", table("standing", {"account_id": "x:a", "platform": "x"}))
    run.finish()
    sight = lake.sight()
    by_engine = {
        name: lake.duck.arrow(f"SELECT * FROM {sight._source(TABLES['tiers'])} "
                             f"WHERE account_id = 'x:{name}'").to_pylist()
        for name in (names[0], names[341], names[342], names[682], names[-1])
    }  # fmt: skip
    asked: list[str] = []
    monkeypatch.setattr(type(lake.duck), "arrow", lambda *told: asked.append(told[1]))

    for name, expected in by_engine.items():
        found = sight.seek("tiers", {"account_id": f"x:{name}"})
        assert len(found) == len(expected) == 6
        assert sorted(map(str, found)) == sorted(map(str, expected))
    several = sight.seek(
        "tiers",
        {"account_id": ["x:n00001", "x:n08000", "x:no", "zz", ""], "scheme": "b"},
        ["tier"],
    )
    assert sorted(row["tier"] for row in several) == ["0", "1"]
    assert sight.seek("tiers", {"account_id": "x:nobody"}) == []
    assert asked == [], "the engine was asked"


def test_another_lake_at_the_same_place_is_read_anew(tmp_path: Path, settings: LakeSettings):
    for who in ("a", "b"):
        with Lake.open(tmp_path / "lake", settings=settings) as opened:
            opened.upsert("accounts", accounts(who))
            found = opened.seek("accounts", {"account_id": ["x:a", "x:b"]}, ["account_id"])
        assert found == [{"account_id": f"x:{who}"}]
        shutil.rmtree(tmp_path / "lake")


def test_few_groups_of_one_file_and_many_of_another_give_one_table(lake: Lake):
    many = [f"n{i:05d}" for i in range(12_000)]
    lake.upsert("accounts", accounts(*many))
    lake.upsert("accounts", accounts("zz"))
    wanted = [f"x:{name}" for name in (*many[::100], "zz")]
    for _ in range(2):
        found = lake.seek("accounts", {"account_id": wanted}, ["account_id"])
        assert sorted(row["account_id"] for row in found) == wanted


def test_rows_read_before_somebody_is_erased_are_not_given_after_it(lake: Lake):
    lake.upsert("accounts", accounts("a"))
    assert lake.seek("accounts", {"account_id": "x:a"}, ["handle"]) == [{"handle": "ha"}]
    erase(lake, ["x:a"], key=b"a key that is long enough", reason="asked for it")
    assert lake.seek("accounts", {"account_id": "x:a"}, ["handle"]) == []
