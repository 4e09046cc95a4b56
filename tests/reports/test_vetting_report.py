"""The report of a vetting is one safe file, on the screen and on paper, in three languages."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from mawj.flow.sentences import direction_of
from mawj.flow.vet_report import VetEvidence
from mawj.flow.vet_words import quoted, shows
from mawj.reports.paper import has_font
from mawj.reports.vetting_html import bars, safe_url, vetting_html
from mawj.reports.vetting_pdf import vetting_pdf
from mawj.tables.errors import ActionRefused
from tests.reports.vetted import report, score

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = {"en": "Vetting of", "ar": "فحص حساب", "fa": "بررسی حساب"}


def paper(language: str) -> bytes:
    if find_spec("weasyprint") is None:
        pytest.skip("needs the reports extra (weasyprint)")
    try:
        return vetting_pdf(report(), language)
    except ActionRefused as refused:
        pytest.skip(f"needs Pango and a font: {refused}")


@pytest.mark.parametrize("language", HEADINGS)
def test_the_page_speaks_its_language_in_its_direction(language: str) -> None:
    page = vetting_html(report(), language)
    direction = "ltr" if language == "en" else "rtl"
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert HEADINGS[language] in page
    assert "{" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def test_nothing_is_fetched_and_only_web_addresses_become_links() -> None:
    page = vetting_html(report(), "ar")
    assert not re.search(r'src\s*=\s*"|url\(', page)
    links = re.findall(r'href="([^"]*)"', page)
    assert links
    assert all(link.startswith("https://") for link in links)
    assert not safe_url("javascript:alert(1)")
    assert not safe_url(None)


def test_what_others_wrote_cannot_become_code_and_reads_in_its_own_direction() -> None:
    page = vetting_html(report(), "en")
    assert "<script>" not in page
    assert '<q dir="rtl">كود خصم' in page
    assert '<q dir="ltr">Loved it' in page


@pytest.mark.parametrize(
    ("text", "direction"),
    [("موج", "rtl"), ("wave", "ltr"), ("123 – قهوه", "rtl"), ("😍 !", "ltr"), ("", "ltr")],
)
def test_a_text_reads_as_its_first_letter_does(text: str, direction: str) -> None:
    assert direction_of(text) == direction


def test_the_bars_end_where_the_score_stands() -> None:
    made = score("credibility")
    last = bars(made)[-1]
    assert last["start"] == pytest.approx(made.value)
    assert last["is_worse"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("Brands advertised", "9 brands in all", "before")),
        ("ar", ("علامات أعلن عنها", "إيموجي", "أقوال العلامة وحقائقها")),
        ("fa", ("برندهایی که تبلیغ کرده", "گفته‌ها و داده‌های خود برند")),
    ],
)
def test_brands_with_dates_writing_and_contradictions_stand_beside_the_scores(
    language: str, told: tuple[str, ...]
) -> None:
    page = vetting_html(report(), language)
    assert "dune-roasters" in page
    assert "2026-11-25" in page
    assert "&lt;b&gt;no-date" in page
    assert "We pay women and men alike" in page
    assert all(word in page for word in told)


def test_a_list_begins_with_all_accounts_and_says_how_many_are_told_in_full() -> None:
    page = vetting_html(report(3), "en")
    assert page.count('<article class="account">') == 2
    assert "The first 2 accounts are told in full." in page
    assert all(f"instagram:wave_{place}" in page for place in range(3))


@pytest.mark.parametrize("language", HEADINGS)
def test_paper_has_the_words_of_the_page(language: str, tmp_path: Path) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("needs the program pdftotext (poppler-utils)")
    file = tmp_path / "report.pdf"
    file.write_bytes(paper(language))
    told = subprocess.run([program, str(file), "-"], capture_output=True, check=True).stdout
    # Directions and joined forms come back in another order: only whole tokens are looked for.
    assert "instagram:wave_0" in told.decode()
    assert "WAVE10" in told.decode()


def test_arabic_letters_are_drawn_joined(tmp_path: Path) -> None:
    program = shutil.which("pdffonts")
    if program is None:
        pytest.skip("needs the program pdffonts (poppler-utils)")
    file = tmp_path / "report.pdf"
    file.write_bytes(paper("ar"))
    listed = subprocess.run([program, str(file)], capture_output=True, check=True, text=True)
    fonts = listed.stdout.splitlines()[2:]
    # A letter that no font has would be drawn from a last resort font, as boxes.
    assert fonts
    assert "LastResort" not in listed.stdout
    assert all(" yes " in font for font in fonts)


def test_without_a_font_the_message_names_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mawj.reports.paper.has_font", lambda _: False)
    monkeypatch.setattr("mawj.reports.paper._weasyprint", lambda: None)
    with pytest.raises(ActionRefused, match="fonts-noto-core"):
        vetting_pdf(report(), "fa")


def test_a_language_that_nobody_writes_has_no_font() -> None:
    if shutil.which("fc-list") is None:
        pytest.skip("needs the program fc-list (fontconfig)")
    assert not has_font("qqq")


def test_an_amount_is_shown_only_where_its_check_gives_it_a_unit() -> None:
    one = VetEvidence("account", "x:a", 0.6, None, "face 60%; naming 72%", None)
    assert shows(one, "fake_followers", "en") == "60%"
    assert shows(one, "noise_comments", "en") == ""
    assert quoted(one, "fake_followers", "fa") == "عکس و معرفی 60%؛ نام 72%"
    assert quoted(one, "noise_comments", "fa") == one.quote
