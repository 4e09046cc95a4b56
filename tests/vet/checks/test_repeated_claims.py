from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import ibis
import pytest

from mawj.vet.checks.repeated_claims import RepeatedClaims, evidence, repeated_claims
from mawj.vet.claim_candidates import ClaimSearch, claim_candidates, claim_sample
from mawj.vet.claim_matches import claim_matches
from mawj.vet.claim_terms import claim_terms, claim_weights
from tests.conftest import CAN_EMBED
from tests.vet.politics_world import AS_OF, Vetted, plain, posts_of, rows, told

if TYPE_CHECKING:
    import pyarrow as pa

LIMITS = RepeatedClaims()
WORDS = ClaimSearch(by_meaning=False)
CLAIM = "Sliced onions under the bed cure the flu overnight"
REPEAT = "Tonight I put sliced onions under my bed: they cure the flu overnight"
DENIAL = "Sliced onions under the bed do not cure the flu, it is a myth"
QUESTION = "Is it true that sliced onions under the bed cure the flu overnight?"


def checks(*told: tuple[str, str, str]) -> pa.Table:
    """Fact-checks of (claim, verdict, language)."""
    return rows(
        "fact_checks",
        [
            {"claim_id": f"claim:{i}", "claim": claim, "verdict": verdict, "reviewer": "Checks",
             "claim_language": language, "review_url": f"https://checks.example/{i}"}
            for i, (claim, verdict, language) in enumerate(told)
        ],
    )  # fmt: skip


class Searched:
    """Posts held against fact-checks."""

    def __init__(
        self, facts: pa.Table, *accounts: Any, search: ClaimSearch = WORDS, keep: Any = None
    ) -> None:
        made = Vetted(*accounts)
        self.vet_posts, self.fact_checks = made.vet_posts, ibis.memtable(facts)
        terms = claim_terms(facts)
        self.claim_terms = ibis.memtable(terms)
        weights = claim_weights(self.claim_terms, made.vet_posts, made.posts).to_pyarrow()
        found = claim_candidates(
            ibis.memtable(weights), made.vet_posts, made.posts, claim_search=search
        )
        sample = claim_sample(self.claim_terms, made.vet_posts, claim_search=search)
        self.matches = claim_matches(
            found.to_pyarrow(), sample.to_pyarrow(), weights, facts, claim_search=search
        )

    def found(self, limits: RepeatedClaims = LIMITS) -> list[dict[str, Any]]:
        result = repeated_claims(
            self.vet_posts, ibis.memtable(self.matches), self.fact_checks,
            repeated_limits=limits, as_of=AS_OF,
        )  # fmt: skip
        made: list[dict[str, Any]] = result.to_pyarrow().to_pylist()
        return made


def only(searched: Searched, limits: RepeatedClaims = LIMITS) -> dict[str, Any]:
    (row,) = searched.found(limits)
    return row


def one(*texts: str, verdict: str = "false", **more: Any) -> Searched:
    own = posts_of("x:1", [*plain(20), *texts])
    return Searched(checks((CLAIM, verdict, "en")), own, **more)


def test_a_post_that_repeats_a_false_claim_is_raised_with_its_source() -> None:
    row = only(one(REPEAT))
    assert row["contribution"] > 0
    assert (row["observed"], row["sample_size"], row["about"]) == (1, 21, CLAIM)
    assert row["compared_with"] == "Checks: false https://checks.example/0"


@pytest.mark.parametrize("text", [DENIAL, QUESTION, "Onion soup cures a bad day", ""])
def test_denials_questions_and_other_talk_are_clear(text: str) -> None:
    row = only(one(text))
    assert (row["observed"], row["contribution"]) == (0, 0.0)


@pytest.mark.parametrize("verdict", ["true", "unknown"])
def test_claims_that_were_not_found_false_are_not_sought(verdict: str) -> None:
    assert one(REPEAT, verdict=verdict).found() == []


def test_without_fact_checks_nothing_is_assessed() -> None:
    assert Searched(checks(), posts_of("x:1", [*plain(20), REPEAT])).found() == []


def test_a_mixed_rating_weighs_half() -> None:
    false, mixed = only(one(REPEAT)), only(one(REPEAT, verdict="mixed"))
    assert mixed["contribution"] == pytest.approx(false["contribution"] / 2)


