"""One of several processes on one lake at once: `python -m tests.lake.crowd ROLE …`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from mawj.lake.lake import Lake
from mawj.lake.settings import LakeSettings
from mawj.lake.upkeep import Retention
from tests.lake.kill_points import Notes, peer_rows
from tests.lake.rows import START, people, table

# Each does its part this often at least, however busy the machine is.
LEAST_TURNS = 3
SETTINGS = LakeSettings(memory_mb=256, threads=1, wait_s=60)


def begin(lake: Lake) -> Any:
    return lake.begin_run(settings={}, as_of=START, seed=1, code_version="1")


def write(lake: Lake, name: str, until: float, notes: Notes) -> None:
    """Load list members first and who follows them next, some of them shared by all writers."""
    turn = 0
    while turn < LEAST_TURNS or time.monotonic() < until:
        who = [f"x:{name}{turn}", f"x:both{turn}"]
        load_id = f"{name}{turn}"
        lake.upsert("listings", table("listings", *(
            {"list_id": "x:list", "account_id": member, "load_id": load_id} for member in who
        )))  # fmt: skip
        notes.add("listings", who)
        lake.upsert("follows", table("follows", *(
            {"follower_id": member, "followed_id": "x:z", "load_id": load_id} for member in who
        )))  # fmt: skip
        notes.add("follows", who)
        if turn % 3 == 2:
            make_run(lake)
        if turn % 5 == 4:
            lake.compact()
            # Long enough for the readers of this test, short enough that something goes.
            lake.clean_up(Retention(keep_runs=2, keep_hours=1))
        turn += 1
    notes.add("turns", turn)


def make_run(lake: Lake) -> None:
    run = begin(lake)
    ids = sorted(set(members(lake, "listings", "account_id", run_id=run.run_id)))
    run.write("people", people(*(who.removeprefix("x:") for who in ids)))
    run.write("peers", peer_rows(ids))
    run.finish()


def members(lake: Lake, name: str, column: str, **where: Any) -> list[str]:
    return lake.read(name, **where).select(column).to_pyarrow()[column].to_pylist()


def watch(lake: Lake, until: float, notes: Notes) -> None:
    """Look again and again; an error ends the process and fails the test."""
    looks = most = place = 0
    while looks < LEAST_TURNS or time.monotonic() < until:
        most = look_at_newest(lake, most)
        place = look_at_current_run(lake, place)
        look_at_pinned(lake)
        looks += 1
    notes.add("looks", looks)


def look_at_newest(lake: Lake, most: int) -> int:
    """Members come before their follows: what is read second must hold what was read first."""
    followers = members(lake, "follows", "follower_id")
    listed = members(lake, "listings", "account_id")
    assert len(followers) == len(set(followers)), "a key is there twice"
    assert len(listed) == len(set(listed)), "a key is there twice"
    assert set(followers) <= set(listed), "a version without an earlier load"
    assert len(listed) >= most, "rows that were there are gone"
    return len(listed)


def look_at_current_run(lake: Lake, place: int) -> int:
    current = lake.current_run()
    if current is None:
        return 0
    assert current.place >= place, "the current run went back"
    made = sorted(members(lake, "people", "account_id", run_id=current.run_id))
    assert made == sorted(members(lake, "peers", "account_id", run_id=current.run_id))
    assert made == sorted(members(lake, "listings", "account_id", run_id=current.run_id))
    return int(current.place)


def look_at_pinned(lake: Lake) -> None:
    """In a run all tables are of one moment, and stay so."""
    run = begin(lake)
    first = sorted(members(lake, "listings", "account_id", run_id=run.run_id))
    followers = members(lake, "follows", "follower_id", run_id=run.run_id)
    again = sorted(members(lake, "listings", "account_id", run_id=run.run_id))
    run.fail("only looked")
    assert first == again, "a pinned table changed"
    assert set(followers) <= set(first), "tables of different moments in one run"


def main(role: str, folder: str, seconds: str) -> None:
    until = time.monotonic() + float(seconds)
    notes = Notes(Path(folder) / f"notes-{role}")
    with Lake.open(Path(folder) / "lake", settings=SETTINGS) as lake:
        if role.startswith("writer"):
            write(lake, role, until, notes)
        else:
            watch(lake, until, notes)


if __name__ == "__main__":
    main(*sys.argv[1:])
