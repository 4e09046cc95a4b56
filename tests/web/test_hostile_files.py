"""Bombs, damage and tricks in files that are brought: refused in clear words."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile

from mawj.crm.data.models import Upload
from mawj.crm.jobs.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, SettingsWrapper

    from tests.people import House

MB = 2**20
PIECE = b"layla,12\n" * (MB // 9)
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def empty_house(house: House, tmp_path: Path) -> House:
    """The same people, in a workspace with nothing in it."""
    house.workspace.lake_path = str(tmp_path / "empty")
    house.workspace.save()
    return house


def sent(house: House, name: str, content: bytes) -> Any:
    file = SimpleUploadedFile(name, content)
    return house.client("member").post(house.url("files/"), {"files": file})


def said_of(house: House, name: str, content: bytes) -> str:
    """What the page of a file says once it is brought."""
    assert sent(house, name, content).status_code == 302
    upload = Upload.objects.latest("pk")
    answer = house.client("member").get(house.url(f"files/{upload.pk}/"))
    assert answer.status_code == 200
    return str(answer.context["refused"])


def book() -> bytes:
    made, held = openpyxl.Workbook(), io.BytesIO()
    for row in (("account", "platform", "followers"), ("layla", "instagram", 12)) * 3:
        made.active.append(row)
    made.save(held)
    return held.getvalue()


def book_with(**parts: bytes | int) -> bytes:
    """The workbook with parts of it replaced; a number is so many megabytes of zeros."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book())) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part not in parts:
                new.writestr(part, old.read(part))
        for part, told in parts.items():
            with new.open(part, "w") as stream:
                for piece in [told] if isinstance(told, bytes) else [bytes(MB)] * told:
                    stream.write(piece)
    return held.getvalue()


def sheet(rows: str, before: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    head = f'<?xml version="1.0"?>{before}<worksheet xmlns="{space}"><sheetData>'
    return f"{head}{rows}</sheetData></worksheet>".encode()


def laughs() -> bytes:
    """Entities that unfold to a billion letters."""
    named = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)]
    before = f'<!DOCTYPE x [<!ENTITY e0 "laughing on">{"".join(named)}]>'
    return sheet('<row r="1"><c t="str"><v>&e9;</v></c></row>', before)


def outside() -> bytes:
    """An entity that is a file of the machine."""
    before = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return sheet('<row r="1"><c t="str"><v>&e;</v></c></row>', before)


def cell(text: str) -> str:
    return f'<c t="str"><v>{text}</v></c>'


FAR_ROWS = "".join(
    f'<row r="{at}">' + "".join(map(cell, cells)) + "</row>"
    for at, cells in (
        (1, ("account", "platform", "followers")), (2, ("layla", "instagram", "12")),
        (10**12, ("sara", "instagram", "8")),
    )
)  # fmt: skip
WIDE = "".join(f'<row r="{at}"><c r="XFD{at}"><v>1</v></c></row>' for at in range(1, 3000))
LIST = b"account,platform,followers\n"
BOMBS: dict[str, Callable[[], bytes]] = {
    "a.xlsx": lambda: book_with(**{"xl/sharedStrings.xml": 300}),
    "b.xlsx": lambda: book_with(**{SHEET: 300}),
    "laughs.xlsx": lambda: book_with(**{SHEET: laughs()}),
    "wide.xlsx": lambda: book_with(**{SHEET: sheet(WIDE)}),
    "a.zip": lambda: zipped("a.csv", bytes(30 * MB)),
    "zeros.csv.gz": lambda: gzip.compress(bytes(MB)) * 300,
    "line.csv.gz": lambda: gzip.compress(LIST) + gzip.compress(b"x" * MB) * 300,
    "line.csv.zst": lambda: zstandard.compress(LIST + b"x" * 300 * MB),
    "text.parquet": lambda: one_text(2 * MB, 900),
    "rows.parquet": lambda: figures(24_000_000),
    "zeros.parquet": lambda: zeros(300, 20),
    "group.parquet": lambda: zeros(1_100, 1_100),
    "lies.parquet": lambda: lying(300),
    "twice.csv.gz": lambda: gzip.compress(gzip.compress(PIECE)),
}


