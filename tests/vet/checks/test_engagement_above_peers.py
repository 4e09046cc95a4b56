"""Engagement above peers: far beyond the highest, with the interval's low end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mawj.vet.checks.engagement_above_peers import (
    EngagementAbove,
    engagement_above_peers,
    evidence,
)
from tests.vet.jumping import ENGINE, rows_of_check, told
from tests.vet.peering import NAMES, peers, rates, subjects

LIMITS = EngagementAbove()


def found(value=0.4, limits=LIMITS, **told_of):
    made = engagement_above_peers(
        subjects("a", *NAMES),
        rates(limits.variant if "variant" not in told_of else told_of.pop("variant"),
              **{"a": value} | told_of),
        peers("a"),
        engagement_above=limits,
    )  # fmt: skip
    return rows_of_check(made)


def test_a_rate_far_above_all_peers_takes_points_and_theirs_take_none():
    rows = found()
    assert rows["a"]["contribution"] < -2.0
    assert [row["contribution"] for name, row in rows.items() if name != "a"] == [0.0] * 40


def test_a_rate_whose_interval_reaches_the_line_is_clear():
    assert found(wide=0.9)["a"]["contribution"] == 0.0


def test_the_higher_the_rate_the_more_points_are_taken():
    points = [found(value)["a"]["contribution"] for value in (0.05, 0.2, 0.3, 0.5, 0.9)]
    assert points == sorted(points, reverse=True)
    assert points[-1] == -6.0


@pytest.mark.parametrize(
    "changed",
    [
        {"tail": 0.3}, {"full_times": 20.0}, {"points": 2.0}, {"least_peers": 99},
        {"least_posts": 99},
    ],
)  # fmt: skip
def test_every_limit_changes_some_result(changed):
    assert found(0.3) != found(0.3, replace(LIMITS, **changed))


def test_another_formula_gives_another_rate():
    other = replace(LIMITS, variant="by_views")
    assert found(limits=other, variant=LIMITS.variant) == {}


def test_posts_are_shown_with_their_rate():
    posts = [
        {"post_id": "p", "account_id": "a", "engagements": 50.0, "followers": 100.0},
        {"post_id": "q", "account_id": "a", "engagements": None, "followers": 100.0},
    ]
    shown = ENGINE.to_pyarrow(evidence(told("vet_posts", posts))).to_pylist()
    assert [(row["evidence_id"], row["amount"]) for row in shown] == [("p", 0.5)]
