"""The rules of the countries: whole, dated, sourced, and in three languages."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mawj.vet.disclosure.rules import Rule, messages, rule_of, rules

LANGUAGES = {"en", "ar", "fa"}
EVERY = sorted(rules().items())


@pytest.mark.parametrize(("country", "rule"), EVERY)
def test_a_rule_has_its_sources_and_the_day_it_was_checked(country: str, rule: Rule) -> None:
    assert rule.country == country
    assert isinstance(rule.checked_on, date)
    assert rule.sources
    assert all(source.title and source.publisher for source in rule.sources)
    assert any(source.when for source in rule.sources)


@pytest.mark.parametrize(("country", "rule"), EVERY)
def test_a_rule_speaks_three_languages_and_says_what_to_add(country: str, rule: Rule) -> None:
    assert set(rule.name) == set(rule.duty) == LANGUAGES
    assert set(rule.wording) >= LANGUAGES
    assert all(wording.add for wording in rule.wording.values())
    assert rule.place in ("start", "before_fold")
    assert rule.label in ("sufficient", "helps", "not_enough")
    for permit in rule.permits:
        assert set(permit.name) == set(permit.exempt) == set(permit.add) == LANGUAGES
        assert all("{number}" in text for text in permit.add.values())


def test_every_message_is_said_in_three_languages_with_the_same_holes() -> None:
    for key, texts in messages().items():
        assert set(texts) == LANGUAGES, key
        holes = {frozenset(re.findall(r"{(\w+)}", text)) for text in texts.values()}
        assert len(holes) == 1, key


@pytest.mark.parametrize(
    ("said", "country"),
    [("sa", "SA"), ("UK", "GB"), ("uae", "AE"), (" fr ", "FR"), ("NL", "EU"), ("DE", "DE")],
)
def test_a_country_is_found_by_any_of_its_names(said: str, country: str) -> None:
    assert rule_of(said).country == country


@pytest.mark.parametrize("country", ["KP", "", None])
def test_a_country_without_a_rule_is_said_to_be_unknown(country: str | None) -> None:
    rule = rule_of(country)
    assert (rule.known, rule.sources) == ("no", ())


def test_the_rule_of_iran_says_that_it_is_known_in_part_only() -> None:
    assert rule_of("IR").known == "partly"


def test_a_year_is_not_written_as_a_day() -> None:
    dates = {source.when for source in rule_of("AE").sources}
    assert "2025" in dates
