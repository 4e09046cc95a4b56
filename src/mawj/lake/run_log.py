"""The list of runs: one small Delta table, rewritten whole in one commit at each change.

Which run is current is read from here alone, so one commit swaps it: a reader sees the run
before or the run after, never a half one.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from mawj.lake.delta import CommitLost, DeltaFolder
from mawj.lake.locks import held
from mawj.tables.errors import LakeBusy, RunNotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mawj.lake.place import Place
    from mawj.lake.scratch import Scratch

TRIES = 50
NAME = "runs/_log"
MOMENT = pa.timestamp("us", tz="UTC")
COLUMNS: Mapping[str, pa.DataType] = {
    "run_id": pa.string(),
    "state": pa.string(),
    "place": pa.int64(),
    "began_at": MOMENT,
    "ended_at": MOMENT,
    "as_of": MOMENT,
    "seed": pa.int64(),
    "code_version": pa.string(),
    "settings": pa.string(),
    "pins": pa.string(),
    "tables": pa.string(),
    "note": pa.string(),
}
SCHEMA = pa.schema(COLUMNS)


@dataclass(frozen=True)
class RunTable:
    """One table of a run: its rows, and how long it took from the table before it (s)."""

    n_rows: int
    seconds: float


@dataclass(frozen=True)
class RunRecord:
    """One run as the list knows it.

    Attributes:
        run_id: its name.
        state: "unfinished", "finished" or "failed".
        place: 1 for the first run that finished, counting up; the highest is current.
        began_at, ended_at: UTC.
        as_of, seed, code_version, settings: what it was made with.
        pins: version of each observed table that it reads; None where a cleaned copy of that
            version lies in the run's own folder.
        tables: its tables.
        note: why it failed, or what was done to it later.
    """

    run_id: str
    state: str
    began_at: datetime
    as_of: datetime
    seed: int
    code_version: str
    place: int | None = None
    ended_at: datetime | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    pins: Mapping[str, int | None] = field(default_factory=dict)
    tables: Mapping[str, RunTable] = field(default_factory=dict)
    note: str | None = None

    @property
    def row_counts(self) -> dict[str, int]:
        """Rows of each table."""
        return {name: table.n_rows for name, table in self.tables.items()}

    @property
    def seconds(self) -> dict[str, float]:
        """Seconds that each table took."""
        return {name: table.seconds for name, table in self.tables.items()}

    def row(self) -> dict[str, Any]:
        """The record as it is stored."""
        stored = {name: getattr(self, name) for name in SCHEMA.names}
        stored["settings"] = json.dumps(dict(self.settings), default=str, ensure_ascii=False)
        stored["pins"] = json.dumps(dict(self.pins))
        stored["tables"] = json.dumps(
            {name: asdict(made) for name, made in self.tables.items()}
        )
        return stored

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> RunRecord:
        """The record that `row` stores."""
        made = json.loads(row["tables"])
        return cls(
            **{
                **row,
                "settings": json.loads(row["settings"]),
                "pins": json.loads(row["pins"]),
                "tables": {name: RunTable(**table) for name, table in made.items()},
            }
        )


class RunLog:
    """Reads and changes the list of runs."""

    def __init__(self, root: Place, scratch: Scratch, wait_s: float) -> None:
        self.root = root
        self.scratch = scratch
        self.wait_s = wait_s
        self.folder = DeltaFolder(root / NAME)

    def records(self) -> list[RunRecord]:
        """All runs, in the order in which they began."""
        return self._read()[1]

    def current(self) -> RunRecord | None:
        """The run that finished last, if any."""
        finished = [record for record in self.records() if record.state == "finished"]
        return max(finished, key=lambda record: record.place or 0, default=None)

    def named(self, run_id: str) -> RunRecord:
        """The run called `run_id`.

        Raises:
            RunNotFound: when there is none.
        """
        for record in self.records():
            if record.run_id == run_id:
                return record
        raise RunNotFound(f"no run is called {run_id!r}; `mawj lake` lists those that are kept")

    def change(self, how: Callable[[list[RunRecord]], list[RunRecord]]) -> list[RunRecord]:
        """Replace the list by `how(list)` in one commit; the new list.

        Raises:
            LakeBusy: other processes kept changing it.
        """
        for _ in range(TRIES):
            try:
                with held(self.root, NAME, self.wait_s):
                    return self._change(how)
            except CommitLost:
                continue
        raise LakeBusy("other processes kept changing the list of runs; try again")

    def update(self, run_id: str, **changes: Any) -> RunRecord:
        """Change one run; its new record."""

        def how(records: list[RunRecord]) -> list[RunRecord]:
            return [
                replace(record, **changes) if record.run_id == run_id else record
                for record in records
            ]

        self.change(how)
        return self.named(run_id)

    def _read(self) -> tuple[int | None, list[RunRecord], Sequence[str]]:
        snapshot = self.folder.snapshot()
        if snapshot is None:
            return None, [], ()
        rows: list[dict[str, Any]] = []
        store = self.folder.place.filesystem
        for part in snapshot.parts:
            rows += pq.read_table(part.name, filesystem=store, schema=SCHEMA).to_pylist()
        records = sorted(map(RunRecord.from_row, rows), key=lambda record: record.began_at)
        return snapshot.version, records, [part.name for part in snapshot.parts]

    def _change(self, how: Callable[[list[RunRecord]], list[RunRecord]]) -> list[RunRecord]:
        version, records, names = self._read()
        if version is None:
            self.folder.create(SCHEMA)
            version = 0
        after = how(records)
        file = self.scratch.file("runs")
        pq.write_table(pa.Table.from_pylist([record.row() for record in after], SCHEMA), file)
        part = self.folder.take_in(file)
        file.unlink()
        try:
            self.folder.commit([part], names, after=version)
        except CommitLost:
            self.folder.drop([part])
            raise
        return after


def now() -> datetime:
    """The moment, UTC."""
    return datetime.now(UTC)
