"""Where tables live: `Lake` reads, loads, keeps and runs.

Layout below the root (a folder, or an object store that `deltalake` reaches), all Delta tables:

    observed/<name>       what sources brought, one row a key
    runs/<run_id>/<name>  what one run made
    runs/_log             the runs and which is current
    raw/<load_id>         rows as they came
    suppressed            keyed digests of erased persons

A `Lake` belongs to one thread; open another for another (opening takes milliseconds).
"""

from __future__ import annotations

import uuid
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

import ibis
import pyarrow as pa

from mawj.lake.delta import DeltaFolder
from mawj.lake.duckdb_lake import DuckdbLake
from mawj.lake.locks import held, lock_on
from mawj.lake.place import Place
from mawj.lake.raw import keep_raw, read_raw
from mawj.lake.reading import declared, scan
from mawj.lake.run_log import RunLog, RunRecord, now
from mawj.lake.runs import Run
from mawj.lake.scratch import Scratch
from mawj.lake.settings import LakeSettings
from mawj.lake.sight import Sight
from mawj.lake.staging import batches_of, stage, stored_schema, write_files
from mawj.lake.suppression import Suppressed, Workshop
from mawj.lake.upkeep import (
    MANY_FILES,
    CleanedUp,
    Description,
    Retention,
    clean_up,
    compact,
    compact_table,
    describe,
)
from mawj.lake.upsert import ListChanged, Staged, Upsert, Upserted
from mawj.tables.declared import TABLES, table_named
from mawj.tables.errors import ActionRefused, LakeBusy, NotPortable

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from types import TracebackType

    import ibis.expr.types as ir
    from filelock import FileLock

    from mawj.lake.delta import Snapshot
    from mawj.tables.column import Table

ENGINES = ("duckdb", "spark")
PIN_TRIES = 200
TRIES = 50


