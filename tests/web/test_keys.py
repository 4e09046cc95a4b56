"""Keys for the rows of a page, in Chromium: j, k, Enter, x, ?; nothing while somebody types."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.browser import chromium, chromium_path
from tests.live import served
from tests.screenshots import serious

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.live import Live

pytestmark = [
    pytest.mark.skipif(chromium_path() is None, reason="needs Chromium"),
    pytest.mark.served,
]
FIND = "/w/qahwa/find/?subject=coffee"
AT = """() => [...document.querySelectorAll("table.creators tbody tr")].findIndex(
    (row) => row.contains(document.activeElement))"""
# What a keyboard with Arabic letters sends at the place of a key.
ARABIC = """([key, code, shiftKey]) => document.activeElement.dispatchEvent(new KeyboardEvent(
    "keydown", {key, code, shiftKey, bubbles: true, cancelable: true}))"""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, built_lake: Path) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("keys")
    shutil.copytree(built_lake, folder / "lake")
    with served(folder / "home", folder / "lake") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def page_in(browser: Browser, live: Live, language: str) -> Page:
    """A page of a member who reads `language`."""
    window = browser.new_context(locale=language, bypass_csp=True)
    name, value = live.session.split("=")
    window.add_cookies([
        {"name": name, "value": value, "url": live.base},
        {"name": "mawj_language", "value": language, "url": live.base},
    ])  # fmt: skip
    return window.new_page()


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_rows_are_walked_ticked_and_opened(browser: Browser, live: Live, language: str) -> None:
    page = page_in(browser, live, language)
    page.goto(live.base + FIND)
    assert page.evaluate(AT) == -1
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0)):
        page.keyboard.press(key)
        assert page.evaluate(AT) == place, key
    assert page.evaluate("() => document.activeElement.matches(':focus-visible')")
    page.evaluate(ARABIC, ["ت", "KeyJ", False])
    assert page.evaluate(AT) == 1
    page.keyboard.press("x")
    assert page.is_checked("tbody tr:nth-child(2) input")
    name = page.inner_text("tbody tr:nth-child(2) a")
    assert page.inner_text("#keys-said").endswith(name)
    page.keyboard.press("x")
    assert not page.is_checked("tbody tr:nth-child(2) input")
    page.keyboard.press("s")
    assert page.is_checked("tbody tr:nth-child(2) input")
    assert page.evaluate("() => document.activeElement.matches('[data-save]')")
    page.focus("tbody tr:nth-child(2) a")
    url = page.get_attribute("tbody tr:nth-child(2) a", "href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{url}")
    page.context.close()


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_the_keys_that_a_page_has_are_shown(
    browser: Browser, live: Live, language: str
) -> None:
    page = page_in(browser, live, language)
    page.goto(live.base + FIND)
    page.keyboard.press("j")
    if language == "en":
        page.keyboard.press("?")
    else:
        page.evaluate(ARABIC, ["؟", "Slash", True])
    assert page.locator("#keys dt:visible").all_inner_texts() == [
        "/", "j", "k", "Enter", "x", "s", "?", "Esc",
    ]  # fmt: skip
    assert serious(page) == []
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    assert page.evaluate(AT) == 0, "behind the keys nothing moved, and the focus came back"
    page.goto(f"{live.base}/w/qahwa/team/")
    page.click("[data-keys]")
    assert page.locator("#keys dt:visible").all_inner_texts() == ["?", "Esc"]
    page.context.close()


def test_nothing_happens_while_somebody_types_or_holds_another_key(
    browser: Browser, live: Live
) -> None:
    page = page_in(browser, live, "en")
    page.goto(live.base + FIND)
    page.keyboard.press("/")
    page.keyboard.type("jkx?/")
    assert page.input_value("#subject") == "jkx?/", "the search was marked, and is written over"
    assert not page.is_visible("#keys")
    page.focus("select[name=order]")
    page.keyboard.press("j")
    assert page.evaluate(AT) == -1
    page.evaluate("() => document.activeElement.blur()")
    for key in ("Control+j", "Alt+j", "Meta+j"):
        page.keyboard.press(key)
        assert page.evaluate(AT) == -1, key
    page.focus("tbody tr:nth-child(3) input")
    page.keyboard.press("j")
    assert page.evaluate(AT) == 3, "a tick is no field to type in"
    page.context.close()


def test_the_keys_can_be_put_off(browser: Browser, live: Live) -> None:
    page = page_in(browser, live, "en")
    page.goto(live.base + FIND)
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.reload()
    for key in ("j", "?", "/"):
        page.keyboard.press(key)
    assert page.evaluate(AT) == -1
    assert not page.is_visible("#keys")
    page.click("[data-keys]")
    page.check("#keys-on")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate(AT) == 0
    page.context.close()


def test_lists_and_their_creators_are_walked_too(browser: Browser, live: Live) -> None:
    page = page_in(browser, live, "fa")
    page.goto(live.base + FIND)
    ids = page.eval_on_selector_all(
        "tbody input", "(boxes) => boxes.slice(0, 3).map((box) => box.value)"
    )
    page.goto(f"{live.base}/w/qahwa/lists/")
    page.fill("#name", "رمضان")
    page.click("main form .btn-primary")
    page.fill("#accounts", "\n".join(ids))
    page.click("form[action$='/lists/add/'] .btn-primary")
    page.wait_for_selector("tbody tr:nth-child(3)")
    for key in ("j", "j", "x"):
        page.keyboard.press(key)
    assert page.evaluate(AT) == 1
    assert page.inner_text("#keys-said") == "", "there is nothing to tick"
    page.goto(f"{live.base}/w/qahwa/lists/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lists/*/")
    page.context.close()
