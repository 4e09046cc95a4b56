"""Plans: from a form to a portfolio, another budget, the client's report, no guest's price."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from mawj.crm.plans.models import SavedPlan
from mawj.web.plan.brief import as_text
from mawj.web.plan.curve import curve_drawn, stops

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

    from tests.people import House

FORM = {
    "name": "قهوة رمضان", "goal": "awareness_market", "subject": "specialty coffee",
    "budget": "٦٠٬٠٠٠", "currency": "SAR", "from": "2027-01-10", "until": "2027-02-20",
    "at_least": "1", "at_most": "5",
}  # fmt: skip


@pytest.fixture
def planned(
    own_house: House, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> tuple[House, SavedPlan]:
    """A plan that was made from the form."""
    with django_capture_on_commit_callbacks(execute=True):
        gone = own_house.client("member", "ar").post(own_house.url("plan/new/"), FORM)
    assert gone.status_code == 302
    saved = SavedPlan.objects.get()
    assert saved.job is not None
    assert saved.job.state == "done", saved.job.error
    return own_house, saved


def test_a_form_becomes_a_plan_with_its_reasons(planned: tuple[House, SavedPlan]) -> None:
    house, saved = planned
    shown = house.client("member", "ar").get(house.url(f"plan/{saved.pk}/"))
    assert shown.status_code == 200
    assert saved.told["picks"], saved.told["conflicts"]
    assert all(pick["why"] for pick in shown.context["picks"])
    assert shown.context["picks"][0]["name"] in shown.content.decode()
    spent = saved.told["result"]["spent_minor"]
    assert 0 < spent <= saved.told["budget_minor"] == 6_000_000
    assert sum(pick["price_minor"] for pick in saved.told["picks"]) == spent


def test_another_budget_says_who_comes_and_goes(planned: tuple[House, SavedPlan]) -> None:
    house, saved = planned
    found = stops(saved.told)
    assert [stop.is_plan for stop in found].count(True) == 1
    own = next(stop for stop in found if stop.is_plan)
    assert (own.comes, own.goes) == ((), ())
    smaller = next(s for s in found if s.value is not None)
    url = house.url(f"plan/{saved.pk}/budget/")
    text = house.client("member").get(url, {"stop": smaller.place}).content.decode()
    for name in (*smaller.comes, *smaller.goes):
        assert name in text or "&" in name
    assert house.client("member").get(url, {"stop": "999"}).status_code == 404


def test_the_clients_report_and_its_paper(planned: tuple[House, SavedPlan]) -> None:
    house, saved = planned
    page = house.client("member", "fa").get(house.url(f"plan/{saved.pk}/report/"))
    assert '<html lang="fa" dir="rtl">' in page.content.decode()
    assert "sandbox" in page["Content-Security-Policy"]
    assert "script-src 'none'" in page["Content-Security-Policy"]
    paper = house.client("member", "ar").get(house.url(f"plan/{saved.pk}.pdf"))
    assert paper.content[:4] == b"%PDF"


def test_a_guest_sees_who_but_no_price(planned: tuple[House, SavedPlan]) -> None:
    house, saved = planned
    client = house.client("guest")
    text = client.get(house.url(f"plan/{saved.pk}/")).content.decode()
    assert saved.told["picks"][0]["name"] in text
    assert "SAR" not in text
    assert "60,000" not in text
    for path in ("report/", "budget/"):
        assert client.get(house.url(f"plan/{saved.pk}/{path}")).status_code == 403
    assert client.get(house.url(f"plan/{saved.pk}.pdf")).status_code == 403


def test_a_guest_reads_no_amount_in_why_a_brief_cannot_be_met(
    own_house: House, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        told = FORM | {"budget": "10", "at_least": "4"}
        own_house.client("member").post(own_house.url("plan/new/"), told)
    saved = SavedPlan.objects.get()
    url = own_house.url(f"plan/{saved.pk}/")
    assert "SAR" in " ".join(saved.told["conflicts"]["en"]), "else nothing is to be hidden"
    member = own_house.client("member").get(url).content.decode()
    assert "SAR" in member
    guest = own_house.client("guest").get(url).content.decode()
    assert "This brief cannot be met" in guest
    assert "SAR" not in guest


def test_a_brief_that_does_not_hold_says_what_to_write(house: House) -> None:
    gone = house.client("member").post(house.url("plan/new/"), FORM | {"goal": "fame"})
    assert gone.status_code == 422
    assert "goal" in gone.context["refused"]
    assert gone.context["form"]["name"] == FORM["name"], "what was written is not lost"
    assert not SavedPlan.objects.exists()


@pytest.mark.parametrize("said", ['a "quoted" name', "back\\slash", 'x"\nbudget = 1', "\x7f\t"])
def test_a_form_cannot_write_more_of_a_brief_than_its_fields(said: str) -> None:
    told = tomllib.loads(as_text({"name": said, "budget": "10", "countries": f"SA,{said}"}))
    assert told["name"] == said.strip()
    assert told["budget"] == 10
    assert set(told) == {"name", "budget", "audience"}


def test_a_curve_with_one_budget_is_not_drawn() -> None:
    point = {"budget_minor": 5, "value": 1.0, "spent_minor": 5, "account_ids": []}
    told: dict[str, Any] = {"curve": [point], "budget_minor": 5}
    assert curve_drawn(told) is None
