"""The right of reply in Chromium: by a private link, from seeing to leaving, and back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from mawj.web.wording import said
from mawj.worlds.world import small_world
from tests.browser import chromium, chromium_path
from tests.live import served
from tests.web.test_journeys import SLOWLY, page_of, working

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.skipif(chromium_path() is None, reason="needs Chromium"),
    pytest.mark.served,
]


def with_a_finding() -> str:
    """A creator of the small world whose advertisements are not disclosed."""
    found = small_world(1).truth["accounts"].to_pylist()
    return str(next(row["account_id"] for row in found if row["planted"] == "undisclosed_ads"))


def vetted(page: Page, url: str) -> None:
    """Have the creator at `url` vetted from their own page."""
    page.goto(url)
    page.wait_for_selector("form[action$='/vet/'] button")
    page.click("form[action$='/vet/'] button")
    page.wait_for_selector("text=done", timeout=SLOWLY)


def link_to(page: Page, url: str) -> str:
    """The private link that a member makes on the creator's page; it is shown once."""
    page.goto(url)
    page.click("form[action*='/replies/link/'] button")
    found = page.inner_text("code.once")
    page.reload()
    assert page.query_selector("code.once") is None
    return found


def opened(browser: Browser, link: str, language: str) -> tuple[Page, list[str]]:
    """The page of whoever holds the link, and what the browser complains of."""
    page = browser.new_context(locale=language).new_page()
    errors: list[str] = []
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    page.goto(link)
    return page, errors


def says(page: Page, form: str, text: str) -> None:
    """Send a reply by a form of the page, and be thanked."""
    page.fill(f"{form} textarea", text)
    page.click(f"{form} button")
    page.wait_for_selector(f"text={said('reply.thanks', 'fa')}")


def replied(page: Page) -> None:
    """Correct a fact, dispute a reason and a finding, hide a topic, ask to leave."""
    assert page.get_attribute("html", "dir") == "rtl"
    assert page.query_selector("nav") is None, "no menu of the team"
    says(page, "form:has(input[value=fact])", "شهر من تهران است")
    page.click(".waterfall details:nth-of-type(2) summary")
    says(page, ".waterfall details:nth-of-type(2) form", "این تعامل‌ها واقعی‌اند")
    finding = page.locator(".found details:not(.unknown)").first
    finding.locator("summary").click()
    finding.locator("textarea").fill("این پست تبلیغ نبود")
    finding.get_by_role("button", name=said("reply.send_dispute", "fa")).click()
    page.wait_for_selector(f"text={said('reply.thanks', 'fa')}")
    page.click("form:has(input[value=hide_topic]) button")
    page.wait_for_selector(f"text={said('reply.thanks', 'fa')}")
    page.click("form:has(input[value=erasure]) button")
    page.wait_for_selector(f"text={said('reply.thanks', 'fa')}")
    kinds = page.locator("article.note b").all_inner_texts()
    wanted = ("erasure", "hide_topic", "dispute", "dispute", "fact")
    assert kinds == [said(f"reply.{kind}", "fa") for kind in wanted]


def answered(page: Page, text: str, answer: str, do: str) -> None:
    """Answer the open reply that says `text`."""
    note = page.locator("article.note", has_text=text, has=page.locator("form")).first
    note.locator("textarea").fill(answer)
    note.locator(f"button[value={do}]").click()
    page.wait_for_load_state()


def test_a_creator_replies_by_the_link_and_reads_what_is_answered(
    tmp_path: Path, built_lake: Path
) -> None:
    lake = tmp_path / "lake"
    shutil.copytree(built_lake, lake)
    with (
        served(tmp_path / "home", lake, MAWJ_ERASURE_KEY="a key that is long enough") as live,
        working(live), chromium() as browser,
        page_of(browser, live, "owner", "en") as owner,
    ):  # fmt: skip
        url = f"{live.base}/w/qahwa/creator/{with_a_finding()}/"
        vetted(owner, url)
        link = link_to(owner, url)
        page, errors = opened(browser, link, "fa")
        name = page.locator(".found details:not(.unknown) summary bdi").first.inner_text()
        replied(page)
        owner.goto(f"{live.base}/w/qahwa/replies/")
        assert owner.locator("article.note form").count() == 5
        answered(owner, "شهر من تهران است", "درستش کردیم", "accept")
        answered(owner, "این پست تبلیغ نبود", "قرارداد این پست را دیده‌ایم", "refuse")
        answered(owner, "hide a topic", "", "accept")
        page.reload()
        told = page.locator("article.note", has_text="قرارداد این پست را دیده‌ایم")
        assert said("reply.refused", "fa") in told.inner_text()
        assert name.strip("\u2068\u2069") in told.inner_text().replace("\u2068", "")
        assert "درستش کردیم" in page.inner_text("main")
        assert page.locator("td", has_text=said("reply.is_hidden", "fa")).count() == 1
        answered(owner, "erasure", "پاک شد", "accept")
        owner.goto(f"{live.base}/w/qahwa/")
        owner.click("a[href*='/jobs/']:has-text('Erasing')")
        owner.wait_for_selector("#job b:text('done')", timeout=SLOWLY)
        page.reload()
        assert said("reply.nothing_held", "fa", team="Qahwa") in page.inner_text("main")
        assert "پاک شد" in page.inner_text("main")
        assert owner.goto(url).status == 404  # type: ignore[union-attr]
        assert errors == []
