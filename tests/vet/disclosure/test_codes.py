"""Discount codes, and what looks like one."""

from __future__ import annotations

import pytest

from mawj.vet.disclosure.codes import codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Use code SARA15 at checkout", "SARA15"),
        ("use my code: GLOW for 10% off", "GLOW"),
        ("Grab yours with IVY10 https://nest.example/ivy", "IVY10"),
        ("استخدموا كود NOOR20 للخصم", "NOOR20"),
        ("الرابط في البايو والكود MEHDI10", "MEHDI10"),
        ("کد تخفیف LALEH25", "LALEH25"),
        ("با کد LALEH25 ارزون‌تره", "LALEH25"),
        ("SARA15 code works till Friday", "SARA15"),
    ],
)
def test_a_code_is_found_in_any_language(text: str, code: str) -> None:
    assert [found.code for found in codes(text)] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "Day 8 of learning to code: SQL queries make sense. Save this for later.",
        "I write code in HTML",
        "Living with COVID19 was hard, read https://news.example",
        "کد ملی و شماره شناسنامه لازم است",
        "كود البناء الجديد صار نافذًا",
        "",
    ],
)
def test_other_codes_are_none(text: str) -> None:
    assert codes(text) == []


def test_a_code_stands_where_it_is() -> None:
    text = "عرض اليوم: كود NOOR20"
    (code,) = codes(text)
    assert text[code.first : code.last] == "NOOR20"
