"""Comment rings: members pay for what their ring wrote under their posts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mawj.vet.checks.comment_rings import CommentRings, comment_rings, evidence
from tests.vet.jumping import ENGINE, rows_of_check
from tests.vet.meeting import OTHERS, RING, Rings, crowd, posts_of, ring

LIMITS = CommentRings()
POSTS = posts_of(*RING, *OTHERS)
OWN = [post for post in POSTS if post["account_id"] in RING]
RINGS = Rings(POSTS, crowd(POSTS) + ring(OWN))
VISITED = [post for post in POSTS if post["account_id"] in OTHERS[:2]]
CREW = Rings(POSTS, crowd(POSTS) + ring(VISITED, tuple(f"c{n}" for n in range(6))))


def found(rings=RINGS, limits=LIMITS):
    made = comment_rings(
        rings.vet_comments, rings.ring_members, rings.ring_comments,
        comment_rings_limits=limits,
    )  # fmt: skip
    return rows_of_check(made)


def test_members_are_raised_and_others_are_clear():
    rows = found()
    assert {name for name, row in rows.items() if row["contribution"] < 0} == set(RING)
    assert rows["r0"]["compared_with"] == "6 × 8"
    assert rows["r0"]["contribution"] == pytest.approx(-25.0, abs=2.5)
    assert 0.2 < rows["r0"]["observed"] < 0.5


def test_a_crew_that_visits_an_account_takes_fewer_points_and_quick_fans_none():
    rows = found(CREW)
    assert rows["o0"]["contribution"] == pytest.approx(-10.0, abs=1.0)
    assert found(CREW, replace(LIMITS, crew_order=1.1))["o0"]["contribution"] == 0.0


def test_few_comments_are_not_assessed():
    few = Rings(POSTS, ring(OWN)[:6])
    assert found(few) == {}


def test_the_more_the_ring_meets_the_more_points_are_taken():
    points = [
        found(Rings(POSTS, crowd(POSTS) + ring([p for p in OWN if int(p["post_id"][-1]) < n])))[
            "r0"
        ]["contribution"]
        for n in (2, 4, 8)
    ]
    assert points[0] == 0.0
    assert points == sorted(points, reverse=True)
    assert points[2] < points[1] < 0.0


@pytest.mark.parametrize(
    "changed",
    [
        {"points": 9.0}, {"least_comments": 10_000}, {"least_meetings": 9},
        {"most_meetings": 50}, {"most_share": 0.9},
    ],
)  # fmt: skip
def test_every_limit_changes_some_result(changed):
    assert found() != found(limits=replace(LIMITS, **changed))


@pytest.mark.parametrize(
    "changed", [{"crew_share": 0.99}, {"crew_order": 1.1}, {"crew_part": 0.1}]
)
def test_every_limit_of_crews_changes_some_result(changed):
    assert found(CREW) != found(CREW, replace(LIMITS, **changed))


def test_members_and_their_comments_are_shown():
    rows = ENGINE.to_pyarrow(evidence(RINGS.ring_comments)).to_pylist()
    mine = [row for row in rows if row["account_id"] == "r0"]
    assert {row["evidence_id"] for row in mine if row["kind"] == "account"} == set(RING[1:])
    assert {row["quote"][:4] for row in mine if row["kind"] == "comment"} == {"nice"}
