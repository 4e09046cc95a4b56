"""Paid posts in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mawj.vet.checks.crowded_ads import CrowdedAds, crowded_ads
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

PAID, OWN = "#ad Use code SARA15", "a quiet day"


def row(*posts: str, **limits: Any) -> dict[str, Any]:
    given = posts_of(*posts)
    tables = (given, sponsored_of(given), counts_of(given))
    (made,) = found(crowded_ads, *tables, crowded=CrowdedAds(**limits))
    return made


def test_paid_posts_spread_among_own_ones_take_nothing() -> None:
    made = row(*[PAID, OWN] * 10)
    assert (made["contribution"], made["observed"]) == (0.0, 1.0)


def test_the_same_posts_in_a_row_take_points() -> None:
    made = row(*[PAID] * 10, *[OWN] * 10)
    assert made["observed"] == 10.0
    assert made["contribution"] < -3.0
    assert made["expected"] < 5.0


def test_no_paid_posts_are_clear() -> None:
    assert row(*[OWN] * 12)["contribution"] == 0.0


def test_a_feed_of_nothing_but_paid_posts_is_not_counted_again_here() -> None:
    assert row(*[PAID] * 14)["contribution"] == 0.0


def test_the_order_in_which_rows_come_does_not_matter() -> None:
    given = posts_of(*[PAID] * 8, *[OWN] * 12)
    turned = given.take(list(reversed(range(given.num_rows))))
    rows = [
        found(crowded_ads, t, sponsored_of(t), counts_of(t), crowded=CrowdedAds())
        for t in (given, turned)
    ]
    assert rows[0] == rows[1]


def test_a_longer_run_never_gives_points_back() -> None:
    taken = [row(*[PAID] * n, *[OWN] * 20, PAID)["contribution"] for n in (2, 4, 6, 9, 12)]
    assert taken == sorted(taken, reverse=True)
    assert taken[-1] < 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("least_run", 9.0), ("beyond_chance", 5.0), ("full", 30.0), ("points", 2.0)],
)
def test_every_setting_changes_the_points(name: str, value: float) -> None:
    posts = [*[PAID] * 9, *[OWN] * 15]
    assert row(*posts)["contribution"] != row(*posts, **{name: value})["contribution"]


def test_too_few_posts_are_not_judged() -> None:
    given = posts_of(*[PAID] * 5)
    tables = (given, sponsored_of(given), counts_of(given))
    assert found(crowded_ads, *tables, crowded=CrowdedAds()) == []
    assert len(found(crowded_ads, *tables, crowded=CrowdedAds(least_posts=5))) == 1


def test_no_clean_creator_of_the_small_world_is_raised(built_lake: Path) -> None:
    made = in_small_world(crowded_ads, built_lake)
    assert not {r["account_id"] for r in made if r["contribution"] < 0} & clean_creators()
