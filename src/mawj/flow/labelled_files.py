"""Labelled texts in CSV, TSV and JSON lines, whatever their headings and words for yes."""

from __future__ import annotations

import csv
import gzip
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

TEXT_HEADINGS = ("text", "tweet", "comment", "content", "message", "caption", "body", "post",
                 "نص", "النص", "التعليق", "متن", "نظر")  # fmt: skip
LABEL_HEADINGS = ("is_yes", "label", "class", "category", "target", "التصنيف", "برچسب")
YES = frozenset({
    "yes", "y", "true", "1", "1.0", "offensive", "off", "abusive", "hate", "hateful", "toxic",
    "نعم", "اجل", "بله", "آری",
})  # fmt: skip
NO = frozenset({
    "no", "n", "false", "0", "0.0", "normal", "neutral", "none", "neither", "clean", "not",
    "not_off", "not_hs", "non-offensive", "not offensive", "لا", "کلا", "خیر", "نه",
})  # fmt: skip
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_MOST_SHOWN = 8
csv.field_size_limit(1 << 27)


@dataclass(frozen=True)
class FileHeadings:
    """Which columns of a file to read; empty for a guess.

    Attributes:
        text: heading of the texts.
        label: heading of the answers.
        language: heading of the languages.
        yes: the values that mean yes; every other value then means no.
    """

    text: str = ""
    label: str = ""
    language: str = ""
    yes: tuple[str, ...] = ()


@dataclass(frozen=True)
class LabelledRow:
    """One text of a file, whether it is so, and what else the file says of it."""

    text: str
    is_yes: bool
    language: str
    told: Mapping[str, Any]


def labelled_rows(
    path: Path, headings: FileHeadings, subjects: Sequence[str] = ()
) -> list[LabelledRow]:
    """The labelled texts of a file; rows without a text or without an answer are left out.

    Args:
        path: .csv, .tsv or .jsonl, packed by gzip or not.
        headings: which columns; what is empty is guessed.
        subjects: further headings and values that mean yes, such as the subject's name.

    Raises:
        SourceRefused: when the file, a heading or an answer cannot be understood.
    """
    rows = list(_dicts(path))
    names = list(dict.fromkeys(name for row in rows[:100] for name in row if name))
    text = _heading(path, names, headings.text, TEXT_HEADINGS)
    wanted = (*subjects, *(f"is_{one}" for one in subjects), *LABEL_HEADINGS)
    label = _heading(path, names, headings.label, wanted)
    language = headings.language or next((n for n in names if n.lower() == "language"), "")
    answers = _answers(path, (row.get(label) for row in rows), headings.yes, subjects)
    return [
        LabelledRow(
            str(row[text]), answers[_said(row[label])], str(row.get(language) or ""), row
        )
        for row in rows
        if row.get(text) and _said(row.get(label)) in answers
    ]


def plain_cell(text: str) -> str:
    """A cell of our own CSV without the sign that keeps spreadsheets from running it."""
    return text[1:] if text[:1] == "'" and text[1:2] in _DANGEROUS else text


def cell(value: object) -> str:
    """A cell of CSV that no spreadsheet takes for a formula; `plain_cell` brings it back."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _dicts(path: Path) -> Iterator[dict[str, Any]]:
    try:
        raw = path.read_bytes()
        raw = gzip.decompress(raw) if path.suffix == ".gz" else raw
        lines = raw.decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise SourceRefused(f"{path}: cannot be read as UTF-8 text: {error}") from error
    kind = path.name.removesuffix(".gz").rpartition(".")[2].lower()
    try:
        if kind in ("jsonl", "ndjson"):
            found = [json.loads(line) for line in lines.splitlines() if line.strip()]
            yield from (one for one in found if isinstance(one, dict))
            return
        file = io.StringIO(lines, newline="")
        reader = (
            csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if kind == "tsv"
            else csv.DictReader(file)
        )
        for row in reader:
            yield {n: plain_cell(v) for n, v in row.items() if isinstance(v, str)}
    except (ValueError, csv.Error) as error:
        raise SourceRefused(f"{path}: {error}") from error


def _heading(path: Path, names: Sequence[str], said: str, usual: Iterable[str]) -> str:
    by_small = {name.strip().lower(): name for name in names}
    for name in (said,) if said else usual:
        if name.lower() in by_small:
            return by_small[name.lower()]
    option = "--text-column or --label-column"
    raise SourceRefused(
        f"{path}: no column is called {said or ' or '.join(usual)!r}; it has {names}; "
        f"name the right one with {option}"
    )


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).strip().casefold()


def _answers(
    path: Path, values: Iterable[object], yes: Sequence[str], subjects: Sequence[str]
) -> dict[str, bool]:
    """Each answer of the file and whether it means yes."""
    found = {_said(value) for value in values} - {"", "nan", "null"}
    if yes:
        meant = {one.casefold() for one in yes}
        return {value: value in meant for value in found}
    affirmed = YES | {one.casefold() for one in subjects}
    strange = sorted(found - affirmed - NO)
    if strange:
        raise SourceRefused(
            f"{path}: answers that are neither yes nor no: {', '.join(strange[:_MOST_SHOWN])}; "
            "say which mean yes with --yes, once for each"
        )
    return {value: value in affirmed for value in found}
