"""XLSX workbooks, one sheet, read row by row."""

from __future__ import annotations

import struct
import warnings
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
import pyarrow as pa
from openpyxl.utils.exceptions import InvalidFileException

from mawj.sources.delimited import HEADING_WITHIN, unique_headings
from mawj.sources.raw import RawBatch, strings
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mawj.sources.limits import ReadingChoices
    from mawj.sources.opening import Bytes

MAGIC = b"PK\x03\x04"
# What the archive and its XML are answered with where they are damaged, locked or made up.
UNREADABLE = (
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, SyntaxError, OSError,
    EOFError, RuntimeError, AssertionError, zlib.error, struct.error, zipfile.BadZipFile,
    InvalidFileException,
)  # fmt: skip


def read_workbook(file: Bytes, choices: ReadingChoices, n_rows: int) -> Iterator[RawBatch]:
    """The rows of the named (or first) sheet in batches, cells as text, dates as ISO.

    The first row that is at least half as wide as the widest of the first twenty is taken for
    the headings. Rows that are all empty are passed over but keep their number. Formulas give
    the value that was stored with them.

    Memory: the workbook's texts, which XLSX keeps in one place, and one batch.

    Raises:
        SourceRefused: when the file is damaged, is no workbook, or has no sheet of that name.
    """
    path = file.seekable_path()
    _check_parts(file, path, choices)
    with path.open("rb") as stream:
        yield from _batches(_sheet_rows(file, stream, choices), n_rows)


def _batches(rows: Iterator[list[str | None]], n_rows: int) -> Iterator[RawBatch]:
    early = [row for _, row in zip(range(HEADING_WITHIN), rows, strict=False)]
    if not early:
        return
    at = _heading_at(early)
    headings = unique_headings(_trimmed(early[at], early))
    numbers: list[int] = []
    kept: list[list[str | None]] = []
    number = 0
    for number, row in enumerate(_chained(early[at + 1 :], rows), 1):
        if any(row):
            numbers.append(number)
            kept.append((row + [None] * len(headings))[: len(headings)])
        if number % n_rows == 0 and kept:
            yield _batch(headings, numbers, kept)
            numbers, kept = [], []
    if kept:
        yield _batch(headings, numbers, kept)


def _batch(
    headings: tuple[str, ...], numbers: list[int], rows: list[list[str | None]]
) -> RawBatch:
    columns = [strings(column) for column in zip(*rows, strict=True)]
    return RawBatch(numbers, cells=pa.table(columns, names=list(headings)))


def _chained(early: list[Any], rows: Iterator[Any]) -> Iterator[Any]:
    yield from early
    yield from rows


def _trimmed(row: list[str | None], early: list[list[str | None]]) -> list[str | None]:
    """The heading row without the empty columns on its right."""
    used = max((i + 1 for r in early for i, cell in enumerate(r) if cell), default=0)
    return (row + [None] * used)[:used]


def _heading_at(early: list[list[str | None]]) -> int:
    filled = [sum(bool(cell) for cell in row) for row in early]
    return next(i for i, n in enumerate(filled) if n >= max(filled) / 2)


def _check_parts(file: Bytes, path: Path, choices: ReadingChoices) -> None:
    try:
        with zipfile.ZipFile(path) as parts:
            names = {part.filename for part in parts.infolist()}
            unfolded = sum(part.file_size for part in parts.infolist())
            folded = sum(part.compress_size for part in parts.infolist())
    except UNREADABLE as error:
        raise SourceRefused(f"{file.name}: is a damaged archive; write it again") from error
    if "xl/workbook.xml" not in names:
        raise SourceRefused(
            f"{file.name}: is an archive but no XLSX workbook; unpack it, or save as XLSX"
        )
    if unfolded > choices.limits.workbook_bytes:
        raise SourceRefused(
            f"{file.name}: the workbook unfolds to {unfolded:,} bytes; save the sheet as CSV"
        )
    limits = choices.limits
    if unfolded >= limits.ratio_from_bytes and unfolded > limits.ratio * max(1, folded):
        raise SourceRefused(
            f"{file.name}: the workbook unfolds to {unfolded:,} bytes, which looks like a "
            "decompression bomb; look at it, and save the sheet as CSV"
        )


def _sheet_rows(
    file: Bytes, stream: Any, choices: ReadingChoices
) -> Iterator[list[str | None]]:
    # openpyxl warns of styles and extensions that it passes over; values are not touched.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            sheet = _sheet(file, book, choices.sheet)
            sheet.reset_dimensions()
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
                if number > choices.limits.workbook_rows:
                    raise SourceRefused(
                        f"{file.name}: says that it has more than {number - 1:,} rows, which "
                        "no sheet holds; save the rows that are filled as CSV"
                    )
                yield [_cell(value) for value in row]
    except SourceRefused:
        raise
    except UNREADABLE as error:
        raise SourceRefused(
            f"{file.name}: the workbook cannot be read ({error}); save it again, or as CSV"
        ) from error


def _sheet(file: Bytes, book: Any, wanted: str | None) -> Any:
    if wanted is None:
        if not book.worksheets:
            raise SourceRefused(f"{file.name}: the workbook has no sheet with cells")
        return book.worksheets[0]
    if wanted not in book.sheetnames:
        names = ", ".join(book.sheetnames)
        raise SourceRefused(f"{file.name}: has no sheet {wanted!r}; it has {names}")
    return book[wanted]


def _cell(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value.total_seconds())
    return str(value)
