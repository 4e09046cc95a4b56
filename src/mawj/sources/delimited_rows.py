"""The rows of CSV and its kin: regular stretches by blocks, others row by row with care."""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.sources.arrow import pc
from mawj.sources.blocks import blocks_of, empty_rows, parse_quickly
from mawj.sources.delimited import text_of
from mawj.sources.raw import RawBatch, Rejection, dumps

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from mawj.sources.delimited import Grammar, Row
    from mawj.sources.limits import ReadingLimits
    from mawj.sources.opening import Bytes


class _QuoteLeftOpenError(Exception):
    """A quotation mark was not closed within the lines a row may have."""


class _Lines:
    """Lines handed to the reader, remembered until the row is whole, to be given back."""

    def __init__(self, lines: Iterator[str], most: int) -> None:
        self.lines, self.most = lines, most
        self.back: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.back.popleft() if self.back else next(self.lines)
        self.taken.append(line)
        if len(self.taken) > self.most:
            raise _QuoteLeftOpenError
        return line

    def give_back_all_but_one(self) -> str:
        """Put back all lines of the row but the first, which is returned."""
        first, rest = self.taken[0], self.taken[1:]
        self.back.extendleft(reversed(rest))
        self.taken.clear()
        return first


def read_delimited(
    file: Bytes, grammar: Grammar, limits: ReadingLimits, n_rows: int
) -> Iterator[RawBatch]:
    """The rows in batches; rows that are all empty are passed over but keep their number.

    A row with more or fewer cells than headings is rejected, save where the surplus cells are
    empty. A quotation mark that is never closed costs its own line only.
    """
    # The reader's limit is global to the process; it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), limits.record_bytes))
    batch = _Batch(grammar.headings)
    with file.open() as stream, text_of(stream, grammar.encoding) as text:
        _pass_over(text, grammar)
        for lines, is_whole in blocks_of(text, grammar, limits.row_lines):
            table = parse_quickly(lines, grammar) if is_whole else None
            if table is None:
                batch.read(lines, grammar, limits)
            else:
                batch.take(table)
            while len(batch) >= n_rows:
                yield batch.cut(n_rows)
    if len(batch) or batch.rejections:
        yield batch.cut(n_rows)


def _pass_over(text: io.TextIOBase, grammar: Grammar) -> None:
    """Read up to the line after the headings."""
    rows = (row for row in grammar.reader(iter(text.readline, "")) if row)
    for _ in range(grammar.skipped + 1):
        next(rows, None)


class _Batch:
    """Rows read so far and not yet handed on."""

    def __init__(self, headings: tuple[str, ...]) -> None:
        self.headings, self.width = headings, len(headings)
        self.n_seen = 0
        self.tables: list[pa.Table] = []
        self.numbers: list[int] = []
        self.rejections: list[Rejection] = []

    def __len__(self) -> int:
        return len(self.numbers)

    def take(self, table: pa.Table) -> None:
        """Take over a regular block."""
        numbers: Any = range(self.n_seen + 1, self.n_seen + 1 + len(table))
        self.n_seen += len(table)
        empty = empty_rows(table)
        if pc.any(empty).as_py():
            kept = pc.invert(empty)
            table = table.filter(kept)
            numbers = [n for n, keep in zip(numbers, kept.to_pylist(), strict=True) if keep]
        self.tables.append(table)
        self.numbers.extend(numbers)

    def read(self, lines: list[str], grammar: Grammar, limits: ReadingLimits) -> None:
        """Read a block row by row."""
        kept: list[tuple[int, Row]] = []
        for row in _rows(lines, grammar, limits):
            self.n_seen += 1
            reason = self._fault(row)
            if reason:
                cells = [row] if isinstance(row, str) else row
                shown = dumps([_shown(cell) for cell in cells])
                self.rejections.append(Rejection(self.n_seen, "", reason, shown))
            elif any(row):
                kept.append((self.n_seen, list(row[: self.width])))
        columns = list(zip(*(row for _, row in kept), strict=True)) or [()] * self.width
        arrays = [pa.array(cells, pa.string()) for cells in columns]
        self.tables.append(pa.table(arrays, names=list(self.headings)))
        self.numbers.extend(number for number, _ in kept)

    def _fault(self, row: Row | str) -> str:
        if isinstance(row, str):
            return "a quotation mark is opened and never closed"
        if not any(row):
            return ""
        if len(row) < self.width or any(row[self.width :]):
            return f"has {len(row)} cells where the headings have {self.width}"
        if not _whole(row):
            return "holds bytes of another encoding; save the file as UTF-8, or name it"
        return ""

    def cut(self, n_rows: int) -> RawBatch:
        """The first rows, with the rejections so far."""
        table = pa.concat_tables(self.tables) if self.tables else _no_rows(self.headings)
        first, rest = table.slice(0, n_rows), table.slice(n_rows)
        numbers, self.numbers = self.numbers[:n_rows], self.numbers[n_rows:]
        rejections, self.rejections = tuple(self.rejections), []
        self.tables = [rest]
        return RawBatch(numbers, cells=first.combine_chunks(), rejections=rejections)


def _no_rows(headings: tuple[str, ...]) -> pa.Table:
    return pa.table([pa.array([], pa.string()) for _ in headings], names=list(headings))


def _rows(text: list[str], grammar: Grammar, limits: ReadingLimits) -> Iterator[Row | str]:
    """The non-blank rows; a plain string is a line whose quotation mark stays open."""
    lines = _Lines(iter(text), limits.row_lines)
    reader = grammar.reader(lines)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except (_QuoteLeftOpenError, csv.Error):
            yield lines.give_back_all_but_one()
            reader = grammar.reader(lines)
            continue
        if len(lines.taken) > 1 and _is_open(lines, grammar):
            yield lines.give_back_all_but_one()
            reader = grammar.reader(lines)
            continue
        lines.taken.clear()
        if any(row):
            yield row
        elif row:
            yield []


def _is_open(lines: _Lines, grammar: Grammar) -> bool:
    return sum(line.count(grammar.quote) for line in lines.taken) % 2 == 1


def _whole(row: Row) -> bool:
    return not any("\udc80" <= sign <= "\udcff" for cell in row for sign in cell)


def _shown(cell: str) -> str:
    return cell.encode("utf-8", "replace").decode()
