"""Files into a list and out of it: seen first, rows left out kept, cells that run nothing."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mawj.crm.creators.actions import add_to_list, drop_list, start_list, write_note
from mawj.crm.creators.list_files import forget_rows, keep_list_file, take_in
from mawj.crm.creators.models import Entry, ListFile, RowLeftOut
from mawj.crm.data.models import Upload
from mawj.crm.members.actions import start_workspace
from mawj.flow.list_file import list_seen
from mawj.flow.shared_lakes import lake_at
from mawj.web.reader import reader_in, set_reader
from mawj.web.wording import said
from mawj.web.xlsx_answers import xlsx_answer

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from mawj.crm.creators.models import CreatorList
    from tests.people import House

ROWS = "account,note\n{known},مرحبًا\nnobody_has_this,=1+1\n"


@pytest.fixture
def known(house: House) -> str:
    """An account whose handle nobody else has."""
    every = lake_at(house.workspace.lake_path).read("accounts")
    alone = every.group_by("handle").agg(n=every.count()).filter(lambda t: t.n == 1)
    table = every.semi_join(alone, "handle").filter(every.platform == "instagram")
    return str(table.order_by("account_id").limit(1).to_pyarrow().to_pylist()[0]["account_id"])


@pytest.fixture
def found(house: House) -> CreatorList:
    return start_list(house.workspace, house.users["member"], "رمضان")


def sent(house: House, found: CreatorList, name: str, content: bytes) -> Any:
    file = SimpleUploadedFile(name, content)
    return house.client("member").post(house.url(f"lists/{found.pk}/files/"), {"file": file})


def brought(house: House, found: CreatorList, name: str, text: str) -> tuple[ListFile, str]:
    assert sent(house, found, name, text.encode()).status_code == 302
    kept = ListFile.objects.latest("pk")
    return kept, house.url(f"lists/{found.pk}/files/{kept.pk}")


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_a_file_is_seen_before_anybody_is_put_on_the_list(
    house: House, found: CreatorList, known: str, language: str
) -> None:
    _, url = brought(house, found, "قائمة.csv", ROWS.format(known=known))
    answer = house.client("member", language).get(f"{url}/")
    shown = answer.content.decode()
    assert answer.context["seen"].found == {known: 1}
    for word in ("is_account", "not_read", "n_fit", "left_none", "left_out_kept"):
        assert said(f"lists.{word}", language) in shown
    assert "nobody_has_this" in shown
    assert found.entries.count() == 0


def test_accounts_go_on_the_list_and_the_rest_is_kept_with_the_reason(
    house: House, found: CreatorList, known: str
) -> None:
    kept, url = brought(house, found, "x.csv", ROWS.format(known=known))
    path = Path(kept.upload.path)  # type: ignore[union-attr]
    client = house.client("member", "fa")
    client.post(f"{url}/", {"account": "0", "platform": ""})
    assert [entry.account_id for entry in found.entries.all()] == [known]
    kept.refresh_from_db()
    assert (kept.n_rows, kept.n_found, kept.n_added, kept.upload) == (2, 1, 1, None)
    assert not path.exists(), "what was taken in is not kept twice"
    rows = list(csv.reader(io.StringIO(b"".join(client.get(f"{url}.csv")).decode("utf-8-sig"))))
    assert rows[0][-2:] == ["account", "note"]
    assert rows[1] == ["2", said("lists.left_none", "fa"), "", "nobody_has_this", "'=1+1"]
    assert "nobody_has_this" in client.get(f"{url}/").content.decode()
    assert client.post(f"{url}/", {}).status_code == 200, "a file is taken in once"
    assert found.entries.count() == 1
    trail = house.client("owner", "fa").get(house.url("team/trail/")).content.decode()
    assert said("trail.took in list file", "fa") in trail


def test_rows_left_out_can_be_mended_and_brought_again(
    house: House, found: CreatorList, known: str
) -> None:
    native = known.split(":", 1)[1]
    kept, url = brought(house, found, "x.csv", f"account\n@{native}zz\n")
    house.client("member").post(f"{url}/", {})
    told = b"".join(house.client("member").get(f"{url}.csv")).decode("utf-8-sig")
    _, url = brought(house, found, "again.csv", told.replace(f"{native}zz", native))
    house.client("member").post(f"{url}/", {})
    assert [entry.account_id for entry in found.entries.all()] == [known]
    assert kept.left_out.count() == 1


def test_a_person_says_which_column_is_read(
    house: House, found: CreatorList, known: str
) -> None:
    platform, native = known.split(":", 1)
    _, url = brought(house, found, "x.csv", f"a,b\n{known},{native}\n")
    client = house.client("member")
    seen = client.get(f"{url}/", {"account": "1", "platform": platform}).context["seen"]
    assert (seen.columns.account, seen.columns.everywhere) == (1, platform)
    for evil in ("-1", "9" * 40, "٣", "x", "1e3"):
        assert client.get(f"{url}/", {"account": evil, "platform": evil}).status_code == 200


BAD = {
    "empty.csv": b" \n", "x.pdf": b"%PDF-1.7 ...", "x.json": b'[{"a": "b"}]',
    "x.xlsx": b"PK\x03\x04" + bytes(90), "bomb.csv.gz": gzip.compress(bytes(2**20)) * 300,
    "null.csv": b"account\n\x00\x01\x02\n",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_list_is_refused_in_clear_words(
    house: House, found: CreatorList, name: str
) -> None:
    assert sent(house, found, name, BAD[name]).status_code == 302
    kept = ListFile.objects.get()
    url = house.url(f"lists/{found.pk}/files/{kept.pk}/")
    client = house.client("member")
    shown = client.get(url)
    assert shown.status_code == 200
    if name != "null.csv":
        assert shown.context["refused"].startswith(f"{name}: ")
    client.post(url, {})
    assert found.entries.count() == 0
    assert client.post(f"{url}drop/").status_code == 302
    assert not Upload.objects.exists()


def test_a_file_over_the_limit_is_refused(
    house: House, found: CreatorList, settings: SettingsWrapper
) -> None:
    settings.UPLOAD_MOST_MB = 1
    assert sent(house, found, "x.csv", b"a\n" + b"1\n" * 2**20).status_code == 400
    assert not ListFile.objects.exists()
    url = house.url(f"lists/{found.pk}/files/")
    assert house.client("member").post(url, {}).status_code == 302, "no file at all"


def test_a_file_for_a_list_does_not_wait_on_the_start_page(
    house: House, found: CreatorList, known: str
) -> None:
    kept, _ = brought(house, found, "only-for-the-list.csv", ROWS.format(known=known))
    client = house.client("member")
    assert "only-for-the-list" not in client.get(house.url()).content.decode()
    assert client.get(house.url(f"files/{kept.upload_id}/")).status_code == 404
    assert client.post(house.url(f"files/{kept.upload_id}/drop/")).status_code == 404
    path = Path(kept.upload.path)  # type: ignore[union-attr]
    drop_list(found, house.users["member"])
    assert not path.exists(), "it goes with its list"


def test_files_of_another_workspace_or_list_are_not_found(
    house: House, found: CreatorList, known: str
) -> None:
    _, url = brought(house, found, "x.csv", ROWS.format(known=known))
    stranger = house.users["stranger"]
    theirs = start_list(start_workspace("Other", "", stranger), stranger, "theirs")
    foreign = ListFile.objects.create(list=theirs, name="x")
    other = start_list(house.workspace, house.users["member"], "other")
    client = house.client("owner")
    for path in (
        f"lists/{theirs.pk}/files/{foreign.pk}/", f"lists/{found.pk}/files/{foreign.pk}/",
        f"lists/{theirs.pk}/files/{foreign.pk}.csv", f"lists/{theirs.pk}.xlsx",
        f"lists/{other.pk}/files/{ListFile.objects.get(list=found).pk}/",
    ):  # fmt: skip
        assert client.get(house.url(path)).status_code == 404, path
    assert house.client("guest").get(f"{url}/").status_code == 403
    assert house.client("guest").get(house.url(f"lists/{found.pk}.xlsx")).status_code == 403
    shown = house.client("guest").get(house.url(f"lists/{found.pk}/")).content.decode()
    assert "x.csv" not in shown
    assert 'type="file"' not in shown


def test_rows_that_name_an_erased_person_go_with_them(
    house: House, found: CreatorList, known: str
) -> None:
    file = ListFile.objects.create(list=found, name="x", n_rows=3)
    native = known.split(":", 1)[1]
    for text, accounts in ((f"@{native.upper()}", [known, "x:y"]), ("other", []), (known, [])):
        RowLeftOut.objects.create(file=file, row=1, said=text, reason="none", accounts=accounts)
    assert forget_rows(house.workspace, [known]) == 2
    assert [row.said for row in file.left_out.all()] == ["other"]


@pytest.mark.parametrize(("language", "is_rtl"), [("en", False), ("ar", True), ("fa", True)])
def test_a_list_as_a_workbook_runs_nothing_and_reads_from_its_side(
    house: House, found: CreatorList, known: str, language: str, is_rtl: bool
) -> None:
    member = house.users["member"]
    add_to_list(found, member, {known: "=HYPERLINK(1)"})
    write_note(found.entries.get(), member, "سطر\n=cmd|x\x00\x1b")
    Entry.objects.update(tags=["+1", "#N/A"])
    answer = house.client("member", language).get(house.url(f"lists/{found.pk}.xlsx"))
    assert answer["Content-Disposition"].startswith("attachment")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.title == "رمضان"
    assert sheet.sheet_view.rightToLeft is is_rtl
    heads, row = list(sheet.iter_rows())
    assert heads[0].value == said("lists.account", language)
    assert (row[0].value, row[1].value, row[3].value) == (known, "'=HYPERLINK(1)", "'+1, #N/A")
    assert row[6].is_date
    assert row[7].value == "سطر\n=cmd|x", "no first sign of the cell"
    assert {cell.data_type for cell in row} <= {"s", "d", "n"}


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "\t=1", "＝1", "\x00=1", "\u200e=1", "\ud800=1", "#REF!"]
)
def test_no_cell_of_a_workbook_is_a_formula(text: str) -> None:
    set_reader(reader_in("ar"))
    answer = xlsx_answer("[*]?.xlsx", [text], [[text, -1.5, None, "x" * 40_000]])
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    for (first, *_), kind in zip(sheet.iter_rows(), ("heading", "row"), strict=True):
        assert first.data_type == "s", kind
        assert str(first.value)[0] in "'#", kind
    assert sheet.cell(2, 2).value == -1.5
    assert sheet.cell(2, 3).value is None
    assert len(str(sheet.cell(2, 4).value)) == 32_767


def test_a_cell_that_no_database_keeps_is_left_out_without_it(
    house: House, found: CreatorList
) -> None:
    held = b"han\x00dle,why\nno\x00body,fr\x00om a tool\n,%s\n" % (b"words " * 500)
    file = keep_list_file(found, house.users["member"], SimpleUploadedFile("x.csv", held))
    assert file.upload is not None
    lake = lake_at(house.workspace.lake_path)
    seen = list_seen(lake, file.upload.path, file.name)
    take_in(file, house.users["member"], seen, {})
    row = file.left_out.get(row=1)
    assert "nobody" in "".join([row.said, *row.cells])
    assert "\x00" not in "".join([row.said, *row.cells, *file.headings])
