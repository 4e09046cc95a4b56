"""The right of reply: one's own ledger by a private link, and answers by people."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from mawj.crm.jobs.models import Job
from mawj.crm.replies.actions import answer, make_link, open_link
from mawj.crm.replies.models import Reply, ReplyLink
from mawj.flow.finding import Wanted, find
from mawj.flow.shared_lakes import lake_at
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

    from tests.people import House


def first_of(house: House) -> str:
    lake = lake_at(house.workspace.lake_path)
    return find(lake, Wanted(subject="coffee", top=1)).found[0].account_id


def link_of(house: House, account: str) -> str:
    client = house.client("member")
    client.post(house.url(f"replies/link/{account}/"))
    shown = client.get(house.url("replies/")).content.decode()
    found = re.search(r"/reply/([\w-]+)/", shown)
    assert found is not None
    assert found[1] not in client.get(house.url("replies/")).content.decode()
    return found[1]


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_by_the_link_one_sees_ones_own_reasons_and_no_menu(house: House, language: str) -> None:
    secret = link_of(house, first_of(house))
    shown = Client(headers={"accept-language": language}).get(f"/reply/{secret}/")
    text = shown.content.decode()
    assert f'lang="{language}"' in text
    assert sum(one.contribution for one, *_ in shown.context["reasons"]) == pytest.approx(
        shown.context["why"].influence
    )
    assert "/lists/" not in text
    assert "price" not in text
    assert shown["Cache-Control"] == "no-store"
    assert shown["Referrer-Policy"] == "same-origin"


def test_a_dispute_is_answered_by_a_person_and_logged(house: House) -> None:
    account = first_of(house)
    secret = link_of(house, account)
    person = Client()
    told = {"kind": "dispute", "about": "engagement", "text": "<b>أنا</b> لم أشترِ شيئًا"}
    person.post(f"/reply/{secret}/", told)
    reply = Reply.objects.get()
    owner = house.client("owner")
    assert "&lt;b&gt;أنا" in owner.get(house.url("replies/")).content.decode()
    refused = owner.post(house.url(f"replies/{reply.pk}/answer/"), {"do": "refuse"})
    assert refused.status_code == 422, "a refusal needs words"
    owner.post(house.url(f"replies/{reply.pk}/answer/"), {"do": "accept", "text": "معك حق"})
    assert "معك حق" in person.get(f"/reply/{secret}/").content.decode()
    did = list(house.workspace.trail.values_list("did", flat=True))
    assert did[:3] == ["accepted reply", "replied dispute", "made reply link"]


def test_a_topic_that_is_hidden_is_shown_no_more(house: House) -> None:
    account = first_of(house)
    secret = link_of(house, account)
    before = house.client("guest").get(house.url(f"creator/{account}/")).context["topics"]
    Client().post(f"/reply/{secret}/", {"kind": "hide_topic", "about": before[0].topic_id})
    answer(Reply.objects.get(), house.users["owner"], "", is_accepted=True)
    after = house.client("guest").get(house.url(f"creator/{account}/")).context["topics"]
    assert before[0].topic_id not in [one.topic_id for one in after]


def test_an_accepted_erasure_removes_the_person(
    own_house: House,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    account = first_of(own_house)
    secret = link_of(own_house, account)
    Client().post(f"/reply/{secret}/", {"kind": "erasure"})
    reply = Reply.objects.get()
    with pytest.raises(ActionRefused, match="MAWJ_ERASURE_KEY"):
        answer(reply, own_house.users["owner"], "", is_accepted=True)
    monkeypatch.setenv("MAWJ_ERASURE_KEY", "a key that is long enough")
    with django_capture_on_commit_callbacks(execute=True):
        answer(reply, own_house.users["owner"], "تم", is_accepted=True)
    job = Job.objects.get(kind="erase")
    assert job.state == "done", job.error
    table = lake_at(own_house.workspace.lake_path).read("accounts")
    assert table.filter(table.account_id == account).count().execute() == 0


def test_links_end_are_replaced_and_cannot_be_guessed(house: House) -> None:
    account = first_of(house)
    first = link_of(house, account)
    second = link_of(house, account)
    assert Client().get(f"/reply/{first}/").status_code == 404, "a new link ends the old one"
    assert Client().get(f"/reply/{second}/").status_code == 200
    assert open_link(second, timezone.now() + timedelta(days=61)) is None
    assert not ReplyLink.objects.filter(digest=second).exists(), "the secret is not stored"
    assert Client().get("/reply/x/").status_code == 404


def test_only_owners_answer_and_only_their_own_workspace(house: House) -> None:
    made, _ = make_link(house.workspace, house.users["member"], "instagram:x")
    reply = Reply.objects.create(link=made, kind="fact", text="x")
    url = house.url(f"replies/{reply.pk}/answer/")
    assert house.client("member").post(url, {"do": "accept"}).status_code == 403
    assert house.client("stranger").post(url, {"do": "accept"}).status_code == 404
