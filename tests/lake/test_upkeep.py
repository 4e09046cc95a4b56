from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from mawj.lake.lake import Lake
from mawj.lake.upkeep import Retention
from tests.lake.rows import START, accounts, load, people
from tests.lake.test_raw import raw_rows
from tests.lake.test_runs import begin, ids

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from mawj.lake.settings import LakeSettings

AT_ONCE = Retention(keep_hours=0, unfinished_hours=0)


def finished(lake: Lake, *names: str) -> str:
    run = begin(lake)
    run.write("people", people(*names))
    return run.finish().run_id


def test_describe_shows_tables_sizes_versions_runs_and_raw_rows(lake: Lake):
    lake.keep_raw("l1", raw_rows("a"))
    lake.upsert("accounts", accounts("a", "b"))
    run_id = finished(lake, "a")

    shown = lake.describe()

    tables = {table.table: table for table in shown.tables}
    assert (tables["accounts"].n_rows, tables["accounts"].n_files) == (2, 1)
    assert tables["accounts"].version == 1
    assert tables["accounts"].n_bytes > 100
    assert tables["accounts"].changed_at > START
    assert (tables["people"].kind, tables["people"].n_rows) == ("derived", 1)
    assert [table.table for table in shown.raw] == ["l1"]
    assert shown.current == run_id


def test_an_empty_lake_is_described_as_empty(lake: Lake):
    shown = lake.describe()

    assert (shown.tables, shown.raw, shown.runs, shown.current) == ([], [], [], None)


def test_compact_joins_small_files_and_keeps_every_row(lake: Lake):
    for name in "abcd":
        lake.upsert("accounts", accounts(name))

    assert lake.compact() == {"accounts": 3}
    assert lake.read("accounts").count().to_pyarrow().as_py() == 4
    assert lake.compact() == {}


def test_a_table_of_many_files_is_compacted_by_the_load_that_makes_too_many(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("mawj.lake.lake.MANY_FILES", 2)
    for name in "abc":
        lake.upsert("accounts", accounts(name))

    assert len(lake.observed_folder("accounts").snapshot().parts) == 1


def test_a_pinned_run_reads_its_version_after_compaction_and_clean_up(lake: Lake):
    lake.upsert("accounts", accounts("a"))
    run_id = finished(lake, "a")
    lake.upsert("accounts", accounts("a", "b", bio="new", load_id="l2"))
    lake.compact()

    lake.clean_up(AT_ONCE)

    pinned = lake.read("accounts", run_id=run_id).to_pyarrow()
    assert pinned["account_id"].to_pylist() == ["x:a"]
    assert lake.read("accounts").count().to_pyarrow().as_py() == 2


def test_files_that_nobody_needs_go_only_after_the_time_for_readers(lake: Lake):
    lake.upsert("accounts", accounts("a"))
    lake.upsert("accounts", accounts("a", bio="new", load_id="l2"))
    place = lake.observed_folder("accounts").place.path

    assert lake.clean_up(Retention(keep_hours=1)).n_files == 0
    assert lake.clean_up(AT_ONCE).n_files == 1
    assert len(list(place.glob("*.parquet"))) == 1


def test_the_newest_runs_are_kept_and_older_ones_go(lake: Lake):
    runs = [finished(lake, "a") for _ in range(4)]

    cleaned = lake.clean_up(Retention(keep_runs=2, keep_hours=0))

    assert cleaned.runs == sorted(runs[:2])
    assert [record.run_id for record in lake.runs()] == runs[2:]
    assert not (lake.root.path / "runs" / runs[0]).exists()


def test_the_current_run_is_never_removed(lake: Lake):
    run_id = finished(lake, "a")

    lake.clean_up(Retention(keep_runs=0, keep_hours=0))

    assert lake.current_run().run_id == run_id
    assert ids(lake) == ["x:a"]


def test_a_run_on_its_way_is_left_alone_by_any_process(
    lake: Lake, tmp_path: Path, settings: LakeSettings
):
    run = begin(lake)
    run.write("people", people("a"))
    with Lake.open(tmp_path / "lake", settings=settings) as other:
        other.clean_up(AT_ONCE)

    run.finish()

    assert ids(lake) == ["x:a"]


def test_what_a_dead_process_left_of_its_run_goes(lake: Lake, tmp_path: Path):
    child = subprocess.Popen(
        [sys.executable, "-c", DIES, str(tmp_path / "lake")], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout.readline() == "begun\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    run_id = lake.runs()[0].run_id

    assert lake.clean_up(AT_ONCE).runs == [run_id]
    assert lake.runs() == []
    assert not (lake.root.path / "runs" / run_id).exists()


DIES = """
import sys, time
from datetime import UTC, datetime
from mawj.lake.lake import Lake
from tests.lake.rows import people
lake = Lake.open(sys.argv[1])
at = datetime(2026, 1, 1, tzinfo=UTC)
run = lake.begin_run(settings={}, as_of=at, seed=1, code_version="1")
run.write("people", people("a"))
print("begun", flush=True)
time.sleep(60)
"""


def test_raw_rows_of_a_load_that_never_ended_go_when_old(lake: Lake):
    lake.keep_raw("done", raw_rows("a"))
    lake.keep_raw("half", raw_rows("b"))
    lake.upsert("loads", load("done"))

    assert lake.clean_up(Retention(unfinished_hours=1)).raw == []
    assert lake.clean_up(AT_ONCE).raw == ["half"]
    assert lake.read_raw("done").count().to_pyarrow().as_py() == 1
