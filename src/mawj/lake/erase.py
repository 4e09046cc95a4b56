"""Takes a person out of everything that the lake holds, keeps the person out, and proves it.

In this order, so that after a crash the same call finishes the work: the suppression list
first; raw rows; the tables of runs; the versions that kept runs read; the newest observed
tables, comments, posts and accounts last since they tell what belongs to the person; then all
old files; then a scan of every file below the root.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.lake.cleaning import ERASED_IDS, Cleaning, Persons, cleaning_of, raw_cleaning_of
from mawj.lake.delta import DeltaFolder
from mawj.lake.duckdb_lake import Layout, literal
from mawj.lake.locks import held
from mawj.lake.proof import Scan, scan_root
from mawj.lake.raw import raw_folder, raw_loads
from mawj.lake.reading import rows_sql
from mawj.lake.rewriting import ErasedRows, Rewriting, clean_sql
from mawj.lake.run_log import RunRecord, RunTable
from mawj.lake.suppression import fill_erased_ids
from mawj.lake.upkeep import Retention, clean_up
from mawj.tables.declared import TABLES
from mawj.tables.errors import LakeBusy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mawj.lake.delta import Snapshot
    from mawj.lake.lake import Lake

LAST = ("comments", "posts", "accounts")
NOTE = "recomputed without one person"
CANNOT_REACH = (
    "reports, exports and messages that were already sent or copied elsewhere",
    "backups of the lake and copies made by the storage itself (versioned buckets, snapshots)",
    "texts that speak of the person without @, without the handle's address and without the id",
)


@dataclass(frozen=True)
class Erased:
    """Proof of an erasure.

    Attributes:
        account_ids: the accounts erased, those found by the same handle included.
        handles: their handles, as `platform:handle`.
        tables: what happened to each table in which something was found.
        n_suppressed: accounts and handles put on the suppression list now.
        scan: what a look into every file below the root found afterwards.
        cannot_reach: where the person may still be, in words.
    """

    account_ids: tuple[str, ...]
    handles: tuple[str, ...]
    tables: tuple[ErasedRows, ...]
    n_suppressed: int
    scan: Scan
    cannot_reach: tuple[str, ...] = CANNOT_REACH


def erase(
    lake: Lake,
    account_ids: Iterable[str],
    *,
    key: bytes,
    reason: str,
    handles: Iterable[str] = (),
) -> Erased:
    """Erase the accounts of one person.

    Args:
        lake: the lake; nobody else may be running a run on it.
        account_ids: all accounts of the person that are known.
        key: the secret of the suppression list.
        reason: why, for the list; it should not name the person.
        handles: further handles as `platform:handle`; those of `accounts` are found alone.

    Raises:
        LakeBusy: a run is on its way or a table is being written; call again later.
        LakeError: the suppression list was begun with another secret.
    """
    with held(lake.root, "pins", lake.settings.wait_s), lake.duck.passing():
        clean_up(lake, Retention(keep_runs=10**9, keep_hours=0))
        _refuse_running(lake)
        persons = _persons(lake, sorted(set(account_ids)), sorted(set(handles)))
        n_suppressed = lake.suppressed.add(persons, key, reason)
        work = _Work(lake, persons)
        work.run()
        scan = scan_root(lake, persons)
    names = tuple(f"{platform}:{handle}" for platform, handle in persons.handles)
    return Erased(persons.account_ids, names, tuple(work.done), n_suppressed, scan)


def _refuse_running(lake: Lake) -> None:
    running = [record.run_id for record in lake.runs() if record.state == "unfinished"]
    if running:
        raise LakeBusy(
            f"run {running[0]} is on its way and holds rows of before; erase when it has ended"
        )


def _persons(lake: Lake, account_ids: list[str], handles: list[str]) -> Persons:
    """The accounts asked for, others with the same handle on the same platform, all handles."""
    accounts = lake.read("accounts").select("account_id", "platform", "handle")
    named = [tuple(handle.lower().replace("@", "").split(":", 1)) for handle in handles]
    pairs = {(pair[0], pair[1]) for pair in named}
    for account_id in account_ids:
        platform, _, native = account_id.partition(":")
        # Where no id is known the handle stands in its place; a number is never a handle.
        if native and not native.isdigit():
            pairs.add((platform, native.lower()))
    own = accounts.filter(accounts["account_id"].isin(account_ids)).to_pyarrow().to_pylist()
    pairs |= {(row["platform"], row["handle"].lower()) for row in own if row["handle"]}
    ids = set(account_ids)
    for platform, handle in pairs:
        same = accounts.filter(
            (accounts["platform"] == platform) & (accounts["handle"].lower() == handle)
        )
        ids |= set(same.to_pyarrow()["account_id"].to_pylist())
    return Persons(tuple(sorted(ids)), tuple(sorted(pairs)))


class _Work(Rewriting):
    """One erasure on its way."""

    def __init__(self, lake: Lake, persons: Persons) -> None:
        super().__init__(lake)
        self.persons = persons

    def run(self) -> None:
        """Clean everything, then delete what old versions held."""
        records = [record for record in self.lake.runs() if record.state == "finished"]
        self._collect_ids(records)
        for load_id in raw_loads(self.lake):
            self._raw(load_id)
        for record in records:
            self._run_tables(record)
        observed = [name for name, table in TABLES.items() if table.is_lasting]
        for name in sorted(observed, key=lambda name: LAST.index(name) if name in LAST else -1):
            self._observed(name)

    def _collect_ids(self, records: list[RunRecord]) -> None:
        """The person's accounts, and all that the person wrote in any version that is kept."""
        fill_erased_ids(self.duck, self.persons.account_ids)
        if not self.persons.account_ids:
            return
        for name, own in (("posts", "post_id"), ("comments", "comment_id")):
            folder = self.lake.observed_folder(name)
            versions: set[int | None] = {None, *(record.pins.get(name) for record in records)}
            for version in versions:
                snapshot = folder.snapshot(version)
                if snapshot is None:
                    continue
                rows = rows_sql(self.duck, folder, snapshot)
                accounts = ", ".join(map(literal, self.persons.account_ids))
                self.duck.run(
                    f"INSERT INTO {ERASED_IDS} SELECT {own} FROM ({rows}) "
                    f"WHERE account_id IN ({accounts})"
                )

    def _raw(self, load_id: str) -> None:
        folder = raw_folder(self.lake, load_id)
        snapshot = folder.snapshot()
        if snapshot is not None:
            cleaning = raw_cleaning_of(snapshot.schema, self.persons)
            self.clean(folder, cleaning, f"raw/{load_id}")
            folder.vacuum(0, [])

    def _run_tables(self, record: RunRecord) -> None:
        """The tables of one run, those it made and cleaned copies of those it read."""
        tables = dict(record.tables)
        is_changed = False
        copies = [name for name, pin in record.pins.items() if pin is None]
        for name in [*record.tables, *copies]:
            folder = self.lake.run_folder(record.run_id, name)
            snapshot = folder.snapshot()
            if snapshot is None:
                continue
            cleaning = cleaning_of(TABLES[name], snapshot.schema.names, self.persons)
            rows = self.clean(folder, cleaning, f"runs/{record.run_id}/{name}")
            folder.vacuum(0, [])
            if rows is not None:
                is_changed = True
                if name in tables:
                    tables[name] = RunTable(rows.n_after, tables[name].seconds)
        if is_changed and NOTE not in (record.note or ""):
            note = f"{record.note}; {NOTE}" if record.note else NOTE
            self.lake.log.update(record.run_id, tables=tables, note=note)
        elif is_changed:
            self.lake.log.update(record.run_id, tables=tables)

    def _observed(self, name: str) -> None:
        """One observed table: the versions that runs read, then the newest, then old files."""
        folder = self.lake.observed_folder(name)
        before = folder.snapshot()
        if before is None:
            return
        cleaning = cleaning_of(TABLES[name], before.schema.names, self.persons)
        moved = self._copy_pinned(name, folder, before)
        self.clean(folder, cleaning, f"observed/{name}", f"observed/{name}")
        after = folder.version()
        for record in moved:
            self.lake.log.update(record.run_id, pins={**record.pins, name: after})
        self._vacuum(name, folder)

    def _copy_pinned(self, name: str, folder: DeltaFolder, newest: Snapshot) -> list[RunRecord]:
        """Give runs that read an older version a clean copy; those that read the newest."""
        same = []
        for record in self.lake.runs():
            pin = record.pins.get(name)
            pinned = None if pin is None else folder.snapshot(pin)
            if pinned is None or not pinned.parts:
                continue
            if set(pinned.parts) == set(newest.parts):
                same.append(record)
                continue
            cleaning = cleaning_of(TABLES[name], pinned.schema.names, self.persons)
            sql = rows_sql(self.duck, folder, pinned, named=True)
            self.show(cleaning, sql)
            if self.duck.run("SELECT 1 FROM judged WHERE _gone OR _touched LIMIT 1"):
                self._copy(record, name, pinned, cleaning)
        return same

    def _copy(self, record: RunRecord, name: str, pinned: Snapshot, cleaning: Cleaning) -> None:
        """A clean copy of a pinned version in the run's own folder, then the run reads that."""
        place = self.lake.root / f"runs/{record.run_id}/{name}"
        place.remove_all()
        copy = DeltaFolder(place)
        files = self.duck.write_sql(clean_sql(cleaning), pinned.schema, Layout(file_rows=10**6))
        copy.create(pinned.schema, [copy.take_in(file) for file in files])
        kept = self.lake.log.named(record.run_id)
        self.lake.log.update(record.run_id, pins={**kept.pins, name: None})
        snapshot = copy.snapshot()
        n_after = snapshot.n_rows if snapshot else 0
        n_gone = pinned.n_rows - n_after
        path = f"runs/{record.run_id}/{name}"
        self.done.append(ErasedRows(path, pinned.n_rows, n_after, n_gone, 0))

    def _vacuum(self, name: str, folder: DeltaFolder) -> None:
        pins = {record.pins.get(name) for record in self.lake.runs()}
        with held(self.lake.root, f"observed/{name}", self.lake.settings.wait_s):
            folder.vacuum(0, sorted(pin for pin in pins if pin is not None))
