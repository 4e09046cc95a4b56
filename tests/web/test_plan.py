"""Plans: from a form to a portfolio, another budget, the client's report, no guest's price."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from mawj.crm.plans.models import SavedPlan
from mawj.web.plan.brief import as_text
from mawj.web.plan.curve import curve_drawn, stops
from mawj.web.plan.overlap import overlap

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
    assert shown.context["dispute"] == saved.told["dispute"]["ar"]
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
    assert not re.search(r"(?<![0-9])60,000", text), "the budget"
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


def test_the_overlap_of_the_picks_is_told_as_it_was_planned(
    planned: tuple[House, SavedPlan],
) -> None:
    house, saved = planned
    drawn = overlap(saved.told)
    assert drawn is not None
    ids = [pick["account_id"] for pick in saved.told["picks"]]
    assert [name for name, _ in drawn.rows] == [pick["name"] for pick in saved.told["picks"]]
    for one in saved.told["shared"]:
        left, right = ids.index(one["left"]), ids.index(one["right"])
        assert drawn.rows[left][1][right] == one["share_left"]
        assert drawn.rows[right][1][left] == one["share_right"]
    for who in ("member", "guest"):
        text = house.client(who).get(house.url(f"plan/{saved.pk}/")).content.decode()
        assert text.count('class="tie"') == len(drawn.ties)
        assert "Whose audiences are the same people" in text


def picked(*followers: float | None) -> list[dict[str, Any]]:
    return [
        {"account_id": f"x:{n}", "name": f"N{n}", "followers": size}
        for n, size in enumerate(followers)
    ]


def test_what_is_not_known_of_an_overlap_is_no_line_and_no_number() -> None:
    shared = [
        {"left": "x:0", "right": "x:1", "share_left": 0.5, "share_right": None},
        {"left": "x:1", "right": "x:2", "share_left": 0.001, "share_right": 0.0},
    ]
    drawn = overlap({"picks": picked(100.0, None, 400.0), "shared": shared})
    assert drawn is not None
    assert [row for _, row in drawn.rows] == [
        (None, 0.5, None), (None, None, 0.001), (None, 0.0, None)
    ]  # fmt: skip
    assert [(tie.share, tie.width) for tie in drawn.ties] == [(0.5, 8.0)]
    assert [circle.r for circle in drawn.circles] == [24.0, 14.0, 34.0]
    assert drawn.loaded_share is None
    unknown = [shared[0] | {"share_left": None}]
    for nothing in ([], unknown):
        assert overlap({"picks": picked(1.0, 2.0), "shared": nothing}) is None
    assert overlap({"picks": picked(1.0), "shared": shared}) is None


def test_a_plan_kept_before_overlaps_were_does_not_say_that_none_is_loaded(
    planned: tuple[House, SavedPlan],
) -> None:
    house, saved = planned
    for key in ("shared", "loaded_share", "second_step"):
        del saved.told[key]
    saved.save()
    shown = house.client("member").get(house.url(f"plan/{saved.pk}/"))
    assert shown.status_code == 200
    assert "No followers" not in shown.content.decode()


def test_a_second_step_is_told_where_it_is_planned_by(
    own_house: House, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    text = as_text(FORM).replace("goal =", 'reach = "two_steps"\ngoal =')
    with django_capture_on_commit_callbacks(execute=True):
        own_house.client("member").post(own_house.url("plan/new/"), {"text": text})
    saved = SavedPlan.objects.get()
    assert saved.told["objective"] == "spread", saved.job
    shown = own_house.client("guest", "fa").get(own_house.url(f"plan/{saved.pk}/"))
    assert shown.context["second_step"] == saved.told["second_step"]["fa"]
    # What is reached, of whom viewers are known, who passes it on, and what is left out.
    assert len(saved.told["second_step"]["fa"]) == 4
    assert "با گام دوم" in shown.content.decode()


def test_a_curve_with_one_budget_is_not_drawn() -> None:
    point = {"budget_minor": 5, "value": 1.0, "spent_minor": 5, "account_ids": []}
    told: dict[str, Any] = {"curve": [point], "budget_minor": 5}
    assert curve_drawn(told) is None
