"""The page of a creator: the score with its reasons, drawings, trust, prices for members."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from mawj.crm.jobs.models import Job
from mawj.flow.creator import Point, faces, neighbourhood
from mawj.flow.finding import Wanted, find
from mawj.flow.shared_lakes import lake_at
from mawj.web import drawings
from mawj.web.wording import said

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

    from tests.people import House


@pytest.fixture
def first(house: House) -> str:
    """The account that fits coffee best."""
    lake = lake_at(house.workspace.lake_path)
    return find(lake, Wanted(subject="coffee", top=1)).found[0].account_id


def test_the_lines_of_the_waterfall_add_up_to_the_score(house: House, first: str) -> None:
    shown = house.client("guest").get(house.url(f"creator/{first}/"))
    found = shown.context["why"]
    assert sum(one.contribution for one, *_ in shown.context["reasons"]) == pytest.approx(
        found.influence
    )
    text = shown.content.decode()
    assert found.reasons[0].evidence or any(r.evidence for r in found.reasons)
    assert "<details" in text


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_the_page_speaks_the_readers_language(house: House, first: str, language: str) -> None:
    shown = house.client("guest", language).get(house.url(f"creator/{first}/"))
    text = shown.content.decode()
    assert ("من أين يأتي" if language == "ar" else "از کجا می‌آید") in text
    assert "Where it comes from" not in text


def test_counts_and_neighbours_are_drawn_and_told(house: House, first: str) -> None:
    shown = house.client("guest").get(house.url(f"creator/{first}/counts/")).content.decode()
    assert "<path d=" in shown
    around = neighbourhood(lake_at(house.workspace.lake_path), first)
    assert around.n_moved >= len(around.moved) > 0


def test_a_guest_sees_no_price(house: House, first: str) -> None:
    assert house.client("guest").get(house.url(f"creator/{first}/price/")).status_code == 403
    assert (
        "creator_price"
        not in house.client("guest").get(house.url(f"creator/{first}/")).content.decode()
    )
    shown = house.client("member").get(house.url(f"creator/{first}/price/"))
    assert shown.status_code == 200
    assert "SAR" in shown.content.decode()
    lines = [line for total in shown.context["totals"] for line in total["lines"]]
    cards = [line for line in lines if line["how"] and line["dated_on"]]
    assert cards
    for line in cards:
        assert str(line["dated_on"])[:4] in line["said_by"]
        assert ("read on" in line["said_by"]) == (line["date_basis"] == "read")


def test_an_unknown_account_is_said_to_be_unknown(house: House) -> None:
    assert house.client("guest").get(house.url("creator/instagram:nobody/")).status_code == 404


def test_faces_of_one_person_stand_together(house: House) -> None:
    lake = lake_at(house.workspace.lake_path)
    people = lake.read("people")
    linked = people.filter(people.n_accounts > 1).limit(1).execute()
    found = faces(lake, linked.account_id[0])
    assert found[0].account_id == linked.account_id[0]
    assert len(found) == linked.n_accounts[0]


def test_a_vetting_is_asked_for_kept_and_shown(
    own_house: House, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    lake = lake_at(own_house.workspace.lake_path)
    first = find(lake, Wanted(subject="coffee", top=1)).found[0].account_id
    client = own_house.client("member")
    with django_capture_on_commit_callbacks(execute=True):
        gone = client.post(own_house.url(f"creator/{first}/vet/"))
    job = Job.objects.get(kind="vet")
    assert job.state == "done", job.error
    assert gone["Location"].endswith(f"/jobs/{job.pk}/")
    shown = client.get(own_house.url(f"creator/{first}/vetting/"))
    assert len(shown.context["vetted"].scores) == 4
    whole = client.get(own_house.url(f"vet/{job.result['vetting_id']}/"))
    assert first in whole.content.decode()
    assert (
        client.get(own_house.url(f"vet/{job.result['vetting_id']}.pdf")).content[:4] == b"%PDF"
    )


def test_a_brand_is_understood_before_it_is_kept(house: House) -> None:
    client = house.client("member", "ar")
    begun = client.get(house.url("brand/")).context["text"]
    gone = client.post(house.url("brand/"), {"text": begun})
    assert gone.status_code == 302
    kept = house.workspace.brands.get()
    assert client.get(gone["Location"]).context["brand"] == kept
    wrong = client.post(house.url("brand/"), {"text": 'name = "x"\n[[nonsense]]\n'})
    assert wrong.status_code == 422
    assert house.workspace.brands.count() == 1


AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("low", "high"), [(0, 7), (12_400, 12_900), (5, 5), (0, 2.4e6), (1, 999)]
)
def test_ticks_are_round_and_enclose(low: float, high: float) -> None:
    ticks = drawings.nice_ticks(low, high)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 7


def test_a_line_needs_two_moments() -> None:
    assert drawings.line([Point(AT, 5)]) is None
    assert drawings.line([Point(AT, 5), Point(AT, 6)]) is None
    drawn = drawings.line([Point(AT, 5), Point(AT + timedelta(days=1), 6)])
    assert drawn is not None
    assert drawn.points[0][1] > drawn.points[1][1], "more stands higher"


def test_what_was_never_measured_is_a_dash(house: House) -> None:
    """An account without posts has no reach and no engagement: the page says so and stands."""
    lake = lake_at(house.workspace.lake_path)
    reach = lake.read("reach")
    bare = lake.read("standing").anti_join(reach, "account_id").limit(1).execute()
    shown = house.client("member", "ar").get(house.url(f"creator/{bare.account_id[0]}/"))
    assert shown.status_code == 200
    assert "–" in shown.content.decode()


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_one_never_vetted_is_said_to_be_so_with_the_button_to_vet(
    house: House, first: str, language: str
) -> None:
    url = house.url(f"creator/{first}/vetting/")
    shown = house.client("member", language).get(url).content.decode()
    assert said("creator.brands_not_vetted", language) in shown
    assert said("creator.vet_now", language) in shown
    guest = house.client("guest", language).get(url).content.decode()
    assert said("creator.brands_not_vetted", language) in guest
    assert said("creator.vet_now", language) not in guest
