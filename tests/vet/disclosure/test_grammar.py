"""How patterns are read."""

from __future__ import annotations

import pytest

from mawj.text.normalise import search_form
from mawj.vet.disclosure.grammar import Grammar
from mawj.vet.disclosure.wordings import LANGUAGES, told, wordings

GRAMMAR = Grammar("en", {"thing": ["lamp", "floor lamp"]})


@pytest.mark.parametrize(
    ("pattern", "text", "is_met"),
    [
        ("paid ..1 partnership", "Paid partnership", True),
        ("paid ..1 partnership", "paid brand partnership", True),
        ("paid ..1 partnership", "paid for a partnership", False),
        ("paid partnership", "I paid. Partnership talks failed", False),
        ("paid partnership", "unpaid partnership", False),
        ("sponsor* by", "sponsored by", True),
        ("(link|web page) here", "web page here", True),
        ("my {thing} glows", "my floor lamp glows", True),
        ("thanks to {mention}", "thanks to @lumo.shop", True),
        ("very? good", "good", False),
        ("good very?", "good", True),
    ],
)
def test_patterns_are_met(pattern: str, text: str, is_met: bool) -> None:
    assert (GRAMMAR.compiled(pattern).search(search_form(text)) is not None) == is_met


def test_a_pattern_is_only_tried_where_its_rarest_word_stands() -> None:
    assert GRAMMAR.anchors("paid ..1 (partnership|collaboration)") == {
        "partnership", "collaboration"
    }  # fmt: skip


def test_an_arabic_word_may_carry_its_prefixes() -> None:
    look = Grammar("ar", {}).compiled("إعلان مدفوع")
    assert look.search(search_form("وبالإعلان المدفوع"))
    assert not look.search(search_form("بلاإعلانات مدفوعات"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_file_has_a_version_and_says_how_payment_is_told(language: str) -> None:
    assert wordings(language).version
    kinds = {pattern["kind"] for pattern in told(language)["pattern"]}
    assert {"ad", "denial"} <= kinds
