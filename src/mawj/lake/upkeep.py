"""What lies in a lake, and keeping it small.

The rule of cleaning: a file stays as long as any of these needs it: the newest version of its
table, a version pinned by a run that is kept or still on its way, or a reader that opened its
version at most `keep_hours` ago.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from filelock import Timeout

from mawj.lake.delta import CommitLost, DeltaFolder
from mawj.lake.duckdb_lake import Layout
from mawj.lake.locks import held, lock_on
from mawj.lake.raw import raw_folder, raw_loads
from mawj.lake.reading import rows_sql
from mawj.lake.run_log import RunRecord, now
from mawj.lake.staging import FILE_ROWS
from mawj.lake.upsert import LAYOUTS
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from mawj.lake.lake import Lake

# A table with more files than this is compacted after a load. Our judgement.
MANY_FILES = 100


@dataclass(frozen=True)
class StoredTable:
    """One table as it lies in the lake.

    Attributes:
        table: its name.
        kind: "observed", "kept", "derived", "reference" or "raw".
        n_rows, n_bytes, n_files: of the newest version.
        version: number of the newest version.
        changed_at: when that was committed, UTC.
    """

    table: str
    kind: str
    n_rows: int
    n_bytes: int
    n_files: int
    version: int
    changed_at: datetime | None


@dataclass(frozen=True)
class Description:
    """What `mawj lake` shows.

    Attributes:
        tables: observed tables, and those of the current run.
        raw: raw rows, a table a load.
        runs: all runs.
        current: name of the run that readers see.
    """

    tables: list[StoredTable]
    raw: list[StoredTable]
    runs: list[RunRecord]
    current: str | None


@dataclass(frozen=True)
class Retention:
    """What cleaning leaves. All defaults are our judgement.

    Attributes:
        keep_runs: finished runs that stay, the newest first.
        keep_hours: how long a file or run that has been replaced stays for its readers (hours).
        unfinished_hours: age at which the raw rows of a load that never ended go, and on an
            object store a run that never ended (hours).
    """

    keep_runs: int = 5
    keep_hours: float = 24.0
    unfinished_hours: float = 168.0


@dataclass(frozen=True)
class CleanedUp:
    """What was removed: run names, load names, and files of old versions."""

    runs: list[str]
    raw: list[str]
    n_files: int


def describe(lake: Lake) -> Description:
    """The tables, raw loads and runs, read from the logs alone."""
    current = lake.current_run()
    tables = [
        _stored(name, table.kind, lake.observed_folder(name))
        for name, table in TABLES.items()
        if table.is_lasting
    ]
    if current:
        tables += [
            _stored(name, TABLES[name].kind, lake.run_folder(current.run_id, name))
            for name in current.tables
        ]
    raw = [_stored(load_id, "raw", raw_folder(lake, load_id)) for load_id in raw_loads(lake)]
    return Description(
        [table for table in tables if table], [table for table in raw if table],
        lake.runs(), current.run_id if current else None,
    )  # fmt: skip


def _stored(name: str, kind: str, folder: DeltaFolder) -> StoredTable | None:
    snapshot = folder.snapshot()
    if snapshot is None:
        return None
    moment = folder.last_change_s(snapshot)
    changed = None if moment is None else datetime.fromtimestamp(moment, UTC)
    return StoredTable(
        name,
        kind,
        snapshot.n_rows,
        snapshot.size,
        len(snapshot.parts),
        snapshot.version,
        changed,
    )


def compact(lake: Lake, *, least_files: int = 2) -> dict[str, int]:
    """Join the small files of each observed table; how many files each lost.

    Readers and pinned runs keep the files they have; `clean_up` removes them later.

    Args:
        lake: the lake.
        least_files: tables with fewer small files are left alone.

    Raises:
        LakeBusy: a writer held a table too long; tables before it are compacted.
    """
    lost = {}
    for name, table in TABLES.items():
        if table.is_lasting:
            n_files = compact_table(lake, name, least_files)
            if n_files:
                lost[name] = n_files
    return lost


def compact_table(lake: Lake, name: str, least_files: int) -> int:
    """Join the small files of one observed table; how many files fewer there are."""
    folder = lake.observed_folder(name)
    with held(lake.root, f"observed/{name}", lake.settings.wait_s), lake.duck.passing():
        snapshot = folder.snapshot()
        small = (
            [part for part in snapshot.parts if part.n_rows < FILE_ROWS // 2]
            if snapshot
            else []
        )
        if snapshot is None or len(small) < max(2, least_files):
            return 0
        few = type(snapshot)(snapshot.version, tuple(small), snapshot.schema)
        usual = Layout(sort_by=TABLES[name].key, file_rows=FILE_ROWS)
        layout = LAYOUTS.get(name, usual)
        sql = rows_sql(lake.duck, folder, few)
        added = [
            folder.take_in(file) for file in lake.duck.write_sql(sql, snapshot.schema, layout)
        ]
        try:
            folder.commit(added, [part.name for part in small], after=snapshot.version)
        except CommitLost:
            # Only on an object store: a load came first, and compaction can wait.
            folder.drop(added)
            return 0
    return len(small) - len(added)


def clean_up(lake: Lake, retention: Retention | None = None) -> CleanedUp:
    """Remove what nobody needs any more; see the rule at the top.

    Safe beside readers, loads and runs.
    """
    rule = retention or Retention()
    runs = _drop_runs(lake, rule)
    raw = _drop_raw(lake, rule)
    n_files = 0
    for name, table in TABLES.items():
        if table.is_lasting:
            n_files += vacuum(lake, name, rule.keep_hours)
    lake.log.folder.vacuum(rule.keep_hours, [])
    return CleanedUp(runs, raw, n_files)


def vacuum(lake: Lake, name: str, keep_hours: float) -> int:
    """Delete files of an observed table that no kept version needs; how many."""
    pinned = {record.pins.get(name) for record in lake.runs() if record.state != "failed"}
    folder = lake.observed_folder(name)
    with held(lake.root, f"observed/{name}", lake.settings.wait_s):
        return folder.vacuum(keep_hours, sorted(pin for pin in pinned if pin is not None))


def _drop_runs(lake: Lake, rule: Retention) -> list[str]:
    # Folders are listed before the log is read: a run is in the log before it has a folder.
    folders = [name for name in (lake.root / "runs").folders() if name != "_log"]
    gone = {record.run_id for record in _unneeded(lake, rule)}
    if gone:
        lake.log.change(lambda records: [kept for kept in records if kept.run_id not in gone])
    known = {record.run_id for record in lake.runs()}
    strays = [name for name in folders if name not in known]
    for run_id in strays:
        (lake.root / f"runs/{run_id}").remove_all()
    return sorted(gone | set(strays))


def _unneeded(lake: Lake, rule: Retention) -> list[RunRecord]:
    moment = now()
    old = moment - timedelta(hours=rule.keep_hours)
    records = lake.runs()
    finished = [record for record in records if record.state == "finished"]
    finished.sort(key=lambda record: record.place or 0, reverse=True)
    kept = {record.run_id for record in finished[: max(1, rule.keep_runs)]}
    return [
        record
        for record in records
        if record.run_id not in kept
        and (
            _is_dead(lake, record, rule)
            if record.state == "unfinished"
            else (record.ended_at or moment) <= old
        )
    ]


def _is_dead(lake: Lake, record: RunRecord, rule: Retention) -> bool:
    """True when the process of an unfinished run is surely gone."""
    lock = lock_on(lake.root, f"run-{record.run_id}")
    if lock is None:
        return record.began_at < now() - timedelta(hours=rule.unfinished_hours)
    if lake.holds(record.run_id):
        return False
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    lock.release()
    return True


def _drop_raw(lake: Lake, rule: Retention) -> list[str]:
    """Remove raw rows of loads that never ended, once they are old."""
    old_s = (now() - timedelta(hours=rule.unfinished_hours)).timestamp()
    names = raw_loads(lake)
    if not names:
        return []
    done = set(lake.read("loads").select("load_id").to_pyarrow()["load_id"].to_pylist())
    dropped = []
    for load_id in names:
        place = lake.root / f"raw/{load_id}"
        if load_id in done or any(file.written_s > old_s for file in place.files()):
            continue
        place.remove_all()
        dropped.append(load_id)
    return dropped
