"""The sources in the browser: connected, asked, fetched as a job, by whom, reaching what."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

pytest.importorskip("atproto", reason="needs the connectors extra: atproto")

from mawj.crm.creators.actions import add_to_list, start_list
from mawj.crm.jobs.actions import do_job
from mawj.crm.jobs.models import Job
from mawj.crm.members.actions import start_workspace
from mawj.crm.sources import schedule
from mawj.crm.sources.models import SourceAccess, SyncSchedule
from mawj.crm.sources.schedule import fetch_what_is_due
from mawj.crm.sources.work import matters_to
from mawj.flow import gathering
from mawj.flow.first_fetch import absent_of
from mawj.flow.freshness_seen import Seen
from mawj.flow.remembered import forget
from mawj.flow.shared_lakes import close_lakes, lake_at, lake_for_work
from mawj.flow.source_states import states
from mawj.sources.live import SOURCES
from mawj.sources.live.live import Kind
from mawj.tables.errors import LakeError
from mawj.web.wording import words_of
from tests.sources.live.loopback import Answer, Loopback
from tests.sources.live.small_bluesky import SmallBluesky

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

    from mawj.lake.lake import Lake
    from tests.people import House

SECRET = "abcd-efgh-ijkl-mnop"


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback(SmallBluesky()) as server:
        yield server


@pytest.fixture
def asking(house: House, tmp_path: Path, settings: SettingsWrapper) -> Iterator[House]:
    """The same people in an empty workspace, where loopback is allowed by the operator."""
    settings.INTERNAL_ADDRESSES = "127.0.0.0/8"
    settings.SOURCE_KEY_FILE = tmp_path / "source-key"
    house.workspace.lake_path = str(tmp_path / "empty")
    house.workspace.save()
    yield house
    close_lakes()


def post(house: House, who: str, path: str, **told: Any) -> HttpResponse:
    answer: HttpResponse = house.client(who).post(house.url(f"sources/{path}"), told)
    return answer


def connected(house: House, server: Loopback, **more: str) -> None:
    told = {"address": server.address, "repositories": server.address} | more
    assert post(house, "owner", "bluesky/connect/", **told).status_code == 302


def text(house: House, who: str, path: str, language: str = "en") -> str:
    house.users[who].language = language
    house.users[who].save()
    return house.client(who).get(house.url(path)).content.decode()


def fetched(house: House, **told: Any) -> Job:
    """Ask for fetching, and do it as the worker does."""
    post(house, "member", "fetch/", **told)
    job = Job.objects.filter(kind="sync").latest("pk")
    do_job(job.pk)
    job.refresh_from_db()
    return job


def subjects(house: House) -> list[str]:
    return sorted({one.subject for one in states(lake_at(house.workspace.lake_path))
                   if not one.is_stopped})  # fmt: skip


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_every_source_has_its_page_in_three_languages(asking: House, name: str) -> None:
    titles = {"en": "Ask from now on", "ar": "اطلب من الآن", "fa": "از این پس بخواه"}
    for language, title in titles.items():
        shown = text(asking, "owner", f"sources/{name}/", language)
        assert title in shown
        asked = [one for one in SOURCES[name].fields if not one.is_for_operator]
        for field in asked:
            assert f'name="{field.name}"' in shown
        n_secret = sum(one.is_secret for one in asked)
        assert shown.count('type="password"') == n_secret
        assert f"sources/{name}/" in text(asking, "guest", "sources/", language)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_what_a_source_is_asked_for_and_needs_is_named_in_three_languages(name: str) -> None:
    source, words = SOURCES[name], words_of("sources")
    assert name in words_of("keys")
    assert f"basis_{name}" in words
    assert {f"kind_{kind}" for kind in source.kinds} <= set(words)
    assert {f"subject_{kind.subject}" for kind in source.kinds.values()} <= set(words)
    for field in source.fields:
        own, shared = f"field_{name}_{field.name}", f"field_{field.name}"
        assert field.is_for_operator or own in words or shared in words, field.name


def test_a_source_of_ones_own_account_is_asked_without_naming_anybody(
    asking: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = {"own_account": Kind("our account", "")}
    own = replace(
        SOURCES["bluesky"], name="own", platform="snapchat", kinds=kinds,
        usual=("own_account",), subject_of=lambda _kind, _typed: "own",
    )  # fmt: skip
    monkeypatch.setitem(SOURCES, "own", own)
    post(asking, "member", "own/ask/", kind="own_account")
    assert subjects(asking) == ["own"]
    pasted = "snapchat somebody"
    [one] = absent_of(lake_at(asking.workspace.lake_path), pasted, ["own"])
    assert (one.source, one.subjects) == ("", ()), "it brings nobody else"


def test_pasted_accounts_are_asked_for_and_what_is_none_is_named(
    asking: House, server: Loopback
) -> None:
    connected(asking, server)
    pasted = "layla.test\nhttps://bsky.app/profile/omid.test, nobody\n<b>x</b>"
    answer = asking.client("member").post(
        asking.url("sources/bluesky/ask/"), {"subjects": pasted, "kind": ["accounts", "posts"]},
        follow=True,
    )  # fmt: skip
    shown = answer.content.decode()
    assert subjects(asking) == ["layla.test", "omid.test"]
    assert "nobody" in shown
    assert "handle or DID" in shown
    assert "<b>x" not in shown
    assert asking.workspace.trail.filter(did="asked a source").count() == 1


def test_what_is_due_is_fetched_as_a_job_that_tells_what_came(
    asking: House, server: Loopback
) -> None:
    connected(asking, server)
    post(asking, "member", "bluesky/ask/", subjects="layla.test omid.test".replace(" ", "\n"))
    job = fetched(asking)
    assert (job.state, job.error) == ("done", "")
    [told] = job.result["sources"]
    assert (told["n_due"], told["n_finished"], told["n_waiting"]) == (4, 4, 0)
    assert (job.n_done, job.n_steps) == (4, 4), "progress is seen"
    assert lake_at(asking.workspace.lake_path).read("posts").count().execute() == 14
    page = text(asking, "guest", f"jobs/{job.pk}/")
    assert "Bluesky: 4 of 4 fetched whole" in page
    assert "fresh" in text(asking, "guest", "sources/bluesky/")


class Killed(BaseException):
    """Stands for the worker that ends at this point."""


def test_a_job_that_was_cut_off_goes_on_where_it_stood(
    asking: House, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(asking, server)
    post(asking, "member", "bluesky/ask/", subjects="layla.test\nomid.test", kind="posts")
    post(asking, "member", "fetch/")
    job = Job.objects.filter(kind="sync").latest("pk")
    n_asked, real, n_saved = len(server.asked), gathering.save, 0

    def dies(*told: Any) -> None:
        nonlocal n_saved
        real(*told)
        n_saved += 1
        if n_saved == 1:
            raise Killed

    monkeypatch.setattr(gathering, "save", dies)
    with pytest.raises(Killed):
        do_job(job.pk)
    monkeypatch.setattr(gathering, "save", real)
    assert len(server.asked) - n_asked == 3, "one account's pages"
    Job.objects.filter(pk=job.pk).update(state="waiting")
    do_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.n_begun) == ("done", 2)
    assert len(server.asked) - n_asked == 6, "the other account's pages alone"
    assert lake_at(asking.workspace.lake_path).read("posts").count().execute() == 14


@pytest.mark.parametrize(("language", "words"), [
    ("en", "an owner should connect it again"), ("ar", "على مالك أن يربطه من جديد"),
    ("fa", "یکی از مالک‌ها باید دوباره وصلش کند"),
])  # fmt: skip
def test_a_job_that_is_refused_is_seen_to_have_failed_in_plain_words(
    asking: House, server: Loopback, language: str, words: str
) -> None:
    server.always = lambda _: Answer({"error": "AuthMissing"}, 401)
    connected(asking, server)
    post(asking, "member", "bluesky/ask/", subjects="layla.test", kind="posts")
    job = fetched(asking)
    assert job.state == "failed"
    assert job.result["sources"][0]["error"] == "SourceRefused"
    assert words in text(asking, "member", f"jobs/{job.pk}/", language)
    assert words in text(asking, "member", "sources/", language)
    assert words in text(asking, "member", "sources/bluesky/", language)


def test_keys_are_for_owners_to_set_and_for_nobody_to_see(
    asking: House, server: Loopback
) -> None:
    connected(asking, server, handle="us.test", password=SECRET)
    assert SourceAccess.objects.get().key_names == ["password"]
    for who in ("owner", "member", "guest"):
        shown = text(asking, who, "sources/bluesky/") + text(asking, who, "sources/")
        assert SECRET not in shown
        assert ("us.test" in shown) == (who == "owner")
    assert SECRET not in json.dumps(list(asking.workspace.trail.values()), default=str)
    assert post(asking, "member", "bluesky/connect/", password="x").status_code == 403
    assert post(asking, "guest", "bluesky/ask/", subjects="layla.test").status_code == 403
    assert post(asking, "guest", "fetch/").status_code == 403
    post(asking, "owner", "bluesky/disconnect/")
    assert not SourceAccess.objects.exists()


@pytest.mark.parametrize("address", [
    "http://127.0.0.1:1", "https://localhost/", "http://169.254.169.254/latest/meta-data",
    "https://[::ffff:10.0.0.1]/", "file:///etc/passwd",
])  # fmt: skip
def test_an_address_that_leads_inside_connects_nothing(
    asking: House, settings: SettingsWrapper, address: str
) -> None:
    settings.INTERNAL_ADDRESSES = ""
    answer = asking.client("owner").post(
        asking.url("sources/bluesky/connect/"), {"address": address}, follow=True
    )
    assert not SourceAccess.objects.exists()
    assert "alert" in answer.content.decode()


def test_a_connection_that_leads_inside_later_is_cut_before_a_byte(
    asking: House, server: Loopback, settings: SettingsWrapper
) -> None:
    connected(asking, server)
    post(asking, "member", "bluesky/ask/", subjects="layla.test", kind="posts")
    settings.INTERNAL_ADDRESSES = ""
    job = fetched(asking)
    assert job.state == "failed"
    assert "not a public address" in job.error
    assert server.asked == []


def test_what_is_stopped_is_fetched_no_more(asking: House, server: Loopback) -> None:
    connected(asking, server)
    post(asking, "member", "bluesky/ask/", subjects="layla.test\nomid.test", kind="posts")
    post(asking, "member", "bluesky/stop/", subject="omid.test", kind="posts")
    assert subjects(asking) == ["layla.test"]
    fetched(asking)
    assert {params["actor"][0] for _, params in server.asked} == {"layla.test"}


def test_the_schedule_asks_when_its_turn_comes_and_once(
    asking: House, server: Loopback
) -> None:
    connected(asking, server)
    post(asking, "member", "bluesky/ask/", subjects="layla.test", kind="posts")
    assert fetch_what_is_due(timezone.now() + timedelta(days=9)) == [], "off by default"
    post(asking, "member", "schedule/", every_h="6")
    assert fetch_what_is_due(timezone.now()) == []
    later = timezone.now() + timedelta(hours=6, minutes=1)
    [job] = fetch_what_is_due(later)
    assert job.asked["sources"] == ["bluesky"]
    assert fetch_what_is_due(later) == [], "the turn is taken"
    assert SyncSchedule.objects.get().next_at == later + timedelta(hours=6)
    assert fetch_what_is_due(later + timedelta(hours=6)) == [job], "it still waits"
    post(asking, "member", "schedule/", every_h="7")
    assert SyncSchedule.objects.get().every_h == 6
    post(asking, "member", "schedule/", every_h="0")
    assert not SyncSchedule.objects.exists()


def test_a_lake_that_cannot_be_opened_keeps_no_other_team_waiting(
    asking: House, server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(asking, server)
    post(asking, "member", "bluesky/ask/", subjects="layla.test", kind="posts")
    other = start_workspace("Broken", str(tmp_path / "broken"), asking.users["owner"])

    def opened(path: str) -> Lake:
        if path.endswith("broken"):
            raise LakeError("the disk is gone")
        return lake_for_work(path)

    monkeypatch.setattr(schedule, "lake_for_work", opened)
    now = timezone.now()
    for workspace in (other, asking.workspace):
        SyncSchedule.objects.create(workspace=workspace, every_h=1, next_at=now)
    assert [job.workspace for job in fetch_what_is_due(now)] == [asking.workspace]


def test_two_who_ask_at_once_have_one_job(asking: House, server: Loopback) -> None:
    connected(asking, server)
    post(asking, "member", "bluesky/ask/", subjects="layla.test")
    for who in ("member", "owner"):
        post(asking, who, "fetch/", source="bluesky")
    assert Job.objects.filter(kind="sync").count() == 1


def test_lists_and_watching_say_what_matters(asking: House) -> None:
    workspace, member = asking.workspace, asking.users["member"]
    made = start_list(workspace, member, "Ramadan")
    add_to_list(made, member, {"bluesky:did:plc:sara": "Sara"})
    workspace.watches.create(user=member, account_id="bluesky:did:plc:omid")
    lake = lake_at(workspace.lake_path)
    assert matters_to(workspace, lake) == {
        "bluesky:did:plc:sara": "list", "bluesky:did:plc:omid": "watched",
    }  # fmt: skip


def test_accounts_of_a_list_are_fetched_first(asking: House, server: Loopback) -> None:
    connected(asking, server)
    member = asking.users["member"]
    post(asking, "member", "bluesky/ask/", subjects="layla.test\nomid.test\nsara.test")
    fetched(asking)
    add_to_list(start_list(asking.workspace, member, "A"), member, {"bluesky:did:plc:sara": ""})
    post(asking, "member", "bluesky/ask/", subjects="layla.test\nomid.test\nsara.test",
         kind="followers")  # fmt: skip
    n_before = len(server.asked)
    fetched(asking)
    assert server.asked[n_before][1]["actor"] == ["sara.test"]


def test_one_account_is_fetched_anew_though_it_is_fresh(
    asking: House, server: Loopback
) -> None:
    connected(asking, server)
    post(asking, "member", "bluesky/ask/", subjects="layla.test\nomid.test", kind="posts")
    fetched(asking)
    n_before = len(server.asked)
    answer = post(asking, "member", "refresh/", account="bluesky:did:plc:omid")
    job = Job.objects.filter(kind="sync").latest("pk")
    assert answer["Location"].endswith(f"/jobs/{job.pk}/")
    do_job(job.pk)
    assert {params["actor"][0] for _, params in server.asked[n_before:]} == {"omid.test"}


def test_an_account_that_no_source_brings_says_what_to_do(asking: House) -> None:
    answer = asking.client("member").post(
        asking.url("sources/refresh/"), {"account": "snapchat:nobody"}, follow=True
    )
    assert "No connected source brings this account" in answer.content.decode()


def test_a_stale_account_offers_to_be_fetched_to_those_who_may(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = lake_at(house.workspace.lake_path)
    account = lake.read("influence").limit(1).to_pyarrow()["account_id"][0].as_py()
    offered = 'action="' + house.url("sources/refresh/")
    for age, is_offered in ((90, True), (3, False)):
        seen = (Seen("counts", timezone.now() - timedelta(days=age), age, 30),)
        monkeypatch.setattr("mawj.web.creator.views.seen_of", lambda *_, seen=seen: seen)
        forget()
        assert (offered in text(house, "member", f"creator/{account}/")) == is_offered
        assert offered not in text(house, "guest", f"creator/{account}/")
    assert house.url("sources/") in text(house, "guest", "")
