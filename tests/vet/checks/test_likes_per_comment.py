"""Likes per comment: far from peers on either side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mawj.vet.checks.likes_per_comment import LikesPerComment, evidence, likes_per_comment
from tests.vet.jumping import ENGINE, rows_of_check, told
from tests.vet.peering import NAMES, spreads, subjects

LIMITS = LikesPerComment()


def found(likes=60_000.0, comments=100.0, limits=LIMITS):
    made = likes_per_comment(
        subjects("a", *NAMES), spreads(a={"likes": likes, "comments": comments}),
        likes_per_comment_limits=limits,
    )  # fmt: skip
    return rows_of_check(made)


def test_too_many_likes_for_each_comment_take_points_and_so_do_too_few():
    assert found()["a"]["contribution"] < -2.0
    few = found(likes=200.0)["a"]
    assert few["contribution"] < -2.0
    assert few["expected"] > few["observed"]


def test_peers_are_clear():
    rows = found()
    assert [row["contribution"] for name, row in rows.items() if name != "a"] == [0.0] * 40


def test_few_comments_are_not_assessed():
    assert "a" not in found(comments=5.0)


@pytest.mark.parametrize("far", [(1.0, 20.0, 40.0), (1.0, 0.05, 0.02)])
def test_the_farther_from_peers_the_more_points_are_taken(far):
    points = [found(likes=3_000.0 * times)["a"]["contribution"] for times in far]
    assert points == sorted(points, reverse=True)
    assert points[0] == 0.0


@pytest.mark.parametrize(
    "changed",
    [
        {"tail": 0.01}, {"least_times": 50.0}, {"full_times": 20.0}, {"points": 2.0},
        {"least_peers": 99},
        {"least_comments": 500.0},
    ],
)  # fmt: skip
def test_every_limit_changes_some_result(changed):
    assert found(30_000.0) != found(30_000.0, limits=replace(LIMITS, **changed))


def test_posts_with_most_likes_are_shown():
    posts = [
        {"post_id": f"p{n}", "account_id": "a", "likes": 10.0 * n, "comments": 0.0}
        for n in range(9)
    ]
    shown = ENGINE.to_pyarrow(evidence(told("vet_posts", posts))).to_pylist()
    assert sorted(row["evidence_id"] for row in shown) == ["p4", "p5", "p6", "p7", "p8"]
