"""Fees as people write them: amounts with their currency, and what is published."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from mawj.plan.asking.deliverables import deliverables
from mawj.sources.quote_words import (
    currency_of,
    deliverable_key,
    is_paid,
    meaning_of,
    money_of,
)

FILE = tomllib.loads((resources.files("mawj.sources") / "quotes.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("said", "currency", "expected"),
    [
        ("1,500 SAR", None, (150_000, "SAR")),
        ("$1,200.50", None, (120_050, "USD")),
        ("1.5k AED", None, (150_000, "AED")),
        ("٨٥٠٠ ريال سعودي", None, (850_000, "SAR")),
        ("١٬٥٠٠", "ر.س", (150_000, "SAR")),
        ("۲۰ میلیون تومان", None, (200_000_000, "IRR")),
        ("۵۰۰٬۰۰۰ ریال", None, (500_000, "IRR")),
        ("3 million toman", None, (30_000_000, "IRR")),
        ("250 د.ك", None, (250_000, "KWD")),
        ("100", "toman", (1_000, "IRR")),
        ("2000", "EGP", (200_000, "EGP")),
        ("5000 درهم", "AED", (500_000, "AED")),
    ],
)
def test_an_amount_is_read_with_its_currency(said, currency, expected) -> None:
    assert money_of(said, currency) == expected


@pytest.mark.parametrize(
    ("said", "currency", "says"),
    [
        ("1500", None, "currency is not said"),
        ("900 riyal", None, "several countries"),
        ("900 ريال", None, "several countries"),
        ("900 SAR", "USD", "the amount says SAR and the currency USD"),
        ("900", "shells", "no currency known"),
        ("much", "USD", "not a number"),
    ],
)
def test_an_amount_that_cannot_be_told_says_why(said, currency, says) -> None:
    with pytest.raises(ValueError, match=says):
        money_of(said, currency)


@pytest.mark.parametrize(
    ("said", "platform", "key"),
    [
        ("Reel", "instagram", "instagram:reel"),
        ("ريلز", "instagram", "instagram:reel"),
        ("استوری", "instagram", "instagram:story"),
        ("video", "instagram", "instagram:reel"),
        ("تغريدة", "x", "x:post"),
        ("ستوري", "snapchat", "snapchat:story"),
        ("YouTube:Integration", None, "youtube:integration"),
        ("Instagram reel", None, "instagram:reel"),
        ("ستوري سناب شات", None, "snapchat:story"),
        ("video", "tiktok", "tiktok:video"),
    ],
)
def test_what_is_published_is_known_by_its_words(said, platform, key) -> None:
    assert deliverable_key(said, platform) == key


def test_what_a_platform_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no deliverable of telegram"):
        deliverable_key("spotlight", "telegram")
    with pytest.raises(ValueError, match="on x there are"):
        deliverable_key("x:reel", "x")


def test_every_word_leads_to_a_deliverable_that_planning_knows() -> None:
    known = deliverables()
    for platform, told in FILE["platforms"].items():
        assert set(told) <= set(FILE["what"]), platform
        for what in told.values():
            assert f"{platform}:{what}" in known, (platform, what)
    reached = {f"{p}:{what}" for p, told in FILE["platforms"].items() for what in told.values()}
    assert reached == set(known)


def test_headings_are_known_in_three_languages() -> None:
    for heading in ("Fee", "السعر", "قیمت", "عرض السعر"):
        assert meaning_of(heading) == "amount"
    for heading in ("Usage rights (days)", "مدة حقوق الاستخدام", "مدت حق استفاده"):
        assert meaning_of(heading) == "usage_days"
    assert meaning_of("weather") is None


def test_paid_is_a_word_or_yes_and_no() -> None:
    assert [is_paid(one) for one in ("paid", "مدفوع", "پرداخت شده", "yes", "1")] == [True] * 5
    assert [is_paid(one) for one in ("quote", "عرض", "پیشنهاد", "no")] == [False] * 4
    assert is_paid(" ") is None
    with pytest.raises(ValueError, match="neither paid nor quoted"):
        is_paid("perhaps")


def test_the_persian_letter_tells_the_iranian_rial() -> None:
    assert currency_of("ریال") == ("IRR", 1.0)
