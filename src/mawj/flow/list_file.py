"""A file of handles or links: which column names the accounts, and whom its rows mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mawj.flow.told_accounts import Told, meant
from mawj.sources.evidence import evidence_of
from mawj.sources.headings import meanings_of
from mawj.sources.limits import GIB, MIB, ReadingChoices, ReadingLimits
from mawj.sources.names import is_url
from mawj.sources.reading import open_file
from mawj.tables.errors import SourceRefused
from mawj.tables.observed import PLATFORMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.flow.accounts import Readable
    from mawj.sources.raw import RawBatch, RawFile

FORMATS = ("csv", "xlsx")
MOST_ROWS = 20_000
"""Rows of a file for a list, which holds at most 5,000 creators (our judgement)."""
MOST_COLUMNS, MOST_CELL = 100, 1_000
"""Columns that are looked at, and letters of a cell that are kept with a row left out."""
LOOKED_AT, N_SAMPLES, MOST_SAMPLE = 50, 3, 60
LIMITS = ReadingLimits(
    decompressed_bytes=GIB // 4, workbook_bytes=GIB // 4, record_bytes=MIB,
    workbook_rows=MOST_ROWS + 100,
)  # fmt: skip
"""Tighter than for data: a list is read while somebody waits (our judgement)."""
NAMING = ("account_id", "handle", "own_url", "own_id", "name")
"""Meanings of a heading that may name an account."""


@dataclass(frozen=True)
class Columns:
    """Where in a file the accounts stand.

    Attributes:
        account: the place of the column that names them, from 0.
        platform: the place of the column with the platform; None where there is none.
        everywhere: the platform of all rows, where a person says it; else "".
    """

    account: int
    platform: int | None = None
    everywhere: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A row that names no account, or more than one.

    Attributes:
        row: its number, from 1; 0 for the first line where that is no heading.
        reason: empty, none, several or unreadable.
        accounts: the ids between which it cannot be told.
        cells: the row as it came, each cell cut to `MOST_CELL` letters.
    """

    row: int
    said: str
    reason: str
    accounts: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class ListSeen:
    """What a file would put on a list.

    Attributes:
        headings: the first `MOST_COLUMNS`, in order.
        samples: the first cells under each.
        columns: what was guessed, or said by a person.
        n_looked, n_known: cells that were looked at for the guess, and those of them that mean
            a loaded account; 0 and 0 where a person said it.
        n_rows: rows with anything in them.
        found: id of each account that one row means, with the number of its first row.
        n_twice: rows that mean an account which an earlier row means.
        left_out: the other rows.
        notes: what a person should know of how the file was read.
    """

    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    columns: Columns
    n_looked: int = 0
    n_known: int = 0
    n_rows: int = 0
    found: dict[str, int] = field(default_factory=dict)
    n_twice: int = 0
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Row:
    number: int
    told: Told
    cells: tuple[str, ...]


def list_seen(
    lake: Readable, path: str | Path, name: str, said: Columns | None = None
) -> ListSeen:
    """What the CSV or XLSX file at `path`, called `name`, would put on a list.

    Args:
        lake: where accounts are looked up.
        path: where the file lies.
        name: how to call it in messages.
        said: the columns, where a person says them; guessed otherwise.

    Raises:
        SourceRefused: when it cannot be read, is of another format or holds more than
            `MOST_ROWS` rows; the message says what to do.
    """
    if Path(path).stat().st_size > LIMITS.decompressed_bytes:
        raise SourceRefused(f"{name}: is too large for a shortlist; load it on the start page")
    with open_file(path, name=name, choices=ReadingChoices(limits=LIMITS)) as raw:
        if raw.format not in FORMATS:
            raise SourceRefused(f"{name}: is {raw.format}; bring a list as CSV or XLSX")
        headings = raw.headings[:MOST_COLUMNS]
        cells = [_cells(raw.first, heading)[:LOOKED_AT] for heading in headings]
        samples = tuple(tuple(one[:MOST_SAMPLE] for one in each if one) for each in cells)
        samples = tuple(each[:N_SAMPLES] for each in samples)
        columns, n_looked, n_known = (said, 0, 0) if said else _guessed(lake, raw, cells)
        columns = _within(columns, len(headings))
        rows, unread = _rows(raw, headings, columns)
        n_rows = len(rows) + len(unread)
        found, n_twice, left_out = _matched(lake, rows)
        return ListSeen(
            tuple(map(_kept, headings)), samples, columns, n_looked, n_known, n_rows, found,
            n_twice, tuple(sorted([*left_out, *unread], key=lambda one: one.row)),
            tuple(raw.notes),
        )  # fmt: skip


