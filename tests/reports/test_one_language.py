"""What an Arabic or Persian reader gets is in Arabic or Persian to the last sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mawj.flow.planned import AdBuy
from mawj.flow.sentences import compared_words
from mawj.plan.asking.occasions import Happening, occasions
from mawj.reports.plan_html import plan_html
from mawj.reports.vetting_html import vetting_html
from tests.reports.one_language import foreign, is_foreign
from tests.reports.planned import plan, unmeetable
from tests.reports.vetted import report

OTHERS = ("ar", "fa")
NAMES = ("A card", "A page")
AD = AdBuy(
    "meta", "", "clicks", 9_000.0, 8_000.0, 10_000.0, "A page", date(2026, 11, 26), "read"
)
VETTED = ("Coffee Wave", "Nakhla", "We pay women and men alike", "women_pay at_least men_pay")


@pytest.mark.parametrize("language", OTHERS)
def test_a_plan_speaks_one_language(language: str) -> None:
    day = date(2027, 2, 3)
    every = tuple(Happening(one, day, day, 0) for one in occasions().values())
    for made in (plan(ads=(AD,), occasions=every), unmeetable()):
        assert foreign(plan_html(made, language), NAMES) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_vetting_speaks_one_language(language: str) -> None:
    assert foreign(vetting_html(report(), language), VETTED) == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_search_for_foreign_words_finds_them(language: str) -> None:
    """The test of the tests: what was English before is found."""
    page = plan_html(plan(brief=replace(plan().brief, name="two words")), language)
    assert any("two words" in text for text in foreign(page, NAMES))
    assert is_foreign("المصدر: nights of Ramadan")
    assert not is_foreign("إعادة الحساب: mawj export. حساب tiktok:lina (SAR)")


COMPARED = {
    "instagram 10k-3.2M (212)": (
        "إنستغرام، من 10\xa0ألف إلى 3.2\xa0مليون متابع (عدد الحسابات: 212)",
        "اینستاگرام، ۱۰\xa0هزار تا ۳٫۲\xa0میلیون دنبال‌کننده (۲۱۲ حساب)",
    ),
    "fa (23)": ("حسابات تكتب بلغة الفارسية (عددها: 23)", "۲۳ حسابی که به فارسی می‌نویسند"),
    "commenters, ar": (
        "أصحاب التعليقات؛ لغة الحساب: العربية", "نظردهندگان؛ زبان حساب: عربی",
    ),
    "engagements, 34 own posts": (
        "تفاعلات المنشورات العادية (عددها: 34)", "تعامل‌های ۳۴ پست عادی",
    ),
    "face 28%, ratio and age 7%": ("المظهر 28%، النسبة والعمر 7%", "ظاهر ۲۸٪، نسبت و سن ۷٪"),
    "0.0% → 12.5%": ("0% → 12.5%", "۰٪ → ۱۲٫۵٪"),
    "10 × 8": ("10 × 8", "۱۰ × ۸"),
    "Iran": ("إيران", "ایران"),
    "SA": ("المملكة العربية السعودية", "عربستان سعودی"),
    "tiktok": ("تيك توك", "تیک‌تاک"),
    "Nakhla Coffee": ("Nakhla Coffee", "Nakhla Coffee"),
    "": ("", ""),
}  # fmt: skip


@pytest.mark.parametrize("written", COMPARED)
def test_what_a_finding_compares_with_is_told_in_the_readers_words(written: str) -> None:
    assert tuple(compared_words(written, language) for language in OTHERS) == COMPARED[written]


def test_english_readers_get_whole_words_too() -> None:
    assert compared_words("instagram 10k-3.2M (212)") == (
        "Instagram, 10K to 3.2M followers (212 accounts)"
    )
    assert compared_words("fa (23)") == "23 accounts that write Persian"
