"""Answers are remembered until a run, a load or an erasure changes what they rest on."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
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


def finished_again(lake: Lake) -> str:
    """A further run with nothing in it."""
    run = lake.begin_run(
        settings={}, as_of=datetime(2026, 1, 1, tzinfo=UTC), seed=1, code_version="1"
    )
    return run.finish().run_id


def shown(lake: Lake) -> str | None:
    return remembered(lake, "run", lambda sight: sight.run_id)


def shown_in_time(lake: Lake, run_id: str) -> bool:
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        if shown(lake) == run_id:
            return True
        time.sleep(0.01)
    return False


def test_a_new_run_is_shown_once_it_has_been_read_ahead(
    own_lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []
    may_end = Event()

    def read(path: str, run_id: str) -> None:
        asked.append((path, run_id))
        assert may_end.wait(20)

    monkeypatch.setattr(module, "before_showing", read)
    with Lake.open(own_lake) as lake:
        before = shown(lake)
        after = finished_again(lake)
        assert [shown(lake) for _ in range(3)] == [before] * 3
        assert asked == [(str(own_lake), after)], "it is read once"
        may_end.set()
        assert shown_in_time(lake, after)


def test_an_erasure_is_seen_at_once_though_a_run_is_being_read_ahead(
    own_lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = Event()
    monkeypatch.setattr(module, "before_showing", lambda *_: may_end.wait(20))
    with Lake.open(own_lake) as lake:
        first = lake.read("accounts").limit(1).to_pyarrow()["account_id"][0].as_py()
        before, after = shown(lake), finished_again(lake)
        assert shown(lake) == before
        erase(lake, [first], key=b"a key that is long enough", reason="asked")
        assert shown(lake) == after
        may_end.set()


def test_a_run_that_cannot_be_read_ahead_is_shown_all_the_same(
    own_lake: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(path: str, run_id: str) -> None:
        raise OSError("disk")

    monkeypatch.setattr(module, "before_showing", fails)
    with Lake.open(own_lake) as lake:
        shown(lake)
        after = finished_again(lake)
        assert shown_in_time(lake, after)
    assert after in caplog.text


def test_a_reading_ahead_that_does_not_end_hides_no_run_for_ever(
    own_lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = Event()
    monkeypatch.setattr(module, "before_showing", lambda *_: may_end.wait(20))
    with Lake.open(own_lake) as lake:
        before, after = shown(lake), finished_again(lake)
        assert shown(lake) == before
        monkeypatch.setattr(module, "LONGEST_S", 0.0)
        assert shown(lake) == after
        may_end.set()
