"""CSV, TSV and their kin: the sign between cells, and the rows, ragged ones set aside."""

from __future__ import annotations

import csv
import io
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.sources.arrow import pc
from mawj.sources.blocks import blocks_of, empty_rows, parse_quickly
from mawj.sources.encoding import encoding_of
from mawj.sources.raw import RawBatch, Rejection, dumps
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mawj.sources.limits import ReadingChoices, ReadingLimits
    from mawj.sources.opening import Bytes

DELIMITERS = ",;\t|"
SNIFFED_LINES = 200
HEADING_WITHIN = 20
RESERVED = ("row", "record", "account_ids")
"""Names of the columns under which raw rows are kept; a heading of that name gets a number."""

Row = list[str]


@dataclass(frozen=True)
class Grammar:
    """How the cells of one file are set apart.

    Attributes:
        encoding: Python's name of the encoding.
        delimiter, quote, escape: the signs; `escape` is "" where quotes are doubled.
        skipped: rows above the heading.
        headings: names made unique: "Likes", "Likes (2)"; an empty one is "column 3".
    """

    encoding: str
    delimiter: str
    quote: str
    escape: str
    skipped: int
    headings: tuple[str, ...]

    def reader(self, lines: Iterable[str]) -> Iterator[Row]:
        """The standard library's reader with these signs."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            escapechar=self.escape or None,
            doublequote=not self.escape,
        )


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


def grammar_of(file: Bytes, choices: ReadingChoices) -> tuple[Grammar, tuple[str, ...]]:
    """How the file is written, and notes on what was skipped.

    Raises:
        SourceRefused: when it is not text, or its encoding is unknown.
    """
    encoding = choices.encoding or encoding_of(file)
    lines = _head_lines(file, encoding)
    escape = "\\" if any('\\"' in line for line in lines) else ""
    if escape and any('""' in line for line in lines):
        escape = ""
    quote = _quote_of(lines)
    rows, delimiter = _best_reading(lines, quote, escape, choices.delimiter)
    at = _heading_at(rows)
    headings = unique_headings(rows[at] if rows else [])
    notes = []
    if encoding not in {"utf-8", "utf-8-sig"}:
        notes.append(f"read as {encoding}; say --encoding if letters look wrong")
    if at:
        notes.append(f"{at} line(s) above the headings were skipped")
    return Grammar(encoding, delimiter, quote, escape, at, headings), tuple(notes)


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
    with file.open() as stream, _text(stream, grammar.encoding) as text:
        _pass_over(text, grammar)
        for lines in blocks_of(text, grammar, limits.row_lines):
            table = parse_quickly(lines, grammar)
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


def unique_headings(row: Iterable[Any]) -> tuple[str, ...]:
    """Headings made unique and non-empty."""
    seen: Counter[str] = Counter(RESERVED)
    names: list[str] = []
    for place, cell in enumerate(row, 1):
        heading = " ".join(str(cell or "").split()) or f"column {place}"
        seen[heading] += 1
        name = heading if seen[heading] == 1 else f"{heading} ({seen[heading]})"
        while name in names:
            seen[heading] += 1
            name = f"{heading} ({seen[heading]})"
        names.append(name)
    return tuple(names)


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
    width = len(grammar.headings)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except (_QuoteLeftOpenError, csv.Error):
            yield lines.give_back_all_but_one()
            reader = grammar.reader(lines)
            continue
        if len(lines.taken) > 1 and len(row) != width and _is_open(lines, grammar):
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


def _text(stream: Any, encoding: str) -> io.TextIOWrapper:
    # Wide encodings cannot carry a stray byte along; there it becomes the replacement sign.
    errors = "replace" if encoding.startswith("utf-16") or encoding == "utf-32" else None
    try:
        return io.TextIOWrapper(stream, encoding, errors or "surrogateescape", newline="")
    except LookupError as error:
        raise SourceRefused(f"no encoding is called {encoding!r}; try utf-8") from error


def _head_lines(file: Bytes, encoding: str) -> list[str]:
    with io.BytesIO(file.head) as head, _text(head, encoding) as text:
        lines = [line for _, line in zip(range(SNIFFED_LINES), text, strict=False)]
    if len(lines) > 1 and len(file.head) >= 1 << 20 and len(lines) < SNIFFED_LINES:
        lines.pop()
    return lines


def _quote_of(lines: list[str]) -> str:
    """`'` where cells stand in single quotes and no double quote occurs; `"` otherwise."""
    if any('"' in line for line in lines):
        return '"'
    quoted = sum(line.strip().startswith("'") and line.strip().endswith("'") for line in lines)
    return "'" if lines and quoted > 0.9 * len(lines) else '"'


def _best_reading(
    lines: list[str], quote: str, escape: str, said: str | None
) -> tuple[list[Row], str]:
    """The rows under the delimiter that gives most rows one width above 1."""
    best: tuple[float, list[Row], str] | None = None
    for delimiter in said or DELIMITERS:
        grammar = Grammar("", delimiter, quote, escape, 0, ())
        try:
            rows = [row for row in grammar.reader(lines) if row]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows)
        width, n = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        fit = 0.0 if width < 2 else n / len(rows) + width / 1000
        if best is None or fit > best[0]:
            best = (fit, rows, delimiter)
    return (best[1], best[2]) if best else ([], ",")


def _heading_at(rows: list[Row]) -> int:
    """Index of the first row that is about as wide as most: titles above it are skipped."""
    width = Counter(len(row) for row in rows).most_common(1)[0][0] if rows else 0
    for at, row in enumerate(rows[:HEADING_WITHIN]):
        if sum(bool(cell.strip()) for cell in row) >= max(1, width / 2):
            return at
    return 0


def _whole(row: Row) -> bool:
    return not any("\udc80" <= sign <= "\udcff" for cell in row for sign in cell)


def _shown(cell: str) -> str:
    return cell.encode("utf-8", "replace").decode()
