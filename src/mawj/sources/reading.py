"""Any file that a person brings, opened: its format is told from its content, not its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.sources import columnar, workbook
from mawj.sources.delimited import grammar_of
from mawj.sources.delimited_rows import read_delimited
from mawj.sources.json_records import looks_like_json, read_json
from mawj.sources.limits import ReadingChoices
from mawj.sources.opening import Bytes
from mawj.sources.raw import SAMPLE_ROWS, RawBatch, RawFile, paths_of
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def open_file(
    path: str | Path, *, name: str | None = None, choices: ReadingChoices | None = None
) -> RawFile:
    """An opened file with its headings and a sample; close it, or use it in `with`.

    Args:
        path: where it lies; "-" is standard input, which is set aside on disk first so that it
            can be read more than once.
        name: how to call it in messages and provenance.
        choices: encoding, delimiter, sheet and limits; the rest is guessed.

    Raises:
        SourceRefused: when the file is absent, empty, damaged, holds headings only, or is of no
            known format. The message says what to do.
    """
    choices = choices or ReadingChoices()
    source = Bytes(path, name, choices.limits)
    try:
        raw = _opened(source, choices)
        _take_sample(raw, choices.limits.headings)
    except SourceRefused:
        source.close()
        raise
    return raw


def _opened(source: Bytes, choices: ReadingChoices) -> RawFile:
    kind, read, notes = _reader(source, choices)
    return RawFile(source.name, kind, notes, source.modified_at, source, read)


def _reader(
    source: Bytes, choices: ReadingChoices
) -> tuple[str, Callable[[int], Iterator[RawBatch]], tuple[str, ...]]:
    if source.head.startswith(columnar.MAGIC):
        return "parquet", lambda n: columnar.read_parquet(source, n), ()
    if source.head.startswith(workbook.MAGIC):
        return "xlsx", lambda n: workbook.read_workbook(source, choices, n), ()
    if kind := looks_like_json(source):
        return kind, lambda n: read_json(source, kind, choices.limits, n), ()
    grammar, notes = grammar_of(source, choices)
    return "csv", lambda n: read_delimited(source, grammar, choices.limits, n), notes


def _take_sample(raw: RawFile, most_headings: int) -> None:
    raw.first = next(raw.batches(SAMPLE_ROWS), RawBatch(()))
    if raw.first.cells is not None:
        raw.headings = tuple(raw.first.cells.column_names)
    elif raw.first.records is not None:
        raw.headings = paths_of(raw.first.records)
    if not len(raw.first) and not raw.first.rejections:
        raise SourceRefused(f"{raw.name}: has headings but no rows; nothing was loaded")
    if len(raw.headings) > most_headings:
        raise SourceRefused(
            f"{raw.name}: has {len(raw.headings):,} headings; at most {most_headings:,} are "
            "read: keep the columns that matter"
        )
