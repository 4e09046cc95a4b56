"""Likes above views: counts that contradict each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mawj.vet.checks.likes_above_views import LikesAboveViews, evidence, likes_above_views
from tests.vet.jumping import ENGINE, rows_of_check, told

LIMITS = LikesAboveViews()


def posts(n_above, n=20, likes=100.0, **said):
    return told(
        "vet_posts",
        [
            {
                "post_id": f"p{i}", "account_id": "a", "likes": likes, "comments": 5.0,
                "views": likes / 2 if i < n_above else likes * 9,
            } | said
            for i in range(n)
        ],
    )  # fmt: skip


def found(n_above, limits=LIMITS, **said):
    made = likes_above_views(posts(n_above, **said), above_views=limits)
    return rows_of_check(made).get("a")


def test_many_posts_liked_more_often_than_seen_take_points():
    row = found(8)
    assert row["observed"] == pytest.approx(0.4)
    assert row["contribution"] == pytest.approx(-6.0)


def test_one_miscounted_post_and_posts_of_few_likes_are_clear():
    assert found(1)["contribution"] == 0.0
    assert found(20, likes=8.0)["contribution"] == 0.0


def test_unknown_views_and_few_posts_are_not_assessed():
    assert found(5, views=None) is None
    assert found(3, n=5) is None


def test_the_more_posts_contradict_the_more_points_are_taken():
    points = [found(n)["contribution"] for n in (0, 4, 8, 20)]
    assert points == sorted(points, reverse=True)


@pytest.mark.parametrize(
    "changed",
    [
        {"least_posts": 99}, {"least_likes": 500.0}, {"least_share": 0.3}, {"most_share": 0.9},
        {"points": 2.0},
    ],
)  # fmt: skip
def test_every_limit_changes_some_result(changed):
    assert found(8) != found(8, replace(LIMITS, **changed))


def test_the_posts_are_shown_with_likes_for_each_view():
    shown = ENGINE.to_pyarrow(evidence(posts(2))).to_pylist()
    assert {(row["evidence_id"], row["amount"]) for row in shown} == {("p0", 2.0), ("p1", 2.0)}
