"""Answers on a screen or in a file: tables, CSV and JSON, and bars made of blocks."""

from __future__ import annotations

import csv
import dataclasses
import json
import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from mawj.flow.sentences import RIGHT_TO_LEFT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_BLOCKS = " ▏▎▍▌▋▊▉█"


@dataclass(frozen=True)
class Heading:
    """One column of a printed table: its key in the rows, its title, and how it is set."""

    key: str
    title: str
    is_number: bool = False
    is_wide: bool = False


def console() -> Console:
    """The screen; plain when the output goes to a file or another program."""
    # A file or a pipe has no width of its own: wide enough for every table.
    width = None if sys.stdout.isatty() else 120
    return Console(soft_wrap=False, highlight=False, width=width)


def show(
    form: str, headings: Sequence[Heading], rows: Sequence[Mapping[str, Any]], *, language: str
) -> None:
    """Print rows as a table, or as CSV with the keys as heading."""
    if form == "csv":
        _csv(headings, rows)
        return
    ordered = list(reversed(headings)) if language in RIGHT_TO_LEFT else list(headings)
    grid = Grid(box=None, padding=(0, 1), header_style="bold")
    for heading in ordered:
        grid.add_column(
            heading.title,
            justify=_side(heading, language),
            no_wrap=not heading.is_wide,
            overflow="fold" if heading.is_wide else "ellipsis",
        )
    for row in rows:
        grid.add_row(*(Text(str(row.get(h.key, ""))) for h in ordered))
    console().print(grid)


def show_json(answer: object) -> None:
    """Print an answer, dataclasses and all, as JSON."""
    json.dump(_plain(answer), sys.stdout, ensure_ascii=False, indent=1, default=_text)
    sys.stdout.write("\n")


def say_line(text: str = "", *, style: str | None = None) -> None:
    """Print one line or paragraph."""
    console().print(Text(text, style=style or ""))


def bar(value: float, *, least: float, most: float, width: int = 24) -> str:
    """A bar from 0 to `value` on a scale from `least` to `most`, in eighths of a character."""
    span = (most - least) or 1.0
    zero, end = (0 - least) / span * width, (value - least) / span * width
    low, high = min(zero, end), max(zero, end)
    return "".join(_block(low, high, place) for place in range(width))


def safe_cell(value: object) -> str:
    """Text for a spreadsheet that cannot be taken for a formula."""
    text = "" if value is None else str(value)
    is_number = isinstance(value, int | float)
    return f"'{text}" if text.startswith(_DANGEROUS) and not is_number else text


def _side(heading: Heading, language: str) -> Any:
    if heading.is_number:
        return "right"
    return "right" if language in RIGHT_TO_LEFT else "left"


def _csv(headings: Sequence[Heading], rows: Iterable[Mapping[str, Any]]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow([heading.key for heading in headings])
    for row in rows:
        writer.writerow([safe_cell(row.get(heading.key)) for heading in headings])


def _block(low: float, high: float, place: int) -> str:
    filled = max(0.0, min(high, place + 1) - max(low, place))
    if low > place and filled > 0:
        return "█" if filled > 0.5 else "▐"
    return _BLOCKS[round(filled * 8)]


def _plain(answer: object) -> Any:
    if dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        return dataclasses.asdict(answer)
    return answer


def _text(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return str(value)
