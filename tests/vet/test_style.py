from __future__ import annotations

import pytest

from mawj.vet.style import TRAITS, function_words_of, traits_of


def trait(text: str, name: str) -> float:
    return float(traits_of([text])[0, TRAITS.index(name)])


@pytest.mark.parametrize(
    ("name", "more", "less"),
    [
        ("exclamations", "so good!!", "so good"),
        ("question_marks", "چطور؟", "چطور"),
        ("emoji", "hi 👋", "hi"),
        ("hashtags", "a #b", "a b"),
        ("lengthened", "حلووووو", "حلو"),
        ("zwnj", "می\u200cخوام", "میخوام"),
        ("teh_marbuta", "جميلة", "جميله"),
        ("hamza_written", "أحمد", "احمد"),
        ("own_digits", "٣ أيام", "3 أيام"),
        ("capitals", "GREAT DAY", "great day"),
        ("words", "one two three", "one"),
        ("line_breaks", "a\nb", "a b"),
        ("persian_letters", "یک", "يك"),
    ],
)
def test_a_habit_is_measured(name: str, more: str, less: str) -> None:
    assert trait(more, name) > trait(less, name)


def test_what_cannot_be_read_is_a_row_too() -> None:
    assert traits_of([]).shape == (0, len(TRAITS))
    assert traits_of(["", "\u202e\x00", "a" * 10_000_000]).shape == (3, len(TRAITS))


def test_function_words_are_those_that_the_account_uses() -> None:
    rates = function_words_of(["the house and the garden", "و این خانه", "xyzzy"])
    assert rates.shape[0] == 3
    assert rates[0].sum() > 0
    assert rates[2].sum() == 0
