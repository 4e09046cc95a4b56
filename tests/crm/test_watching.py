"""Watching: what moved, what is new, what went stale is told once, on the page and by mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from django.core import mail

from mawj.crm.creators.actions import add_to_list, start_list
from mawj.crm.searches.actions import forget_found, open_search, save_search
from mawj.crm.searches.models import Opening
from mawj.crm.watching.actions import (
    begin_from_now,
    first_of,
    forget_watched,
    look,
    put_aside,
    said,
    unseen,
    watch,
)
from mawj.crm.watching.models import Alert
from mawj.flow.finding import Wanted, find
from mawj.flow.freshness_seen import seen_of
from mawj.flow.named import names_of
from mawj.flow.running import RunAsked, run
from mawj.flow.sentences import number, say
from mawj.flow.settings import settings_in_force
from mawj.flow.shared_lakes import lake_at
from mawj.flow.vet_kept import keep_vetting
from mawj.flow.vetting import VetAsked, vet
from mawj.lake.lake import Lake
from mawj.web import wording

if TYPE_CHECKING:
    from mawj.crm.creators.models import CreatorList
    from tests.people import House

SOON = datetime(2026, 11, 1, tzinfo=UTC)
"""Shortly after the made-up world was fetched."""


def test_what_went_stale_is_told_once_in_the_watchers_language(house: House) -> None:
    lake = lake_at(house.workspace.lake_path)
    account = find(lake, Wanted(subject="coffee", top=1)).found[0].account_id
    member = house.users["member"]
    member.language = "ar"
    member.save()
    watch(house.workspace, member, account, 3.0)
    assert look(house.workspace, lake, SOON) == []
    late = SOON + timedelta(days=90)
    assert [alert.kind for alert in look(house.workspace, lake, late)] == ["stale"]
    assert look(house.workspace, lake, late) == [], "told once"
    assert "وهو قديم" in mail.outbox[-1].body
    assert "وهو قديم" in house.client("member").get(house.url()).content.decode()
    assert unseen(house.workspace, house.users["owner"]) == []
    put_aside(house.workspace, member)
    assert unseen(house.workspace, member) == []


def test_each_kind_goes_stale_by_its_own_time_to_live_as_on_the_page(house: House) -> None:
    """Ties hold a quarter and counts a month: the day between tells of counts alone."""
    lake = lake_at(house.workspace.lake_path)
    account = find(lake, Wanted(subject="coffee", top=1)).found[0].account_id
    watch(house.workspace, house.users["member"], account, 3.0)
    counts = next(one for one in seen_of(lake, account, SOON) if one.kind == "counts")
    last = counts.seen_at + timedelta(days=counts.ttl_days)
    assert look(house.workspace, lake, last) == []
    (alert,) = look(house.workspace, lake, last + timedelta(days=1))
    assert alert.told == {"seen_at": counts.seen_at.isoformat()}
    late = last + timedelta(days=1)
    assert [one.kind for one in seen_of(lake, account, late) if one.is_stale] == [
        one.kind for one in seen_of(lake, account, late) if one.ttl_days == counts.ttl_days
    ]


def test_a_score_that_moved_is_told_with_its_reasons(own_house: House) -> None:
    """The same data computed as of an earlier day: scores move, and the reasons are named."""
    path = own_house.workspace.lake_path
    with Lake.open(path) as lake:
        as_of = datetime(2026, 8, 1, tzinfo=UTC)
        run(lake, RunAsked(settings_in_force(), as_of=as_of))
        accounts = [one.account_id for one in find(lake, Wanted(top=40)).found]
        for account in accounts:
            watch(own_house.workspace, own_house.users["member"], account, 1.0)
        made = look(own_house.workspace, lake, as_of)
    moved = [alert for alert in made if alert.kind == "moved"]
    assert moved
    for alert in moved:
        assert abs(alert.told["now"] - alert.told["before"]) >= 1.0
        assert alert.told["parts"]
        assert alert.watch.account_id in said(alert, "en")


@pytest.mark.parametrize("points", ["", "many", "-5", "1e9"])
def test_a_threshold_that_makes_no_sense_is_brought_within_bounds(
    house: House, points: str
) -> None:
    lake = lake_at(house.workspace.lake_path)
    account = find(lake, Wanted(subject="coffee", top=1)).found[0].account_id
    client = house.client("member")
    client.post(house.url(f"watching/{account}/"), {"points": points})
    assert 0.5 <= house.workspace.watches.get().moved_by <= 100
    client.post(house.url(f"watching/{account}/"), {"do": "end"})
    assert not house.workspace.watches.exists()


def a_list(house: House, n: int) -> tuple[CreatorList, list[str]]:
    """A list with the first accounts that a search for coffee finds."""
    lake = lake_at(house.workspace.lake_path)
    ids = [one.account_id for one in find(lake, Wanted(subject="coffee", top=n)).found]
    made = start_list(house.workspace, house.users["owner"], "Ramadan")
    add_to_list(made, house.users["owner"], dict(zip(ids, ids, strict=True)))
    return made, ids


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_a_stale_list_is_one_line_on_the_page_and_by_mail(house: House, language: str) -> None:
    found, ids = a_list(house, 4)
    member = house.users["member"]
    member.language = language
    member.save()
    client = house.client("member", language)
    page = house.url(f"lists/{found.pk}/")
    assert wording.said("watching.watch_list", language) in client.get(page).content.decode()
    assert (
        client.post(house.url(f"watching/list/{found.pk}/"), {"points": "2"}).status_code == 302
    )
    lake, late = lake_at(house.workspace.lake_path), SOON + timedelta(days=90)
    assert look(house.workspace, lake, SOON) == []
    made = look(house.workspace, lake, late)
    assert [(one.kind, one.told["n"]) for one in made] == [("stale", len(ids))]
    assert look(house.workspace, lake, late) == [], "told once"
    part = say(language, "watching", "stale_many", what="Ramadan", n="4", day="").split("4")[0]
    assert part in mail.outbox[-1].body
    start = client.get(house.url()).content.decode()
    assert part in start
    assert f'href="{page}"' in start
    client.post(house.url(f"watching/list/{found.pk}/"), {"do": "end"})
    assert not house.workspace.watches.exists()


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_who_is_new_in_a_saved_search_is_told(house: House, language: str) -> None:
    member = house.users["member"]
    member.language = language
    member.save()
    kept = save_search(house.workspace, member, "قهوة", "subject=coffee", is_shared=False)
    client = house.client("member", language)
    assert client.post(house.url(f"watching/search/{kept.pk}/")).status_code == 302
    lake = lake_at(house.workspace.lake_path)
    assert look(house.workspace, lake, SOON) == [], "whom it found at first is not new"
    watched = house.workspace.watches.get()
    assert watched.known == first_of(kept, lake)
    gone, *watched.known = watched.known
    watched.save()
    made = look(house.workspace, lake, SOON)
    assert [(one.kind, one.told["n"]) for one in made] == [("new", 1)]
    assert names_of(lake, [gone])[gone] in mail.outbox[-1].body
    assert said(made[0], language) == say(
        language, "watching", "new_many", what="قهوة", n=number(1, language, 0),
        who=names_of(lake, [gone])[gone],
    )  # fmt: skip
    assert f"find/saved/{kept.pk}/" in client.get(house.url()).content.decode()
    assert look(house.workspace, lake, SOON) == []


def test_a_list_that_moved_is_one_line_and_each_finding_its_own(own_house: House) -> None:
    found, ids = a_list(own_house, 12)
    member = own_house.users["member"]
    watch(own_house.workspace, member, found, 0.5)
    with Lake.open(own_house.workspace.lake_path) as lake:
        settings = settings_in_force()
        calm = vet(lake, VetAsked(ids[:2], settings))
        findings = calm.findings.to_pylist()
        raised = next(row for row in findings if row["status"] == "clear")
        keep_vetting(lake, calm, settings, made_at=SOON)
        raised["status"] = "raised"
        worse = pa.Table.from_pylist(findings, calm.findings.schema)
        later = SOON + timedelta(days=1)
        keep_vetting(lake, replace(calm, findings=worse), settings, made_at=later)
        as_of = datetime(2026, 8, 1, tzinfo=UTC)
        run(lake, RunAsked(settings, as_of=as_of))
        made = look(own_house.workspace, lake, SOON)
    moved = [one for one in made if one.kind == "moved"]
    assert len(moved) == 1, "one line for the list"
    assert 0 < len(moved[0].told["who"]) <= moved[0].told["n"] <= len(ids)
    new = [(one.account_id, one.key) for one in made if one.kind == "finding"]
    assert new == [(raised["subject_id"], raised["finding"])]
    for one in made:
        assert "Ramadan" in said(one, "en")


def test_who_works_here_no_longer_is_told_nothing(house: House) -> None:
    found, _ids = a_list(house, 2)
    private = save_search(house.workspace, house.users["owner"], "x", "", is_shared=True)
    member = house.users["member"]
    watch(house.workspace, member, found, 1.0)
    watch(house.workspace, member, private, 1.0)
    private.is_shared = False
    private.save()
    lake, late = lake_at(house.workspace.lake_path), SOON + timedelta(days=90)
    made = look(house.workspace, lake, late)
    assert {one.watch.search for one in made} == {None}, "a search taken back is not told of"
    house.workspace.memberships.filter(user=member).update(role="guest")
    assert look(house.workspace, lake, late + timedelta(days=40)) == []
    house.workspace.memberships.filter(user=member).delete()
    assert look(house.workspace, lake, late + timedelta(days=40)) == []


@pytest.mark.parametrize("who", ["guest", "stranger"])
def test_lists_and_searches_of_others_are_not_watched(house: House, who: str) -> None:
    found, _ids = a_list(house, 2)
    kept = save_search(house.workspace, house.users["member"], "x", "", is_shared=False)
    for what in (f"list/{found.pk}", f"search/{kept.pk}"):
        answer = house.client(who).post(house.url(f"watching/{what}/"))
        assert answer.status_code in (403, 404)
    assert (
        house.client("owner").post(house.url(f"watching/search/{kept.pk}/")).status_code == 404
    )
    assert not house.workspace.watches.exists()


def test_whom_an_erasure_took_is_told_of_no_more(house: House) -> None:
    member = house.users["member"]
    kept = save_search(house.workspace, member, "x", "subject=coffee", is_shared=False)
    watched = watch(house.workspace, member, kept, 1.0)
    lake = lake_at(house.workspace.lake_path)
    begin_from_now(watched, lake)
    first = watched.known[0]
    open_search(kept, member, watched.known, SOON)
    single = watch(house.workspace, member, first, 1.0)
    Alert.objects.create(watch=single, kind="finding", key="x", told={"finding": "x"})
    Alert.objects.create(watch=watched, kind="new", key="x", told={"n": 1, "who": ["Nora"]})
    forget_watched(house.workspace, [first])
    forget_found(house.workspace, [first])
    watched.refresh_from_db()
    assert first not in watched.known
    assert watched.known
    assert not Alert.objects.exists()
    assert first not in Opening.objects.get().accounts
