"""Answers as CSV that a spreadsheet opens without running anything.

A cell that begins with = + - @, a tab or a carriage return is a formula to spreadsheets; it is
given an apostrophe in front (OWASP, "CSV Injection"). Numbers stay numbers.
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
ACTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> str:
    """A value as the text of a cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    text = str(value)
    if text.startswith(ACTS) and not NUMBER.fullmatch(text):
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
    csv.writer(held).writerow([safe_cell(value) for value in row])
    return held.getvalue()
