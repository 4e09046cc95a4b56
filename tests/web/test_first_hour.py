"""The first hour in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mawj.crm.jobs.actions import do_job
from mawj.crm.jobs.models import Job
from mawj.crm.sources.access import connect
from mawj.crm.sources.asked import Wish, ask, fetch
from mawj.flow.remembered import forget
from mawj.flow.shared_lakes import close_lakes, lake_at
from tests.sources.live.loopback import Answer, Loopback
from tests.sources.live.small_bluesky import SmallBluesky
from tests.web.test_reply import first_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from tests.people import House


@pytest.mark.parametrize(("language", "title", "way"), [
    ("en", "The first hour", "Instagram Graph API"), ("ar", "الساعة الأولى", "واجهة إنستغرام"),
    ("fa", "ساعت نخست", "رابط اینستاگرام"),
])  # fmt: skip
def test_pasted_accounts_are_answered(
    house: House, language: str, title: str, way: str
) -> None:
    client, account = house.client("guest"), first_of(house)
    house.users["guest"].language = language
    house.users["guest"].save()
    pasted = f"{account}\ninstagram @nobody.<b>here</b>\ninstagram nobody.here"
    shown = client.post(house.url("find/first-hour/"), {"pasted": pasted})
    text = shown.content.decode()
    assert shown.status_code == 200
    assert title in text
    assert way in text
    assert f"/creator/{account}/" in text
    assert "<b>here" not in text
    assert [one.account_id for one, *_ in shown.context["shortlist"]] == [account]


def test_the_field_is_empty_at_first_and_linked_from_the_start(house: House) -> None:
    client = house.client("guest")
    assert "answer" not in (client.get(house.url("find/first-hour/")).context or {})
    assert house.url("find/first-hour/") in client.get(house.url("")).content.decode()


PASTED = "bluesky layla.test\nhttps://bsky.app/profile/omid.test\ninstagram @nobody.here"
NOT_COMPUTED = {
    "en": "Nothing is computed yet", "ar": "لم يُحسب شيء بعد", "fa": "هنوز چیزی محاسبه نشده",
}  # fmt: skip


@pytest.fixture
def empty(house: House, tmp_path: Path, settings: SettingsWrapper) -> Iterator[House]:
    """The same people in an empty workspace, where loopback is allowed by the operator."""
    pytest.importorskip("atproto", reason="needs the connectors extra: atproto")
    settings.INTERNAL_ADDRESSES = "127.0.0.0/8"
    house.workspace.lake_path = str(tmp_path / "empty")
    house.workspace.save()
    yield house
    close_lakes()


def asked(house: House, server: Loopback) -> Job:
    told = {"address": server.address, "repositories": server.address}
    connect(house.workspace, house.users["owner"], "bluesky", told)
    url = house.url("find/first-hour/fetch/")
    answer = house.client("member").post(url, {"pasted": PASTED})
    job = Job.objects.get(kind="first_hour")
    assert answer["Location"].endswith(f"/jobs/{job.pk}/")
    return job


def test_an_empty_workspace_comes_to_a_first_shortlist(empty: House) -> None:
    member = empty.client("member")
    for language, words in NOT_COMPUTED.items():
        empty.users["member"].language = language
        empty.users["member"].save()
        shown = member.post(empty.url("find/first-hour/"), {"pasted": PASTED})
        assert shown.context["is_fetchable"]
        assert words in shown.content.decode()
    with Loopback(SmallBluesky()) as server:
        job = asked(empty, server)
        do_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    assert job.result["run_id"]
    assert {params["actor"][0] for path, params in server.asked if "Feed" in path} == {
        "layla.test", "omid.test",
    }  # fmt: skip
    again = empty.url(f"find/first-hour/?job={job.pk}")
    assert again in member.get(empty.url(f"jobs/{job.pk}/")).content.decode()
    now = empty.client("guest").get(again)
    assert [one.state for one in now.context["answer"].lines] == ["known", "known", "absent"]
    assert len(now.context["shortlist"]) == 2
    assert [one.platform for one, _ in now.context["absent"]] == ["instagram"]
    assert not now.context["is_fetchable"]


def test_where_nothing_comes_the_job_is_seen_to_have_failed(empty: House) -> None:
    with Loopback(lambda *_: Answer({"error": "AuthMissing"}, 401)) as server:
        job = asked(empty, server)
        do_job(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    shown = empty.client("member").get(empty.url(f"jobs/{job.pk}/")).content.decode()
    assert empty.url(f"find/first-hour/?job={job.pk}") in shown


def test_nobody_fetches_what_nothing_brings_and_no_guest_fetches(house: House) -> None:
    url = house.url("find/first-hour/fetch/")
    assert house.client("guest").post(url, {"pasted": PASTED}).status_code == 403
    told = house.client("member").post(url, {"pasted": "snapchat nobody"}, follow=True)
    assert "No connected source can bring any of them" in told.content.decode()
    assert not Job.objects.filter(kind="first_hour").exists()


def test_what_another_workspace_pasted_is_not_shown(house: House) -> None:
    job = Job.objects.create(
        workspace=house.users["stranger"].memberships.get().workspace, kind="first_hour",
        asked={"pasted": "secret.handle"},
    )  # fmt: skip
    for told in (str(job.pk), "x", "99999999999999999999"):
        shown = house.client("member").get(house.url(f"find/first-hour/?job={told}"))
        assert shown.status_code == 200
        assert "secret.handle" not in shown.content.decode()


def test_who_is_loaded_and_not_computed_is_offered_to_be_computed(
    own_house: House, settings: SettingsWrapper
) -> None:
    pytest.importorskip("atproto", reason="needs the connectors extra: atproto")
    settings.INTERNAL_ADDRESSES = "127.0.0.0/8"
    member, url = own_house.client("member"), own_house.url("find/first-hour/")
    offered = "Some are loaded and not computed yet"
    told = {"pasted": f"bluesky layla.test\n{first_of(own_house)}"}
    assert offered not in member.post(url, told).content.decode()
    with Loopback(SmallBluesky()) as server:
        owner, wish = own_house.users["owner"], Wish("bluesky", ["layla.test"])
        connect(own_house.workspace, owner, "bluesky", {"address": server.address})
        lake = lake_at(own_house.workspace.lake_path)
        ask(own_house.workspace, owner, lake, wish)
        do_job(fetch(own_house.workspace, owner, ["bluesky"]).pk)
    forget()
    assert offered in member.post(url, told).content.decode()
    assert offered not in own_house.client("guest").post(url, told).content.decode()
