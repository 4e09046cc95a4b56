"""Function words in search form."""

import pytest

from mawj.text.normalise import search_form
from mawj.text.stopwords import CODES, stop_words
from mawj.text.tokens import search_terms


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_the_three_languages_have_many_function_words(code):
    assert len(stop_words(code)) >= 150


@pytest.mark.parametrize("code", CODES)
def test_function_words_are_in_search_form(code):
    assert stop_words(code)
    assert all(word == search_form(word) for word in stop_words(code))


@pytest.mark.parametrize(
    ("code", "words"), [("ar", "الذين التي إلى"), ("fa", "آن‌ها می‌شود را"), ("en", "Don't this")]
)
def test_terms_of_function_words_are_found_among_them(code, words):
    assert set(search_terms(words)) <= stop_words(code)


def test_other_codes_have_none():
    assert stop_words("xx") == frozenset()