class Lake:
    """All tables below one root, seen by one thread of one process."""

    def __init__(self, root: Place, engine: str, settings: LakeSettings) -> None:
        self.root = root
        self.settings = settings
        self.scratch = Scratch(settings.scratch)
        self.duck = DuckdbLake(settings, self.scratch)
        self.engine: Any = self.duck if engine == "duckdb" else _spark(settings, self.scratch)
        self.log = RunLog(root, self.scratch, settings.wait_s)
        self.suppressed = Suppressed(Workshop(root, self.duck, self.scratch, settings))
        self._views: dict[tuple[str, int], ir.Table] = {}
        self.sought: dict[tuple[str, int], str] = {}
        self._run_locks: dict[str, FileLock] = {}

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        engine: str = "duckdb",
        storage_options: Mapping[str, str] | None = None,
        settings: LakeSettings | None = None,
    ) -> Lake:
        """Open the lake at `path`; an empty or absent folder is an empty lake.

        Args:
            path: a folder, or a URL such as `s3://bucket/lake`.
            engine: "duckdb", or "spark" for tables beyond one machine.
            storage_options: credentials of the object store, as `deltalake` names them.
            settings: memory, threads, scratch, waiting.

        Raises:
            NotPortable: for an engine that does not exist.
        """
        if engine not in ENGINES:
            raise NotPortable("opening a lake", engine)
        return cls(Place.named(path, storage_options), engine, settings or LakeSettings())

    def __enter__(self) -> Self:
        """The lake, closed at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Let go of engines, locks and temporary files."""
        for run_id in list(self._run_locks):
            self.let_go(run_id)
        if self.engine is not self.duck:
            self.engine.close()
        self.duck.close()
        self.scratch.close()

    # Reading

    def read(
        self, name: str, *, run_id: str | None = None, version: int | None = None
    ) -> ir.Table:
        """The declared table called `name`, with exactly its declared columns.

        Args:
            name: an observed table (its newest version, or the one that run `run_id` pinned),
                or a table that runs make (of the current run, or of run `run_id`).
            run_id: the run to read from.
            version: an older version of an observed table.

        Returns:
            A lazy table; without rows where nothing is stored yet.

        Raises:
            UnknownTable: no such table is declared.
            RunNotFound: no such run is kept.
        """
        table = table_named(name)
        folder, pinned = self._where(table, run_id)
        if folder is None:
            return cast("ir.Table", self.engine.empty(table.schema))
        snapshot = folder.snapshot(pinned if version is None else version)
        if snapshot is None:
            return cast("ir.Table", self.engine.empty(table.schema))
        return declared(table, self._view(folder, snapshot))

    def _where(self, table: Table, run_id: str | None) -> tuple[DeltaFolder | None, int | None]:
        """The folder that holds the table, and the version to read of it."""
        name = table.name
        if table.is_lasting:
            if run_id is None:
                return self.observed_folder(name), None
            pins = self.log.named(run_id).pins
            if name not in pins:
                return None, None
            if pins[name] is None:
                return self.run_folder(run_id, name), None
            return self.observed_folder(name), pins[name]
        if run_id is None:
            current = self.log.current()
            return (self.run_folder(current.run_id, name), None) if current else (None, None)
        return self.run_folder(self.log.named(run_id).run_id, name), None

    def _view(self, folder: DeltaFolder, snapshot: Snapshot) -> ir.Table:
        key = (folder.place.uri, snapshot.version)
        if key not in self._views:
            self._views[key] = (
                scan(self.duck, folder, snapshot)
                if self.engine is self.duck
                else self.engine.scan_version(folder, snapshot)
            )
        return self._views[key]

    def sight(self, run_id: str | None = None) -> Sight:
        """The lake as it is now: what runs make comes from run `run_id`, else the current one.

        Raises:
            RunNotFound: no such run is kept.
        """
        run = self.log.named(run_id) if run_id else self.log.current()
        return Sight(self, run.run_id if run else None)

    def seek(
        self, name: str, where: Mapping[str, Any], columns: Sequence[str] = ()
    ) -> list[dict[str, Any]]:
        """The rows of a table whose columns have the values of `where`; see `Sight.seek`."""
        return self.sight().seek(name, where, columns)

    def seek_table(
        self, name: str, where: Mapping[str, Any], columns: Sequence[str] = ()
    ) -> pa.Table:
        """The same as Arrow; see `Sight.seek_table`."""
        return self.sight().seek_table(name, where, columns)

    def slice(self, name: str, value: str) -> pa.Table | None:
        """The rows of a sorted table with one value, held in memory; see `Sight.slice`."""
        return self.sight().slice(name, value)

    def has(self, name: str) -> bool:
        """Whether the current run, or a load, has stored anything under `name`."""
        return self.sight().has(name)

    def versions(self) -> dict[str, int]:
        """The newest version of every observed table that exists."""
        lasting = [name for name, table in TABLES.items() if table.is_lasting]
        versions = {name: self.observed_folder(name).version() for name in lasting}
        return {name: number for name, number in versions.items() if number is not None}

    # Loading

    def upsert(
        self, name: str, rows: pa.Table | pa.RecordBatch | Iterable[pa.RecordBatch]
    ) -> Upserted:
        """Load rows into an observed table by its key.

        The same rows again change nothing and make no new version. Where two rows meet, see
        `mawj.lake.merging`. Memory stays bounded however many batches come.

        Raises:
            TableError: the rows are not what the declaration says; nothing is stored.
            LakeBusy: other writers held the table too long; nothing is stored.
        """
        table = table_named(name)
        if not table.is_lasting:
            raise ActionRefused(f"{name!r} is made by runs and cannot be loaded")
        with self.duck.passing():
            files, n_rows = stage(table, rows, stored_schema(table), self.scratch)
            self.duck.own(files)
            done = self._load(table, files, n_rows)
        if done.n_files > MANY_FILES:
            compact_table(self, name, MANY_FILES)
        return done

    def _load(self, table: Table, files: list[Path], n_rows: int) -> Upserted:
        """Load staged rows without erased persons."""
        for _ in range(TRIES):
            listed = self.suppressed.version()
            clean, n_gone = self.suppressed.clean_staged(table, files, stored_schema(table))
            staged = Staged(table, clean, n_rows - n_gone, n_gone)
            load = Upsert(self.duck, self.observed_folder(table.name), staged)
            try:
                return load.run(
                    self.root, self.settings.wait_s, partial(self.suppressed.is_at, listed)
                )
            except ListChanged:
                continue
        raise LakeBusy("persons are being erased without a pause; try again")

    def keep(self, table: ir.Table) -> ir.Table:
        """Write a lazy table to scratch and read it back, so that later steps start there."""
        return cast("ir.Table", self.engine.keep(table))

    def shelve(
        self,
        rows: ir.Table | pa.Table | Iterable[pa.RecordBatch],
        schema: pa.Schema | None = None,
    ) -> ir.Table:
        """Keep rows of any kind in scratch and read them back.

        They stay for as long as this lake is open, or until the `passing` block around ends.

        Args:
            rows: a lazy table, Arrow rows, or batches one after the other.
            schema: what batches look like, needed where there may be none.
        """
        if isinstance(rows, ibis.Table):
            return self.keep(rows)
        if schema is None:
            assert isinstance(rows, pa.Table)
            schema = rows.schema
        files, _ = write_files(batches_of(rows), schema, self.scratch)
        self.duck.own(files)
        made: ir.Table = self.engine.scan(files) if files else self.engine.empty(schema)
        return made

    def passing(self) -> AbstractContextManager[None]:
        """Let go at the end of the block of what was kept or shelved inside it."""
        return self.duck.passing()

    # Runs

    def begin_run(
        self,
        *,
        settings: Mapping[str, Any],
        as_of: datetime,
        seed: int,
        code_version: str,
    ) -> Run:
        """A new run over the observed tables as they are at this moment.

        Raises:
            LakeBusy: loads never paused long enough to see all tables at one moment.
        """
        began = now()
        run_id = f"{began:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
        lock = lock_on(self.root, f"run-{run_id}")
        if lock is not None:
            # Held for the run's life: clean_up sees by it that the process still lives.
            lock.acquire()
            self._run_locks[run_id] = lock
        # Nobody is erased between reading the versions and noting that they are needed.
        with held(self.root, "pins", self.settings.wait_s):
            record = RunRecord(
                run_id, "unfinished", began, as_of, seed, code_version,
                settings=dict(settings), pins=self._pins(),
            )  # fmt: skip
            self.log.change(lambda records: [*records, record])
        return Run(self, record)

    def _pins(self) -> dict[str, int]:
        """The versions of all observed tables at one moment.

        Versions only grow, so two equal readings in a row mean that nothing moved between.
        """
        pins = self.versions()
        for _ in range(PIN_TRIES):
            again = self.versions()
            if again == pins:
                return pins
            pins = again
        raise LakeBusy("loads are changing the tables without a pause; try again in a moment")

    def runs(self) -> list[RunRecord]:
        """All runs that are kept or on their way, in the order in which they began."""
        return self.log.records()

    def current_run(self) -> RunRecord | None:
        """The run that readers see; None before the first has finished."""
        return self.log.current()

    # Raw rows and upkeep

    def keep_raw(
        self, load_id: str, rows: pa.Table | pa.RecordBatch | Iterable[pa.RecordBatch]
    ) -> int:
        """Store the rows of a load as they came; see `mawj.lake.raw`.

        Do this first, the observed tables next, and the row of `loads` last: it says that the
        load is whole.
        """
        return keep_raw(self, load_id, rows)

    def read_raw(self, load_id: str) -> ir.Table:
        """The raw rows of a load."""
        return read_raw(self, load_id)

    def describe(self) -> Description:
        """Tables, sizes, versions, runs and raw loads."""
        return describe(self)

    def compact(self) -> dict[str, int]:
        """Join small files; how many files fewer each table has."""
        return compact(self)

    def clean_up(self, retention: Retention | None = None) -> CleanedUp:
        """Remove old runs, old versions and the raw rows of loads that never ended."""
        return clean_up(self, retention)

    # Places

    def observed_folder(self, name: str) -> DeltaFolder:
        """Where an observed table lies."""
        return DeltaFolder(self.root / f"observed/{name}")

    def run_folder(self, run_id: str, name: str) -> DeltaFolder:
        """Where one table of one run lies."""
        return DeltaFolder(self.root / f"runs/{run_id}/{name}")

    def holds(self, run_id: str) -> bool:
        """True while this process works on the run."""
        return run_id in self._run_locks

    def let_go(self, run_id: str) -> None:
        """Release the lock that says the run's process lives."""
        lock = self._run_locks.pop(run_id, None)
        if lock is not None:
            lock.release()
            Path(lock.lock_file).unlink(missing_ok=True)


def _spark(settings: LakeSettings, scratch: Scratch) -> Any:
    # Optional: the spark extra brings half a gigabyte.
    from mawj.lake.spark_lake import SparkLake  # noqa: PLC0415

    return SparkLake(settings, scratch)
