"""The doors of the house: signing in, sessions, hosts, cookies and what a browser is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.test import Client

from mawj.crm.members.actions import invite
from mawj.crm.members.roles import Role
from mawj.web.joining.welcome import welcome_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.people import House

TOLD = {"login": "member@example.org", "password": "a long password"}
WRONG = TOLD | {"password": "not this one at all"}
ASKED = """
import json, sys
import django
django.setup()
from django.test import Client
from mawj.crm.members.models import User
from mawj.server.serving import make_ready
make_ready(None)
User.objects.create_user("member@example.org", "a long password")
told, seen = {"login": "member@example.org", "password": "a long password"}, {}
browser = Client(headers={"host": "mawj.example"})
plain = browser.get("/accounts/login/")
seen["plain"] = [plain.status_code, plain.headers.get("Location", "")]
proxied = {"x-forwarded-proto": "https", "referer": "https://mawj.example/accounts/login/"}
page = browser.get("/accounts/login/", headers=proxied)
seen["headers"] = {name.lower(): value for name, value in page.headers.items()}
browser.post("/reading/", {"language": "ar"}, headers=proxied)
seen["first"] = browser.post("/accounts/login/", told, headers=proxied).status_code
seen["cookies"] = {name: [bool(one["secure"]), bool(one["httponly"]), one["samesite"]]
                   for name, one in browser.cookies.items()}
seen["strangers"] = browser.get("/accounts/login/",
                                headers=proxied | {"host": "evil.example"}).status_code
def wrong(who, seen_by):
    sent = told | {"login": who, "password": "wrong wrong wrong"}
    came = proxied | {"x-forwarded-for": f"198.51.100.66, {seen_by}"}
    return Client(headers={"host": "mawj.example"}).post(
        "/accounts/login/", sent, headers=came).status_code
seen["one"] = [wrong(f"{n}@example.org", "203.0.113.1") for n in range(31)][-1]
seen["other"] = wrong("z@example.org", "203.0.113.2")
print(json.dumps(seen))
"""


@pytest.fixture(autouse=True)
def _counts_begin_at_none() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def behind_https(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the product's own settings answer behind a proxy that speaks https."""
    environment = os.environ | {
        "MAWJ_HOME": str(tmp_path_factory.mktemp("home")), "MAWJ_HTTPS": "1",
        "DJANGO_SETTINGS_MODULE": "mawj.server.settings", "MAWJ_DATABASE_URL": "",
        "MAWJ_HOSTS": "mawj.example", "MAWJ_LOG_LEVEL": "ERROR",
    }  # fmt: skip
    asked = subprocess.run(
        [sys.executable, "-c", ASKED], env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    told: dict[str, Any] = json.loads(asked.stdout.strip().splitlines()[-1])
    return told


def planted() -> tuple[Client, str]:
    """A browser to which somebody else gave a session that they know."""
    session = SessionStore()
    session["x"] = "theirs"
    session.save()
    browser = Client()
    browser.cookies["sessionid"] = session.session_key
    return browser, str(session.session_key)


def comes_in(browser: Client, house: House, way: str) -> None:
    if way == "password":
        browser.post("/accounts/login/", TOLD)
    elif way == "invitation":
        _, secret = invite(house.workspace, "n@example.org", Role.GUEST, house.users["owner"])
        told = {"name": "نورة", "password": "قهوة في الصباح 9"}
        browser.post(f"/join/{secret}/", told)
    else:
        house.workspace.is_made_up = True
        house.workspace.save()
        browser.get(f"/welcome/{welcome_secret(house.workspace)}/")


@pytest.mark.parametrize("way", ["password", "invitation", "demo"])
def test_a_session_that_somebody_planted_is_not_signed_in(house: House, way: str) -> None:
    browser, known = planted()
    comes_in(browser, house, way)
    assert browser.get(house.url()).status_code == 200, "signed in"
    assert browser.cookies["sessionid"].value != known
    theirs = Client()
    theirs.cookies["sessionid"] = known
    assert theirs.get(house.url()).status_code == 302


def test_a_session_ends_with_signing_out_and_with_another_password(house: House) -> None:
    browser, other = Client(), Client()
    for one in (browser, other):
        one.post("/accounts/login/", TOLD)
    kept = browser.cookies["sessionid"].value
    browser.post("/accounts/logout/")
    browser.cookies["sessionid"] = kept
    assert browser.get(house.url()).status_code == 302
    assert other.get(house.url()).status_code == 200
    house.users["member"].set_password("another long password")
    house.users["member"].save()
    assert other.get(house.url()).status_code == 302


def test_guessing_a_password_ends_soon(house: House) -> None:
    browser = Client()
    for _ in range(5):
        assert browser.post("/accounts/login/", WRONG).status_code == 200
    browser.post("/accounts/login/", TOLD)
    assert browser.get(house.url()).status_code == 302, "not even the right one now"
    other = TOLD | {"login": "owner@example.org"}
    Client().post("/accounts/login/", other)
    answers = [browser.post("/accounts/login/", WRONG) for _ in range(25)]
    assert answers[-1].status_code == 429
    assert "Too many attempts" in answers[-1].content.decode()


def test_attempts_are_counted_over_all_processes(settings: Any) -> None:
    kept = settings.CACHES["default"]
    assert kept["BACKEND"].endswith("FileBasedCache")
    cache.set("attempts", [1])
    told = (
        "import django; django.setup()\n"
        "from django.core.cache import cache\n"
        "print(cache.get('attempts'))"
    )
    environment = os.environ | {
        "MAWJ_HOME": str(settings.HOME), "DJANGO_SETTINGS_MODULE": "mawj.server.settings",
    }  # fmt: skip
    other = subprocess.run(
        [sys.executable, "-c", told],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.strip() == "[1]"


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "testserver@x", "a b"]
)
def test_another_hosts_name_is_not_answered(house: House, host: str) -> None:
    for who in ("anonymous", "member"):
        for path in ("/accounts/login/", "/accounts/password/reset/", house.url()):
            answer = house.client(who).get(path, headers={"host": host})
            assert answer.status_code == 400
            assert host not in answer.content.decode()


def test_behind_https_cookies_are_for_https_and_this_site_only(
    behind_https: dict[str, Any],
) -> None:
    cookies = behind_https["cookies"]
    assert behind_https["first"] == 302
    assert cookies.keys() >= {"sessionid", "csrftoken", "mawj_language"}
    for name, (is_secure, is_hidden, site) in cookies.items():
        # The page's own scripts read the token against forged requests.
        assert is_secure, name
        assert is_hidden or name == "csrftoken", name
        assert site in ("Lax", "Strict"), name


def test_behind_https_a_browser_is_told_to_stay_there(behind_https: dict[str, Any]) -> None:
    headers = behind_https["headers"]
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert behind_https["plain"] == [301, "https://mawj.example/accounts/login/"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_behind_a_proxy_only_its_own_names_are_answered(behind_https: dict[str, Any]) -> None:
    assert behind_https["strangers"] == 400


def test_behind_a_proxy_one_who_guesses_shuts_out_nobody_else(
    behind_https: dict[str, Any],
) -> None:
    assert (behind_https["one"], behind_https["other"]) == (429, 200)
