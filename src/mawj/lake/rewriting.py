"""Taking rows out of stored tables: files in which something is found are written anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mawj.lake.delta import CommitLost, DeltaFolder, Part
from mawj.lake.duckdb_lake import Layout
from mawj.lake.locks import held
from mawj.lake.reading import rows_sql
from mawj.tables.errors import LakeBusy

if TYPE_CHECKING:
    from mawj.lake.cleaning import Cleaning
    from mawj.lake.delta import Snapshot
    from mawj.lake.lake import Lake

TRIES = 50


@dataclass(frozen=True)
class ErasedRows:
    """What happened to one table.

    Attributes:
        table: its path below the root.
        n_before, n_after: rows before and after.
        n_removed: rows taken out.
        n_redacted: rows of others from which the person's name or a link was taken out.
    """

    table: str
    n_before: int
    n_after: int
    n_removed: int
    n_redacted: int


class Rewriting:
    """Work on the tables of one lake; `done` tells what happened to each."""

    def __init__(self, lake: Lake) -> None:
        self.lake = lake
        self.duck = lake.duck
        self.done: list[ErasedRows] = []

    def show(self, cleaning: Cleaning, sql: str) -> None:
        """Let `judged` stand for rows with what cleaning says of each."""
        judged = f"{cleaning.is_gone} AS _gone, {cleaning.is_touched} AS _touched"
        self.duck.view("judged", f"SELECT *, {judged} FROM ({sql})")

    def clean(
        self, folder: DeltaFolder, cleaning: Cleaning, path: str, lock: str = ""
    ) -> ErasedRows | None:
        """Rewrite the files of the newest version in which something was found."""
        for _ in range(TRIES):
            try:
                with held(self.lake.root, lock or path, self.lake.settings.wait_s):
                    rows = self._attempt(folder, cleaning, path)
            except CommitLost:
                continue
            if rows is not None:
                self.done.append(rows)
            return rows
        raise LakeBusy(f"other writers kept changing {path}; erase again to finish")

    def _attempt(self, folder: DeltaFolder, cleaning: Cleaning, path: str) -> ErasedRows | None:
        snapshot = folder.snapshot()
        if snapshot is None or not snapshot.parts:
            return None
        with self.duck.passing():
            self.show(cleaning, rows_sql(self.duck, folder, snapshot, named=True))
            hits = self.duck.run(
                "SELECT filename, count(*) FILTER (_gone), "
                "count(*) FILTER (_touched AND NOT _gone) FROM judged "
                "WHERE _gone OR _touched GROUP BY filename"
            )
            if not hits:
                return None
            added = []
            try:
                for name in sorted(hit[0] for hit in hits):
                    added += self._rewritten(folder, snapshot, cleaning, name)
                folder.commit(added, [hit[0] for hit in hits], after=snapshot.version)
            except CommitLost:
                folder.drop(added)
                raise
        n_gone = sum(hit[1] for hit in hits)
        n_after = snapshot.n_rows - n_gone
        return ErasedRows(path, snapshot.n_rows, n_after, n_gone, sum(hit[2] for hit in hits))

    def _rewritten(
        self, folder: DeltaFolder, snapshot: Snapshot, cleaning: Cleaning, name: str
    ) -> list[Part]:
        """One file anew without the person, its rows in the order they had."""
        one = replace(snapshot, parts=tuple(p for p in snapshot.parts if p.name == name))
        self.show(cleaning, rows_sql(self.duck, folder, one, named=True))
        layout = Layout(row_group_rows=folder.row_group_rows(name))
        self.duck.run("SET preserve_insertion_order = true")
        try:
            files = self.duck.write_sql(clean_sql(cleaning), snapshot.schema, layout)
        finally:
            self.duck.run("SET preserve_insertion_order = false")
        return [folder.take_in(file) for file in files]


def clean_sql(cleaning: Cleaning) -> str:
    """The rows that stay, cleaned, of those that `Rewriting.show` showed."""
    return f"SELECT {', '.join(cleaning.items)} FROM judged WHERE NOT _gone"
