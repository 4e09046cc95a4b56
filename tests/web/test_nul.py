"""NUL, which PostgreSQL cannot store, is refused wherever text comes in, in clear words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mawj.crm.brands.models import Brand
from mawj.crm.creators.actions import start_list
from mawj.crm.creators.models import CreatorList
from mawj.web.wording import said

if TYPE_CHECKING:
    from tests.people import House

NUL = "\x00"
POSTED = {
    "lists/start/": {"name": f"a{NUL}b"}, "brand/": {"text": f'name = "a{NUL}"'},
    "vet/": {"accounts": f"@a{NUL}"}, "plan/new/": {"text": f'name = "a{NUL}b"'},
    "lists/add/": {"accounts": "", "name": f"{NUL}"}, "team/": {f"a{NUL}": "b"},
}  # fmt: skip


@pytest.mark.parametrize("path", POSTED)
def test_a_form_with_nul_is_refused(house: House, path: str) -> None:
    refused = house.client("owner").post(house.url(path), POSTED[path])
    assert refused.status_code == 400
    assert said("house.nul", "en") in refused.content.decode()
    assert not CreatorList.objects.exists()
    assert not Brand.objects.exists()


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_it_is_said_in_the_readers_language(house: House, language: str) -> None:
    refused = house.client("member", language).get(house.url("find/"), {"subject": f"x{NUL}"})
    assert refused.status_code == 400
    assert said("house.nul", language) in refused.content.decode()


def test_addresses_with_nul_are_refused(house: House) -> None:
    client = house.client("member")
    assert client.get(house.url("creator/x:a%00b/")).status_code == 400
    assert client.get("/reply/a%00b/").status_code in (400, 404)


def test_whoever_is_not_signed_in_is_refused_too(house: House) -> None:
    told = {"login": f"a{NUL}@example.org", "password": "x"}
    assert house.client("anonymous").post("/accounts/login/", told).status_code == 400


def test_all_else_goes_through(house: House) -> None:
    client = house.client("member")
    start_list(house.workspace, house.users["member"], "\u200cقهوه \U0001f33f\x01")
    assert client.get(house.url("lists/")).status_code == 200
    gone = client.post(house.url("lists/start/"), {"name": "قهوه"})
    assert gone.status_code == 302
    assert CreatorList.objects.filter(name="قهوه").exists()


def test_the_api_refuses_it_in_json(house: House) -> None:
    refused = house.client("member").get(f"/api/v1{house.url('find')}", {"subject": f"x{NUL}"})
    assert refused["Content-Type"].startswith("application/json")
    assert refused.status_code in (400, 401, 422)
