"""Answers as CSV that a spreadsheet opens without running anything.

A cell that begins with = + - @, wide or narrow, behind spaces or signs that are not seen too,
is a formula to spreadsheets; it is given an apostrophe in front (OWASP, "CSV Injection").
Numbers stay numbers. All cells stand in quotes: where semicolons part cells, one stays one.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")
UNSEEN = r"\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
ACTS = re.compile(rf"[\t\r\n]|[{UNSEEN}]*[=+\-@＝＋－＠]")


def safe_cell(value: object) -> str:
    """A value as the text of a cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    text = str(value)
    if ACTS.match(text) and not NUMBER.fullmatch(text):
        return "'" + text
    return text


def csv_answer(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """The rows as a file called `name`, in UTF-8 with the mark by which Excel knows it."""
    response = StreamingHttpResponse(_lines(headings, rows), content_type="text/csv")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    )
    response["Content-Type"] = "text/csv; charset=utf-8"
    return response


def _lines(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    yield "\ufeff" + _line(headings)
    for row in rows:
        yield _line(row)


def _line(row: Sequence[Any]) -> str:
    held = io.StringIO()
    csv.writer(held, quoting=csv.QUOTE_ALL).writerow([safe_cell(value) for value in row])
    return held.getvalue()
