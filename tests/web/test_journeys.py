"""Whole journeys in Chromium on the product as it is served, with a worker."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mawj.web.wording import said
from mawj.worlds.world import small_world
from tests.browser import chromium, chromium_path
from tests.live import Live, served
from tests.screenshots import serious

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.skipif(chromium_path() is None, reason="needs Chromium"),
    pytest.mark.served,
]
DATA = Path(os.environ.get("MAWJ_DATA", Path(__file__).parents[3] / "shared/data"))
REAL = DATA / "influencer-tables-2022" / "instagram_2022-09.csv"
"""A published table of accounts as people pass it round; it may not be committed."""
SLOWLY = 240_000
"""Milliseconds that a job may take on a busy machine."""


@contextmanager
def page_of(browser: Browser, live: Live, who: str, language: str) -> Iterator[Page]:
    """A page in which `who` has signed in by the form and reads `language`."""
    window = browser.new_context(locale=language, bypass_csp=False)
    page = window.new_page()
    page.goto(f"{live.base}/accounts/login/")
    page.fill("#id_login", f"{who}@example.org")
    page.fill("#id_password", "a long password")
    page.click("main form .btn-primary")
    page.wait_for_url("**/w/qahwa/")
    try:
        yield page
    finally:
        window.close()


@contextmanager
def working(live: Live) -> Iterator[subprocess.Popen[bytes]]:
    """A worker, ended afterwards."""
    worker = live.worker()
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait(timeout=60)


def accounts_file(folder: Path) -> Path:
    """Accounts with Arabic headings, as a marketer has them."""
    tables = small_world(1).tables
    counts = tables["account_snapshots"].to_pandas().sort_values("taken_at")
    last = counts.groupby("account_id").last().reset_index()[["account_id", "followers"]]
    found = tables["accounts"].to_pandas().merge(last, on="account_id")
    told = found[["platform", "handle", "name", "bio", "followers"]].head(120)
    told.columns = ["المنصة", "الحساب", "الاسم", "النبذة", "المتابعون"]
    file = folder / "حسابات.csv"
    told.to_csv(file, index=False)
    return file


def test_from_an_empty_workspace_to_a_shortlist_in_arabic(tmp_path: Path) -> None:
    """Load a file by the form, see what it is taken for, compute, find, see why."""
    with (
        served(tmp_path / "home", tmp_path / "lake") as live,
        working(live), chromium() as browser,
        page_of(browser, live, "owner", "ar") as page,
    ):  # fmt: skip
        errors: list[str] = []
        page.on(
            "console", lambda said: errors.append(said.text) if said.type == "error" else None
        )
        assert page.get_attribute("html", "dir") == "rtl"
        page.set_input_files("#files", accounts_file(tmp_path))
        page.click(".drop button")
        page.wait_for_url("**/files/*/")
        assert "المتابعون" in page.inner_text("table")
        page.click("main form[method=post] .btn-primary")
        page.wait_for_url("**/jobs/*/")
        page.wait_for_selector("form[action$='/compute/'] .btn-primary", timeout=SLOWLY)
        page.click("form[action$='/compute/'] .btn-primary")
        page.wait_for_selector("a.btn-primary[href$='/find/']", timeout=SLOWLY)
        page.click("a.btn-primary[href$='/find/']")
        # Accounts alone are too little to rank anybody: the page says so, and how to see them.
        page.wait_for_selector("#results .empty")
        page.check("#unranked")
        page.wait_for_selector(".creators tbody tr")
        page.click(".creators tbody tr:first-child a")
        page.wait_for_selector(".waterfall details")
        page.click(".waterfall details:nth-child(2) summary")
        assert page.is_visible(".waterfall details:nth-child(2) p")
        assert errors == []


@pytest.mark.skipif(not REAL.is_file(), reason=f"needs {REAL.name} of MAWJ_DATA")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_new_owner_goes_from_a_real_file_to_the_paper(tmp_path: Path, language: str) -> None:
    """Load what others published, compute, find, see why, vet, plan, and take the paper."""
    with (
        served(tmp_path / "home", tmp_path / "lake") as live,
        working(live), chromium() as browser,
        page_of(browser, live, "owner", language) as page,
    ):  # fmt: skip
        page.set_input_files("#files", REAL)
        page.click(".drop button")
        page.wait_for_url("**/files/*/")
        page.click("main form[method=post] .btn-primary")
        page.wait_for_selector("form[action$='/compute/'] .btn-primary", timeout=SLOWLY)
        page.click("form[action$='/compute/'] .btn-primary")
        page.wait_for_selector("a.btn-primary[href$='/find/']", timeout=SLOWLY)
        page.goto(f"{live.base}/w/qahwa/find/?unranked=1&order=followers")
        page.click(".creators tbody tr:first-child a")
        page.click(".waterfall details:nth-child(2) summary")
        assert page.is_visible(".waterfall details:nth-child(2) p")
        page.click("form[action$='/vet/'] button")
        page.wait_for_selector(f"text={said('keys.done', language)}", timeout=SLOWLY)
        page.goto(f"{live.base}/w/qahwa/plan/new/")
        for name, told in (
            ("name", REAL.stem), ("budget", "60000"), ("from", "2027-01-10"),
            ("until", "2027-02-20"), ("at_least", "1"),
        ):  # fmt: skip
            page.fill(f"input[name={name}]", told)
        page.click(".brief .btn-primary")
        page.wait_for_selector("a[href$='.pdf']", timeout=SLOWLY)
        assert page.get_attribute("html", "lang") == language
        assert page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
        with page.expect_download() as paper:
            page.click("a[href$='.pdf']")
        assert paper.value.path().read_bytes()[:4] == b"%PDF"


@pytest.mark.parametrize(
    ("language", "subject"), [("en", "specialty coffee"), ("ar", "قهوة مختصة")]
)
def test_find_why_vet_list_and_plan_until_the_paper(
    tmp_path: Path, built_lake: Path, language: str, subject: str
) -> None:
    lake = tmp_path / "lake"
    shutil.copytree(built_lake, lake)
    with (
        served(tmp_path / "home", lake) as live,
        working(live), chromium() as browser,
        page_of(browser, live, "member", language) as page,
    ):  # fmt: skip
        page.fill("#subject", subject)
        page.press("#subject", "Enter")
        page.wait_for_selector(".creators tbody tr")
        page.click(".creators tbody tr:first-child a")
        page.wait_for_selector(f"text={said('creator.never_vetted', language)}")
        page.click("form[action$='/vet/'] button")
        page.wait_for_selector(f"text={said('keys.done', language)}", timeout=SLOWLY)
        page.goto(f"{live.base}/w/qahwa/plan/new/")
        for name, told in (
            ("name", "Ramadan coffee"), ("subject", subject), ("budget", "60000"),
            ("from", "2027-01-10"), ("until", "2027-02-20"), ("at_least", "1"),
        ):  # fmt: skip
            page.fill(f"input[name={name}]", told)
        page.click(".brief .btn-primary")
        page.wait_for_selector("#budget", timeout=SLOWLY)
        before = page.inner_text("#stop")
        page.evaluate(
            "b => { const r = document.getElementById('budget'); r.value = r.min;"
            " r.dispatchEvent(new Event('input', {bubbles: true})); }",
            None,
        )
        page.wait_for_function(
            "b => document.getElementById('stop').innerText !== b", arg=before
        )
        with page.expect_download() as paper:
            page.click("a[href$='.pdf']")
        assert paper.value.path().read_bytes()[:4] == b"%PDF"


def test_a_brand_is_written_row_by_row_in_arabic(tmp_path: Path) -> None:
    """Rows come by htmx and keep what is written; what is wrong is said beside its field."""
    with (
        served(tmp_path / "home", tmp_path / "lake") as live, chromium() as browser,
        page_of(browser, live, "member", "ar") as page,
    ):  # fmt: skip
        page.goto(f"{live.base}/w/qahwa/brand/")
        page.fill("#name", "نور")
        page.fill("#fact-0-name", "halal_certificate_until")
        page.click("button[name=add][value=fact]")
        page.wait_for_selector("#fact-1-name")
        assert page.input_value("#name") == "نور"
        page.fill("#fact-1-name", "halal_certified")
        page.fill("#fact-1-value", "نعم")
        page.press("#fact-1-value", "Enter")
        page.wait_for_selector("#fact-0-value-wrong")
        page.fill("#fact-0-value", "٢٠٢٧/٠٥/٠١")
        page.click("#brand-form .btn-primary")
        page.wait_for_url("**/brand/*/")
        assert page.input_value("#fact-0-value") == "2027-05-01"
        page.click("details:has(#text) > summary")
        assert "halal_certified" in page.input_value("#text")


def test_a_guest_sees_no_prices_anywhere_and_pages_are_sound(
    tmp_path: Path, built_lake: Path
) -> None:
    lake = tmp_path / "lake"
    shutil.copytree(built_lake, lake)
    with served(tmp_path / "home", lake) as live, chromium() as browser:
        first = live.get("/api/v1/w/qahwa/find?subject=coffee&top=1")["found"][0]
        with page_of(browser, live, "guest", "fa") as page:
            creator = f"creator/{first['account_id']}/"
            for path in ("", "find/?subject=coffee", creator, "lists/", "plan/", "methods/",
                         "tiers/"):  # fmt: skip
                page.goto(f"{live.base}/w/qahwa/{path}")
                page.wait_for_load_state("networkidle")
                assert not re.search(r"SAR|ریال|﷼", page.inner_text("main")), path
                width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert width <= 0, path
            assert page.goto(f"{live.base}/w/qahwa/brand/").status == 403  # type: ignore[union-attr]


def test_pages_have_nothing_serious_for_axe(tmp_path: Path, built_lake: Path) -> None:
    lake = tmp_path / "lake"
    shutil.copytree(built_lake, lake)
    with served(tmp_path / "home", lake) as live, chromium() as browser:
        first = live.get("/api/v1/w/qahwa/find?subject=coffee&top=1")["found"][0]
        window = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 844})
        page = window.new_page()
        page.goto(f"{live.base}/accounts/login/")
        assert serious(page) == []
        page.fill("#id_login", "owner@example.org")
        page.fill("#id_password", "a long password")
        page.click("main form .btn-primary")
        for path in ("", "find/?subject=coffee", f"creator/{first['account_id']}/", "lists/",
                     "plan/new/", "team/", "methods/", "tiers/", "brand/", "vet/",
                     "replies/"):  # fmt: skip
            page.goto(f"{live.base}/w/qahwa/{path}")
            page.wait_for_load_state("networkidle")
            assert serious(page) == [], path
            sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert sideways <= 0, path
        window.close()
