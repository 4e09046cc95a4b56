"""The report of a plan holds what it should, in three languages, and nothing that runs."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mawj.flow.planned import AdBuy
from mawj.flow.sentences import LANGUAGES, say
from mawj.reports.plan_charts import budget_curve, spans
from mawj.reports.plan_html import left_counts, plan_html, shares, timeline
from tests.reports.planned import plan, unmeetable

SECTIONS = (
    "short", "fit", "when", "picks", "expected", "receipts", "units", "overlap", "curve",
    "scenarios", "alternatives", "out", "how",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_has_every_part_in_every_language(language: str) -> None:
    page = plan_html(plan(), language)
    assert re.findall(r'<h2 id="(\w+)"', page) == list(SECTIONS)
    assert f'lang="{language}"' in page
    assert ('dir="rtl"' in page.partition("<head>")[0]) == (language != "en")
    for key in ("picks_title", "receipts_title", "out_title"):
        assert say(language, "plan", key) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brief_that_cannot_be_met_is_told_first(language: str) -> None:
    page = plan_html(unmeetable(), language)
    assert re.findall(r'<h2 id="(\w+)"', page)[0] == "conflict"
    assert say(language, "plan", "conflict_title") in page
    assert say(language, "plan_fields", "countries") in page


def test_what_people_typed_cannot_become_code() -> None:
    page = plan_html(plan(), "en")
    assert "<coffee>" not in page
    assert "&lt;coffee&gt;" in page
    assert "<script" not in page
    assert "http://www.w3.org" in page
    assert not re.search(r'(?:src|href)="http', page)


def test_the_numbers_of_the_plan_stand_in_the_page() -> None:
    page = plan_html(plan(), "en")
    for number in ("SAR 2,100", "SAR 1,200", "13,000", "25,000", "97%", "30%", "88"):
        assert number in page, number


@pytest.mark.parametrize(
    ("language", "read"), [("en", "read on"), ("ar", "اطُّلع عليه في"), ("fa", "خوانده‌شده در")]
)
def test_figures_that_bear_no_date_say_when_they_were_read(language: str, read: str) -> None:
    on, ends = date(2026, 11, 26), (9_000.0, 8_000.0, 10_000.0)
    ad = AdBuy("meta", "", "clicks", *ends, "A page", on, "read")
    dated = AdBuy("x", "", "clicks", *ends, "A study", date(2024, 5, 1), "month")
    page = plan_html(plan(ads=(ad, dated)), language)
    assert page.count(read) == 1
    assert "2024-05" in page
    assert "2024-05-01" not in page


def test_days_stand_in_three_calendars() -> None:
    page = plan_html(plan(), "en")
    assert "1 Ramadan 1448" in page
    assert "12 Bahman 1405" in page


def test_persian_figures_stand_in_a_persian_page() -> None:
    assert "۲٬۱۰۰" in plan_html(plan(), "fa")


def test_shares_are_read_row_by_row() -> None:
    assert shares(plan()) == [[1.0, 0.2], [0.3, 1.0]]


def test_bars_of_the_days_stay_within_the_picture() -> None:
    bars = [bar for row in timeline(plan()) for bar in (row["bar"], row["lead"]) if bar]
    assert bars
    for bar in bars:
        assert bar["start"] >= 0
        assert bar["length"] > 0
        assert bar["start"] + bar["length"] <= 100 + 1e-9


def test_those_left_out_are_counted_by_reason() -> None:
    told = [(stage, why, n) for stage, why, n, _ in left_counts(plan())]
    assert told == [("brief", "countries", 1), ("vetting", "least_credibility", 1),
                    ("portfolio", "overlap", 1)]  # fmt: skip


def test_intervals_share_one_scale_and_the_unknown_has_no_bar() -> None:
    small, none, large = spans([(10.0, 5.0, 20.0), (None, None, None), (1e6, 1e5, 1e7)])
    assert none is None
    assert small is not None
    assert large is not None
    assert 0 <= small.start < small.mark < large.start
    assert large.start + large.length <= 100


def test_a_curve_of_one_point_is_no_curve() -> None:
    assert budget_curve(plan().curve[:2], 1) == ""
    assert budget_curve(plan().curve, 500_000).count("<circle") == 3
