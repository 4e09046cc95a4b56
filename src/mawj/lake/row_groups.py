"""Where in its files a sorted table holds a value, known once for all threads of a process.

Row groups of a sorted table hold neighbouring values. With the least and the greatest of each
in memory, the few groups that may hold a value are read and nothing else: an engine looks at
the ends of all files first, which takes longer than the reading.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mawj.lake.duckdb_lake import SOUGHT_ROWS
from mawj.lake.held import Held

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mawj.lake.delta import DeltaFolder, Snapshot

MOST = 120
"""Tables whose row groups are remembered in one process (our judgement)."""
FEW_GROUPS = 4
"""Groups of a file up to which each is held after it was read (our judgement)."""
MOST_BYTES = 64_000_000
"""Bytes of all groups that one process holds (our judgement)."""


@dataclass(frozen=True)
class File:
    """One sorted file: for each row group the least and the greatest value of a column.

    Groups stand here in the order of their values; several writers put them into the file in
    another, so each has its number there.
    """

    path: str
    metadata: pq.FileMetaData
    least: tuple[str, ...]
    most: tuple[str, ...]
    numbers: tuple[int, ...]

    def groups(self, wanted: Sequence[str]) -> list[int]:
        """The row groups that may hold one of `wanted`."""
        met: set[int] = set()
        for value in wanted:
            place = bisect_left(self.most, value)
            while place < len(self.least) and self.least[place] <= value:
                met.add(self.numbers[place])
                place += 1
        return sorted(met)

    def n_rows(self, groups: list[int]) -> int:
        """Rows of these groups."""
        return sum(self.metadata.row_group(group).num_rows for group in groups)

    def read(self, groups: list[int], columns: list[str] | None = None) -> pa.Table:
        """The rows of these groups, of these columns or of all."""
        with pq.ParquetFile(self.path, metadata=self.metadata, memory_map=True) as file:
            return file.read_row_groups(groups, columns=columns, use_threads=False)


@dataclass(frozen=True, eq=False)
class RowGroups:
    """The files of one version of the table at `place`, each sorted by the same column."""

    place: str
    column: str
    files: tuple[File, ...]

    def most_rows(self, value: str) -> int:
        """How many rows with `value` there may be at most: all of the groups it may be in."""
        return sum(file.n_rows(file.groups([value])) for file in self.files)

    def rows(
        self, wanted: Sequence[str], where: Mapping[str, list[Any]], columns: Sequence[str]
    ) -> pa.Table:
        """The rows with one of `wanted` in the sorted column that also fit `where`.

        Args:
            wanted: values of the sorted column.
            where: for each other column the values one of which it must have.
            columns: stored columns to give.
        """
        read = list(dict.fromkeys([*columns, self.column, *where]))
        met = [(at, file.groups(wanted)) for at, file in enumerate(self.files)]
        found = [part for at, groups in met if groups for part in self._read(at, groups, read)]
        if not found:
            return pa.table({name: pa.nulls(0) for name in columns})
        fitting = {self.column: list(wanted), **where}
        kept = [_fitting(part, fitting).select(list(columns)) for part in found]
        return pa.concat_tables(kept)

    def _read(self, at: int, groups: list[int], columns: list[str]) -> Iterator[pa.Table]:
        """Groups of one file: whole and held if few, for a page asks the same ones again."""
        file = self.files[at]
        if len(groups) > FEW_GROUPS or file.n_rows(groups) > FEW_GROUPS * SOUGHT_ROWS:
            yield file.read(groups, columns)
            return
        for group in groups:
            found = _groups.get(self, (at, group))
            if found is None:
                found = file.read([group])
                _groups.put(self, (at, group), found, MOST_BYTES)
            yield found


def _fitting(rows: pa.Table, where: Mapping[str, list[Any]]) -> pa.Table:
    """The rows with one of the values that `where` has for a column, for all its columns."""
    for name, values in where.items():
        if len(values) == 1:
            is_one = pc.equal(rows[name], pa.scalar(values[0], rows[name].type))
        else:
            is_one = pc.is_in(rows[name], value_set=pa.array(values, rows[name].type))
        rows = rows.filter(is_one)
    return rows


_groups = Held(lambda rows: int(rows.nbytes))


_known: OrderedDict[tuple[str, tuple[str, ...], str], RowGroups | None] = OrderedDict()
_lock = Lock()


def row_groups(folder: DeltaFolder, snapshot: Snapshot, column: str) -> RowGroups | None:
    """The row groups of a version by `column`; None where it is not sorted by it, or far."""
    if not folder.place.is_local or not snapshot.parts:
        return None
    # With the names of the files: another lake may come to lie at the same place.
    key = (folder.place.uri, tuple(part.name for part in snapshot.parts), column)
    with _lock:
        if key in _known:
            _known.move_to_end(key)
            return _known[key]
    made = _made(folder.place.uri, folder.addresses(snapshot), column)
    with _lock:
        _known[key] = made
        while len(_known) > MOST:
            _known.popitem(last=False)
    return made


def _made(place: str, paths: list[str], column: str) -> RowGroups | None:
    files = []
    for path in paths:
        file = _file(path, column)
        if file is None:
            return None
        files.append(file)
    return RowGroups(place, column, tuple(files))


def _file(path: str, column: str) -> File | None:
    """A file with its row groups; None where they overlap: it is not sorted by the column."""
    metadata = pq.read_metadata(path)
    names = metadata.schema.names
    if column not in names:
        return None
    place = names.index(column)
    spans: list[tuple[str, str, int]] = []
    for group in range(metadata.num_row_groups):
        told = metadata.row_group(group).column(place).statistics
        if told is None or not told.has_min_max or not isinstance(told.min, str):
            return None
        spans.append((told.min, str(told.max), group))
    spans.sort()
    if any(before[1] > after[0] for before, after in pairwise(spans)):
        return None
    least, most, numbers = zip(*spans, strict=True) if spans else ((), (), ())
    return File(path, metadata, least, most, numbers)
