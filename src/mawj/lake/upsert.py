"""Loads rows into an observed table by key.

The rows are laid down in scratch, told apart by digests (new, the same, contested), and only
contested ones are merged. What is new is added, files in which something changed are written
anew without the changed rows, and all of it becomes visible in one commit or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow.parquet as pq

from mawj.lake.contracts import hash_of, key_hash
from mawj.lake.delta import CommitLost, DeltaFolder, Snapshot
from mawj.lake.duckdb_lake import DuckdbLake, Layout
from mawj.lake.locks import held
from mawj.lake.merging import merged
from mawj.lake.reading import scan
from mawj.lake.staging import FILE_ROWS, FILLED, stored_schema
from mawj.tables.errors import LakeBusy

if TYPE_CHECKING:
    from pathlib import Path

    import ibis.expr.types as ir
    import pyarrow as pa

    from mawj.tables.column import Table

# Contested rows merged at once, which bounds memory, and tries against other writers. Ours.
MERGE_ROWS = 1_000_000
TRIES = 50


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
    """

    n_new: int
    n_changed: int
    n_same: int
    version: int
    n_rows: int = 0
    n_suppressed: int = 0


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

    def run(self, root: Any, wait_s: float) -> Upserted:
        """Commit the rows.

        Raises:
            LakeBusy: other writers came first too many times, or held the table too long.
        """
        for _ in range(TRIES):
            try:
                with held(root, f"observed/{self.table.name}", wait_s):
                    return self._attempt()
            except CommitLost:
                continue
        raise LakeBusy(
            f"other writers changed {self.table.name!r} {TRIES} times in a row; try again: "
            "nothing was changed"
        )

    def _attempt(self) -> Upserted:
        before = self._ready()
        if not self.staged.files:
            return self._result(0, 0, 0, before.version)
        kinds = _Kinds(self, before)
        changes = kinds.changes()
        if changes.n_new + changes.n_changed == 0:
            return self._result(0, 0, changes.n_same, before.version)
        added = [self.folder.take_in(file) for file in changes.files()]
        try:
            version = self.folder.commit(added, changes.removed, after=before.version)
        except CommitLost:
            # Surely not in any version; after any other error they may be, so they stay.
            self.folder.drop(added)
            raise
        return self._result(changes.n_new, changes.n_changed, changes.n_same, version)

    def _ready(self) -> Snapshot:
        """The newest version of the table, made or widened first where needed."""
        before = self.folder.snapshot()
        if before is None:
            self.folder.create(self.schema)
            before = self.folder.snapshot()
        elif set(self.schema.names) - set(before.schema.names):
            self.folder.widen(self.schema)
            before = self.folder.snapshot()
        if before is None:
            raise CommitLost(self.folder.place.uri)
        return before

    def _result(self, n_new: int, n_changed: int, n_same: int, version: int) -> Upserted:
        return Upserted(
            n_new, n_changed, n_same, version, self.staged.n_rows, self.staged.n_suppressed
        )


class _Kinds:
    """The staged rows told apart against one stored version."""

    def __init__(self, upsert: Upsert, before: Snapshot) -> None:
        self.duck = upsert.duck
        self.table = upsert.table
        self.schema = upsert.schema
        self.staged = _numbered(self.duck.scan(map(str, upsert.staged.files), named=True))
        self.whole_files = upsert.staged.files
        self.n_rows = upsert.staged.n_rows
        self.folder = upsert.folder
        self.before = before
        self.stored = scan(self.duck, upsert.folder, before, named=True)

    def changes(self) -> _Changes:
        """What has to be written, and the counts."""
        digests = self.duck.keep(self._digests(self.staged, "_seen"))
        kinds = self.duck.keep(self._kinds(digests))
        counts = dict.fromkeys(("new", "same", "contested"), 0)
        counts |= {
            row["kind"]: row["n"]
            for row in kinds.group_by("kind")
            .agg(n=lambda t: t.count())
            .to_pyarrow()
            .to_pylist()
        }
        changes = _Changes(self.duck, self.schema, counts["new"], 0, counts["same"])
        if counts["new"] == self.n_rows:
            changes.ready = list(self.whole_files)
        elif counts["new"]:
            wanted = kinds.filter(kinds["kind"] == "new").select("_seen")
            changes.rows.append(self.staged.semi_join(wanted, "_seen"))
        if counts["contested"]:
            contested = kinds.filter(kinds["kind"] == "contested").select("key_digest")
            _Contest(self, changes, digests, contested).settle(counts["contested"])
        return changes

    def _digests(self, rows: ir.Table, *others: str) -> ir.Table:
        return rows.select(
            *others,
            key_digest=key_hash(self.table, rows),
            row_digest=hash_of(rows, self.table.names),
        )

    def _kinds(self, digests: ir.Table) -> ir.Table:
        """One row a key digest: new, same or contested, and its first row."""
        keys = digests.group_by("key_digest").agg(
            _seen=digests["_seen"].min(),
            low=digests["row_digest"].min(),
            high=digests["row_digest"].max(),
        )
        if not self.before.n_rows:
            kind = ibis.ifelse(keys["low"] == keys["high"], "new", "contested")
            return keys.select("key_digest", "_seen", kind=kind)
        stored = self._digests(self.stored, *([FILLED] if FILLED in self.schema.names else []))
        stored = stored.semi_join(keys, "key_digest")
        is_plain = (
            stored[FILLED].isnull() if FILLED in self.schema.names else ibis.literal(True)
        )
        known = stored.group_by("key_digest").agg(
            n_stored=stored.count(),
            stored_digest=stored["row_digest"].min(),
            is_plain=is_plain.all(),
        )
        both = keys.left_join(known, "key_digest")
        is_one = both["low"] == both["high"]
        is_same = is_one & (both["n_stored"] == 1) & both["is_plain"]
        kind = ibis.cases(
            (is_one & both["n_stored"].isnull(), "new"),
            (is_same & (both["stored_digest"] == both["low"]), "same"),
            else_="contested",
        )
        return both.select("key_digest", "_seen", kind=kind)