def test_two_reviews_of_one_claim_count_once() -> None:
    facts = checks((CLAIM, "false", "en"), (CLAIM, "mixed", "en"))
    row = only(Searched(facts, posts_of("x:1", [*plain(20), REPEAT])))
    assert row["contribution"] == pytest.approx(only(one(REPEAT))["contribution"])


def test_more_repeats_never_lower_the_risk_and_stay_below_the_most() -> None:
    points = [sum(r["contribution"] for r in one(*[REPEAT] * n).found()) for n in (0, 1, 3, 9)]
    assert points == sorted(points)
    assert points[-1] == pytest.approx(LIMITS.points)


def test_arabic_and_persian_spellings_are_one() -> None:
    facts = checks(
        ("البصل تحت السرير يعالج الإنفلونزا", "false", "ar"),
        ("پیاز زیر تخت آنفولانزا را درمان می‌کند", "false", "fa"),
    )
    own = posts_of("x:1", [*plain(20), "البَصَل تحت السرير يعالج الانفلونزا مجرّب",
                           "پياز زير تخت آنفولانزا را درمان ميكند"])  # fmt: skip
    assert len(Searched(facts, own).found()) == 2


def test_every_setting_of_the_check_changes_something() -> None:
    searched = one(REPEAT, REPEAT, verdict="mixed")
    usual = searched.found()
    for field, value in {
        "full_posts": 20.0, "points": 5.0, "mixed_share": 0.9, "half_life_days": 9.0,
        "least_posts": 99,
    }.items():  # fmt: skip
        assert searched.found(replace(LIMITS, **{field: value})) != usual, field


def test_limits_of_the_search_change_what_is_found() -> None:
    assert one(REPEAT).matches.num_rows == 1
    for field, value in {
        "candidate_share": 1.1, "least_terms": 30, "claims_each": 0, "words": 1.1,
    }.items():  # fmt: skip
        search = replace(WORDS, **{field: value})
        assert one(REPEAT, search=search).matches.num_rows == 0, field


def test_the_sample_read_for_meaning_is_bounded() -> None:
    made = Vetted(posts_of("x:1", plain(30)), posts_of("x:2", plain(30)))
    terms = ibis.memtable(claim_terms(checks((CLAIM, "false", "en"))))
    sizes = {
        (each, most, letters): claim_sample(
            terms, made.vet_posts,
            claim_search=replace(
                WORDS, posts_each=each, most_posts=most, least_letters=letters
            ),
        ).count().execute()
        for each, most, letters in ((5, 99, 1), (30, 7, 1), (30, 99, 10**6))
    }  # fmt: skip
    assert list(sizes.values()) == [10, 7, 0]


@pytest.mark.skipif(not CAN_EMBED, reason="needs the semantic extra")
def test_a_claim_is_found_in_another_language_by_meaning() -> None:
    facts = checks(("One spoon of olive oil every day cures diabetes", "false", "en"))
    texts = [*plain(20), "روزی یک قاشق روغن زیتون دیابت را درمان می‌کند",
             "ملعقة زيت زيتون كل يوم تشفي من السكري"]  # fmt: skip
    own = posts_of("x:1", texts)
    assert Searched(facts, own).matches.num_rows == 0
    found = Searched(facts, own, search=ClaimSearch()).matches
    assert set(found["how"].to_pylist()) == {"meaning"}
    assert set(found["post_id"].to_pylist()) == {"x:1/20", "x:1/21"}


def test_the_words_that_repeat_are_shown_under_their_claim() -> None:
    searched = one(REPEAT)
    shown = evidence(
        ibis.memtable(searched.matches), searched.fact_checks,
        repeated_limits=LIMITS, as_of=AS_OF,
    ).to_pyarrow().to_pylist()  # fmt: skip
    assert [(row["evidence_id"], row["about"]) for row in shown] == [("x:1/20", CLAIM)]
    assert "onions" in shown[0]["quote"]


def test_order_of_posts_does_not_matter() -> None:
    own = posts_of("x:1", [*plain(20), REPEAT])
    facts = checks((CLAIM, "false", "en"))
    assert told(Searched(facts, own).matches) == told(Searched(facts, own[::-1]).matches)
