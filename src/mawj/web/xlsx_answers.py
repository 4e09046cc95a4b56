"""Answers as XLSX: texts as texts, dates as dates, in the reader's direction.

Texts are guarded as in `csv_answers`, since a sheet is saved as CSV sooner or later; beyond
that no cell is of the kind that holds a formula.
"""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from mawj.web.csv_answers import safe_cell
from mawj.web.reader import reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_LETTERS = 32_767
"""What a cell of Excel holds."""
MOST_TITLE = 31
"""Letters of a sheet's name in Excel."""
NO_TITLE = re.compile(r"[\[\]:*?/\\']")
# XML 1.0 has no signs for these; a half of a letter is none.
NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
WIDTHS = (12, 48)
"""Letters of the narrowest and the widest column."""


def xlsx_answer(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """The rows as a workbook called `name`: one sheet, headings bold and always in sight."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(_title(name))
    sheet.sheet_view.rightToLeft = reader().direction == "rtl"
    sheet.freeze_panes = "A2"
    told = [[_value(value) for value in row] for row in rows]
    for place, heading in enumerate(headings):
        sheet.column_dimensions[get_column_letter(place + 1)].width = _width(
            heading, told, place
        )
    sheet.append([_cell(sheet, _value(heading), is_bold=True) for heading in headings])
    for row in told:
        sheet.append([_cell(sheet, value) for value in row])
    held = io.BytesIO()
    book.save(held)
    response = HttpResponse(held.getvalue(), content_type=KIND)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    )
    return response


def _value(value: Any) -> str | int | float | date | None:
    """A value as a cell holds it: numbers and dates as such, the rest as guarded text."""
    if value is None or value == "":
        return None
    if isinstance(value, int | float | date) and not isinstance(value, bool):
        return value
    return NO_XML.sub("", safe_cell(NO_XML.sub("", str(value))))[:MOST_LETTERS]


def _cell(sheet: Any, value: Any, *, is_bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        # openpyxl takes a text that begins with = for a formula, and #N/A for an error.
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text="\n" in value)
    if is_bold:
        cell.font = Font(bold=True)
    return cell


def _width(heading: str, rows: Sequence[Sequence[Any]], place: int) -> int:
    longest = max((len(str(row[place] or "").split("\n")[0]) for row in rows), default=0)
    return min(max(WIDTHS[0], len(heading) + 2, longest + 2), WIDTHS[1])


def _title(name: str) -> str:
    plain = NO_TITLE.sub(" ", NO_XML.sub("", name.removesuffix(".xlsx")))
    return plain.strip()[:MOST_TITLE] or "1"
