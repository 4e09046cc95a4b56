"""A feed full of advertising takes points; some advertising does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mawj.vet.checks.sponsored_share import SponsoredShare, evidence, sponsored_share
from tests.vet.advertising import (
    clean_creators,
    counts_of,
    found,
    in_small_world,
    posts_of,
    sponsored_of,
)

if TYPE_CHECKING:
    from pathlib import Path

OUD = "#ad Use code SARA15 https://oud-lane.example/sara"
QUIET = "a quiet day"


def rows(n_paid: int, n_other: int, **limits: Any) -> list[dict[str, Any]]:
    counts = counts_of(posts_of(*[OUD] * n_paid, *[QUIET] * n_other))
    return found(sponsored_share, counts, sponsored=SponsoredShare(**limits))


def points(n_paid: int, n_other: int, **limits: Any) -> float:
    (row,) = rows(n_paid, n_other, **limits)
    return float(row["contribution"])


def test_some_advertising_takes_nothing() -> None:
    assert points(5, 20) == 0.0


def test_a_feed_of_nothing_else_takes_all_points() -> None:
    assert points(40, 0) == -8.0


def test_more_advertising_never_gives_points_back() -> None:
    taken = [points(n, 20) for n in (0, 5, 10, 20, 40)]
    assert taken == sorted(taken, reverse=True)
    assert taken[0] > taken[-1]


def test_the_share_has_an_interval() -> None:
    (row,) = rows(10, 10)
    assert row["observed"] == 0.5
    assert row["observed_low"] < 0.5 < row["observed_high"]
    assert row["expected"] == 0.25


def test_a_handful_of_posts_is_not_judged() -> None:
    assert rows(5, 5) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("usual", 0.1), ("full", 0.9), ("points", 4.0), ("least_posts", 100)],
)
def test_every_setting_changes_something(name: str, value: float) -> None:
    assert rows(15, 15) != rows(15, 15, **{name: value})


def test_the_paid_posts_are_quoted() -> None:
    shown = found(evidence, sponsored_of(posts_of(OUD, QUIET)))
    assert [(r["kind"], r["evidence_id"]) for r in shown] == [("post", "a000")]


def test_no_clean_creator_of_the_small_world_is_raised(built_lake: Path) -> None:
    made = in_small_world(sponsored_share, built_lake)
    raised = {r["account_id"] for r in made if r["contribution"] < 0}
    assert len(made) > 50
    assert not raised & clean_creators()
