"""Subjects and values in people's words."""

from __future__ import annotations

import pytest

from mawj.vet.safety.lists import SUBJECTS
from mawj.vet.safety.values import SUBJECT_NAMES, subject_called, value_called


@pytest.mark.parametrize(
    ("words", "subject"),
    [("Betting", "gambling"), ("الكحول", "alcohol"), ("شرط‌بندی", "gambling"),
     ("racism", "hate"), ("سیگار", "tobacco"), ("tea", None)],
)  # fmt: skip
def test_a_subject_is_known_by_what_people_call_it(words: str, subject: str | None) -> None:
    assert subject_called(words) == subject


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_is_known_by_its_own_names(subject: str) -> None:
    names = SUBJECT_NAMES[subject]
    assert {subject_called(names[code]) for code in ("en", "ar", "fa")} == {subject}


@pytest.mark.parametrize(
    ("words", "value"),
    [("We are a family-friendly house", "family"), ("تمكين المرأة", "women"),
     ("سلامت", "health"), ("women's rights", "women")],
)  # fmt: skip
def test_a_value_is_understood_in_a_sentence(words: str, value: str) -> None:
    found = value_called(words)
    assert found is not None
    assert found[0] == value


def test_a_word_that_is_no_value_is_not_guessed() -> None:
    assert value_called("zorblax") is None
