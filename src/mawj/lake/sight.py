"""A lake as it was at one moment, for doors that ask much and often.

`Lake.read` looks up the current run and the newest version of a table each time. A sight looks
once: all that one page asks of it comes from one run. Besides lazy tables it gives a few rows
straight (`seek`, `slice`): no plan is made for them, so that a page can ask often.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa

from mawj.lake.duckdb_lake import null_columns, quoted
from mawj.lake.reading import rows_sql
from mawj.lake.row_groups import RowGroups, row_groups
from mawj.lake.slices import slice_of
from mawj.tables.declared import table_named
from mawj.tables.errors import MissingColumn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import ibis.expr.types as ir

    from mawj.lake.delta import DeltaFolder
    from mawj.lake.lake import Lake
    from mawj.lake.run_log import RunRecord
    from mawj.tables.column import Table

SORTED_FIRST = {"directory": "topic_id"}
"""Tables that `slice` gives, and the column that runs sort them by."""

FEW = 500
"""Values up to which each is held against what a file says of its rows; more are joined."""


class Sight:
    """The observed tables as they are when first asked for, and the tables of one run.

    Like its lake it belongs to one thread.
    """

    def __init__(self, lake: Lake, run_id: str | None) -> None:
        self.lake = lake
        self.run_id = run_id
        self._tables: dict[str, ir.Table] = {}
        self._sources: dict[str, str | None] = {}
        self._runs: list[RunRecord] | None = None
        self._others: dict[str, Sight] = {}
        self._groups: dict[tuple[str, str], RowGroups | None] = {}
        self._stored: dict[str, frozenset[str]] = {}
        self._has: dict[str, bool] = {}

    @property
    def runs(self) -> list[RunRecord]:
        """All runs that are kept, as they were when first asked for."""
        if self._runs is None:
            self._runs = self.lake.runs()
        return self._runs

    @property
    def run(self) -> RunRecord | None:
        """The run whose tables are read; None before the first has finished."""
        return next((run for run in self.runs if run.run_id == self.run_id), None)

    def of_run(self, run_id: str) -> Sight:
        """The same moment, with the tables of another run."""
        if run_id not in self._others:
            self._others[run_id] = Sight(self.lake, run_id)
        return self._others[run_id]

    def read(self, name: str) -> ir.Table:
        """The declared table called `name` as a lazy table; see `Lake.read`."""
        if name not in self._tables:
            run_id = None if table_named(name).is_lasting else self.run_id
            self._tables[name] = self.lake.read(name, run_id=run_id)
        return self._tables[name]

    def has(self, name: str) -> bool:
        """Whether anything is stored under `name`: older runs do not have every table."""
        if name not in self._has:
            folder = self._folder(table_named(name))
            self._has[name] = folder is not None and folder.snapshot() is not None
        return self._has[name]

    def version_of(self, name: str) -> tuple[str, int]:
        """Where a table lies and which version of it is read; -1 for nothing stored."""
        folder = self._folder(table_named(name))
        snapshot = folder.snapshot() if folder else None
        return (folder.place.uri if folder else name, snapshot.version if snapshot else -1)

    def seek(
        self, name: str, where: Mapping[str, Any], columns: Sequence[str] = ()
    ) -> list[dict[str, Any]]:
        """The rows of a table whose columns have the values of `where`, in no order.

        Reads little where the table is sorted by the first of them.

        Args:
            name: a declared table.
            where: for each column its value, or a list of values one of which it must have.
            columns: those to give; all where none is named.

        Raises:
            MissingColumn: a column is not declared.
            UnknownTable: no such table is declared.
        """
        rows: list[dict[str, Any]] = self.seek_table(name, where, columns).to_pylist()
        return rows

    def seek_table(
        self, name: str, where: Mapping[str, Any], columns: Sequence[str] = ()
    ) -> pa.Table:
        """The same rows as Arrow, for those who ask for many."""
        table = table_named(name)
        _check(table, (*where, *columns))
        names = tuple(columns or table.names)
        none = pa.schema([table.schema.field(column) for column in names]).empty_table()
        if _is_none(where):
            return none
        straight = self._straight(table, where, names)
        if straight is not None:
            return straight
        source = self._source(table)
        if source is None:
            return none
        test, values = _test(where)
        shown = ", ".join(map(quoted, names))
        return self.lake.duck.arrow(f"SELECT {shown} FROM {source} WHERE {test}", values)

    def slice(self, name: str, value: str) -> pa.Table | None:
        """All rows with `value` in the column that the table is sorted by first, whole.

        They stay in memory for all threads of the process. None where the run is older than
        the table, where it is not sorted so or lies far, and where the rows are too many.

        Raises:
            UnknownTable: no such table is declared.
        """
        table = table_named(name)
        groups = self._groups_of(table, SORTED_FIRST[name])
        stored = self._stored.get(name, frozenset())
        if groups is None or not stored.issuperset(table.names):
            return None
        return slice_of(groups, value, table.names)

    def _straight(
        self, table: Table, where: Mapping[str, Any], columns: Sequence[str]
    ) -> pa.Table | None:
        """The rows from their place in the files; None where the table is not sorted so."""
        column = next(iter(where), "")
        if column not in table.by_name or table.by_name[column].type != "string":
            return None
        found = self._groups_of(table, column)
        each = {name: _each(wanted) for name, wanted in where.items()}
        stored = self._stored.get(table.name, frozenset())
        if found is None or len(each[column]) > FEW or not set(each) <= stored:
            return None
        there = [name for name in columns if name in stored]
        wanted = each.pop(column)
        rows = found.rows(wanted, each, there)
        for place, name in enumerate(columns):
            if name not in stored:
                field = table.schema.field(name)
                rows = rows.add_column(place, field, pa.nulls(rows.num_rows, field.type))
        return rows

    def _groups_of(self, table: Table, column: str) -> RowGroups | None:
        if (table.name, column) not in self._groups:
            self._groups[table.name, column] = self._groups_by(table, column)
        return self._groups[table.name, column]

    def _groups_by(self, table: Table, column: str) -> RowGroups | None:
        folder = self._folder(table)
        snapshot = folder.snapshot() if folder else None
        if folder is None or snapshot is None:
            return None
        self._stored[table.name] = frozenset(snapshot.schema.names)
        return row_groups(folder, snapshot, column)

    def _source(self, table: Table) -> str | None:
        """A view of the table with the declared columns; None where nothing is stored."""
        if table.name not in self._sources:
            self._sources[table.name] = self._made(table)
        return self._sources[table.name]

    def _folder(self, table: Table) -> DeltaFolder | None:
        if table.is_lasting:
            return self.lake.observed_folder(table.name)
        return self.lake.run_folder(self.run_id, table.name) if self.run_id else None

    def _made(self, table: Table) -> str | None:
        folder = self._folder(table)
        snapshot = folder.snapshot() if folder else None
        if folder is None or snapshot is None:
            return None
        known = self.lake.sought.get((folder.place.uri, snapshot.version))
        if known is None:
            duck = self.lake.duck
            there = set(snapshot.schema.names)
            absent = null_columns(column for column in table.schema if column.name not in there)
            present = [quoted(name) for name in table.names if name in there]
            sql = f"SELECT {', '.join([*present, *absent])} FROM "
            sql += f"({rows_sql(duck, folder, snapshot)})"
            known = quoted(cast("str", duck.table(sql).get_name()))
            self.lake.sought[folder.place.uri, snapshot.version] = known
        return known


def _check(table: Table, columns: Iterable[str]) -> None:
    for column in columns:
        if column not in table.by_name:
            raise MissingColumn(table.name, column)


def _each(wanted: Any) -> list[Any]:
    return list(wanted) if isinstance(wanted, list | tuple | set) else [wanted]


def _is_none(where: Mapping[str, Any]) -> bool:
    """Whether one of no values is asked for."""
    return any(isinstance(v, list | tuple | set) and not v for v in where.values())


def _test(where: Mapping[str, Any]) -> tuple[str, list[object]]:
    """SQL that is true for the rows sought, and its parameters."""
    tests: list[str] = []
    values: list[object] = []
    for column, wanted in where.items():
        each = _each(wanted)
        if len(each) > FEW:
            tests.append(f"{quoted(column)} IN (SELECT unnest(?))")
            values.append(each)
        else:
            tests.append(f"{quoted(column)} IN ({', '.join('?' * len(each))})")
            values += each
    return " AND ".join(tests) or "true", values
