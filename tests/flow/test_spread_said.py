import pytest

from mawj.flow.spread_said import spread_said
from mawj.plan.passing.two_step_spread import SpreadAnswer

ANSWER = SpreadAnswer(
    account_ids=("x:1", "x:2"), how="greedy", reach=1234.4, reach_low=1200.0, reach_high=1268.0,
    standard_error=3.26, certain_share=0.874, doubt=0.001,
    beside={"degree": 1100.0, "reverse_pagerank": 1150.0}, cost_minor=None, n_sets=50_000,
    n_runs=4_000,
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_an_answer_says_reach_proof_and_what_stands_beside(language: str) -> None:
    lines = spread_said(ANSWER, language)
    assert len(lines) == 3
    assert not any("{" in line or "[" in line for line in lines)


def test_the_numbers_are_those_of_the_answer() -> None:
    reached, proof, beside = spread_said(ANSWER)
    assert "1,234" in reached
    assert "1,200 to 1,268" in reached
    assert "87" in proof
    assert "1,100" in beside
    assert "1,150" in beside


def test_a_ranking_that_was_taken_instead_is_named() -> None:
    swapped = spread_said(
        SpreadAnswer(**{**vars(ANSWER), "how": "degree"})
    )[-1]  # fmt: skip
    assert "most passers-on" in swapped
