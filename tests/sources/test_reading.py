"""Every format, encoding and compression gives the same rows."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from mawj.sources.limits import ReadingChoices, ReadingLimits
from mawj.sources.reading import open_file
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Path]

ROWS = [
    {"handle": "nour", "name": "نور القهوة", "note": 'قالت: "مرحبا"'},
    {"handle": "sara", "name": "سارا", "note": "one, two\nthree"},
]
COMPRESSIONS = {
    "plain": lambda content: content,
    "gz": gzip.compress,
    "zst": zstandard.ZstdCompressor().compress,
}


def as_csv(delimiter: str = ",") -> str:
    lines = [delimiter.join(ROWS[0])]
    for row in ROWS:
        lines.append(delimiter.join('"' + v.replace('"', '""') + '"' for v in row.values()))
    return "\r\n".join(lines) + "\r\n"


def as_parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), out)
    return out.getvalue()


def as_workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(list(ROWS[0]))
    for row in ROWS:
        book.active.append(list(row.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FORMATS = {
    "csv": lambda: as_csv().encode(),
    "semicolons": lambda: as_csv(";").encode(),
    "tabs": lambda: as_csv("\t").encode(),
    "jsonl": lambda: "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS).encode(),
    "json array": lambda: json.dumps(ROWS, ensure_ascii=False, indent=1).encode(),
    "parquet": as_parquet,
    "xlsx": as_workbook,
}


def rows_in(path: Path | str, **choices: object) -> list[dict[str, str]]:
    with open_file(path, choices=ReadingChoices(**choices)) as raw:  # type: ignore[arg-type]
        found = []
        for batch in raw.batches():
            names = raw.headings
            columns = [batch.column(name).to_pylist() for name in names]
            found += [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
        return found


@pytest.mark.parametrize("compression", COMPRESSIONS)
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_reads_the_same_under_every_compression(
    make: Make, form: str, compression: str
) -> None:
    content = COMPRESSIONS[compression](FORMATS[form]())
    assert rows_in(make("named.bin", content)) == ROWS


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1256"]
)
def test_arabic_reads_the_same_in_every_encoding(make: Make, encoding: str) -> None:
    assert rows_in(make("a.csv", as_csv(), encoding)) == ROWS


@pytest.mark.parametrize("form", ["jsonl", "json array"])
def test_json_with_a_byte_order_mark_reads(make: Make, form: str) -> None:
    assert rows_in(make("a.json", b"\xef\xbb\xbf" + FORMATS[form]())) == ROWS


def test_latin_1_accents_are_not_taken_for_arabic(make: Make) -> None:
    text = "name,city\nJosé Peña,Málaga\nZoë,Køge\n"
    found = rows_in(make("a.csv", text, "latin-1"))
    assert found == [{"name": "José Peña", "city": "Málaga"}, {"name": "Zoë", "city": "Køge"}]


def test_accents_far_from_the_beginning_still_tell_the_encoding(make: Make) -> None:
    text = "name,n\n" + "ascii,1\n" * 200_000 + "José Peña,2\n"
    assert rows_in(make("a.csv", text, "latin-1"))[-1] == {"name": "José Peña", "n": "2"}


def test_the_person_may_name_encoding_and_delimiter(make: Make) -> None:
    path = make("a.csv", "name|x\nنور|1\n".encode("iso-8859-6"))
    found = rows_in(path, encoding="iso-8859-6", delimiter="|")
    assert found == [{"name": "نور", "x": "1"}]


def test_an_unknown_encoding_is_refused_by_name(make: Make) -> None:
    with pytest.raises(SourceRefused, match="no encoding is called 'klingon'"):
        rows_in(make("a.csv", "a,b\n1,2\n"), encoding="klingon")


def test_standard_input_can_be_read_more_than_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.TextIOWrapper(io.BytesIO(gzip.compress(as_csv().encode())))
    monkeypatch.setattr(sys, "stdin", pipe)
    with open_file("-") as raw:
        first, second = list(raw.batches()), list(raw.batches())
        aside = raw.source.path
        assert (raw.name, raw.modified_at) == ("stdin", None)
        assert [len(b) for b in first] == [len(b) for b in second] == [2]
    assert not aside.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n\n ", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"name,followers\n", "headings but no rows"),
        (bytes(range(256)) * 20, "neither text nor a format"),
        (b"\x7fELF" + bytes(3000), "neither text nor a format"),
        (b"%PDF-1.7 x", "is a PDF"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 50, "old Excel file"),
        (b"PK\x03\x04broken", "damaged archive"),
        (b"PAR1 and then nothing", "Parquet file is damaged"),
        (gzip.compress(gzip.compress(b"a,b\n1,2\n")), "compressed twice"),
        (gzip.compress(b"a,b\n1,2\n" * 900)[:-20], "cut off or damaged"),
        (b"\x1f\x8bnot gzip at all", "cut off or damaged"),
        (b"\x28\xb5\x2f\xfdnot zst at all", "cut off or damaged"),
        (b'[{"a": 1}, {"a": ', "record 2 is not JSON"),
        (b'[{"a": 1}, {"a": 2}', "cut off before its closing bracket"),
    ],
    # Names of their own: packed content holds the time at which it was packed.
    ids=lambda value: value if isinstance(value, str) else "content",
)
def test_what_cannot_be_read_is_refused_in_words(make: Make, content: bytes, says: str) -> None:
    with pytest.raises(SourceRefused, match=says) as refused:
        rows_in(make("bad.dat", content))
    assert "bad.dat" in str(refused.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="cannot be opened"):
        open_file(tmp_path / "absent.csv")
    with pytest.raises(SourceRefused, match="is a folder"):
        open_file(tmp_path)


@pytest.mark.parametrize("compression", ["gz", "zst"])
def test_a_decompression_bomb_is_refused_early(make: Make, compression: str) -> None:
    bomb = COMPRESSIONS[compression](b"a,b\n" + b"1,2\n" * 3_000_000)
    limits = ReadingLimits(ratio=50, ratio_from_bytes=1_000_000)
    with pytest.raises(SourceRefused, match="decompression bomb"):
        rows_in(make("bomb.csv", bomb), limits=limits)


def test_a_file_may_not_unfold_beyond_the_limit(make: Make) -> None:
    content = gzip.compress(b"a,b\n" + b"1,2\n" * 1000)
    with pytest.raises(SourceRefused, match="unfolds to"):
        rows_in(make("big.csv", content), limits=ReadingLimits(decompressed_bytes=1000))


def test_a_workbook_may_not_unfold_beyond_the_limit(make: Make) -> None:
    with pytest.raises(SourceRefused, match="workbook unfolds"):
        rows_in(make("a.xlsx", as_workbook()), limits=ReadingLimits(workbook_bytes=100))


def test_a_json_record_may_not_be_larger_than_the_limit(make: Make) -> None:
    limits = ReadingLimits(record_bytes=1000)
    line = json.dumps({"text": "x" * 2000})
    with pytest.raises(SourceRefused, match="one record is larger"):
        rows_in(make("a.jsonl", line + "\n" + line), limits=limits)
    with pytest.raises(SourceRefused, match="one record is larger"):
        rows_in(
            make("a.json", f"[{line}, {json.dumps({'text': 'x' * 900_000})}]"), limits=limits
        )


def test_what_lies_beyond_the_head_is_not_seen(make: Make) -> None:
    path = make("a.csv", "A report on the creators of May\n" * 3 + "name,n,m\nnour,1,2\n" * 9)
    assert rows_in(path)[0] == {"name": "nour", "n": "1", "m": "2"}
    short = rows_in(path, limits=ReadingLimits(head_bytes=40))
    assert all(list(row) == ["A report on the creators of May"] for row in short)


def test_a_wrong_sheet_is_refused_with_the_right_names(make: Make) -> None:
    with pytest.raises(SourceRefused, match="has no sheet 'Accounts'; it has Sheet"):
        rows_in(make("a.xlsx", as_workbook()), sheet="Accounts")


def test_an_archive_that_is_no_workbook_is_refused(make: Make, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", "a,b\n1,2\n")
    with pytest.raises(SourceRefused, match="archive but no XLSX"):
        open_file(tmp_path / "a.zip")
