from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.vet.tones import MOST_CHARACTERS, WARM, read_comments

HELD_BACK = tomllib.loads(
    (Path(__file__).parents[2] / "benchmarks/tones_held_back.toml").read_text(encoding="utf-8")
)
LEAST_RIGHT = {"en": 0.80, "ar": 0.85, "fa": 0.90, "romanised": 0.95}


def tone(text: str, code: str | None = None) -> str:
    return read_comments([text], [code])[0].tone


@pytest.mark.parametrize("language", list(HELD_BACK))
def test_most_held_back_comments_are_told(language: str) -> None:
    code = None if language == "romanised" else language
    pairs = [(said, text) for said, texts in HELD_BACK[language].items() for text in texts]
    right = sum(tone(text, code) == said for said, text in pairs)
    assert right / len(pairs) >= LEAST_RIGHT[language]
    assert language == "romanised" or len(pairs) >= 40


@pytest.mark.parametrize("language", list(HELD_BACK))
def test_no_warm_comment_is_taken_for_an_attack_or_for_noise(language: str) -> None:
    code = None if language == "romanised" else language
    warm = [text for said in WARM for text in HELD_BACK[language][said]]
    assert [t for t in warm if tone(t, code) in ("hostility", "noise")] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("you are not talented", "doubt"),
        ("this is not boring at all, so good to watch", "admiration"),
        ("مش موهوب خالص", "doubt"),
        ("ما شاء الله لا قوة إلا بالله", "admiration"),
        ("کارت اصلا خلاقانه نیست", "doubt"),
        ("so talented 🙄", "doubt"),
        ("إبداع والله 🤡", "hostility"),
        ("you're the best /s", "doubt"),
    ],
)
def test_denial_and_marks_of_irony_turn_praise(text: str, told: str) -> None:
    assert tone(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("👏👏👏", "generic"),
        ("nice pic", "generic"),
        ("؟؟", "question"),
        ("@sara @mona", "generic"),
        ("https://shop.example/x", "noise"),
        ("investment tips +971 50 123 4567", "noise"),
        ("how do I start trading?", "question"),
        ("", "untold"),
        ("   ", "untold"),
        ("the bus was late on tuesday again", "untold"),
    ],
)
def test_structure_tells_where_words_do_not(text: str, told: str) -> None:
    assert tone(text) == told


def test_words_of_one_language_are_not_read_in_another() -> None:
    # «عن» and «خر» insult in Persian; in Arabic the first is the word for "about".
    assert tone("كلامك عن الطبخ واضح ومفيد جدا", "ar") == "admiration"
    assert tone("عن", "ar") != "hostility"
    assert tone("عن", "fa") == "hostility"


def test_exchanges_of_follows_and_entries_are_marked() -> None:
    loops = read_comments(["فولو باك", "follow for follow?", "فالو = فالو", "nice"], [None] * 4)
    assert [r.is_loop for r in loops] == [True, True, True, False]
    entries = read_comments(["تم كل الشروط @a @b", "done! pick me", "@a @b", "hi"], [None] * 4)
    assert [r.is_entry for r in entries] == [True, True, False, False]
    assert [r.is_tag for r in entries] == [False, False, True, False]
    assert [r.n_mentions for r in entries] == [2, 0, 2, 0]


def test_a_huge_or_broken_comment_is_read_like_any_other() -> None:
    huge = "so talented " * 1_000_000
    broken = "\u202e\x00\x1e ḧ̷̛e̴l̶l̷o so talented \ud83d"
    assert [r.tone for r in read_comments([huge, broken, None], [None] * 3)][::2] == [
        "admiration",
        "untold",
    ]
    assert read_comments([huge], [None])[0].n_words <= MOST_CHARACTERS


@given(st.lists(st.text(max_size=60), max_size=5))
@settings(max_examples=30, deadline=None)
def test_a_comment_is_read_alike_alone_and_among_others(texts: list[str]) -> None:
    together = read_comments(texts, [None] * len(texts))
    assert together == [read_comments([text], [None])[0] for text in texts]
