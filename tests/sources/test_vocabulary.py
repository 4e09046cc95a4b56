"""Countries, languages, yes and no, platforms, forms and acts in three languages."""

from __future__ import annotations

import pytest

from mawj.sources.vocabulary import (
    act_of,
    country_of,
    flag_of,
    form_of,
    language_of,
    platform_of,
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Saudi Arabia", "SA"), ("السعودية", "SA"), ("المملكة العربية السعودية", "SA"),
        ("عربستان سعودی", "SA"), ("KSA", "SA"), ("sa", "SA"), ("🇸🇦", "SA"),
        ("الإمارات", "AE"), ("امارات متحدهٔ عربی", "AE"), ("UAE", "AE"), ("ایران", "IR"),
        ("إيران", "IR"), ("The Netherlands", "NL"), ("Deutschland", "DE"), ("Türkiye", "TR"),
        ("مصر", "EG"), ("United States", "US"), ("Atlantis", None), ("10.2M", None),
    ],
)  # fmt: skip
def test_a_country_is_known_by_its_names(written: str, code: str | None) -> None:
    assert country_of(written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("ar", "ar"), ("Arabic", "ar"), ("العربية", "ar"), ("فارسی", "fa"), ("en_US", "en-US"),
        ("iw", "he"), ("in", "id"), ("und", None), ("zxx", None), ("qme", None), ("???", None),
    ],
)  # fmt: skip
def test_a_language_is_known_by_code_and_name(written: str, code: str | None) -> None:
    assert language_of(written) == code


@pytest.mark.parametrize("written", ["1", "yes", "TRUE", "نعم", "بله", "1.0", "✅", "موثّق"])
def test_yes_is_read_in_three_languages(written: str) -> None:
    assert flag_of(written) is True


@pytest.mark.parametrize("written", ["0", "No", "false", "لا", "خیر", "غير موثق"])
def test_no_is_read_in_three_languages(written: str) -> None:
    assert flag_of(written) is False


def test_what_is_neither_yes_nor_no_is_not_known() -> None:
    assert flag_of("perhaps") is None


def test_platforms_forms_and_acts_are_known_by_their_names() -> None:
    assert [platform_of(w) for w in ("Twitter", "إنستغرام", "تیک تاک", "youtu.be/x")] == [
        "x", "instagram", "tiktok", "youtube",
    ]  # fmt: skip
    assert [form_of(w) for w in ("GraphImage", "ريلز", "ویدیو", "CAROUSEL_ALBUM")] == [
        "photo", "short_video", "video", "carousel",
    ]  # fmt: skip
    assert [act_of(w) for w in ("Retweet", "رد", "پسند", "juggled")] == [
        "repost", "reply", "like", None,
    ]  # fmt: skip
