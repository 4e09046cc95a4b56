"""Followers who follow too many to be reached."""

from __future__ import annotations

from typing import Any

import pytest

from mawj.vet.checks.mass_following_followers import (
    MassFollowing,
    evidence,
    mass_following_followers,
)


def found(arrow_of: Any, n_mass: int, n: int, **limits: Any) -> list[dict[str, Any]]:
    text = (
        "account_id | platform | n_following | n_mass\n"
        f"x:star | x | {n} | {n_mass}\nx:unknown | youtube | 0 | 0"
    )
    made = mass_following_followers(
        arrow_of("follower_shares", text), mass_following=MassFollowing(**limits)
    )
    return made.to_pylist()


def test_a_usual_share_is_clear_and_a_large_one_is_raised(arrow_of: Any) -> None:
    assert found(arrow_of, 80, 400)[0]["contribution"] == 0.0
    assert found(arrow_of, 300, 400)[0]["contribution"] == -8.0


def test_where_counts_are_hidden_nothing_is_said(arrow_of: Any) -> None:
    assert [row["account_id"] for row in found(arrow_of, 80, 400)] == ["x:star"]
    assert found(arrow_of, 20, 29) == []


def test_more_never_gives_points_back(arrow_of: Any) -> None:
    taken = [found(arrow_of, n, 400)[0]["contribution"] for n in range(0, 401, 50)]
    assert taken == sorted(taken, reverse=True)


@pytest.mark.parametrize(
    ("name", "value"), [("common", 0.4), ("full", 0.9), ("most", 3.0), ("least", 500)]
)
def test_every_setting_changes_something(arrow_of: Any, name: str, value: float) -> None:
    assert found(arrow_of, 200, 400) != found(arrow_of, 200, 400, **{name: value})


def test_those_who_follow_most_are_shown(table_of: Any, con: Any) -> None:
    sample = "account_id | follower_id | n_loaded\nx:star | x:a | 2\nx:star | x:b | 2"
    faces = (
        "account_id | platform | is_sampled | is_population | following\n"
        "x:a | x | yes | no | 5000\nx:b | x | yes | no | 90"
    )
    made = evidence(table_of("follower_sample", sample), table_of("follower_faces", faces))
    assert [(r["evidence_id"], r["amount"]) for r in con.to_pyarrow(made).to_pylist()] == [
        ("x:a", 0.7)
    ]
