"""Likeness and ways on the claims that the limits were chosen on; see benchmarks/claims.py."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.vet.claim_candidates import ClaimSearch
from mawj.vet.claims.ways import way_of
from mawj.vet.claims.words import content_terms, likeness, passages

CLAIMS = tomllib.loads((Path(__file__).parent / "claims_dev.toml").read_text("utf-8"))["claim"]
LIMITS = ClaimSearch()


def best(claim: str, post: str) -> float:
    weights = dict.fromkeys(content_terms(claim), 1.0)
    return max(likeness(weights, content_terms(one)) for one in passages(post))


def posts(kind: str) -> list[tuple[str, str]]:
    return [(claim["text"], post) for claim in CLAIMS for post in claim[kind]]


@pytest.mark.parametrize(("claim", "post"), posts("repeats"))
def test_a_repeat_says_most_of_the_claim(claim: str, post: str) -> None:
    assert best(claim, post) >= LIMITS.words_with_meaning


@pytest.mark.parametrize("way", ["denies", "asks"])
def test_denials_and_questions_are_told_apart(way: str) -> None:
    assert [p for c, p in posts(way) if way_of(c, p, p) == "repeats"] == []


def test_most_repeats_are_known_as_such() -> None:
    told = [way_of(claim, post, post) for claim, post in posts("repeats")]
    assert told.count("repeats") >= len(told) - 1


def test_what_upholds_a_claim_is_no_denial() -> None:
    claim = "Onions in the room cure the flu"
    for post in ("It is not a myth that onions in the room cure the flu",
                 "Did you know? Onions in the room cure the flu"):  # fmt: skip
        assert way_of(claim, post, post) == "repeats"


def test_a_claim_with_a_negation_of_its_own_is_repeated_with_it() -> None:
    claim = "The vaccine was never tested"
    assert way_of(claim, "The vaccine was never tested, share it", "") == "repeats"
    assert way_of(claim, "The vaccine was tested for years", "") == "denies"


def test_another_number_is_another_claim() -> None:
    weights = dict.fromkeys(content_terms("The city lost 500 million"), 1.0)
    same = likeness(weights, content_terms("the city lost 500 million"))
    other = likeness(weights, content_terms("the city lost 20 million"))
    assert same == 1.0
    assert other < LIMITS.words


def test_other_forms_of_a_word_count_in_part() -> None:
    assert 0.6 < likeness({"infertility": 1.0}, ["infertile"]) < 1.0
    assert likeness({"infertility": 1.0}, ["intensity"]) == 0.0


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert all(one.strip() for one in passages(text))
    assert way_of("a claim", text, text) in ("repeats", "denies", "asks")
    assert 0.0 <= likeness({"claim": 1.0}, content_terms(text)) <= 1.0