def one_text(n_letters: int, n_rows: int) -> bytes:
    """A Parquet file in which one long text stands once and is meant by every row."""
    held = io.BytesIO()
    texts = pa.DictionaryArray.from_arrays(
        pa.array([0] * n_rows, pa.int32()), pa.array(["x" * n_letters])
    )
    pq.write_table(pa.table({"account": texts, "platform": ["x"] * n_rows}), held)
    return held.getvalue()


def figures(n_rows: int) -> bytes:
    """A Parquet file of so many equal figures that its row count alone is the bomb."""
    held = io.BytesIO()
    figure = pa.array(np.zeros(n_rows, np.int64))
    pq.write_table(pa.table({"account": figure, "likes": figure}), held, compression="zstd")
    return held.getvalue()


def zeros(n_mb: int, rows_of_a_group: int) -> bytes:
    """A Parquet file of texts of a megabyte that compress to nothing."""
    held = io.BytesIO()
    told = {"account": ["layla"] * n_mb, "text": ["x" * MB] * n_mb}
    pq.write_table(
        pa.table(told), held, compression="zstd", use_dictionary=False,
        row_group_size=rows_of_a_group, write_statistics=False,
    )  # fmt: skip
    return held.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content)
    return held.getvalue()


def lying(n_mb: int) -> bytes:
    """Texts of a megabyte, no two alike, of which the footer says that they take little."""
    held = io.BytesIO()
    texts = [f"{at:06d}" + "x" * MB for at in range(n_mb)]
    pq.write_table(
        pa.table({"account": ["layla"] * n_mb, "text": texts}), held, compression="zstd",
        use_dictionary=False, write_statistics=False, data_page_size=MB,
    )  # fmt: skip
    whole = held.getvalue()
    group = pq.ParquetFile(io.BytesIO(whole)).metadata.row_group(0)
    for size in (group.total_byte_size, group.column(1).total_uncompressed_size):
        assert whole.count(varint(size)) >= 1
        whole = whole.replace(varint(size), varint(1_000, len(varint(size))))
    told = pq.ParquetFile(io.BytesIO(whole)).metadata.row_group(0)
    assert told.column(1).total_uncompressed_size == told.total_byte_size == 1_000
    return whole


def varint(number: int, width: int = 1) -> bytes:
    """A whole number as Thrift writes it, in at least `width` bytes."""
    left, found = number << 1, bytearray()
    while left or len(found) < width:
        found.append(left & 127 | 128)
        left >>= 7
    found[-1] &= 127
    return bytes(found)


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_clear_words(empty_house: House, name: str) -> None:
    bomb = BOMBS[name]()
    assert len(bomb) < 2 * MB
    said = said_of(empty_house, name, bomb)
    assert said.startswith(f"{name}: "), said
    assert "Traceback" not in said


LATE: dict[str, Callable[[], bytes]] = {
    "far.xlsx": lambda: book_with(**{SHEET: sheet(FAR_ROWS)}),
    "long.csv.gz": lambda: (
        gzip.compress(LIST + b"layla,instagram,12\n" * 9) + gzip.compress(b"x" * MB) * 280
    ),
    "cut.csv.gz": lambda: gzip.compress(LIST + random.Random(1).randbytes(MB).hex().encode())[
        :-9
    ],
}


