"""Numbers and words as people in three languages write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mawj.flow.sentences import (
    amount,
    compact,
    isolated,
    moment,
    number,
    percent,
    say,
    to_load,
)
from mawj.tables.errors import NotFound


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "1,234.5"), ("ar", "1,234.5"), ("fa", "۱٬۲۳۴٫۵")],
)
def test_numbers_follow_the_language(language: str, expected: str) -> None:
    assert number(1234.5, language) == expected


def test_large_counts_are_short() -> None:
    assert compact(12_345, "en") == "12.3K"
    assert compact(12_345, "ar") == "12.3 ألف".replace(" ", "\xa0")
    assert compact(12_345, "fa") == "۱۲٫۳ هزار".replace(" ", "\xa0")


def test_not_known_is_a_dash_and_zero_is_zero() -> None:
    for show in (number, compact, percent):
        assert show(None, "en") == "–"
        assert show(0.0, "en").startswith("0")
    assert moment(None, "en") == "–"


def test_a_share_is_shown_as_per_cent_and_a_count_as_count() -> None:
    assert amount(0.0123, "share of followers", "en") == "1.23%"
    assert amount(53_000, "accounts", "en") == "53K"


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "39.7%"), ("ar", "39.7%"), ("fa", "۳۹٫۷٪")]
)
def test_per_cent_has_the_digits_and_the_sign_of_the_language(
    language: str, expected: str
) -> None:
    assert percent(0.3968, language) == expected


def test_moments_are_in_utc() -> None:
    assert moment(datetime(2026, 10, 31, 5, 6, tzinfo=UTC), "en") == "2026-10-31 05:06"


def test_a_handle_cannot_turn_the_words_round_it() -> None:
    assert isolated("@dune") == "\u2068@dune\u2069"


def test_an_unknown_language_is_said() -> None:
    with pytest.raises(NotFound, match="en, ar, fa"):
        say("xx", "report", "title")


def test_what_to_load_is_told_in_words_and_as_it_is_called() -> None:
    told = to_load("comments, posts (text, is_labelled_ad)", "en")
    assert told == (
        "comments under posts (\u2068comments\u2069),"
        " posts with text and date (\u2068posts (text, is_labelled_ad)\u2069)"
    )
    assert "، " in to_load("comments, posts", "fa")
