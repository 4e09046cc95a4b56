"""Answers are remembered until a run, a load or an erasure changes what they rest on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

import pytest

from mawj.flow import remembered as module
from mawj.flow.commands import erase
from mawj.flow.loading import load_tables
from mawj.flow.remembered import forget, remembered
from mawj.lake.lake import Lake

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FRESH_S", 0.0)
    forget()


def test_an_answer_is_given_once_until_the_lake_changes(own_lake: Path) -> None:
    asked: list[int] = []

    def answer(_: object) -> int:
        asked.append(1)
        return len(asked)

    with Lake.open(own_lake) as lake:
        assert [remembered(lake, "x", answer) for _ in range(3)] == [1, 1, 1]
        assert remembered(lake, "y", answer) == 2
        accounts = lake.read("accounts").limit(5).to_pyarrow()
        first = accounts["account_id"][0].as_py()
        erase(lake, [first], key=b"a key that is long enough", reason="asked")
        assert remembered(lake, "x", answer) == 3, "an erasure makes it be asked anew"
    with Lake.open(own_lake) as lake:
        assert remembered(lake, "x", answer) == 3, "another lake at the same place shares it"


def test_lakes_do_not_share_answers(own_lake: Path, tmp_path: Path) -> None:
    with Lake.open(own_lake) as one, Lake.open(tmp_path / "other") as other:
        load_tables(other, {"accounts": one.read("accounts").limit(1).to_pyarrow()})
        assert remembered(one, "n", lambda _: "one") == "one"
        assert remembered(other, "n", lambda _: "other") == "other"


def test_only_so_many_are_kept(own_lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    with Lake.open(own_lake) as lake:
        for n in range(10):
            remembered(lake, n, lambda _, n=n: n)  # type: ignore[misc]
    assert len(module._kept) == 3


def test_many_who_ask_at_once_are_answered_by_one(own_lake: Path) -> None:
    asked: list[int] = []
    begun, may_end = Event(), Event()

    def answer(_: object) -> str:
        asked.append(1)
        begun.set()
        assert may_end.wait(20)
        return "made"

    def ask(_: int) -> str:
        with Lake.open(own_lake) as lake:
            return remembered(lake, "slow", answer)

    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(ask, n) for n in range(4)]
        assert begun.wait(20)
        may_end.set()
        assert [one.result() for one in waiting] == ["made"] * 4
    assert len(asked) == 1


def test_a_failure_is_not_kept_and_holds_nobody_up(own_lake: Path) -> None:
    def fails(_: object) -> str:
        raise ValueError("not today")

    with Lake.open(own_lake) as lake:
        for _ in range(2):
            with pytest.raises(ValueError, match="not today"):
                remembered(lake, "x", fails)
        assert remembered(lake, "x", lambda _: "now") == "now"


def test_files_that_an_erasure_took_away_are_looked_for_again(own_lake: Path) -> None:
    sights: list[object] = []

    def answer(sight: object) -> str:
        sights.append(sight)
        if len(sights) == 1:
            raise FileNotFoundError("gone")
        return "found"

    with Lake.open(own_lake) as lake:
        assert remembered(lake, "x", answer) == "found"
    assert len(sights) == 2
    assert sights[0] is not sights[1], "the same files would be read again"
