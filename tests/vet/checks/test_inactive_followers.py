"""Inactive followers, held against what is usual on the platform."""

from __future__ import annotations

from typing import Any

import pytest

from mawj.vet.checks.inactive_followers import InactiveFollowers, inactive_followers


def found(
    arrow_of: Any, n_inactive: int, n: int, usual: str = "0.3", **limits: Any
) -> list[dict[str, Any]]:
    text = (
        "account_id | platform | n_seen | n_inactive | usual_inactive_share\n"
        f"x:star | x | {n} | {n_inactive} | {usual}"
    )
    made = inactive_followers(
        arrow_of("follower_shares", text), inactive_followers=InactiveFollowers(**limits)
    )
    return made.to_pylist()


def test_readers_are_usual_and_a_crowd_of_the_silent_is_not(arrow_of: Any) -> None:
    assert found(arrow_of, 150, 400)[0]["contribution"] == 0.0
    assert found(arrow_of, 380, 400)[0]["contribution"] == -6.0


def test_the_same_share_is_clear_where_it_is_usual(arrow_of: Any) -> None:
    assert found(arrow_of, 300, 400, usual="0.7")[0]["contribution"] == 0.0
    assert found(arrow_of, 300, 400, usual="0.2")[0]["contribution"] < 0.0


def test_without_a_population_or_a_sample_nothing_is_said(arrow_of: Any) -> None:
    assert found(arrow_of, 300, 400, usual="") == []
    assert found(arrow_of, 20, 29) == []


@pytest.mark.parametrize(
    ("name", "value"), [("above", 0.3), ("full", 0.9), ("most", 3.0), ("least", 500)]
)
def test_every_setting_changes_something(arrow_of: Any, name: str, value: float) -> None:
    assert found(arrow_of, 280, 400) != found(arrow_of, 280, 400, **{name: value})
