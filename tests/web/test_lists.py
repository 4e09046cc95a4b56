"""Lists: stages, notes, tags, owners, reminders, history; files that run nothing; roles."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from mawj.crm.creators.actions import add_to_list, change_entry, history_of, start_list
from mawj.crm.creators.models import CreatorList, Entry
from mawj.crm.members.actions import start_workspace
from mawj.flow.finding import Wanted, find
from mawj.flow.shared_lakes import lake_at
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from tests.people import House


@pytest.fixture
def entry(house: House) -> Entry:
    """One creator on one list."""
    lake = lake_at(house.workspace.lake_path)
    one = find(lake, Wanted(subject="coffee", top=1)).found[0]
    made = start_list(house.workspace, house.users["member"], "رمضان")
    add_to_list(made, house.users["member"], {one.account_id: one.name or ""})
    return made.entries.get()


def test_accounts_are_added_in_any_form_and_once(house: House, entry: Entry) -> None:
    client = house.client("member")
    handle = entry.account_id.split(":", 1)[1]
    told = {"list": entry.list.pk, "accounts": f"{entry.account_id}\nnobody_knows_me\n{handle}"}
    client.post(house.url("lists/add/"), told)
    assert entry.list.entries.count() == 1
    shown = client.get(house.url(f"lists/{entry.list.pk}/"))
    assert "nobody_knows_me" in shown.content.decode(), "what is not loaded is said"
    assert shown.context["entries"][0][1]["influence"] > 0


def test_an_entry_changes_and_its_history_says_how(house: House, entry: Entry) -> None:
    client = house.client("member")
    member = house.users["member"]
    today = timezone.now().date()
    url = house.url(f"lists/entry/{entry.pk}/")
    told = {"stage": "aware", "owner": member.pk, "tags": "قهوة، coffee , ", "remind_on": today}
    client.post(url, told)
    client.post(f"{url}note/", {"text": "تحدثنا <b>أمس</b>"})
    entry.refresh_from_db()
    assert (entry.stage, entry.tags, entry.remind_on) == ("aware", ["قهوة", "coffee"], today)
    did = [one.did for one in history_of(entry)]
    assert did[:2] == ["wrote note", "changed remind_on"]
    shown = client.get(url).content.decode()
    assert "تحدثنا &lt;b&gt;أمس" in shown
    assert str(entry) in client.get(house.url("lists/")).content.decode(), "it is due"


def test_what_makes_no_sense_is_refused(house: House, entry: Entry) -> None:
    member = house.users["member"]
    with pytest.raises(ActionRefused, match="no stage"):
        change_entry(entry, member, stage="married")
    with pytest.raises(ActionRefused, match="belong"):
        change_entry(entry, member, owner=house.users["stranger"])
    with pytest.raises(ActionRefused, match="already"):
        start_list(house.workspace, member, entry.list.name)
    assert (
        house.client("member").post(house.url("lists/start/"), {"name": " "}).status_code == 422
    )


def test_the_teams_own_stages(house: House, entry: Entry) -> None:
    url = house.url(f"lists/{entry.list.pk}/stages/")
    house.client("member").post(url, {"stages": "جديد\nاتفقنا\n\nانتهى"})
    entry.list.refresh_from_db()
    assert entry.list.stages == ["جديد", "اتفقنا", "انتهى"]


def test_a_guest_sees_the_list_but_neither_notes_nor_tags(house: House, entry: Entry) -> None:
    change_entry(entry, house.users["member"], tags=["expensive"])
    client = house.client("guest")
    shown = client.get(house.url(f"lists/{entry.list.pk}/"))
    assert str(entry) in shown.content.decode()
    assert "expensive" not in shown.content.decode()
    assert client.get(house.url(f"lists/entry/{entry.pk}/")).status_code == 403
    assert client.get(house.url(f"lists/{entry.list.pk}.csv")).status_code == 403


def test_an_exported_list_runs_nothing(house: House, entry: Entry) -> None:
    Entry.objects.update(name="=HYPERLINK(1)", tags=["+cmd|x", "@SUM(A1)"])
    answer = house.client("member", "ar").get(house.url(f"lists/{entry.list.pk}.csv"))
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert rows[0][0] == "الحساب"
    assert [cell for cell in rows[1] if cell and cell[0] in "=+-@"] == []
    assert rows[1][1] == "'=HYPERLINK(1)"


def test_lists_of_another_workspace_are_not_found(house: House, entry: Entry) -> None:
    other = start_workspace("Other", "", house.users["stranger"])
    theirs = CreatorList.objects.create(workspace=other, name="theirs")
    their_entry = Entry.objects.create(list=theirs, account_id="x:y")
    client = house.client("owner")
    for path in (
        f"lists/{theirs.pk}/",
        f"lists/entry/{their_entry.pk}/",
        f"lists/{theirs.pk}.csv",
    ):
        assert client.get(house.url(path)).status_code == 404
    told = {"list": theirs.pk, "accounts": entry.account_id}
    assert client.post(house.url("lists/add/"), told).status_code == 404
    assert theirs.entries.count() == 1


def test_a_reminder_that_is_to_come_is_not_due(house: House, entry: Entry) -> None:
    tomorrow = timezone.now().date() + timedelta(days=1)
    change_entry(entry, house.users["member"], remind_on=tomorrow)
    assert list(house.client("member").get(house.url("lists/")).context["due"]) == []
