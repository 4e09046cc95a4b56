"""Kills a process at random points of loading and running, and looks at what is left.

    python -m tests.lake.kill_points --points 2000 --seed 7

Each point is a process of its own that goes on with the work where the one before was killed:
it opens the lake, checks it against everything that was acknowledged so far, and works until it
is killed. Odd points are killed after a number of calls inside `mawj.lake` (the same seed kills
at the same call), even points after a random time, which also hits the middle of native code.
When the work is done, the lake must hold exactly what an undisturbed one holds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mawj.lake.lake import Lake
from mawj.lake.settings import LakeSettings
from mawj.lake.upkeep import Retention
from mawj.lake.upsert_plan import STEPS, sql_of
from tests.lake.rows import START, load, people, table
from tests.lake.test_raw import raw_rows

if TYPE_CHECKING:
    from collections.abc import Callable

LOADS = ("l0", "l1")
RUNS = (0, 1)
# Share of the whole work within which a process is killed, so that most are.
SPAN = 0.6
SETTINGS = LakeSettings(memory_mb=256, threads=1, wait_s=20)


def names_of(load_id: str) -> list[str]:
    first = 10 * int(load_id[1:])
    return [str(n) for n in range(first, first + 20)]


def listing_rows(load_id: str) -> Any:
    """Rows that meet those of the load before: each is new, or merged with a stored one."""
    return table("listings", *(
        {"list_id": "x:list", "account_id": f"x:{name}", "name": load_id, "load_id": load_id}
        for name in names_of(load_id)
    ))  # fmt: skip


def follow_rows(load_id: str) -> Any:
    """Rows that are all new."""
    return table("follows", *(
        {"follower_id": f"x:{name}", "followed_id": f"x:{load_id}"}
        for name in names_of(load_id)
    ))  # fmt: skip


def peer_rows(ids: list[str]) -> Any:
    return table(
        "peers", *({"account_id": who, "peer_group": "x", "n_peers": 1} for who in ids)
    )


class Notes:
    """What was acknowledged, on disk: it outlives the process that was killed."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def add(self, *what: Any) -> None:
        descriptor = os.open(self.file, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        os.write(descriptor, (json.dumps(what) + "\n").encode())
        os.close(descriptor)

    def all(self) -> list[list[Any]]:
        if not self.file.exists():
            return []
        return [json.loads(line) for line in self.file.read_text().splitlines()]


def work(lake: Lake, notes: Notes) -> None:
    """Everything that is not done yet: loads, then runs, with upkeep between."""
    done = set(lake.read("loads").to_pyarrow()["load_id"].to_pylist())
    for load_id in LOADS:
        if load_id not in done:
            load_one(lake, notes, load_id)
        run_one(lake, notes, LOADS.index(load_id))
    lake.compact()
    lake.clean_up(Retention(keep_hours=0, unfinished_hours=0))
    notes.add("cleaned")


def load_one(lake: Lake, notes: Notes, load_id: str) -> None:
    lake.keep_raw(load_id, raw_rows(*names_of(load_id)))
    notes.add("raw", load_id)
    lake.upsert("listings", listing_rows(load_id))
    notes.add("listings", load_id)
    lake.upsert("follows", follow_rows(load_id))
    notes.add("follows", load_id)
    lake.upsert("loads", load(load_id, 20))
    notes.add("loaded", load_id)


def run_one(lake: Lake, notes: Notes, number: int) -> None:
    if number not in RUNS:
        return
    finished = [record for record in lake.runs() if record.state == "finished"]
    if any(record.settings == {"number": number} for record in finished):
        return
    run = lake.begin_run(settings={"number": number}, as_of=START, seed=1, code_version="1")
    ids = sorted(run.read("listings").to_pyarrow()["account_id"].to_pylist())
    run.write("people", people(*(who.removeprefix("x:") for who in ids)))
    run.write("peers", peer_rows(ids))
    run.finish()
    notes.add("finished", number, run.run_id)


def ids_of(lake: Lake, name: str, **where: Any) -> list[str]:
    rows = lake.read(name, **where).select("account_id").to_pyarrow()
    return sorted(rows["account_id"].to_pylist())


def check(lake: Lake, notes: Notes) -> None:
    """Raise an error where the lake breaks a promise."""
    said = notes.all()
    stored = {
        "listings": pairs_of(lake, "listings", "account_id", "list_id"),
        "follows": pairs_of(lake, "follows", "follower_id", "followed_id"),
        "loads": pairs_of(lake, "loads", "load_id", "file"),
    }
    for name, pairs in stored.items():
        assert len(pairs) == len(set(pairs)), f"a row of {name} is there twice"
    loads = [pair[0] for pair in stored["loads"]]
    for what, *which in said:
        if what == "raw" and ["cleaned"] not in said:
            assert lake.read_raw(which[0]).count().to_pyarrow().as_py() == 20, "raw rows lost"
        if what in ("listings", "follows"):
            check_rows(stored, what, which[0])
        if what == "loaded":
            assert which[0] in loads, f"load {which[0]} was acknowledged and is gone"
    for load_id in loads:
        # Said or not: a load that counts as loaded is whole.
        check_rows(stored, "listings", load_id)
        check_rows(stored, "follows", load_id)
        assert lake.read_raw(load_id).count().to_pyarrow().as_py() == 20, "half a load counts"
    check_run(lake, [which[1] for what, *which in said if what == "finished"])


def pairs_of(lake: Lake, name: str, *columns: str) -> list[tuple[str, str]]:
    rows = lake.read(name).select(*columns).to_pyarrow().to_pylist()
    return [(row[columns[0]], row[columns[1]]) for row in rows]


def check_rows(stored: dict[str, list[tuple[str, str]]], name: str, load_id: str) -> None:
    other = "x:list" if name == "listings" else f"x:{load_id}"
    missing = {(f"x:{who}", other) for who in names_of(load_id)} - set(stored[name])
    assert not missing, f"{name} of {load_id} lost: {sorted(missing)}"


def check_run(lake: Lake, acknowledged: list[str]) -> None:
    current = lake.current_run()
    if current is None:
        assert not acknowledged, "an acknowledged run is not current"
        assert not ids_of(lake, "people"), "a run that has not finished is visible"
        return
    names = [record.run_id for record in lake.runs() if record.state == "finished"]
    assert set(acknowledged) <= set(names), "an acknowledged run is gone"
    for run_id in names:
        pinned = ids_of(lake, "listings", run_id=run_id)
        assert ids_of(lake, "people", run_id=run_id) == pinned, "half a run is visible"
        assert ids_of(lake, "peers", run_id=run_id) == pinned, "half a run is visible"


def state(lake: Lake) -> dict[str, str]:
    """Digests of all that must come out the same, killed or not."""
    found: dict[str, Any] = {
        name: sorted(map(str, lake.read(name).to_pyarrow().to_pylist()))
        for name in ("listings", "follows", "loads", "people", "peers")
    }
    found["runs"] = [record.settings for record in lake.runs() if record.state == "finished"]
    found["raw"] = [lake.read_raw(name).count().to_pyarrow().as_py() for name in LOADS]
    return {
        name: f"{len(rows)} rows, {hashlib.sha256(str(rows).encode()).hexdigest()[:12]}"
        for name, rows in found.items()
    }


@dataclass
class Child:
    """One forked process; `answer` is what it says through a pipe."""

    process: int
    pipe: int
    said: bytes = field(default=b"")

    def line(self) -> bytes:
        """The next line it writes; empty when it has ended."""
        while b"\n" not in self.said:
            piece = os.read(self.pipe, 65536)
            if not piece:
                break
            self.said += piece
        line, _, self.said = self.said.partition(b"\n")
        return line

    def wait(self) -> int:
        """How it ended: an exit code, or minus the signal."""
        _, status = os.waitpid(self.process, 0)
        os.close(self.pipe)
        return os.waitstatus_to_exitcode(status)


def fork(job: Callable[[Callable[[str], None]], None]) -> Child:
    """Run `job` in a copy of this process, which has imported all and started nothing."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return Child(process, reading)
    os.close(reading)
    code = 1
    try:
        job(lambda line: (os.write(writing, line.encode() + b"\n"), None)[1])
        code = 0
    except BaseException as error:  # noqa: BLE001 - said to the parent, which fails
        told = f"ERROR {type(error).__name__}: {error}".replace("\n", " ")
        os.write(writing, f"{told}\n".encode())
    finally:
        os._exit(code)


def kill_at_call(number: int) -> Callable[[], int]:
    """Kill this process at its nth call inside the lake; gives a counter of calls."""
    seen = [0]

    def watch(frame: Any, event: str, _: Any) -> None:
        if event in ("call", "c_call") and "mawj/lake/" in frame.f_code.co_filename:
            seen[0] += 1
            if seen[0] == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
    return lambda: seen[0]


def session(folder: Path, call: int, say: Callable[[str], None]) -> None:
    """Open, check, work; says "ready" before the work and the calls made after it."""
    settings = LakeSettings(**{**vars(SETTINGS), "scratch": folder / "scratch"})
    with Lake.open(folder / "lake", settings=settings) as lake:
        notes = Notes(folder / "notes")
        check(lake, notes)
        say("ready")
        calls = kill_at_call(call)
        work(lake, notes)
        sys.setprofile(None)
        say(f"done {calls()}")
        check(lake, notes)
        say("STATE " + json.dumps(state(lake), default=str))


@dataclass(frozen=True)
class Undisturbed:
    """A lake that nobody killed: its last state, calls inside the lake and seconds of work."""

    state: str
    n_calls: int
    seconds: float


def undisturbed(folder: Path) -> Undisturbed:
    child = fork(lambda say: session(folder, 0, say))
    first = child.line()
    began = time.perf_counter()
    done = child.line().decode()
    seconds = time.perf_counter() - began
    final = child.line().decode()
    if child.wait() or first != b"ready":
        raise SystemExit(f"the undisturbed lake failed: {first.decode()} {done} {final}")
    return Undisturbed(final, int(done.split()[1]), seconds)


@dataclass
class Points:
    """Kills one process after the other, on one lake after the other."""

    folder: Path
    chance: random.Random
    wanted: Undisturbed
    n_killed: int = 0
    n_finished: int = 0

    def next(self) -> str:
        """One point; what went wrong, or nothing."""
        home = self.folder / str(self.n_finished)
        home.mkdir(exist_ok=True)
        place, is_by_call = self.chance.random(), self.chance.random() < 0.5
        call = 1 + int(place * self.wanted.n_calls * SPAN) if is_by_call else 0
        child = fork(lambda say: session(home, call, say))
        says = [child.line()]
        if says == [b"ready"] and not is_by_call:
            time.sleep(place * self.wanted.seconds * SPAN)
            os.kill(child.process, signal.SIGKILL)
        while line := child.line():
            says.append(line)
        code = child.wait()
        if code not in (0, -signal.SIGKILL) or says[0] != b"ready":
            return b" | ".join(says).decode()
        self.n_killed += code == -signal.SIGKILL
        return self._finished(home, says[-1].decode())

    def _finished(self, home: Path, last: str) -> str:
        """Where the work came to its end, compare and begin another lake."""
        if not last.startswith("STATE"):
            return ""
        self.n_finished += 1
        shutil.rmtree(home)
        return "" if last == self.wanted.state else f"{last} instead of {self.wanted.state}"


def run_points(n_points: int, seed: int, folder: Path) -> Points:
    """Kill `n_points` processes.

    Raises:
        SystemExit: naming the point, when the lake breaks a promise.
    """
    for step in STEPS:
        for name in ("listings", "follows", "loads"):
            sql_of(step, name)
    wanted = undisturbed(folder / "undisturbed")
    points = Points(folder, random.Random(seed), wanted)
    while points.n_killed < n_points:
        wrong = points.next()
        if wrong:
            raise SystemExit(f"seed {seed}, after {points.n_killed} points: {wrong}")
    return points


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=50)
    parser.add_argument("--seed", type=int, default=None)
    chosen = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if chosen.seed is None else chosen.seed
    sys.stdout.write(f"seed {seed}\n")
    sys.stdout.flush()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        points = run_points(chosen.points, seed, Path(folder))
    sys.stdout.write(
        f"killed {points.n_killed} processes, {points.n_finished} lakes came to the same end, "
        f"every promise kept, {time.perf_counter() - began:.1f} s\n"
    )


if __name__ == "__main__":
    main()
