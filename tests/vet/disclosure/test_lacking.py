"""What a draft lacks, country by country, and the text to add."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.vet.disclosure.lacking import Draft, shows_permit, what_is_missing, with_added
from mawj.vet.disclosure.rules import rule_of, rules

PERMITS = {"mawthooq": "12345", "uae_advertiser": "777", "advertising_agency_ir": "9"}


def lacking(text: str, country: str, **told: Any) -> list[str]:
    """Kinds of what the rule asks for."""
    draft = Draft(text, **{"platform": "x", "permits": PERMITS, **told})
    return [lack.kind for lack in what_is_missing(draft, country) if lack.is_required]


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("US", "#ad A lovely lamp"), ("US", "Sponsored by Lumo: a lovely lamp"),
        ("US", "I get commissions for purchases made through links in this post"),
        ("GB", "Ad: a lovely lamp"), ("GB", "#AdGifted a lovely lamp"),
        ("FR", "Collaboration commerciale avec Lumo"), ("FR", "Publicité : une lampe"),
        ("DE", "Werbung | Eine schöne Lampe"), ("DE", "#Anzeige Eine Lampe"),
        ("IN", "#Collaboration with Lumo, a lamp"), ("IN", "#ad a lamp"),
        ("AE", "إعلان: عطر جديد"), ("AE", "#paid_ad a new scent"),
        ("SA", "مادة إعلانية: عطر جديد من الدار"), ("SA", "#إعلان عطر جديد"),
        ("IR", "تبلیغ: یک چراغ زیبا"), ("NL", "Advertisement: a lamp"),
    ],
)  # fmt: skip
def test_what_the_country_accepts_lacks_nothing(country: str, text: str) -> None:
    assert lacking(text, country) == []


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("US", "#sp A lovely lamp"), ("US", "Thanks to @lumo A lovely lamp"),
        ("US", "affiliate link: amzn.to/3ab"), ("GB", "#gifted A lamp"),
        ("GB", "Sponsored by Lumo"), ("GB", "#spon A lamp"), ("DE", "#ad Eine Lampe"),
        ("FR", "en partenariat avec Lumo"), ("IN", "#collab a lamp"),
        ("AE", "بالتعاون مع متجر الدار، عطر جديد"), ("SA", "بالتعاون مع متجر الدار"),
        ("IR", "همکاری با فروشگاه لاله"),
    ],
)  # fmt: skip
def test_what_the_country_holds_too_vague_is_said_so(country: str, text: str) -> None:
    language = {"FR": "fr", "DE": "de"}.get(country)
    assert lacking(text, country, language=language) == ["too_vague"]


@pytest.mark.parametrize("country", sorted(rules()))
def test_a_text_without_any_disclosure_is_told_what_to_add(country: str) -> None:
    draft = Draft("A lovely lamp for the desk", "x", "en", None, PERMITS)
    (lack,) = [m for m in what_is_missing(draft, country) if m.is_required]
    assert lack.kind == "no_disclosure"
    assert lack.add == rule_of(country).wording["en"].add


@pytest.mark.parametrize("country", sorted(rules()))
@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_with_the_text_added_nothing_is_missing(country: str, language: str) -> None:
    text = {"en": "A lovely lamp", "ar": "مصباح جميل للمكتب", "fa": "چراغی زیبا برای میز"}
    draft = Draft(text[language], "instagram", language, None, PERMITS)
    whole = with_added(draft, what_is_missing(draft, country))
    again = Draft(whole, "instagram", language, None, PERMITS)
    assert [m.kind for m in what_is_missing(again, country) if m.is_required] == []


def test_a_denial_is_no_disclosure() -> None:
    assert lacking("Not an ad, just a lovely lamp", "US") == ["no_disclosure"]


def test_words_below_the_fold_come_too_late() -> None:
    text = "A lovely lamp for the desk of anybody who reads in the evening. " * 3 + "#ad"
    assert lacking(text, "US", platform="instagram") == ["too_late"]
    assert lacking(text, "US", platform="telegram") == []


def test_a_label_among_many_hashtags_is_lost() -> None:
    assert lacking("A lamp #a1 #b2 #c3 #d4 #ad", "US") == ["among_hashtags"]


def test_where_the_beginning_is_asked_for_a_later_word_is_advised_against() -> None:
    draft = Draft("A lovely lamp for everybody who reads in the evening #ad", "x", "en")
    assert [m.kind for m in what_is_missing(draft, "GB")] == ["not_at_start"]
    assert what_is_missing(draft, "US") == []


def test_the_label_alone_is_enough_in_some_countries_only() -> None:
    assert lacking("A lovely lamp", "DE", has_label=True) == ["label_alone"]
    assert lacking("مصباح جميل", "SA", has_label=True) == []


def test_the_platforms_label_is_advised_where_there_is_one() -> None:
    kinds = [
        m.kind for m in what_is_missing(Draft("#ad A lamp", "instagram", "en", False), "US")
    ]
    assert kinds == ["label_missing"]
    assert what_is_missing(Draft("#ad A lamp", "x", "en", False), "US") == []


def test_another_language_than_that_of_the_post_is_advised_against() -> None:
    kinds = [m.kind for m in what_is_missing(Draft("#ad مصباح جميل", "x", "ar"), "US")]
    assert kinds == ["other_language"]


def test_an_affiliate_link_asks_for_words_on_the_commission() -> None:
    (lack,) = what_is_missing(Draft("A lamp amzn.to/3ab", "x", "en"), "US")
    assert "commission" in lack.add


def test_a_permit_that_is_not_named_is_missing() -> None:
    assert lacking("#إعلان عطر", "SA", permits={}) == ["permit_missing"]
    assert lacking("#إعلان عطر", "SA", permits={"mawthooq": "1"}) == []
    assert lacking("#إعلان عطر. ترخيص موثوق رقم 123456", "SA", permits={}) == []


def test_in_iran_a_permit_is_advised_and_not_asked_for() -> None:
    assert lacking("تبلیغ: چراغ", "IR", permits={}) == []


@pytest.mark.parametrize(
    ("text", "is_shown"),
    [
        ("عطور | موثوق ٤٥٦٧٨", True), ("Mawthooq no. 45678", True),
        ("رقم الترخيص: 45678", True),
        ("موثوق من الجميع", False), ("مصدر موثوق منذ سنة ٢٠", False), (None, False),
    ],
)  # fmt: skip
def test_a_permit_is_shown_by_its_name_and_number(text: str | None, is_shown: bool) -> None:
    assert shows_permit(text, rule_of("SA").permits[0]) == is_shown


def test_what_is_missing_is_said_in_three_languages() -> None:
    for lack in what_is_missing(Draft("#sp عطر", "instagram", "ar", False), "SA"):
        assert len({lack.said(language) for language in ("en", "ar", "fa")}) == 3


def test_an_unknown_country_is_said_to_be_unknown() -> None:
    assert [m.kind for m in what_is_missing(Draft("#ad A lamp", "x", "en"), "KP")] == [
        "not_known"
    ]


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200), st.sampled_from(sorted(rules())))
def test_any_text_is_judged_without_failing(text: str, country: str) -> None:
    for lack in what_is_missing(Draft(text), country):
        assert lack.said("fa")