def _cells(batch: RawBatch, heading: str) -> list[str]:
    return [(cell or "").strip() for cell in batch.column(heading).to_pylist()]


def _guessed(lake: Readable, raw: RawFile, cells: list[list[str]]) -> tuple[Columns, int, int]:
    """The column of which most cells mean a loaded account; by its words where none does."""
    platform = _platform_column(raw, len(cells))
    where = cells[platform] if platform is not None else []
    told = [
        [Told(said, where[at] if where else "") for at, said in enumerate(each) if said]
        for each in cells
    ]
    fits = iter(meant(lake, [one for each in told for one in each]))
    known = [sum(bool(next(fits)) for _ in each) for each in told]
    shares = [n / len(each) if each else 0.0 for n, each in zip(known, told, strict=True)]
    words = [_by_words(heading) for heading in raw.headings[: len(cells)]]
    best = max(range(len(cells)), key=lambda at: (shares[at], words[at], -at))
    return Columns(best, platform), len(told[best]), known[best]


def _platform_column(raw: RawFile, n: int) -> int | None:
    """The column whose heading says platform, or whose every cell names one."""
    for at, heading in enumerate(raw.headings[:n]):
        if meanings_of(heading).get("platform", 0.0) > 0.5:
            return at
    for at, heading in enumerate(raw.headings[:n]):
        cells = [cell for cell in _cells(raw.first, heading)[:LOOKED_AT] if cell]
        named = evidence_of(raw.first, heading).fit("platform") == 1.0
        if cells and named and not any(map(is_url, cells)):
            return at
    return None


def _by_words(heading: str) -> float:
    meanings = meanings_of(heading)
    return max((meanings.get(one, 0.0) - at / 100 for at, one in enumerate(NAMING)), default=0)


def _within(columns: Columns, n: int) -> Columns:
    """The columns that there are: what an address of a page says may be of another file."""
    platform = columns.platform if (columns.platform or 0) < n else None
    everywhere = columns.everywhere if columns.everywhere in PLATFORMS else ""
    return Columns(columns.account if columns.account < n else 0, platform, everywhere)


def _rows(
    raw: RawFile, headings: tuple[str, ...], columns: Columns
) -> tuple[list[_Row], list[LeftOut]]:
    found = [_Row(0, _told(headings, columns), headings)] if _is_row(headings, columns) else []
    unread: list[LeftOut] = []
    for batch in raw.batches(1_000):
        found += _rows_of(batch, headings, columns)
        unread += [
            LeftOut(one.row, "", "unreadable", (), (_kept(one.record),))
            for one in batch.rejections
        ]
        if len(found) + len(unread) > MOST_ROWS:
            raise SourceRefused(
                f"{raw.name}: has more than {MOST_ROWS:,} rows, which is no shortlist; keep "
                "those that you mean, or load it as data on the start page"
            )
    return found, unread


def _rows_of(batch: RawBatch, headings: tuple[str, ...], columns: Columns) -> Iterator[_Row]:
    cells = zip(*(_cells(batch, heading) for heading in headings), strict=True)
    for number, row in zip(batch.numbers, cells, strict=True):
        if any(row):
            yield _Row(number, _told(row, columns), tuple(map(_kept, row)))


def _kept(cell: str) -> str:
    """A cell as it is kept: PostgreSQL stores no NUL."""
    return cell.replace("\x00", "")[:MOST_CELL]


def _told(row: tuple[str, ...], columns: Columns) -> Told:
    place = columns.platform
    return Told(
        row[columns.account], columns.everywhere or (row[place] if place is not None else "")
    )


def _is_row(headings: tuple[str, ...], columns: Columns) -> bool:
    """Whether the first line is an account, too: a bare list has no headings."""
    heading = headings[columns.account]
    return heading.startswith("@") or is_url(heading)


def _matched(lake: Readable, rows: list[_Row]) -> tuple[dict[str, int], int, list[LeftOut]]:
    found: dict[str, int] = {}
    n_twice, left_out = 0, []
    for row, ids in zip(rows, meant(lake, [one.told for one in rows]), strict=True):
        if len(ids) == 1:
            n_twice += ids[0] in found
            found.setdefault(ids[0], row.number)
        else:
            said = row.told.text
            reason = "several" if ids else "none" if said else "empty"
            left_out.append(LeftOut(row.number, _kept(said), reason, ids, row.cells))
    return found, n_twice, left_out
