"""Buckets of n-grams: the compiled rule is the plain one, and spelling does not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.text.ngrams import MOST_CHARACTERS, NgramSettings, buckets, named_buckets

SETTINGS = NgramSettings()


def of(text: str, settings: NgramSettings = SETTINGS) -> set[int]:
    return set(buckets([text], settings).bucket.tolist())


def names(text: str, settings: NgramSettings = SETTINGS) -> set[str]:
    return {name for _, name in named_buckets(text, settings)}


LETTERS = "abz اأبتكکيی\u200cوههههه 😂❤️\u200f\u0651.,@#_\x00\x1e1٢۳&;\ud800"


@given(st.text(LETTERS, max_size=40), st.integers(1, 3), st.integers(3, 6), st.booleans())
def test_the_compiled_rule_is_the_plain_one(
    text: str, shortest: int, longest: int, has_pairs: bool
) -> None:
    settings = NgramSettings(shortest, longest, has_pairs, bits=16)
    assert of(text, settings) == {bucket for bucket, _ in named_buckets(text, settings)}


@given(st.lists(st.text(LETTERS, max_size=20), max_size=6))
def test_a_text_has_the_same_buckets_in_any_company(texts: list[str]) -> None:
    found = buckets(texts, SETTINGS)
    for place, text in enumerate(texts):
        own = found.bucket[found.start[place] : found.start[place + 1]]
        assert own.tolist() == sorted(of(text))


def test_runs_words_pairs_and_emoji_are_ngrams() -> None:
    found = names("Good day 😂")
    assert {"·go", "ood·", "good", "good day", "😂", "day 😂"} <= found
    assert "d d" not in found
    assert "good day" not in names("Good day", NgramSettings(has_pairs=False))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("كلب", "کلب"), ("مقرف جدا", "مُقرِف جداً"), ("يا حماااااار", "يا حمار"),
        ("LOSER", "loser"),
        ("می‌روم", "می روم"),
        ("hello", "hello @someone https://x.example/a"), ("a & b", "a &amp; b"),
    ],
)  # fmt: skip
def test_spellings_links_and_mentions_do_not_matter(left: str, right: str) -> None:
    assert of(left) == of(right)


def test_no_more_is_read_of_a_long_text_than_its_beginning() -> None:
    begun = "word " * (MOST_CHARACTERS // 5)
    assert of(begun + "another" * 1_000_000) == of(begun)


def test_nothing_at_all_has_no_buckets() -> None:
    found = buckets(["", "  ", "\x00\u200f", "!!!"], SETTINGS)
    assert found.bucket.size == 0
    assert found.n_each.tolist() == [0, 0, 0, 0]
    assert buckets([], SETTINGS).start.tolist() == [0]


def test_buckets_stay_inside_what_the_bits_allow() -> None:
    found = buckets(["some words in a row, to be hashed"], NgramSettings(bits=6))
    assert found.bucket.max() < 64
    assert np.all(np.diff(found.bucket) > 0)
