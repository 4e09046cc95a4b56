from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.vet.copies import letters_of, same_groups

LONG = "this is the best moisturiser that i have bought in many years"
OTHER = "where did you find such a beautiful place to spend the summer"


def test_spelling_signs_and_numbers_do_not_part_copies() -> None:
    texts = [
        LONG, OTHER, LONG.upper() + "!!! 🔥", LONG + " 10/10",
        "من أجمل ما رأيت في حياتي كلها", "مــن اجمل ما رايت في حياتي كلها 🌹",
    ]  # fmt: skip
    assert same_groups(texts, 20) == [[0, 2, 3], [4, 5]]


def test_a_changed_word_is_still_a_copy_and_another_sentence_is_not() -> None:
    assert same_groups([LONG, LONG.replace("many", "some"), OTHER], 20) == [[0, 1]]
    assert same_groups([LONG, "this is the best film that i have seen"], 20) == []


def test_short_texts_are_left_out() -> None:
    assert same_groups(["love it", "love it"], 20) == []
    assert same_groups(["love it", "love it"], 6) == [[0, 1]]
    assert same_groups([], 5) == []


def test_letters_are_what_is_left_of_a_text() -> None:
    assert letters_of(["Ab 1, c!", "👏", ""]) == ["abc", "", ""]


@given(st.lists(st.text(max_size=30), max_size=8), st.randoms())
@settings(max_examples=30, deadline=None)
def test_order_does_not_change_what_is_alike(texts: list[str], dice: object) -> None:
    shuffled = list(texts)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    first = sorted(sorted(texts[p] for p in g) for g in same_groups(texts, 3))
    assert first == sorted(sorted(shuffled[p] for p in g) for g in same_groups(shuffled, 3))
