"""Followers lost again: a gain that leaks away takes points, one that stays does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mawj.vet.checks.followers_lost_again import FollowersLost, evidence, followers_lost_again
from tests.vet.jumping import jumped, jumps_of, rows_of_check, steady, steps_of, told

LIMITS = FollowersLost()
LEAKING = jumped(steady(growth=0.0), 12, 0.4, kept=0.6)


def found(line, limits=LIMITS):
    rows = followers_lost_again(
        told("follower_steps", steps_of({"a": line}).to_pylist()),
        told("follower_jumps", jumps_of({"a": line})),
        lost_limits=limits,
    )
    return rows_of_check(rows).get("a")


def test_a_gain_of_which_a_part_was_lost_takes_points():
    row = found(LEAKING)
    assert 0.3 < row["observed"] < 0.5
    assert -12.0 < row["contribution"] < -4.0


def test_a_gain_that_stayed_and_growth_without_a_jump_are_clear():
    assert found(jumped(steady(), 12, 0.4))["contribution"] == 0.0
    assert found(steady())["contribution"] == 0.0


def test_a_jump_that_nobody_could_follow_is_not_known_to_have_stayed():
    assert found(jumped(steady(), 28, 0.4))["contribution"] is None


def test_few_counts_are_not_assessed():
    assert found(steady(6)) is None


def test_the_more_is_lost_the_more_points_are_taken():
    points = [
        found(jumped(steady(growth=0.0), 12, 0.4, kept=kept))["contribution"]
        for kept in (1.0, 0.8, 0.6, 0.4)
    ]
    assert points == sorted(points, reverse=True)


@pytest.mark.parametrize(
    "changed",
    [
        {"least_share": 0.3}, {"most_share": 0.9}, {"points": 5.0}, {"least_steps": 40},
        {"least_gained_share": 0.8},
    ],
)  # fmt: skip
def test_every_limit_changes_some_result(changed):
    assert found(LEAKING) != found(LEAKING, replace(LIMITS, **changed))


def test_only_jumps_of_which_something_was_lost_are_shown():
    lines = {"a": LEAKING, "b": [round(count) for count in jumped(steady(), 12, 0.4)]}
    shown = evidence(told("follower_jumps", jumps_of(lines))).to_pyarrow().to_pylist()
    assert [(row["account_id"], row["kind"]) for row in shown] == [("a", "day")]
