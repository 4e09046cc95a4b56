"""Reviews that never name a drawback."""

from __future__ import annotations

from typing import Any

import pytest

from mawj.vet.checks.one_sided_reviews import OneSided, evidence, one_sided_reviews
from tests.vet.advertising import counts_of, found, posts_of, sponsored_of

PRAISE = "#ad Two weeks with it, code SARA15 https://oud-lane.example/x"
BALANCED = f"{PRAISE} but the lid is a problem"


def row(*posts: str, **limits: Any) -> dict[str, Any]:
    given = posts_of(*posts)
    made = found(
        one_sided_reviews, counts_of(given), sponsored_of(given), one_sided=OneSided(**limits)
    )
    return made[0]


def test_many_reviews_without_a_drawback_take_points() -> None:
    made = row(*[PRAISE] * 40)
    assert made["observed"] == 0.0
    assert made["contribution"] < -2.0


def test_balanced_reviews_take_nothing() -> None:
    assert row(*[PRAISE, BALANCED] * 15)["contribution"] == 0.0


def test_few_reviews_are_not_judged_and_none_is_clear() -> None:
    assert row(*[PRAISE] * 5)["contribution"] is None
    assert row("a quiet day")["contribution"] == 0.0


def test_more_praise_never_gives_points_back() -> None:
    taken = [row(*[PRAISE] * n, BALANCED)["contribution"] for n in (12, 20, 40, 80)]
    assert taken == sorted(taken, reverse=True)


@pytest.mark.parametrize(
    ("name", "value"), [("least_reviews", 50), ("ordinary", 0.5), ("points", 2.0)]
)
def test_every_setting_changes_something(name: str, value: float) -> None:
    assert row(*[PRAISE] * 30) != row(*[PRAISE] * 30, **{name: value})


def test_the_reviews_without_a_drawback_are_quoted() -> None:
    shown = found(evidence, sponsored_of(posts_of(PRAISE, BALANCED)))
    assert [r["evidence_id"] for r in shown] == ["a000"]
