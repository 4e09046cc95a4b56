"""The API: tokens of each role, what is refused and how, the schema, and a hail of calls."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from mawj.api import callers
from mawj.api.__main__ import FILE, schema_text
from mawj.api.rest import api
from mawj.api.schemas import FindAsked
from mawj.crm.members.actions import make_token, revoke_token
from mawj.crm.members.models import ApiToken
from mawj.crm.members.roles import Access, Role, may
from mawj.crm.plans.models import SavedPlan
from mawj.flow.facets_asked import FACETS
from tests.live import served

if TYPE_CHECKING:
    from pathlib import Path

    from tests.people import House


SEEDS = """
# A browser's session is the other way in, so leaving the token out is not always refused.
[checks]
ignored_auth.enabled = false

[parameters]
"path.workspace" = "qahwa"
"path.account" = "{first}"
"query.account" = ["{first}", "{second}"]

# Whether a brief holds is not a matter of JSON: its own file format says so, and answers 422.
[[operations]]
include-name = "POST /api/v1/w/{{workspace}}/plans"
checks.positive_data_acceptance.enabled = false
"""
"""What stands in the made-up world, so that calls reach what lies behind the front door."""


def with_token(house: House, who: str, *, may_write: bool = True) -> Client:
    secret = make_token(house.workspace, house.users[who], "t", may_write=may_write)[1]
    return Client(headers={"authorization": f"Bearer {secret}"})


def path(house: House, rest: str) -> str:
    return f"/api/v1/w/{house.workspace.slug}/{rest}"


def operations() -> list[tuple[str, str, Any]]:
    return [
        (method, prefix + pattern, operation.view_func)
        for prefix, router in api._routers
        for pattern, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    ]


def test_every_endpoint_declares_who_may_call_it() -> None:
    assert len(operations()) > 20
    assert [p for _, p, view in operations() if not isinstance(view.access, Access)] == []


@pytest.mark.parametrize("who", ["anonymous", "stranger", "guest", "member", "owner"])
def test_endpoints_let_in_whom_they_name(house: House, who: str) -> None:
    client = Client() if who == "anonymous" else with_token(house, who)
    if who == "stranger":
        mine = house.users["stranger"].memberships.get().workspace
        secret = make_token(mine, house.users["stranger"], "t", may_write=True)[1]
        client = Client(headers={"authorization": f"Bearer {secret}"})
    wrong = []
    for method, pattern, view in operations():
        url = "/api/v1" + re.sub(r"{[^}]*workspace}", house.workspace.slug, pattern)
        url = re.sub(r"{int:\w+}", "1", re.sub(r"{path:\w+}", "instagram:nobody", url))
        told = {} if method == "GET" else {"data": "{}", "content_type": "application/json"}
        status = getattr(client, method.lower())(url, **told).status_code
        if who == "anonymous":
            is_right = status == 401
        elif view.access is Access.SIGNED_IN:
            is_right = status == 200
        elif who == "stranger":
            # A body that does not hold is refused before anybody asks whose workspace it is.
            is_right = status in (404, 422)
        elif may(Role(who), view.access):
            is_right = status not in (401, 403) and status < 500
        else:
            is_right = status in (403, 422)
        if not is_right:
            wrong.append((method, pattern, status))
    assert wrong == []


def test_found_accounts_come_with_interval_and_reasons(house: House) -> None:
    client = with_token(house, "guest")
    found = client.get(path(house, "find"), {"subject": "قهوة مختصة", "top": 3}).json()
    first = found["found"][0]
    assert first["influence_low"] <= first["influence"] <= first["influence_high"]
    why = client.get(path(house, f"creators/{first['account_id']}/why")).json()
    assert sum(one["contribution"] for one in why["reasons"]) == pytest.approx(why["influence"])
    assert set(why["reasons"][0]["said"]) == {"en", "ar", "fa"}


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"subjct": "coffee"}, 422), ({"top": "0"}, 422), ({"order": "luck"}, 422),
        ({"topic": "no.such"}, 404), ({"subject": "\x00"}, 422),
    ],
)  # fmt: skip
def test_what_is_misspelt_is_refused_in_one_shape(
    house: House, asked: dict[str, str], status: int
) -> None:
    answer = with_token(house, "guest").get(path(house, "find"), asked)
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "said", "where"}


@pytest.mark.parametrize("asked", [{"price": "known"}, {"fee_at_most": "10"}])
def test_prices_filter_for_members_alone(house: House, asked: dict[str, str]) -> None:
    assert with_token(house, "guest").get(path(house, "find"), asked).status_code == 403
    assert with_token(house, "member").get(path(house, "find"), asked).status_code == 200
    trusted = with_token(house, "guest").get(path(house, "find"), {"trust": "not_assessed"})
    assert trusted.json()["n_matching"] > 0


def test_finding_takes_every_facet_with_its_choices() -> None:
    asked = FindAsked.model_json_schema()["properties"]
    for facet in FACETS:
        assert asked[facet.name].get("enum", [""])[1:] == list(facet.metadata["choices"])
        assert asked[facet.name]["default"] == facet.default


def test_a_body_with_an_unknown_field_is_refused(house: House) -> None:
    answer = with_token(house, "member").post(
        path(house, "lists"), {"name": "x", "colour": "red"}, content_type="application/json"
    )
    assert answer.status_code == 422
    assert not house.workspace.lists.exists()


def test_a_token_that_only_reads_changes_nothing(house: House) -> None:
    client = with_token(house, "owner", may_write=False)
    answer = client.post(path(house, "lists"), {"name": "x"}, content_type="application/json")
    assert answer.status_code == 403
    assert client.get(path(house, "lists")).status_code == 200


def test_a_revoked_token_and_a_made_up_one_open_nothing(house: House) -> None:
    client = with_token(house, "member")
    assert client.get(path(house, "lists")).status_code == 200
    token = ApiToken.objects.get()
    token.refresh_from_db()
    assert token.used_at is not None
    revoke_token(token, house.users["member"])
    assert client.get(path(house, "lists")).status_code == 401
    made_up = Client(headers={"authorization": "Bearer mawj_" + "x" * 43})
    assert made_up.get(path(house, "lists")).status_code == 401


def test_who_calls_too_often_is_told_when_to_come_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callers, "PER_MINUTE", 3)
    noon = timezone.now().replace(second=20, microsecond=0)
    monkeypatch.setattr(callers.timezone, "now", lambda: noon)
    client = with_token(house, "member")
    told = [client.get(path(house, "lists")) for _ in range(5)]
    assert [one.status_code for one in told] == [200, 200, 200, 429, 429]
    assert told[-1]["Retry-After"] == "40"


def test_a_browser_needs_the_proof_against_forged_requests(house: House) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        house.users["member"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    answer = client.post(path(house, "lists"), {"name": "x"}, content_type="application/json")
    assert answer.status_code == 403
    assert client.get(path(house, "lists")).status_code == 200


def test_a_guest_sees_a_plan_without_money(house: House) -> None:
    told = {"picks": [{"account_id": "a", "price_minor": 5, "why": {"en": "SAR 5"}}],
            "curve": [{"budget_minor": 9}], "budget_minor": 9}  # fmt: skip
    made = SavedPlan.objects.create(workspace=house.workspace, name="p", brief="", told=told)
    seen = with_token(house, "guest").get(path(house, f"plans/{made.pk}")).json()["told"]
    assert seen == {"picks": [{"account_id": "a"}]}
    whole = with_token(house, "member").get(path(house, f"plans/{made.pk}")).json()["told"]
    assert whole == told


def test_the_schema_that_is_checked_in_is_fresh() -> None:
    assert FILE.read_text("utf-8") == schema_text()


def test_the_schema_and_its_page_need_no_other_house(client: Client, db: None) -> None:
    page = client.get("/api/docs/").content.decode()
    assert "/w/{workspace}/find" in page
    assert not re.findall(r'(?:src|href)="https?://', page)
    assert json.loads(client.get("/api/v1/openapi.json").content)["openapi"].startswith("3.")


@pytest.mark.served
def test_a_hail_of_calls_breaks_nothing(tmp_path: Path, built_lake: Path) -> None:
    """schemathesis with all its checks, against the product as it is served."""
    lake = tmp_path / "lake"
    shutil.copytree(built_lake, lake)
    with served(tmp_path / "home", lake) as live:
        first, second = (
            one["account_id"]
            for one in live.get("/api/v1/w/qahwa/find?subject=coffee&top=2")["found"]
        )
        (tmp_path / "schemathesis.toml").write_text(SEEDS.format(first=first, second=second))
        schema = f"{live.base}/api/v1/openapi.json"
        done = subprocess.run(
            [
                sys.executable, "-m", "schemathesis.cli", "run", schema,
                "--header", f"Authorization: Bearer {live.tokens['member']}",
                "--max-examples", "6", "--phases", "examples,coverage,fuzzing",
                "--request-timeout", "60", "--seed", "1", "--no-color",
            ],
            capture_output=True, text=True, check=False, cwd=tmp_path, timeout=900,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-1500:]
