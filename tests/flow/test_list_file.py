"""Files of handles and links: whom they mean, which column is read, what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from mawj.flow.list_file import MOST_ROWS, Columns, list_seen
from mawj.flow.told_accounts import Told, meant
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from pathlib import Path

    from mawj.flow.opened import OpenLake
    from mawj.lake.lake import Lake


@pytest.fixture
def lake(opened: OpenLake) -> Lake:
    return opened.lake


@pytest.fixture
def sole(lake: Lake) -> list[tuple[str, str]]:
    """Handle and id of some accounts on Instagram whose handle nobody else has."""
    table = lake.read("accounts")
    alone = table.group_by("handle").agg(n=table.count()).filter(lambda t: t.n == 1)
    found = table.semi_join(alone, "handle").filter(lambda t: t.platform == "instagram")
    rows = found.order_by("account_id").limit(8).to_pyarrow().to_pylist()
    return [(row["handle"], row["account_id"]) for row in rows]


@pytest.fixture
def shared(lake: Lake) -> tuple[str, list[tuple[str, str]]]:
    """A handle that two accounts have, and their platforms and ids."""
    table = lake.read("accounts")
    twice = table.group_by("handle").agg(n=table.platform.nunique()).filter(lambda t: t.n == 2)
    handle = str(twice.order_by("handle").limit(1).to_pyarrow().to_pylist()[0]["handle"])
    rows = table.filter(table.handle == handle).order_by("account_id").to_pyarrow().to_pylist()
    return handle, [(row["platform"], row["account_id"]) for row in rows]


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_an_account_is_meant_in_any_form(lake: Lake, sole: list[tuple[str, str]]) -> None:
    handle, account = sole[0]
    forms = [
        account, handle, f"@{handle}", f" @{handle.upper()} ", f"\u200e@{handle}\u200f",
        f"https://www.instagram.com/{handle}/?hl=ar", f"instagram.com/{handle}",
        f"instagram:{handle}", f"'@{handle}",
    ]  # fmt: skip
    assert meant(lake, [Told(form) for form in forms]) == [(account,)] * len(forms)
    assert meant(lake, [Told(f"tiktok.com/@{handle}"), Told("no one"), Told("")]) == [()] * 3


def test_a_platform_in_any_language_tells_accounts_of_one_handle_apart(
    lake: Lake, shared: tuple[str, list[tuple[str, str]]]
) -> None:
    handle, accounts = shared
    both = tuple(sorted(account for _, account in accounts))
    assert meant(lake, [Told(handle)]) == [both]
    for platform, account in accounts:
        assert meant(lake, [Told(handle, platform.upper())]) == [(account,)]
    words = {"instagram": "انستغرام", "tiktok": "تیک‌تاک", "youtube": "يوتيوب", "x": "تويتر"}
    told = [Told(handle, words[platform]) for platform, _ in accounts if platform in words]
    assert meant(lake, told) == [(a,) for platform, a in accounts if platform in words]


def test_the_column_whose_cells_are_loaded_accounts_is_read(
    lake: Lake, sole: list[tuple[str, str]], tmp_path: Path
) -> None:
    lines = [f"ملاحظة {at},https://instagram.com/{h},فلانة" for at, (h, _) in enumerate(sole)]
    text = "\n".join(["الحساب,العنوان,الاسم", *lines, "ملاحظة,https://instagram.com/zlo.zlo,س"])
    seen = list_seen(lake, written(tmp_path, "قائمة.csv", text), "قائمة.csv")
    assert seen.headings[seen.columns.account] == "العنوان"
    assert (seen.n_looked, seen.n_known) == (len(sole) + 1, len(sole))
    assert list(seen.found) == [account for _, account in sole]
    left = seen.left_out[0]
    assert (left.row, left.reason, left.cells[2]) == (len(sole) + 1, "none", "س")


def test_a_bare_list_has_no_headings_and_its_first_line_counts(
    lake: Lake, sole: list[tuple[str, str]], tmp_path: Path
) -> None:
    text = "\n".join(f"@{handle}" for handle, _ in sole)
    seen = list_seen(lake, written(tmp_path, "x.csv", text), "x.csv")
    assert list(seen.found) == [account for _, account in sole]
    assert (seen.n_rows, seen.left_out) == (len(sole), ())


def test_rows_that_mean_nobody_several_or_the_same_again_are_told(
    lake: Lake, sole: list[tuple[str, str]], shared: tuple[str, list[tuple[str, str]]],
    tmp_path: Path,
) -> None:  # fmt: skip
    handle, account = sole[0]
    lines = ["handle,platform", f"{handle},", f"{account},", f"{shared[0]},", ",tiktok", "zlo,"]
    path = written(tmp_path, "x.csv", "\n".join(lines))
    seen = list_seen(lake, path, "x.csv")
    assert (list(seen.found), seen.n_twice, seen.n_rows) == ([account], 1, 5)
    assert [(one.row, one.reason) for one in seen.left_out] == [
        (3, "several"), (4, "empty"), (5, "none"),
    ]  # fmt: skip
    assert seen.left_out[0].accounts == tuple(sorted(one for _, one in shared[1]))
    platform, wanted = shared[1][0]
    again = list_seen(lake, path, "x.csv", Columns(0, None, platform))
    assert wanted in again.found, "the platform of all rows, as a person says it"


def test_a_workbook_is_read_like_a_csv(
    lake: Lake, sole: list[tuple[str, str]], tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    for row in (("شناسه", "پلتفرم"), *((handle, "اینستاگرام") for handle, _ in sole)):
        book.active.append(row)
    book.save(tmp_path / "x.xlsx")
    seen = list_seen(lake, tmp_path / "x.xlsx", "x.xlsx")
    assert (seen.columns.account, seen.columns.platform) == (0, 1)
    assert list(seen.found) == [account for _, account in sole]


def test_columns_of_another_file_are_brought_within_this_one(
    lake: Lake, sole: list[tuple[str, str]], tmp_path: Path
) -> None:
    path = written(tmp_path, "x.csv", f"handle,b\n{sole[0][0]},1\n")
    seen = list_seen(lake, path, "x.csv", Columns(99, 99, "nowhere"))
    assert seen.columns == Columns(0, None, "")
    assert list(seen.found) == [sole[0][1]]


def test_what_is_no_list_is_refused_in_clear_words(lake: Lake, tmp_path: Path) -> None:
    json = written(tmp_path, "x.json", '[{"handle": "layla"}]')
    with pytest.raises(SourceRefused, match="CSV or XLSX"):
        list_seen(lake, json, "x.json")
    long = written(tmp_path, "x.csv", "handle\n" + "layla\n" * (MOST_ROWS + 1))
    with pytest.raises(SourceRefused, match="20,000 rows"):
        list_seen(lake, long, "x.csv")
