"""Even engagement: posts that all get the same, where those of peers do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mawj.vet.checks.even_engagement import EvenEngagement, even_engagement, evidence
from mawj.vet.post_spread import SpreadLimits, post_spread
from tests.vet.jumping import ENGINE, START, rows_of_check, told
from tests.vet.peering import NAMES, peers, spreads, subjects

LIMITS = EvenEngagement()


def found(spread=0.1, usual=200.0, limits=LIMITS):
    made = even_engagement(
        subjects("a", *NAMES), spreads(a={"spread": spread, "usual_engagements": usual}),
        even_limits=limits,
    )  # fmt: skip
    return rows_of_check(made)


def test_posts_that_all_get_the_same_take_points_and_peers_are_clear():
    rows = found()
    assert -8.0 < rows["a"]["contribution"] < -4.0
    assert [row["contribution"] for name, row in rows.items() if name != "a"] == [0.0] * 40


def test_few_engagements_are_even_by_chance_and_not_assessed():
    assert "a" not in found(usual=5.0)


def test_the_more_even_the_more_points_are_taken():
    points = [found(spread)["a"]["contribution"] for spread in (0.6, 0.15, 0.1, 0.0)]
    assert points == sorted(points, reverse=True)
    assert points[-1] == -8.0


@pytest.mark.parametrize(
    "changed",
    [
        {"tail": 0.0001}, {"highest": 0.12}, {"full_part": 0.1}, {"points": 2.0},
        {"least_peers": 99}, {"least_engagements": 500.0},
    ],
)  # fmt: skip
def test_every_limit_changes_some_result(changed):
    limits = replace(LIMITS, highest=0.9)
    assert found(limits=limits) != found(limits=replace(limits, **changed))


def counted(limits=None):
    rows = [
        {
            "post_id": f"{name}{n}", "account_id": name, "platform": "x", "likes": 90.0 + n,
            "comments": 10.0 if n else None, "engagements": 100.0 + n,
        }
        for name in ("a", "p1", "stranger")
        for n in range(15)
    ]  # fmt: skip
    made = post_spread(
        subjects("a"), peers("a"), told("post_counts", rows),
        spread_limits=limits or SpreadLimits(),
    )  # fmt: skip
    return {row["account_id"]: row for row in ENGINE.to_pyarrow(made).to_pylist()}


def test_spreads_are_made_for_the_vetted_and_their_peers():
    rows = counted()
    assert set(rows) == {"a", "p1"}
    assert rows["a"]["comments"] == 140.0
    assert rows["a"]["likes"] == 90.0 * 14 + sum(range(15))
    assert 0.03 < rows["a"]["spread"] < 0.07


def test_posts_that_a_spread_needs_are_a_limit():
    assert counted(SpreadLimits(least_posts=16)) == {}


def test_the_latest_posts_are_shown():
    posts = [
        {
            "post_id": f"p{n}", "account_id": "a", "engagements": 10.0,
            "published_at": START.replace(day=n + 1),
        }
        for n in range(12)
    ]  # fmt: skip
    shown = ENGINE.to_pyarrow(evidence(told("vet_posts", posts))).to_pylist()
    assert {row["evidence_id"] for row in shown} == {f"p{n}" for n in range(4, 12)}
