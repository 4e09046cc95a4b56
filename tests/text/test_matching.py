from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.text.clitics import ARABIC, ENGLISH, PERSIAN, PLAIN, readings
from mawj.text.matching import Matcher, Phrase

LISTS = {
    "drink": [
        Phrase("خمر", 2, "ar"),
        Phrase("خمور", 2, "ar"),
        Phrase("مشروب", 2, "fa"),
        Phrase("beer", 2, "en"),
        Phrase("🍺"),
        Phrase("red wine", 2, "en"),
        Phrase("wine", 1, "en"),
    ],
    "innocent": [Phrase("wine vinegar", language="en")],
    "insult": [Phrase("كلبة", 2, "ar"), Phrase("son of a gun"), Phrase("f*ck"), Phrase("fuck")],
    "short": [Phrase("bar", exact=True), Phrase("بار", exact=True)],
}
MATCHER = Matcher(LISTS)


def words(text: str) -> list[tuple[str, str]]:
    return [(hit.list, text[hit.first : hit.last]) for hit in MATCHER.hits(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("وبالخمر والخمور", [("drink", "وبالخمر"), ("drink", "والخمور")]),
        ("الخَمْـــر حرام", [("drink", "الخَمْـــر")]),
        ("مشروب‌هایی خوردند", [("drink", "مشروب‌هایی")]),
        ("مشروب هاي خارجي", [("drink", "مشروب هاي")]),
        ("Two BEERS please", [("drink", "BEERS")]),
        ("cold🍺!", [("drink", "🍺")]),
        ("كلبتك وكلباتهم", [("insult", "كلبتك")]),
        ("Son-of a GUN!", [("insult", "Son-of a GUN")]),
        ("what the F*CK", [("insult", "F*CK")]),
        ("fuuuuck", [("insult", "fuuuuck")]),
        ("red wine", [("drink", "red wine")]),
        ("wine vinegar", [("innocent", "wine vinegar"), ("drink", "wine")]),
        ("bars, bar", [("short", "bar")]),
        ("بالبار بار", [("short", "بار")]),
        ("barbeer مختمر", []),
        ("https://x.com/beer @beer www.beer.io/beer", []),
        ("", []),
        ("\x1e beer \x00\u202e", [("drink", "beer")]),
    ],
)
def test_a_phrase_is_found_as_written(text: str, found: list[tuple[str, str]]) -> None:
    assert words(text) == found


def test_a_doubled_letter_is_not_taken_for_a_lengthened_one() -> None:
    assert Matcher({"a": ["god"]}).hits("good") == []
    assert len(Matcher({"a": ["god"]}).hits("gooood")) == 1


def test_many_texts_give_the_same_as_one_by_one() -> None:
    texts = ["beer", "", "none", "a\x1ebeer", "red wine and بالخمر"] * 3
    assert MATCHER.hits_of(texts) == [MATCHER.hits(text) for text in texts]


def test_a_hit_names_its_phrase() -> None:
    (hit,) = MATCHER.hits("والخمر")
    assert (hit.list, hit.phrase) == ("drink", Phrase("خمر", 2, "ar"))


def test_no_list_finds_nothing() -> None:
    assert Matcher({}).hits("beer") == []
    assert Matcher({"a": ["", "…"]}).hits("beer …") != [None]


def test_a_word_is_read_as_itself_first_and_then_without_what_is_written_onto_it() -> None:
    assert next(iter(readings("وبالخمر"))) == ("وبالخمر", PLAIN)
    assert ("خمر", ARABIC) in set(readings("وبالخمر"))
    assert ("مشروب", PERSIAN) in set(readings("مشروبهايي"))
    assert ("beer", ENGLISH) in set(readings("beers"))


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=40),
    st.sampled_from(["beer", "الخمر", "🍺", "red wine"]),
    st.text(max_size=40),
)
def test_positions_lie_in_the_text_and_words_between_blanks_are_met(
    before: str, word: str, after: str
) -> None:
    text = f"{before} {word} {after}"
    hits = MATCHER.hits(text)
    assert all(0 <= hit.first < hit.last <= len(text) for hit in hits)
    first = len(before) + 1
    is_in_link = any(c in before for c in "@＠:w")
    assert is_in_link or any(
        hit.first <= first + len(word) - 1 and hit.last >= first for hit in hits
    )
