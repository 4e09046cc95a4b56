"""The report is one safe file that adds up, in three languages, and a browser agrees."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from mawj.flow.finding import Wanted
from mawj.reports.contents import Contents, contents
from mawj.reports.html import bars, html_report

if TYPE_CHECKING:
    from pathlib import Path

    from mawj.flow.opened import OpenLake

MADE_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
EVIL = "<script>alert('x')</script>"


@pytest.fixture
def found(opened: OpenLake) -> Contents:
    wanted = Wanted(subject="قهوة مختصة", top=6)
    return contents(opened.lake, wanted, made_at=MADE_AT, n_explained=2)


@pytest.mark.parametrize(
    ("language", "direction", "heading"),
    [
        ("en", "ltr", "Shortlist"),
        ("ar", "rtl", "القائمة المختصرة"),
        ("fa", "rtl", "فهرست کوتاه"),
    ],
)
def test_the_report_speaks_three_languages_in_their_direction(
    found: Contents, language: str, direction: str, heading: str
) -> None:
    page = html_report(found, language)
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert heading in page
    assert all(one.account_id in page for one in found.shortlist.found)
    assert len(found.shortlist.found) > 1


def test_nothing_is_fetched_from_anywhere(found: Contents) -> None:
    page = html_report(found, "ar")
    assert not re.search(r'(?:src|href)\s*=\s*"(?!#)', page)
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_names_and_posts_cannot_become_code(found: Contents) -> None:
    first, *rest = found.shortlist.found
    evil = dataclasses.replace(first, name=EVIL, account_id=f'x:"onload={EVIL}')
    why = dataclasses.replace(found.explained[0].why, name=EVIL, source=EVIL)
    explained = (dataclasses.replace(found.explained[0], why=why),)
    shortlist = dataclasses.replace(found.shortlist, found=(evil, *rest))
    page = html_report(dataclasses.replace(found, shortlist=shortlist, explained=explained))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_waterfall_ends_at_the_score(found: Contents) -> None:
    why = found.explained[0].why
    drawn = bars(why)
    assert len(drawn) == len(why.reasons)
    last, reason = drawn[-1], why.reasons[-1]
    end = last["start"] if reason.contribution < 0 else last["start"] + last["length"]
    assert end == pytest.approx(why.influence, abs=1e-6)


def test_an_empty_shortlist_says_so(opened: OpenLake) -> None:
    wanted = Wanted(subject="no such words at all zzz")
    empty = contents(opened.lake, wanted, made_at=MADE_AT)
    assert "No account fits" in html_report(empty)


def test_the_chart_draws_its_words(found: Contents) -> None:
    page = html_report(found, "ar")
    chart = page[page.index("<figure") : page.index("</figure>")]
    assert "المتابعون" in chart
    assert "التأثير" in chart
    assert chart.count("<path") > len(found.dots) / 2


@pytest.mark.parametrize("width", [380, 1280])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_browser_shows_it_without_sideways_scrolling(
    found: Contents, tmp_path: Path, language: str, width: int
) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("needs the program chromium")
    measure = (
        "<script>document.title = document.documentElement.scrollWidth + ' ' + innerWidth"
        "</script></body>"
    )
    page = html_report(found, language).replace("</body>", measure)
    page = re.sub(r"<meta http-equiv[^>]*>", "", page)
    file = tmp_path / "report.html"
    file.write_text(page, encoding="utf-8")
    shown = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
         "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", f"--user-data-dir={tmp_path / 'browser'}",
         f"--window-size={width},900", "--dump-dom", file.as_uri()],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    title = re.search(r"<title>(\d+) (\d+)</title>", shown.stdout)
    assert title is not None
    assert int(title[1]) <= int(title[2]) + 1
