"""A brief's file: what is read, and where a slip is told to stand."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mawj.flow.brief_file import brief_file, demo_brief_file, new_brief_file
from mawj.plan.asking.brief import Wish
from mawj.plan.asking.occasions import occasions_between
from mawj.tables.errors import ActionRefused, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from mawj.plan.asking.brief import Brief

PLAIN = """\
name = "Coffee"
goal = "awareness_market"
budget = 60000
currency = "SAR"
from = 2027-01-10
until = 2027-02-20
"""


def read(folder: Path, text: str) -> Brief:
    file = folder / "brief.toml"
    file.write_text(text, encoding="utf-8")
    return brief_file(file)


def said(name: str, value: str) -> str:
    """The plain brief with another value of one of its fields."""
    return re.sub(rf"(?m)^{name} = .*$", f"{name} = {value}", PLAIN)


def test_a_plain_brief_is_read(tmp_path: Path) -> None:
    made = read(tmp_path, PLAIN)
    assert (made.budget_minor, made.currency) == (6_000_000, "SAR")
    assert (made.starts_on, made.ends_on) == (date(2027, 1, 10), date(2027, 2, 20))


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_the_brief_to_begin_with_holds_in_every_language(tmp_path: Path, language: str) -> None:
    file = tmp_path / "new.toml"
    new_brief_file(file, language)
    assert brief_file(file).goal == "awareness_market"


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_the_examples_of_the_brief_to_begin_with_hold_too(
    tmp_path: Path, language: str
) -> None:
    new_brief_file(tmp_path / "new.toml", language)
    text = (tmp_path / "new.toml").read_text(encoding="utf-8")
    is_example = r"(?m)^# (?=(?:\[{1,2}\w+\]{1,2}|\w+ = \S.*)$)"
    made = read(tmp_path, re.sub(is_example, "", text))
    assert made.terms.usage_days == 90
    assert made.sales.margin_share == 0.4
    assert len(made.diversity) == 2
    assert made.brand_file.endswith("brand.toml")


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text("mine", encoding="utf-8")
    with pytest.raises(ActionRefused, match="exists already"):
        new_brief_file(tmp_path / "b.toml", "en")


@pytest.mark.parametrize("day", ['"2027-02-09"', '"1448/09/02"', '"2 رمضان 1448"',
                                 '"۱۴۰۵/۱۱/۲۰"', '"20 بهمن 1405"'])  # fmt: skip
def test_dates_are_read_in_three_calendars(tmp_path: Path, day: str) -> None:
    assert read(tmp_path, said("from", day)).starts_on == date(2027, 2, 9)


@pytest.mark.parametrize("goal", ["sales_online", "online sales", "المبيعات عبر الإنترنت",
                                  "فروش آنلاین"])  # fmt: skip
def test_a_goal_may_be_named_in_any_of_the_languages(tmp_path: Path, goal: str) -> None:
    assert read(tmp_path, said("goal", f'"{goal}"')).goal == "sales_online"


@pytest.mark.parametrize("currency", ["IRT", "تومان"])
def test_tomans_become_rials(tmp_path: Path, currency: str) -> None:
    made = read(tmp_path, said("currency", f'"{currency}"'))
    assert (made.budget_minor, made.currency) == (60_000 * 10, "IRR")


def test_money_besides_the_budget_is_in_its_currency(tmp_path: Path) -> None:
    made = read(tmp_path, PLAIN + "[terms]\nboost = 5.5\n[sales]\norder = 120\n")
    assert (made.terms.boost_minor, made.sales.order_minor) == (550, 12_000)


def test_wishes_for_diversity_are_read(tmp_path: Path) -> None:
    text = PLAIN + '[[diversity]]\nby = "country"\nvalue = "ir"\nat_least = 2\n'
    assert read(tmp_path, text).diversity == (Wish("country", "IR", at_least=2),)


def test_the_brands_file_is_looked_for_beside_the_brief(tmp_path: Path) -> None:
    made = read(tmp_path, PLAIN + '[brand]\nfile = "b.toml"\nis_known = true\n')
    assert made.brand_file == str(tmp_path / "b.toml")
    assert made.brand_is_known


def test_one_word_may_stand_without_brackets(tmp_path: Path) -> None:
    made = read(tmp_path, PLAIN + '[creators]\ntiers = "micro"\n')
    assert made.tiers == ("micro",)


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        (PLAIN + "colour = 1\n", "line 7", "known are name, goal"),
        (said("name", '""'), "line 1", 'name = "…"'),
        (said("goal", '"fame"'), "line 2", "awareness_creators"),
        (said("budget", '"much"'), "line 3", "no number"),
        (said("budget", "nan"), "line 3", "no number"),
        (said("budget", "0"), "line 3", "above zero"),
        (said("currency", '"riyal"'), "line 4", "there are AED"),
        (said("from", '"soon"'), "line 5", "no date"),
        (said("from", "7"), "line 5", "no date"),
        (said("until", "2020-01-01"), "line 6", "swap"),
        (PLAIN + 'audience = "all"\n', "line 7", "[audience]"),
        (PLAIN + "[audience]\nplanet = 1\n", "line 8", "known are countries"),
        (PLAIN + "[audience]\ncountries = [1]\n", "line 8", "list of words"),
        (PLAIN + '[audience]\nages = ["old"]\n', "line 8", "18-24"),
        (PLAIN + "[creators]\nat_least = 2.5\n", "line 8", "whole number"),
        (PLAIN + "\n[creators]\nat_least = 9\nat_most = 2\n", "line 9", "together"),
        (PLAIN + "[sales]\nmargin = 40\n", "line 8", "written 0.3"),
        (PLAIN + '[brand]\nis_known = "yes"\n', "line 8", "true nor false"),
        (PLAIN + 'placement = "moon"\n', "line 7", "pre_roll"),
        (PLAIN + "[terms]\n\nusage_days = -5\n", "line 9", "below 0"),
        (PLAIN + '[terms]\nusage_channels = "moon"\n', "line 8", "organic, paid"),
        (PLAIN + "[terms]\nplatform_fee = 1.0\n", "line 8", "below 1"),
        (PLAIN + "diversity = 1\n", "line 7", "[[diversity]]"),
        (PLAIN + '[[diversity]]\nby = "tier"\nat_most = 1\n[[diversity]]\nby = "eyes"\n'
         "at_most = 1\n", "line 10", "language"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_line(tmp_path: Path, text: str, where: str, says: str) -> None:
    with pytest.raises(SettingsError) as told:
        read(tmp_path, text)
    assert where in str(told.value)
    assert says in str(told.value)


def test_every_field_that_does_not_hold_is_told_at_once(tmp_path: Path) -> None:
    text = said("budget", "-5") + '[audience]\ncountries = ["KSA"]\n'
    with pytest.raises(SettingsError, match=r"(?s)line 3: `budget`.*line 8: `audience"):
        read(tmp_path, text)


def test_a_missing_file_says_how_to_begin_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="mawj plan new"):
        brief_file(tmp_path / "none.toml")


def test_what_is_not_toml_says_where(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"line 1.*quotes"):
        read(tmp_path, "name = Coffee\n")


def test_what_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "brief.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="UTF-8"):
        brief_file(tmp_path / "brief.toml")


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
@pytest.mark.parametrize(
    "today", [date(2026, 11, 27), date(2027, 1, 1), date(2027, 2, 8), date(2029, 6, 30)]
)
def test_the_brief_of_the_demo_is_for_a_ramadan_that_can_still_be_planned_for(
    tmp_path: Path, language: str, today: date
) -> None:
    file = tmp_path / "brief.toml"
    file.write_text("anything", encoding="utf-8")
    demo_brief_file(file, language, today)
    brief = brief_file(file)
    assert 21 < (brief.starts_on - today).days < 400
    held = occasions_between(brief.starts_on, brief.ends_on, ("SA",))
    first = next(one.starts_on for one in held if one.occasion.key == "ramadan")
    assert (first - brief.starts_on).days == 30
    assert (brief.ends_on - first).days == 12
