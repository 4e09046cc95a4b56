"""Where a disclosure stands."""

from __future__ import annotations

import pytest

from mawj.vet.disclosure.places import best_place, place_of, platform_of
from mawj.vet.disclosure.signs import disclosure_signs

WORDS = "a lovely morning with good coffee "


@pytest.mark.parametrize(
    ("text", "platform", "place"),
    [
        ("#ad lovely coffee", "instagram", "start"),
        (WORDS * 2 + "#ad", "instagram", "before_fold"),
        (WORDS * 5 + "#ad", "instagram", "after_fold"),
        (WORDS * 5 + "#ad", "x", "before_fold"),
        ("one\ntwo\nthree\nfour #ad", "instagram", "after_fold"),
        ("coffee #a1 #b2 #c3 #ad #d4 #e5", "instagram", "among_hashtags"),
        ("coffee and more coffee #ad #b2 #c3 #d4 #e5", "instagram", "start"),
    ],
)
def test_the_place_of_a_disclosure(text: str, platform: str, place: str) -> None:
    (sign,) = disclosure_signs(text, "en").disclosures
    assert place_of(text, sign, platform) == place


def test_the_best_of_several_places_counts() -> None:
    text = "#ad " + WORDS * 5 + "#sponsored"
    assert best_place(text, disclosure_signs(text, "en").disclosures, "instagram") == "start"


def test_without_a_disclosure_there_is_no_place() -> None:
    assert best_place("coffee", (), "instagram") is None


def test_an_unknown_platform_is_like_any_other() -> None:
    assert platform_of("somewhere") == platform_of(None) == platform_of("other")
