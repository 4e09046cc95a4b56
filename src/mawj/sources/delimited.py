"""CSV, TSV and their kin: the sign between cells, and the rows, ragged ones set aside."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mawj.sources.encoding import encoding_of
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mawj.sources.limits import ReadingChoices
    from mawj.sources.opening import Bytes

DELIMITERS = ",;\t|"
SNIFFED_LINES = 200
HEADING_WITHIN = 20
RESERVED = ("row", "record", "account_ids")
"""Names of the columns under which raw rows are kept; a heading of that name gets a number."""

_COMMENT = re.compile(r"#(?: |-|$)")

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


def grammar_of(file: Bytes, choices: ReadingChoices) -> tuple[Grammar, tuple[str, ...]]:
    """How the file is written, and notes on what was skipped.

    Raises:
        SourceRefused: when it is not text, or its encoding is unknown.
    """
    encoding = choices.encoding or encoding_of(file)
    above, lines = _preamble(_head_lines(file, encoding))
    escape = "\\" if any('\\"' in line for line in lines) else ""
    if escape and any('""' in line for line in lines):
        escape = ""
    quote = _quote_of(lines)
    rows, delimiter = _best_reading(lines, quote, escape, choices.delimiter)
    at = _heading_at(rows)
    headings = unique_headings(rows[at] if rows else [])
    at += above
    notes = []
    if encoding not in {"utf-8", "utf-8-sig"}:
        notes.append(f"read as {encoding}; say --encoding if letters look wrong")
    if at:
        notes.append(f"{at} line(s) above the headings were skipped")
    return Grammar(encoding, delimiter, quote, escape, at, headings), tuple(notes)


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


def text_of(stream: Any, encoding: str) -> io.TextIOWrapper:
    """The stream as text; bytes that are not of the encoding are carried along, to be found."""
    # Wide encodings cannot carry a stray byte along; there it becomes the replacement sign.
    errors = "replace" if encoding.startswith("utf-16") or encoding == "utf-32" else None
    try:
        return io.TextIOWrapper(stream, encoding, errors or "surrogateescape", newline="")
    except LookupError as error:
        raise SourceRefused(f"no encoding is called {encoding!r}; try utf-8") from error


def _head_lines(file: Bytes, encoding: str) -> list[str]:
    with io.BytesIO(file.head) as head, text_of(head, encoding) as text:
        lines = [line for _, line in zip(range(SNIFFED_LINES), text, strict=False)]
    is_cut = len(file.head) >= file.limits.head_bytes and len(lines) < SNIFFED_LINES
    if is_cut and len(lines) > 1:
        lines.pop()
    return lines


def _preamble(lines: list[str]) -> tuple[int, list[str]]:
    """Number of comment lines above the headings (# and words), if several; the lines below."""
    at = next((i for i, line in enumerate(lines) if line.strip() not in {"", "#"}
               and not _COMMENT.match(line)), len(lines))  # fmt: skip
    n_comments = sum(bool(line.strip()) for line in lines[:at])
    return (n_comments, lines[at:]) if n_comments > 1 and at < len(lines) else (0, lines)


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
