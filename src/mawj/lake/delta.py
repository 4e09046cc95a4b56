"""One Delta table: its versions, the files of each, and the one way to change it.

A commit names the version it was worked out from and is refused when another writer came in
between; so a change is all or nothing, and what is read is always one whole version. The log
keeps file names and row counts only: without minima and maxima no id of a person gets into it.
"""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable, Schema
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError
from deltalake.transaction import AddAction, RemoveAction, create_table_with_add_actions

from mawj.lake.place import Place, flush_to_disk
from mawj.tables.errors import LakeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

# Kept runs may be read for years; old log entries are small and hold no rows.
CONFIGURATION = {"delta.enableExpiredLogCleanup": "false"}


class CommitLost(Exception):  # noqa: N818 - not an error to users, the caller tries again
    """Another writer committed first; work the change out again from the new version."""


@dataclass(frozen=True)
class Part:
    """One Parquet file of a version: its name in the table's folder, bytes and rows."""

    name: str
    size: int
    n_rows: int


@dataclass(frozen=True)
class Snapshot:
    """One version of a table: its number, its files, its schema and when it was committed."""

    version: int
    parts: tuple[Part, ...]
    schema: pa.Schema

    @property
    def n_rows(self) -> int:
        """Rows of the version."""
        return sum(part.n_rows for part in self.parts)

    @property
    def size(self) -> int:
        """Bytes of the version."""
        return sum(part.size for part in self.parts)


class DeltaFolder:
    """A Delta table at a place, which may not exist yet."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def snapshot(self, version: int | None = None) -> Snapshot | None:
        """The newest version, or the one asked for; None where there is no table.

        Raises:
            LakeError: when that version does not exist.
        """
        table = self._open(version)
        if table is None:
            return None
        actions = pa.table(table.get_add_actions(flatten=True))
        parts = tuple(
            Part(row["path"], row["size_bytes"], row["num_records"] or 0)
            for row in actions.select(["path", "size_bytes", "num_records"]).to_pylist()
        )
        schema = pa.schema(table.schema().to_arrow())
        return Snapshot(table.version(), parts, schema)

    def version(self) -> int | None:
        """Number of the newest version; None where there is no table."""
        if self.place.is_local:
            # A commit is a file that appears whole: its name tells the version.
            log = self.place.path / "_delta_log"
            commits = [file.stem for file in log.glob("*.json")] if log.is_dir() else []
            return max((int(name) for name in commits if name.isdecimal()), default=None)
        table = self._open()
        return None if table is None else table.version()

    def _open(self, version: int | None = None) -> DeltaTable | None:
        if self.place.is_local and not (self.place.path / "_delta_log").is_dir():
            return None
        try:
            return DeltaTable(self.place.uri, version, dict(self.place.options))
        except TableNotFoundError:
            return None
        except DeltaError as error:
            raise LakeError(
                f"version {version} of {self.place.uri} cannot be opened ({error}); it may "
                "have been cleaned up"
            ) from error

    def addresses(self, snapshot: Snapshot) -> list[str]:
        """Full paths of a version's files."""
        return [f"{self.place.uri}/{part.name}" for part in snapshot.parts]

    def create(self, schema: pa.Schema, parts: Sequence[Part] = ()) -> int:
        """Make the table with its first files in one commit.

        Raises:
            CommitLost: when it exists already.
        """
        if self.place.is_local:
            self.place.path.mkdir(parents=True, exist_ok=True)
        try:
            create_table_with_add_actions(
                self.place.uri, Schema.from_arrow(schema), [_added(part) for part in parts],
                configuration=CONFIGURATION, storage_options=dict(self.place.options),
            )  # fmt: skip
        except (CommitFailedError, DeltaError) as error:
            if self._open() is None:
                raise
            raise CommitLost(self.place.uri) from error
        self._flush(0)
        return 0

    def commit(self, added: Iterable[Part], removed: Iterable[str], *, after: int) -> int:
        """Add and remove files in one commit on top of version `after`; the new version.

        Raises:
            CommitLost: when the table has moved on from `after`.
        """
        table = self._open()
        if table is None or table.version() != after:
            raise CommitLost(self.place.uri)
        now_ms = int(time.time() * 1000)
        gone = [RemoveAction(name, True, now_ms, None, {}) for name in removed]
        try:
            table.create_write_transaction(
                [*(_added(part) for part in added), *gone], "append", table.schema(),
                # No retry inside: a retry would go past a commit that we have not looked at.
                commit_properties=CommitProperties(max_commit_retries=0),
            )  # fmt: skip
        except CommitFailedError as error:
            raise CommitLost(self.place.uri) from error
        self._flush(after + 1)
        return after + 1

    def widen(self, schema: pa.Schema) -> None:
        """Add the columns that the table does not have yet; old rows hold NULL in them."""
        table = self._open()
        if table is None:
            return
        known = set(pa.schema(table.schema().to_arrow()).names)
        fresh = [column.with_nullable(True) for column in schema if column.name not in known]
        if fresh:
            table.alter.add_columns(list(Schema.from_arrow(pa.schema(fresh)).fields))

    def take_in(self, file: Path) -> Part:
        """Put a finished Parquet file into the folder under a name nobody has used.

        It belongs to no version until a commit names it.
        """
        n_rows = pq.read_metadata(file).num_rows
        size = file.stat().st_size
        name = f"part-{uuid.uuid4().hex}.parquet"
        self.place.take_in(file, name)
        return Part(name, size, n_rows)

    def row_group_rows(self, name: str) -> int:
        """Rows of the first row group of a file; the others have no more."""
        store = self.place.filesystem
        with store.open_input_file(name) as file:
            metadata = pq.read_metadata(file)
        return metadata.row_group(0).num_rows if metadata.num_row_groups else 122_880

    def drop(self, parts: Iterable[Part]) -> None:
        """Delete files that were taken in but not committed."""
        for part in parts:
            self.place.remove(part.name)

    def vacuum(self, keep_hours: float, keep_versions: Sequence[int]) -> int:
        """Delete files that no needed version holds; how many.

        Needed are the newest version, `keep_versions`, and whatever was newest in the last
        `keep_hours`. Files that were never committed go at the same age.
        """
        table = self._open()
        if table is None:
            return 0
        gone = table.vacuum(
            int(-(-keep_hours // 1)), dry_run=False, enforce_retention_duration=False,
            full=True, keep_versions=list(keep_versions) or None,
        )  # fmt: skip
        return len(gone)

    def last_change_s(self, snapshot: Snapshot) -> float | None:
        """When the version was committed (epoch seconds); None when the store does not say."""
        table = self._open(snapshot.version)
        if table is None:
            return None
        newest = table.history(1)
        return newest[0]["timestamp"] / 1000 if newest and "timestamp" in newest[0] else None

    def _flush(self, version: int) -> None:
        if self.place.is_local:
            log = self.place.path / "_delta_log"
            flush_to_disk(log / f"{version:020d}.json")
            flush_to_disk(log)
            flush_to_disk(self.place.path)


def _added(part: Part) -> AddAction:
    statistics = json.dumps({"numRecords": part.n_rows})
    return AddAction(part.name, part.size, {}, int(time.time() * 1000), True, statistics)
