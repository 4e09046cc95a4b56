"""Growth without posts: a gain in silence, where silence is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mawj.vet.checks.growth_without_posts import SilentGrowth, evidence, growth_without_posts
from tests.vet.jumping import (
    START,
    caused,
    jumped,
    jumps_of,
    rows_of_check,
    steady,
    steps_of,
    told,
)

LIMITS = SilentGrowth()
LINE = jumped(steady(), 15, 0.2)


def found(limits=LIMITS, talk=None, between=True, n_loaded=20, **cause):
    jumps = jumps_of({"a": LINE})
    beside = [
        {
            "account_id": "a",
            "from_at": jump["from_at"],
            "talk_times": talk,
            "is_between_posts": between,
        }
        for jump in jumps
    ]
    posts = [
        {"post_id": f"p{n}", "account_id": "a", "published_at": START + timedelta(days=n)}
        for n in range(n_loaded)
    ]
    rows = growth_without_posts(
        told("follower_steps", steps_of({"a": LINE}).to_pylist()),
        told("follower_jumps", jumps),
        caused(jumps, **({"n_posts": 0} | cause)),
        told("jump_talk", beside),
        told("vet_posts", posts),
        silent_limits=limits,
    )
    return rows_of_check(rows).get("a")


def test_a_gain_in_silence_takes_points():
    row = found()
    assert row["observed"] == pytest.approx(0.2, rel=0.05)
    assert -10.0 < row["contribution"] < -4.0


@pytest.mark.parametrize(
    "known", [{"n_posts": 1}, {"cause": "peers"}, {"talk": 2.0}, {"between": False}]
)
def test_a_post_a_tide_talk_or_a_gap_in_what_is_loaded_clears_it(known):
    assert found(**known)["contribution"] == 0.0


def test_an_account_without_loaded_posts_is_not_assessed():
    assert found(n_loaded=3) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"least_share": 0.15}, {"most_share": 0.9}, {"points": 5.0}, {"least_steps": 40},
        {"least_posts": 30},
    ],
)  # fmt: skip
def test_every_limit_changes_some_result(changed):
    assert found() != found(replace(LIMITS, **changed))


def test_how_much_talk_is_silence_is_a_limit():
    assert found(talk=2.0) != found(replace(LIMITS, most_talk=3.0), talk=2.0)


def test_only_gains_in_silence_are_shown():
    jumps = jumps_of({"a": LINE})
    for n_posts, n_shown in ((0, 1), (2, 0)):
        shown = evidence(told("follower_jumps", jumps), caused(jumps, n_posts=n_posts))
        assert shown.count().to_pyarrow().as_py() == n_shown
