"""Rows of CSV: ragged ones, open quotation marks, numbers, and that both readers agree."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.sources.blocks import parse_quickly
from mawj.sources.delimited import Grammar, unique_headings
from mawj.sources.delimited_rows import read_delimited
from mawj.sources.limits import ReadingChoices, ReadingLimits
from mawj.sources.opening import Bytes
from mawj.sources.reading import open_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from mawj.sources.raw import RawBatch

    Make = Callable[..., Path]


def batches(path: Path, rows: int = 50_000, **limits: int) -> list[RawBatch]:
    with open_file(path, choices=ReadingChoices(limits=ReadingLimits(**limits))) as raw:
        return list(raw.batches(rows))


def rows(path: Path) -> list[tuple[int, ...]]:
    found = []
    for batch in batches(path):
        assert batch.cells is not None
        cells = batch.cells.to_pylist()
        found += [(n, *row.values()) for n, row in zip(batch.numbers, cells, strict=True)]
    return found


def rejected(path: Path) -> list[tuple[int, str]]:
    return [(one.row, one.reason) for batch in batches(path) for one in batch.rejections]


def test_a_ragged_row_is_set_aside_and_the_rest_read(make: Make) -> None:
    path = make("a.csv", "a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n")
    assert rows(path) == [(1, "1", "2", "3"), (4, "10", "11", "12")]
    assert rejected(path) == [
        (2, "has 2 cells where the headings have 3"),
        (3, "has 4 cells where the headings have 3"),
    ]


def test_surplus_cells_that_are_empty_do_no_harm(make: Make) -> None:
    path = make("a.csv", "a,b\n1,2,,\n3,4\n")
    assert rows(path) == [(1, "1", "2"), (2, "3", "4")]


def test_empty_rows_keep_their_number_and_blank_lines_have_none(make: Make) -> None:
    assert rows(make("a.csv", "a,b\n\n1,2\n,\n\n3,4\n")) == [(1, "1", "2"), (3, "3", "4")]


def test_an_open_quotation_mark_costs_its_own_line_only(make: Make) -> None:
    body = "".join(f"{i},x\n" for i in range(3, 30))
    path = make("a.csv", 'a,b\n1,x\n2,"never closed\n' + body)
    assert [row[1] for row in rows(path)] == ["1", *map(str, range(3, 30))]
    assert rejected(path) == [(2, "a quotation mark is opened and never closed")]


def test_an_open_mark_is_found_within_the_lines_a_row_may_have(make: Make) -> None:
    path = make("a.csv", 'a,b\n1,"open\n' + "2,x\n" * 50)
    found = batches(path, row_lines=5)
    assert sum(len(batch) for batch in found) == 50


def test_a_cell_may_span_as_many_lines_as_a_row_may_have(make: Make) -> None:
    path = make("a.csv", 'a,b\n1,"' + "line\n" * 9 + '"\n2,"open\n3,x\n')
    assert [n for batch in batches(path) for n in batch.numbers] == [1, 3]
    assert sum(len(batch.rejections) for batch in batches(path)) == 1
    assert sum(len(batch.rejections) for batch in batches(path, row_lines=5)) > 1


def test_bytes_of_another_encoding_set_their_row_aside(make: Make) -> None:
    path = make("a.csv", "name,n\nنور,1\n".encode() * 1 + b"caf\xe9,2\n" + "سارا,3\n".encode())
    with open_file(path, choices=ReadingChoices(encoding="utf-8")) as raw:
        (batch,) = raw.batches()
    assert batch.column("n").to_pylist() == ["1", "3"]
    assert batch.rejections[0].row == 2
    assert "another encoding" in batch.rejections[0].reason


def test_titles_above_the_headings_are_passed_over(make: Make) -> None:
    path = make("a.csv", "Report of May\n\nhandle,followers,posts\nnour,10,2\nsara,20,3\n")
    with open_file(path) as raw:
        assert raw.headings == ("handle", "followers", "posts")
        assert raw.notes == ("1 line(s) above the headings were skipped",)
        assert next(raw.batches()).numbers == [1, 2]


def test_cells_in_single_quotes_and_escaped_quotes_are_read(make: Make) -> None:
    single = make("a.csv", "'a','b'\n'1, 2','3'\n")
    assert rows(single) == [(1, "1, 2", "3")]
    escaped = make("b.csv", 'a,b\n"say \\"hi\\", now",2\n')
    assert rows(escaped) == [(1, 'say "hi", now', "2")]


def test_headings_are_made_unique_and_never_clash_with_kept_columns() -> None:
    found = unique_headings(["Likes", " Likes ", "", "row", None, "Likes (2)"])
    assert found == ("Likes", "Likes (2)", "column 3", "row (2)", "column 5", "Likes (2) (2)")


def test_batches_are_as_large_as_asked_and_number_rows_through(make: Make) -> None:
    path = make("a.csv", "a\tb\n" + "".join(f"{i}\tx\n" for i in range(1, 26)))
    found = batches(path, 10)
    assert [len(batch) for batch in found] == [10, 10, 5]
    assert [n for batch in found for n in batch.numbers] == list(range(1, 26))


def test_a_bad_row_among_many_blocks_costs_only_itself(make: Make) -> None:
    line = "x" * 98 + ",2\n"
    path = make("a.csv", "a,b\n" + line * 15_000 + "lonely\n" + line * 15_000)
    found = batches(path)
    assert sum(len(batch) for batch in found) == 30_000
    assert [one.row for batch in found for one in batch.rejections] == [15_001]


SIGNS = st.sampled_from(
    ['"', ",", "\n", "\r\n", "\r", "a", "ب", " ", "'", ";", "\t", "\\", "\x00"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(SIGNS, max_size=40).map("".join))
def test_the_quick_reader_gives_what_the_careful_one_gives(text: str) -> None:
    grammar = Grammar("utf-8", ",", '"', "", 0, ("x", "y"))
    lines = io.StringIO(text, newline="").readlines()
    quick = parse_quickly(lines, grammar) if text.count('"') % 2 == 0 else None
    if quick is not None:
        careful = [row for row in csv.reader(lines) if row]
        assert [list(row.values()) for row in quick.to_pylist()] == careful


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
            min_size=2,
            max_size=2,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_csv_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("law") / "a.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        writer.writerow(["first", "second"])
        writer.writerows(table)
    limits = ReadingLimits()
    grammar = Grammar("utf-8", ",", '"', "", 0, ("first", "second"))
    found = []
    for batch in read_delimited(Bytes(path, None, limits), grammar, limits, 50):
        assert batch.cells is not None
        found += [list(row.values()) for row in batch.cells.to_pylist()]
    assert found == [row for row in table if any(row)]
