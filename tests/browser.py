"""A real server on loopback and Debian's Chromium: tests of pages, and pictures of them."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext

    from tests.people import House

QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDE, PHONE = (1280, 860), (390, 844)


def chromium_path() -> str | None:
    """Where Chromium is on this machine."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium without a screen; sandboxed by the machine, so not by itself."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_path(), args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


def signed_in(
    browser: Browser, base: str, house: House, who: str, language: str = "en"
) -> BrowserContext:
    """A browser's window in which `who` is signed in and reads `language`."""
    cookie = house.client(who).cookies["sessionid"].value
    window = browser.new_context(locale=language, viewport={"width": 1280, "height": 860})
    window.add_cookies([
        {"name": "sessionid", "value": cookie, "url": base},
        {"name": "mawj_language", "value": language, "url": base},
    ])  # fmt: skip
    return window
