"""Engagement below peers: beyond the lowest, with the interval's high end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mawj.vet.checks.engagement_below_peers import EngagementBelow, engagement_below_peers
from tests.vet.jumping import rows_of_check
from tests.vet.peering import NAMES, peers, rates, subjects

LIMITS = EngagementBelow()


def found(value=0.002, limits=LIMITS, variant="by_followers", **told_of):
    made = engagement_below_peers(
        subjects("a", *NAMES), rates(variant, **{"a": value} | told_of), peers("a"),
        engagement_below=limits,
    )  # fmt: skip
    return rows_of_check(made)


def test_a_rate_far_below_all_peers_takes_points_and_theirs_take_none():
    rows = found()
    assert rows["a"]["contribution"] < -4.0
    assert [row["contribution"] for name, row in rows.items() if name != "a"] == [0.0] * 40


def test_no_engagement_at_all_can_be_read():
    assert found(0.0)["a"]["contribution"] == -10.0


def test_a_rate_whose_interval_reaches_the_line_is_clear():
    assert found(wide=9.0)["a"]["contribution"] == 0.0


def test_the_lower_the_rate_the_more_points_are_taken():
    points = [found(value)["a"]["contribution"] for value in (0.03, 0.005, 0.002, 0.0005)]
    assert points == sorted(points, reverse=True)


@pytest.mark.parametrize(
    "changed",
    [
        {"tail": 0.3}, {"points": 5.0}, {"most": 1.0}, {"floor": 0.1}, {"least_peers": 99},
        {"least_posts": 99}, {"variant": "by_views"},
    ],
)  # fmt: skip
def test_every_limit_changes_some_result(changed):
    assert found() != found(limits=replace(LIMITS, **changed))
