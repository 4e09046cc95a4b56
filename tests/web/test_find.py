"""The find page: words in any spelling, filters, and what it shows of each account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mawj.flow.finding import Wanted, find
from mawj.flow.shared_lakes import lake_at
from mawj.web.wording import said

if TYPE_CHECKING:
    from tests.people import House


@pytest.mark.parametrize("subject", ["قهوة مختصة", "قهوه تخصصی", "specialty coffee"])
def test_a_subject_is_found_in_any_spelling(house: House, subject: str) -> None:
    shown = house.client("guest").get(house.url("find/"), {"subject": subject})
    first = find(lake_at(house.workspace.lake_path), Wanted(subject=subject, top=1)).found[0]
    assert shown.status_code == 200
    assert f"/creator/{first.account_id}/" in shown.content.decode()


def test_filters_and_order_stand_in_the_address(house: House) -> None:
    asked = {"subject": "coffee", "language": "fa", "order": "followers", "least": "۱۰"}
    shown = house.client("guest").get(house.url("find/"), asked)
    wanted = shown.context["wanted"]
    assert (wanted.language, wanted.order, wanted.least_influence) == ("fa", "followers", 10.0)
    followers = [one.followers for _, one, _ in shown.context["shown"]]
    assert followers == sorted(followers, reverse=True)


def test_htmx_gets_the_results_alone(house: House) -> None:
    client = house.client("guest")
    part = client.get(house.url("find/"), {"subject": "coffee"}, headers={"hx-request": "true"})
    assert "<html" not in part.content.decode()


def test_what_an_address_cannot_mean_is_left_out(house: House) -> None:
    asked = {"order": "luck", "page": "-3", "least": "many", "subject": "x" * 5000}
    assert house.client("guest").get(house.url("find/"), asked).status_code == 200


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_the_page_runs_from_the_right_in_arabic_and_persian(
    house: House, language: str
) -> None:
    shown = house.client("guest", language).get(house.url("find/")).content.decode()
    assert f'<html lang="{language}" dir="rtl">' in shown


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_trust_audience_and_price_are_filters_that_say_what_they_rest_on(
    house: House, language: str
) -> None:
    asked = {
        "trust": "not_assessed",
        "audience_country": "sa",
        "price": "not_known",
        "fee": "9",
    }
    shown = house.client("member", language).get(house.url("find/"), asked)
    wanted = shown.context["wanted"]
    assert (wanted.trust, wanted.audience_country) == ("not_assessed", "sa")
    assert (wanted.price, wanted.fee_at_most, wanted.fee_currency) == ("not_known", 9.0, "SAR")
    text = shown.content.decode()
    for word in ("not_assessed", "audience_country", "fee_not_known"):
        assert said(f"find.{word}", language) in text
    for word in ("rests_on_trust", "rests_on_audience", "rests_on_fees"):
        assert said(f"find.{word}", language).split("{")[0] in text


def test_a_guest_learns_no_price_from_who_fits(house: House) -> None:
    guest = house.client("guest")
    asked = {"price": "known", "fee": "1000", "currency": "SAR"}
    plain, priced = guest.get(house.url("find/")), guest.get(house.url("find/"), asked)
    assert priced.context["shortlist"].n_matching == plain.context["shortlist"].n_matching > 0
    assert priced.context["wanted"].fee_at_most == 0
    assert 'name="fee"' not in priced.content.decode()
    member = house.client("member").get(house.url("find/"), asked)
    assert member.context["shortlist"].n_matching == 0
    assert 'name="fee"' in member.content.decode()
    after = guest.get(house.url("find/"), asked)
    assert 'name="fee"' not in after.content.decode(), "what a member saw is not a guest's"


def test_ticked_rows_are_compared_or_put_on_a_list(house: House) -> None:
    lake = lake_at(house.workspace.lake_path)
    ids = [one.account_id for one in find(lake, Wanted(subject="coffee", top=3)).found]
    guest, member = house.client("guest"), house.client("member")
    for client in (guest, member):
        gone = client.post(house.url("compare/"), {"account": ids, "csrf": "x"})
        assert gone.status_code == 302
        assert "csrf" not in gone["Location"], "a token in an address would be shared with it"
        sides = client.get(gone["Location"]).context["sides"]
        assert [one.account_id for one in sides] == ids
    assert (
        "data-save formaction"
        not in guest.get(house.url("find/?subject=coffee")).content.decode()
    )
    assert (
        "data-save formaction" in member.get(house.url("find/?subject=coffee")).content.decode()
    )
    member.post(house.url("lists/add/"), {"account": ids, "list": "", "name": "Ramadan"})
    made = house.workspace.lists.get()
    assert [entry.account_id for entry in made.entries.all()] == ids


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_the_verdict_of_the_last_vetting_stands_beside_the_name(
    house: House, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = lake_at(house.workspace.lake_path)
    first = find(lake, Wanted(subject="coffee", top=1)).found[0].account_id
    monkeypatch.setattr("mawj.flow.finding.verdicts_of", lambda _: {first: "serious"})
    shown = house.client("guest", language).get(house.url("find/"), {"subject": "coffee"})
    text = shown.content.decode()
    assert text.count('class="trust serious"') == 1
    assert f"{said('find.trust', language)}: {said('find.serious', language)}" in text
