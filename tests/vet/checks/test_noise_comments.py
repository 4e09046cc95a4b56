from __future__ import annotations

from dataclasses import replace

import pytest

from mawj.vet.checks.noise_comments import CHECK, NoiseComments, noise_comments
from tests.vet.checks.bond_laws import found
from tests.vet.commenting import SUBJECT, WARM, peers_of

LIMITS = NoiseComments()
BAD = "DM me to earn money"
USUAL = peers_of([WARM] * 29 + [BAD])


def points(n_bad: int, limits: NoiseComments = LIMITS, n: int = 100) -> float | None:
    said = {SUBJECT: [BAD] * n_bad + [WARM] * (n - n_bad), **USUAL}
    row = found(noise_comments, said, noise=limits)
    return row and row["contribution"]


def test_what_is_usual_is_clear_and_more_of_it_never_raises_the_score() -> None:
    made = [points(n_bad) for n_bad in (0, 2, 60, 100)]
    assert made[:2] == [0.0, 0.0]
    assert made == sorted(made, reverse=True)
    assert made[-1] < 0
    assert min(made) >= -CHECK.weight


def test_a_small_sample_is_not_judged() -> None:
    assert points(30, n=30) is None


@pytest.mark.parametrize("peers", [{}, USUAL])
def test_the_row_says_what_was_seen_and_how_surely(peers: dict[str, list[str]]) -> None:
    row = found(
        noise_comments, {SUBJECT: [BAD] * 80 + [WARM] * 20, **peers}, noise=NoiseComments()
    )
    assert (row["observed"], row["sample_size"]) == (0.8, 100)
    assert row["observed_low"] < 0.8 < row["observed_high"]
    assert row["compared_with"] == ("en (25)" if peers else "")


def test_every_setting_changes_something() -> None:
    usual = points(60)
    changed = {"floor": 0.55, "full": 0.9, "points": 1.0}
    for name, value in changed.items():
        assert points(60, replace(LIMITS, **{name: value})) != usual, name
    assert points(60, NoiseComments(least_comments=101)) is None
