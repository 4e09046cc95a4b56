from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from mawj.vet.checks.repeated_comments import (
    CHECK,
    RepeatedComments,
    evidence,
    repeated_comments,
)
from tests.vet.commenting import SUBJECT, peers_of, sample

LIMITS = RepeatedComments()
PASTED = "amazing content as always my friend keep it up"


def own(n: int) -> list[str]:
    """So many comments of which no two are alike."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    dice = random.Random(3)
    return [" ".join("".join(dice.choices(letters, k=7)) for _ in range(6)) for _ in range(n)]


def row(n_pasted: int, n_own: int, limits: RepeatedComments = LIMITS, **peers: Any) -> Any:
    said = {SUBJECT: [PASTED] * n_pasted + own(n_own), **peers}
    rows = repeated_comments(sample(said), repeated=limits).to_pylist()
    return rows[0] if rows else None


def test_more_pasted_comments_never_raise_the_score() -> None:
    made = [row(n, 40 - n)["contribution"] for n in (0, 5, 25, 40)]
    assert made[:2] == [0.0, 0.0]
    assert made == sorted(made, reverse=True)
    assert -CHECK.weight <= made[-1] < made[2] < 0


def test_what_peers_get_too_is_no_sign() -> None:
    peers = peers_of([PASTED] * 20 + own(20))
    alone, among = row(25, 15), row(25, 15, **peers)
    assert alone["contribution"] < among["contribution"] == 0.0
    assert (among["expected"], among["compared_with"]) == (0.5, "en (25)")
    few = row(25, 15, replace(LIMITS, least_peers=26), **peers)
    assert (few["expected"], few["compared_with"]) == (LIMITS.floor, "")


def test_short_and_few_comments_are_not_judged() -> None:
    assert row(19, 0) is None
    assert row(40, 0, replace(LIMITS, least_letters=60)) is None
    assert row(19, 0, replace(LIMITS, least_long=19)) is not None


def test_every_other_setting_changes_something() -> None:
    usual = row(25, 15)
    for name, value in {"floor": 0.5, "full": 0.9, "points": 1.0, "compared": 30}.items():
        assert row(25, 15, replace(LIMITS, **{name: value})) != usual, name


def test_what_is_pasted_most_is_shown_once_with_its_number() -> None:
    shown = evidence(sample({SUBJECT: [PASTED] * 4 + own(3)}), repeated=LIMITS).to_pylist()
    assert [(r["quote"], r["amount"]) for r in shown] == [(PASTED, 4.0)]
