"""Sudden followers: what is left unexplained takes points, the more the larger it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.vet.checks.sudden_followers import SuddenFollowers, evidence, sudden_followers
from tests.vet.jumping import (
    caused,
    jumped,
    jumps_of,
    rows_of_check,
    steady,
    steps_of,
    told,
)

LIMITS = SuddenFollowers()


def found(line, limits=LIMITS, **cause):
    jumps = jumps_of({"a": line})
    rows = sudden_followers(
        told("follower_steps", steps_of({"a": line}).to_pylist()),
        told("follower_jumps", jumps),
        caused(jumps, **cause),
        sudden_limits=limits,
    )
    return rows_of_check(rows).get("a")


def test_an_unexplained_jump_takes_points():
    row = found(jumped(steady(), 15, 0.3))
    assert row["observed"] == pytest.approx(0.3, rel=0.05)
    assert row["contribution"] == pytest.approx(-10.0, rel=0.1)
    assert row["sample_size"] == 29


def test_steady_growth_is_clear():
    assert found(steady())["contribution"] == 0.0


def test_what_explains_a_jump_wholly_clears_it_and_a_part_lowers_it():
    line = jumped(steady(), 15, 0.4)
    whole, half, none = (
        found(line, cause="viral_post", explained_share=share)["contribution"]
        for share in (1.0, 0.5, 0.0)
    )
    assert whole == 0.0
    assert none < half < whole


def test_few_counts_are_not_assessed():
    assert found(jumped(steady(8), 4, 0.5)) is None


@settings(max_examples=5, deadline=None)
@given(st.floats(0.1, 0.6), st.floats(0.02, 0.6))
def test_a_larger_jump_never_raises_the_score(share, more):
    small, large = (found(jumped(steady(), 15, part)) for part in (share, share + more))
    assert large["contribution"] <= small["contribution"] + 1e-9


@pytest.mark.parametrize(
    "changed",
    [{"least_share": 0.35}, {"most_share": 0.9}, {"points": 5.0}, {"least_steps": 40}],
)
def test_every_limit_changes_some_result(changed):
    line = jumped(steady(), 15, 0.4)
    assert found(line) != found(line, replace(LIMITS, **changed))


def test_the_day_and_the_post_that_may_explain_it_are_shown():
    line = jumped(steady(), 15, 0.4)
    jumps = jumps_of({"a": line})
    at = jumps[0]["from_at"]
    post = {"account_id": "a", "from_at": at, "post_id": "p", "text": "سحب على هدية"}
    shown = evidence(
        told("follower_jumps", jumps),
        caused(jumps, cause="giveaway", explained_share=0.75, cause_post_id="p"),
        told("jump_posts", [post, post | {"post_id": "q"}]),
    )
    kinds = shown.to_pyarrow().select(["kind", "evidence_id"]).to_pylist()
    assert sorted(tuple(row.values()) for row in kinds) == [
        ("day", f"{at:%Y-%m-%d}"),
        ("post", "p"),
    ]