@pytest.mark.parametrize("name", LATE)
def test_a_bomb_that_begins_well_ends_the_job_in_clear_words(
    empty_house: House, name: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    assert sent(empty_house, name, LATE[name]()).status_code == 302
    upload = Upload.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        empty_house.client("member").post(empty_house.url(f"files/{upload.pk}/"), {})
    job = Job.objects.get(kind="load")
    assert job.state == "failed"
    assert job.error.startswith(f"{name}: "), job.error
    page = empty_house.client("member").get(empty_house.url(f"jobs/{job.pk}/"))
    assert name in page.content.decode()


def test_an_entity_brings_nothing_of_the_machine(empty_house: House) -> None:
    said = said_of(empty_house, "x.xlsx", book_with(**{SHEET: outside()}))
    page = empty_house.client("member").get(empty_house.url()).content.decode()
    assert "root:" not in said + page
    upload = Upload.objects.get()
    shown = empty_house.client("member").get(empty_house.url(f"files/{upload.pk}/"))
    assert "root:" not in shown.content.decode()


def parquet() -> bytes:
    held = io.BytesIO()
    told = {"account": ["layla", "sara"] * 20, "platform": ["x"] * 40, "followers": [1, 2] * 20}
    pq.write_table(pa.table(told), held)
    return held.getvalue()


def locked() -> bytes:
    """The workbook with the marks of encryption on all its parts."""
    made = bytearray(book())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(sign)
        while place >= 0:
            made[place + at] |= 1
            place = made.find(sign, place + 4)
    return bytes(made)


def damaged(whole: bytes, seed: int) -> bytes:
    """A file in which some bytes are others, or of which the end is missing."""
    dice = random.Random(seed)
    made = bytearray(whole)
    for _ in range(dice.choice((1, 5, 40))):
        made[dice.randrange(4, len(made))] = dice.randrange(256)
    return bytes(made[: dice.randrange(8, len(made))] if dice.random() < 0.3 else made)


ROWS = LIST + b"layla,instagram,12\nsara,tiktok,8\n" * 40
WHOLE: dict[str, Callable[[], bytes]] = {
    "a.xlsx": book, "a.parquet": parquet, "a.csv.gz": lambda: gzip.compress(ROWS),
    "a.csv.zst": lambda: zstandard.compress(ROWS), "locked.xlsx": locked,
    "a.json": lambda: b'[{"account": "layla", "platform": "x", "followers": 12}]' * 3,
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_damage_breaks_no_page(empty_house: House, name: str) -> None:
    whole = WHOLE[name]()
    if name == "locked.xlsx":
        assert said_of(empty_house, name, whole).startswith(f"{name}: ")
    for seed in range(25):
        said_of(empty_house, name, damaged(whole, seed))


TRICKS = (
    "../../../etc/cron.d/x.csv", "..\\..\\windows\\x.csv", "/etc/passwd.csv",
    "....//....//x.csv", "%2e%2e%2fx.csv", "C:\\x.csv", "\\\\host\\share\\x.csv", "CON.csv",
    "x.csv/../../y.csv", "~/.ssh/x.csv", ".csv", "x.py", "x.csv\r\nSet-Cookie: a=b",
    "\u202evsc.x", "a" * 600 + ".csv", "$(id).csv", "x*.csv", "x[1].csv",
    "http://192.0.2.1/x.csv", "s3://bucket/x.csv",
)  # fmt: skip


@pytest.mark.parametrize("name", TRICKS)
def test_a_name_leads_nowhere(empty_house: House, name: str) -> None:
    uploads = Path(configured.HOME) / "uploads"
    edge = "-----------------------------parts"
    body = (
        (f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="').encode()
        + name.encode()
        + b'"\r\nContent-Type: text/csv\r\n\r\n'
        + ROWS
    )
    told = body + f"\r\n--{edge}--\r\n".encode()
    before = everything_but(uploads)
    client = empty_house.client("member")
    url = empty_house.url("files/")
    gone = client.post(url, told, content_type=f"multipart/form-data; boundary={edge}")
    assert gone.status_code == 302
    assert "Set-Cookie: a=b" not in str(gone.headers)
    assert everything_but(uploads) == before
    for upload in Upload.objects.all():
        assert Path(upload.path).resolve().parent == uploads.resolve()
        assert Path(upload.path).read_bytes() == ROWS
        assert not set("/\\\r\n\u202e") & set(upload.name)
        page = client.get(empty_house.url(f"files/{upload.pk}/"))
        assert (page.status_code, page.context["refused"]) == (200, "")


def everything_but(uploads: Path) -> set[Path]:
    """What lies in the home, except where uploads are."""
    every = Path(configured.HOME).rglob("*")
    return {file for file in every if uploads not in (file, *file.parents)}


def test_what_is_too_much_is_refused_with_the_limit(
    empty_house: House, settings: SettingsWrapper
) -> None:
    settings.UPLOAD_MOST_MB = 1
    large = sent(empty_house, "x.csv", b"a,b\n" + b"1,2\n" * MB)
    assert (large.status_code, "at most 1 MB" in large.content.decode()) == (400, True)
    few = [SimpleUploadedFile(f"{at}.csv", ROWS) for at in range(21)]
    many = empty_house.client("member").post(empty_house.url("files/"), {"files": few})
    assert (many.status_code, "at most 20" in many.content.decode()) == (400, True)
    fields = {f"f{at}": "x" for at in range(2100)}
    url = empty_house.url("files/")
    assert empty_house.client("member").post(url, fields).status_code == 400
    assert not Upload.objects.exists()
