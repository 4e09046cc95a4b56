"""Bars, cells and columns as a person or a spreadsheet sees them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.cli.shown import Heading, bar, safe_cell, show


@pytest.mark.parametrize(
    "text", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]
)
def test_text_that_a_spreadsheet_would_run_is_disarmed(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_numbers_and_plain_text_stay_as_they_are() -> None:
    assert safe_cell(-2.5) == "-2.5"
    assert safe_cell("قهوة") == "قهوة"
    assert safe_cell(None) == ""


def test_csv_has_the_keys_as_heading_and_disarms_cells(
    capsys: pytest.CaptureFixture[str],
) -> None:
    headings = [Heading("name", "الاسم"), Heading("n", "العدد", is_number=True)]
    show("csv", headings, [{"name": "=evil()", "n": 3}], language="ar")
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows == [["name", "n"], ["'=evil()", "3"]]


def test_columns_stand_from_right_to_left_in_arabic(capsys: pytest.CaptureFixture[str]) -> None:
    headings = [Heading("a", "first"), Heading("b", "second")]
    show("table", headings, [{"a": "1", "b": "2"}], language="ar")
    shown = capsys.readouterr().out
    assert shown.index("second") < shown.index("first")


def test_a_full_bar_is_full_and_an_empty_one_empty() -> None:
    assert bar(10, least=0, most=10, width=8) == "█" * 8
    assert bar(0, least=0, most=10, width=8).strip() == ""


def test_a_negative_bar_ends_where_a_positive_one_begins() -> None:
    minus, plus = bar(-5, least=-5, most=5, width=10), bar(5, least=-5, most=5, width=10)
    assert minus.strip() == plus.strip() == "█" * 5
    assert minus.startswith("█")
    assert plus.endswith("█")


@given(st.floats(-100, 100), st.floats(0.1, 100), st.integers(1, 60))
def test_a_bar_has_always_its_width(value: float, most: float, width: int) -> None:
    assert len(bar(value, least=-100.0, most=most, width=width)) == width
