"""The second factor in Chromium: turned on, asked for, a code of last resort, turned off."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import TYPE_CHECKING

import pytest

from tests.browser import chromium, chromium_path
from tests.live import served
from tests.screenshots import serious

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.skipif(chromium_path() is None, reason="needs Chromium"),
    pytest.mark.served,
]
STEP_S = 30
WRONG = "main [role=alert], main .errorlist"


def code_of(secret: str, steps_on: int = 0) -> str:
    """What an authenticator app shows for a secret (RFC 6238), so many steps from now on."""
    counter = struct.pack(">Q", int(time.time()) // STEP_S + steps_on)
    made = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = made[-1] & 15
    number = struct.unpack(">I", made[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def sign_in(page: Page, base: str) -> None:
    """The first step: address and password."""
    page.goto(f"{base}/accounts/login/")
    page.fill("#id_login", "member@example.org")
    page.fill("#id_password", "a long password")
    page.click("main form .btn-primary")


def sign_out(page: Page) -> None:
    """By the button at the head of every page."""
    page.click("form.out button")
    page.wait_for_url("**/accounts/login/")


def second_step(page: Page, code: str) -> None:
    """The code of the app, or one of last resort."""
    page.wait_for_url("**/2fa/authenticate/")
    page.fill("#id_code", code)
    page.click("main form[action$='/2fa/authenticate/'] button[type=submit] >> nth=0")


def password_again(page: Page, language: str) -> None:
    """What guards an account is changed only after the password was told once more."""
    page.wait_for_url("**/accounts/reauthenticate/**")
    looked_at(page, language)
    page.fill("#id_password", "a long password")
    page.click("main form .btn-primary")


def looked_at(page: Page, language: str) -> None:
    """The page runs the right way, is sound, and speaks one language."""
    assert page.get_attribute("html", "dir") == ("ltr" if language == "en" else "rtl")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert serious(page) == []
    if language != "en":
        # Names of formats and the accounts' own letters stand in Latin; sentences do not.
        assert not re.search(r"[A-Za-z]{3,} [A-Za-z]{3,}", page.inner_text("main"))


def turned_on(page: Page, base: str, language: str) -> tuple[str, list[str]]:
    """The secret of the app and the codes of last resort, from the pages that turn it on."""
    page.goto(f"{base}/w/qahwa/team/")
    page.click("a[href='/accounts/2fa/']")
    looked_at(page, language)
    page.click("a[href$='/2fa/totp/activate/']")
    password_again(page, language)
    page.wait_for_url("**/2fa/totp/activate/")
    looked_at(page, language)
    assert page.is_visible("main img[src^='data:image/svg']")
    secret = page.input_value("#authenticator_secret")
    page.fill("#id_code", "000000")
    page.click("main form button[type=submit]")
    page.wait_for_selector(WRONG)  # a wrong code turns nothing on
    secret = page.input_value("#authenticator_secret")
    page.fill("#id_code", code_of(secret))
    page.click("main form button[type=submit]")
    page.wait_for_url("**/2fa/recovery-codes/")
    looked_at(page, language)
    codes = page.input_value("#recovery_codes").split()
    assert len(codes) == 10
    return secret, codes


def each_code_counts_once(page: Page, base: str, used: str, codes: list[str]) -> None:
    """A code that was used lets nobody in, be it of the app or of last resort."""
    sign_out(page)
    sign_in(page, base)
    second_step(page, used)
    page.wait_for_selector(WRONG)  # a code counts once
    second_step(page, codes[0])
    page.wait_for_url("**/w/qahwa/")

    sign_out(page)
    sign_in(page, base)
    second_step(page, codes[0])
    page.wait_for_selector(WRONG)  # a recovery code counts once
    second_step(page, codes[1])
    page.wait_for_url("**/w/qahwa/")


def turned_off(page: Page, base: str, language: str) -> None:
    """By the pages that turn it off."""
    page.goto(f"{base}/accounts/2fa/")
    looked_at(page, language)
    page.click("a[href$='/2fa/totp/deactivate/']")
    password_again(page, language)
    page.wait_for_url("**/2fa/totp/deactivate/")
    looked_at(page, language)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/accounts/2fa/")


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_a_second_factor_from_turning_it_on_to_turning_it_off(
    tmp_path: Path, built_lake: Path, language: str
) -> None:
    with served(tmp_path / "home", built_lake) as live, chromium() as browser:
        window = browser.new_context(
            locale=language, bypass_csp=True, viewport={"width": 390, "height": 844}
        )
        page = window.new_page()
        sign_in(page, live.base)
        page.wait_for_url("**/w/qahwa/")

        secret, codes = turned_on(page, live.base, language)
        sign_out(page)
        sign_in(page, live.base)
        page.wait_for_url("**/2fa/authenticate/")
        looked_at(page, language)
        second_step(page, "000000")
        page.wait_for_selector(WRONG)
        page.goto(f"{live.base}/w/qahwa/")
        assert "/accounts/" in page.url, "not in before the second step"
        page.goto(f"{live.base}/accounts/2fa/authenticate/")
        used = code_of(secret, 1)
        second_step(page, used)
        page.wait_for_url("**/w/qahwa/")

        each_code_counts_once(page, live.base, used, codes)
        turned_off(page, live.base, language)
        sign_out(page)
        sign_in(page, live.base)
        page.wait_for_url("**/w/qahwa/")
        window.close()
