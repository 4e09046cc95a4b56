from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from mawj.vet.checks.repeated_posts import CHECK, RepeatedPosts, evidence, repeated_posts
from tests.vet.posting import posts

LIMITS = RepeatedPosts()
AGAIN = "our summer collection is here, order today and get it for the weekend, free of cost"


def own(n: int) -> list[str]:
    dice = random.Random(3)
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [" ".join("".join(dice.choices(letters, k=8)) for _ in range(9)) for _ in range(n)]


def row(n_again: int, n_own: int, limits: RepeatedPosts = LIMITS) -> Any:
    rows = repeated_posts(posts([AGAIN] * n_again + own(n_own)), own_repeats=limits).to_pylist()
    return rows[0] if rows else None


def test_more_repeats_never_raise_the_score() -> None:
    made = [row(n, 40 - n)["contribution"] for n in (0, 1, 8, 25, 40)]
    assert made[:3] == [0.0, 0.0, 0.0]
    assert made == sorted(made, reverse=True)
    assert -CHECK.weight <= made[-1] < made[3] < 0


def test_the_first_of_a_group_repeats_nothing() -> None:
    assert row(11, 29)["observed"] == 0.25


def test_few_or_short_posts_are_not_judged() -> None:
    assert row(5, 14) is None
    assert row(40, 0, replace(LIMITS, least_letters=200)) is None


def test_every_setting_changes_something() -> None:
    usual = row(25, 15)
    for name, value in {
        "most_posts": 30, "least_letters": 500, "least_posts": 41, "floor": 0.5, "full": 0.9,
        "points": 1.0,
    }.items():  # fmt: skip
        assert row(25, 15, replace(LIMITS, **{name: value})) != usual, name


def test_the_latest_of_each_group_is_shown_with_its_number() -> None:
    shown = evidence(posts([*own(2), AGAIN, AGAIN]), own_repeats=LIMITS).to_pylist()
    assert [(r["evidence_id"], r["amount"]) for r in shown] == [("x:me:p0003", 2.0)]
