"""Searches by name: kept, opened with what is new, shared or not; and a found list as XLSX."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from mawj.crm.members.models import Membership, TrailEntry
from mawj.crm.searches.models import Opening, SavedSearch
from mawj.flow.finding import Wanted, find
from mawj.flow.shared_lakes import lake_at
from mawj.web.wording import said

if TYPE_CHECKING:
    from tests.people import House


def saved(house: House, who: str = "member", **told: str) -> SavedSearch:
    """A search for coffee that `who` kept by the form."""
    url = house.url("find/saved/") + "?subject=coffee&order=followers&page=3&x=y"
    gone = house.client(who).post(url, {"name": "قهوه"} | told)
    assert gone.status_code == 302
    return SavedSearch.objects.latest("id")


def longest_part(sentence: str) -> str:
    """The longest piece of a sentence between its holes."""
    return max(re.split(r"\{\w+\}", sentence), key=len).strip()


def test_a_search_is_kept_as_it_was_asked_and_opened(house: House) -> None:
    kept = saved(house)
    assert kept.query == "subject=coffee&order=followers"
    client = house.client("member", "fa")
    assert kept.name in client.get(house.url("find/")).content.decode()
    gone = client.get(house.url(f"find/saved/{kept.pk}/"))
    assert "subject=coffee" in gone["Location"]
    shown = client.get(gone["Location"])
    assert shown.context["wanted"].order == "followers"
    assert 'aria-current="page"' in shown.content.decode()
    assert TrailEntry.objects.filter(did="saved search", about="قهوه").exists()


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_who_is_new_among_the_first_is_told(house: House, language: str) -> None:
    kept = saved(house)
    client = house.client("member", language)
    first = client.get(house.url(f"find/saved/{kept.pk}/"))["Location"]
    part = longest_part(said("find.nothing_new", language))
    assert part not in client.get(first).content.decode(), "nothing before the first time"
    client.get(house.url(f"find/saved/{kept.pk}/"))
    assert part in client.get(first).content.decode()
    opening = Opening.objects.get()
    gone, *opening.accounts = opening.accounts
    opening.save()
    client.get(house.url(f"find/saved/{kept.pk}/"))
    text = client.get(first).content.decode().split('id="results"')[0]
    assert f"creator/{gone}/" in text
    assert longest_part(said("find.new_since", language)) in text


def test_a_private_search_is_for_its_owner_alone(house: House) -> None:
    kept = saved(house)
    for who in ("owner", "guest"):
        client = house.client(who)
        assert client.get(house.url(f"find/saved/{kept.pk}/")).status_code == 404
        assert kept.name not in client.get(house.url("find/")).content.decode()
        changed = client.post(house.url(f"find/saved/{kept.pk}/change/"), {"do": "remove"})
        assert changed.status_code in (403, 404)
    shown = house.client("owner").get(house.url(f"find/?saved={kept.pk}"))
    assert shown.context["opened"] is None
    assert SavedSearch.objects.filter(pk=kept.pk).exists()


def test_a_shared_search_is_opened_by_all_and_changed_by_few(house: House) -> None:
    kept = saved(house, shared="1")
    guest = house.client("guest")
    assert guest.get(house.url(f"find/saved/{kept.pk}/")).status_code == 302
    page = guest.get(house.url("find/")).content.decode()
    assert kept.name in page
    assert "find/saved/?" not in page, "a guest keeps nothing"
    url = house.url(f"find/saved/{kept.pk}/change/")
    assert guest.post(url, {"name": "x"}).status_code == 403
    other = house.users["stranger"]
    Membership.objects.create(workspace=house.workspace, user=other, role="member")
    assert house.client("stranger").post(url, {"name": "x"}).status_code == 404
    assert house.client("owner").post(url, {"name": "x", "shared": "1"}).status_code == 302
    assert SavedSearch.objects.get().name == "x"
    house.client("member").post(url, {"name": "y"})
    assert not SavedSearch.objects.get().is_shared, "its owner takes it back"
    house.client("member").post(url, {"do": "remove"})
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("name", ["", "   "])
def test_a_search_needs_a_name(house: House, name: str) -> None:
    refused = house.client("member").post(house.url("find/saved/"), {"name": name})
    assert refused.status_code == 422
    assert not SavedSearch.objects.exists()


def test_another_workspaces_search_is_nobodys(house: House) -> None:
    kept = saved(house, shared="1")
    theirs = house.users["stranger"].memberships.get().workspace
    url = f"/w/{theirs.slug}/find/saved/{kept.pk}/"
    assert house.client("stranger").get(url).status_code == 404


@pytest.mark.parametrize("key", ["x", "-1", "9" * 40, "١", "1 or 1=1"])
def test_an_address_that_names_no_search_is_a_plain_one(house: House, key: str) -> None:
    shown = house.client("member").get(house.url("find/"), {"saved": key})
    assert shown.status_code == 200
    assert shown.context["opened"] is None


def rows_of(answer: Any) -> list[tuple[Any, ...]]:
    """The rows of a workbook, its headings first."""
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_a_found_list_is_a_workbook(house: House, language: str) -> None:
    asked = {"subject": "coffee", "language": "ar", "page": "2"}
    answer = house.client("guest", language).get(house.url("find.xlsx"), asked)
    headings, *rows = rows_of(answer)
    assert headings[1] == said("find.creator", language)
    wanted = Wanted(subject="coffee", language="ar", top=500)
    found = find(lake_at(house.workspace.lake_path), wanted).found
    assert [row[4] for row in rows] == [one.account_id for one in found]
    assert rows[0][5] == pytest.approx(found[0].influence)
    told = " ".join(str(cell) for row in rows for cell in row)
    assert "SAR" not in told


def test_names_that_compute_are_texts_in_the_workbook(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = lake_at(house.workspace.lake_path)
    first = find(lake, Wanted(subject="coffee", top=1))
    bad = [
        type(first.found[0])(**{**vars(first.found[0]), "name": "=1+1", "handle": "@SUM(1)"})
    ]
    made = type(first)(**{**vars(first), "found": tuple(bad)})
    monkeypatch.setattr("mawj.web.find.sheet.find", lambda *_: made)
    answer = house.client("guest").get(house.url("find.xlsx"), {"subject": "=cmd|x"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    for cell in sheet[2]:
        assert cell.data_type != "f"
        assert not str(cell.value).startswith(("=", "@", "+"))
