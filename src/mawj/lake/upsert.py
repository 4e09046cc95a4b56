"""Loads rows into an observed table by key.

The rows are laid down in scratch, told apart by digests (new, the same, contested), and only
contested ones are merged. What is new is added, files in which something changed are written
anew without the changed rows, and all of it becomes visible in one commit or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.lake.delta import CommitLost, DeltaFolder, Snapshot
from mawj.lake.duckdb_lake import SOUGHT_ROWS, DuckdbLake, Layout, null_columns, parquet
from mawj.lake.locks import held
from mawj.lake.reading import rows_sql
from mawj.lake.staging import FILE_ROWS, stored_schema
from mawj.lake.upsert_plan import sql_of
from mawj.tables.errors import LakeBusy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mawj.lake.place import Place
    from mawj.tables.column import Table

# Contested rows merged at once, which bounds memory, and tries against other writers. Ours.
MERGE_ROWS = 1_000_000
TRIES = 50
USUAL = Layout(file_rows=FILE_ROWS)
LAYOUTS = {"accounts": Layout(("account_id",), SOUGHT_ROWS, FILE_ROWS)}
"""Tables of which pages look up single rows all the time lie in the order of their key."""


@dataclass(frozen=True)
class Upserted:
    """What a load did to one table.

    Attributes:
        n_new: keys that were not stored before.
        n_changed: keys whose stored row changed.
        n_same: keys whose stored row stays as it was.
        version: version of the table after it; unchanged when nothing changed.
        n_rows: rows that came in, repeats of a key counted.
        n_suppressed: rows left out because they belong to an erased person.
        n_files: files of the table after it.
    """

    n_new: int
    n_changed: int
    n_same: int
    version: int
    n_rows: int = 0
    n_suppressed: int = 0
    n_files: int = 0


class ListChanged(Exception):  # noqa: N818 - not an error to users, the caller tries again
    """Somebody was erased after the staged rows were cleaned."""


@dataclass(frozen=True)
class Staged:
    """Rows in scratch files, in order."""

    table: Table
    files: list[Path]
    n_rows: int
    n_suppressed: int = 0


class Upsert:
    """One load of staged rows into one table."""

    def __init__(self, duck: DuckdbLake, folder: DeltaFolder, staged: Staged) -> None:
        self.duck = duck
        self.folder = folder
        self.staged = staged
        self.table = staged.table
        self.schema = stored_schema(staged.table)
        self.counts = {"new": 0, "changed": 0, "same": 0}
        self.n_files = 0

    def run(self, root: Place, wait_s: float, is_clean: Callable[[], bool]) -> Upserted:
        """Commit the rows, if `is_clean` still holds once no other writer can come between.

        Raises:
            ListChanged: it does not.
            LakeBusy: other writers came first too many times, or held the table too long.
        """
        for _ in range(TRIES):
            try:
                with held(root, f"observed/{self.table.name}", wait_s), self.duck.passing():
                    if not is_clean():
                        raise ListChanged(self.table.name)
                    return self._attempt()
            except CommitLost:
                continue
        raise LakeBusy(
            f"other writers changed {self.table.name!r} {TRIES} times in a row; try again: "
            "nothing was changed"
        )

    def _attempt(self) -> Upserted:
        before = self._ready()
        self.counts = {"new": 0, "changed": 0, "same": 0}
        self.n_files = len(before.parts)
        if not self.staged.files:
            return self._result(before.version)
        self._tell_apart(before)
        files = list(self.staged.files)
        removed: list[str] = []
        if self.counts["new"] + self.counts["changed"] == 0:
            return self._result(before.version)
        # Nothing but new rows: the staged files are the new files.
        if self.counts["new"] < self.staged.n_rows:
            removed = self._touched()
            sql = sql_of("additions", self.table.name)
            files = self.duck.write_sql(sql, self.schema, LAYOUTS.get(self.table.name, USUAL))
        elif self.table.name in LAYOUTS:
            sql = f"SELECT * FROM {parquet(files)}"
            files = self.duck.write_sql(sql, self.schema, LAYOUTS[self.table.name])
        return self._result(self._commit(files, removed, before.version))

    def _commit(self, files: list[Path], removed: list[str], after: int) -> int:
        added = [self.folder.take_in(file) for file in files]
        self.n_files += len(added) - len(removed)
        try:
            return self.folder.commit(added, removed, after=after)
        except CommitLost:
            # Surely not in any version; after any other error they may be, so they stay.
            self.folder.drop(added)
            raise

    def _ready(self) -> Snapshot:
        """The newest version of the table, made or widened first where needed."""
        before = self.folder.snapshot()
        if before is None:
            self.folder.create(self.schema)
        elif set(self.schema.names) - set(before.schema.names):
            self.folder.widen(self.schema)
        else:
            return before
        before = self.folder.snapshot()
        if before is None:
            raise CommitLost(self.folder.place.uri)
        return before

    def _tell_apart(self, before: Snapshot) -> None:
        """Lay out the named tables of the plan and count new, changed and same keys."""
        name, duck = self.table.name, self.duck
        duck.view("staged", numbered(self.staged.files))
        duck.view("stored", rows_sql(duck, self.folder, before, named=True))
        duck.keep_as("digests", sql_of("digests", name))
        duck.keep_as("kinds", sql_of("kinds", name))
        found = dict(duck.run("SELECT kind, count(*) FROM kinds GROUP BY kind"))
        self.counts["new"] = found.get("new", 0)
        self.counts["same"] = found.get("same", 0)
        nothing = ", ".join(null_columns(self.schema))
        duck.view("outcomes", f"SELECT {nothing}, '' AS filename, '' AS fate WHERE false")
        if found.get("contested"):
            self._settle()

    def _settle(self) -> None:
        """Merge contested rows, some at a time."""
        name, duck = self.table.name, self.duck
        duck.keep_as("contested", sql_of("contested", name))
        n_rows = duck.run("SELECT count(*) FROM contested")[0][0]
        n_buckets = -(-n_rows // MERGE_ROWS)
        views = []
        for bucket in range(n_buckets):
            # Digests may be negative, and so would be their remainder.
            place = f"(key_digest % {n_buckets} + {n_buckets}) % {n_buckets}"
            duck.view("bucket", f"SELECT * FROM contested WHERE {place} = {bucket}")
            duck.keep_as("merged", sql_of("merged", name))
            views.append(f"outcomes_{bucket}")
            duck.keep_as(views[-1], sql_of("outcomes", name))
        duck.view("outcomes", " UNION ALL ".join(f"SELECT * FROM {view}" for view in views))
        for fate, n in duck.run("SELECT fate, count(*) FROM outcomes GROUP BY fate"):
            self.counts[fate] += n

    def _touched(self) -> list[str]:
        """The stored files in which a row changed."""
        found = self.duck.run("SELECT DISTINCT filename FROM outcomes WHERE fate = 'changed'")
        return sorted(row[0] for row in found)

    def _result(self, version: int) -> Upserted:
        staged = self.staged
        return Upserted(
            self.counts["new"], self.counts["changed"], self.counts["same"], version,
            staged.n_rows, staged.n_suppressed, self.n_files,
        )  # fmt: skip


def numbered(files: list[Path]) -> str:
    """Staged rows with their place in the stream: the file's number, then the row in it."""
    return (
        "SELECT * EXCLUDE (filename, file_row_number), "
        "regexp_extract(filename, '(\\d+)\\.parquet$', 1)::BIGINT * 4294967296 "
        "+ file_row_number + 1 AS _seen FROM "
        + parquet(files, options=", filename = true, file_row_number = true")
    )