class _Contest:
    """Keys that occur with differing rows: merged with what is stored, some at a time."""

    def __init__(
        self, kinds: _Kinds, changes: _Changes, digests: ir.Table, contested: ir.Table
    ) -> None:
        self.kinds = kinds
        self.duck = kinds.duck
        self.table = kinds.table
        self.changes = changes
        firsts = digests.semi_join(contested, "key_digest")
        # A row repeated word for word counts once.
        firsts = firsts.group_by(["key_digest", "row_digest"]).agg(_seen=firsts["_seen"].min())
        staged = kinds.staged.semi_join(firsts, "_seen")
        stored = kinds.stored.mutate(key_digest=key_hash(self.table, kinds.stored))
        stored = stored.semi_join(contested, "key_digest").mutate(
            _seen=ibis.literal(0, "int64")
        )
        columns = [*kinds.schema.names, "_seen", "filename", "key_digest"]
        staged = staged.mutate(key_digest=key_hash(self.table, staged))
        self.rows = self.duck.keep(staged.select(columns).union(stored.select(columns)))

    def settle(self, n_keys: int) -> None:
        """Merge bucket after bucket and note what is new and what changed."""
        n_buckets = -(-max(n_keys, self.rows.count().to_pyarrow().as_py()) // MERGE_ROWS)
        touched: set[str] = set()
        for bucket in range(n_buckets):
            rows = self.rows.filter(self.rows["key_digest"] % n_buckets == bucket)
            touched |= self._merge(rows)
        if not touched:
            return
        keys = (
            ibis.union(*self.changes.changed)
            if len(self.changes.changed) > 1
            else (self.changes.changed[0])
        )
        stored = self.kinds.stored
        rest = stored.filter(stored["filename"].isin(sorted(touched)))
        self.changes.rows.append(rest.anti_join(keys, list(self.table.key)))
        self.changes.removed = sorted(touched)

    def _merge(self, rows: ir.Table) -> set[str]:
        """Merge one bucket; the names of the stored files in which a row changed."""
        names = self.kinds.schema.names
        stored = rows.filter(rows["_seen"] == 0)
        stored = stored.select(*self.table.key, "filename", before=hash_of(stored, names))
        after = self.duck.keep(merged(self.table, rows))
        after = after.mutate(after=hash_of(after, names))
        both = after.left_join(stored, list(self.table.key))
        both = self.duck.keep(both.select(*names, "filename", "before", "after"))
        is_new, is_changed = both["before"].isnull(), both["before"] != both["after"]
        n_new, n_changed, n_all = (
            both.aggregate(
                new=is_new.sum(), changed=is_changed.fill_null(False).sum(), all=both.count()
            ).to_pyarrow().to_pylist()[0].values()
        )  # fmt: skip
        changed = both.filter(is_changed)
        self.changes.n_new += n_new
        self.changes.n_changed += n_changed
        self.changes.n_same += n_all - n_new - n_changed
        if n_new + n_changed:
            self.changes.rows.append(both.filter(is_new | is_changed))
        if not n_changed:
            return set()
        self.changes.changed.append(changed.select(*self.table.key))
        return set(changed.select("filename").distinct().to_pyarrow()["filename"].to_pylist())


@dataclass
class _Changes:
    """What one load writes: rows for new files, files ready as they are, files to take out."""

    duck: DuckdbLake
    schema: pa.Schema
    n_new: int
    n_changed: int
    n_same: int
    ready: list[Path] = field(default_factory=list)
    rows: list[ir.Table] = field(default_factory=list)
    changed: list[ir.Table] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def files(self) -> list[Path]:
        """Finished scratch files with all rows to add."""
        files = list(self.ready)
        if self.rows:
            parts = [rows.select(*self.schema.names) for rows in self.rows]
            together = ibis.union(*parts) if len(parts) > 1 else parts[0]
            written = self.duck.write(together, self.schema, Layout(file_rows=FILE_ROWS))
            files += [file for file in written if pq.read_metadata(file).num_rows]
        return files


def _numbered(rows: ir.Table) -> ir.Table:
    """Staged rows with their place in the stream: the file's number, then the row in it."""
    number = rows["filename"].re_extract(r"(\d+)\.parquet$", 1).cast("int64")
    return rows.mutate(_seen=number * 2**32 + rows["file_row_number"] + 1)
