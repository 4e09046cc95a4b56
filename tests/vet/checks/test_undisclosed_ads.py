"""Advertising that does not say so takes points; what says so, or is not known, does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.vet.checks.undisclosed_ads import CHECK, UndisclosedAds, evidence, undisclosed_ads
from tests.vet.advertising import (
    clean_creators,
    counts_of,
    found,
    in_small_world,
    posts_of,
    sponsored_of,
    truth,
)

if TYPE_CHECKING:
    from pathlib import Path

OUD = "Use code SARA15 https://oud-lane.example/sara"
QUIET = "a quiet day"


def row(*posts: Any, platform: str = "x", **limits: Any) -> dict[str, Any]:
    counts = counts_of(posts_of(*posts, platform=platform))
    (made,) = found(undisclosed_ads, counts, undisclosed=UndisclosedAds(**limits))
    return made


def test_undisclosed_advertising_takes_points_by_its_number_and_share() -> None:
    made = row(*[OUD] * 8, *[QUIET] * 8)
    assert (made["contribution"], made["observed"], made["sample_size"]) == (-20.0, 1.0, 8)
    half = row(*[OUD] * 8, *[f"#ad {OUD}"] * 8)
    assert (half["contribution"], half["observed"]) == (-10.0, 0.5)


def test_disclosed_advertising_takes_nothing() -> None:
    assert row(*[f"#ad {OUD}"] * 9)["contribution"] == 0.0


def test_one_slip_takes_nothing() -> None:
    assert row(OUD, *[QUIET] * 9)["contribution"] == 0.0


def test_no_advertising_at_all_is_clear() -> None:
    made = row(*[QUIET] * 9)
    assert (made["contribution"], made["observed"]) == (0.0, None)


def test_an_unknown_label_is_not_held_against_the_account() -> None:
    made = row(*[OUD] * 9, platform="instagram")
    assert (made["contribution"], made["missing"]) == (None, "posts (is_labelled_ad)")


def test_too_few_posts_are_not_judged() -> None:
    counts = counts_of(posts_of(OUD, OUD))
    assert found(undisclosed_ads, counts, undisclosed=UndisclosedAds()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("least_ads", 9.0), ("full_ads", 20.0), ("vague_counts", 1.0), ("points", 10.0)],
)
def test_every_setting_changes_the_points(name: str, value: float) -> None:
    posts = [*[OUD] * 4, *[f"#collab {OUD}"] * 4]
    assert row(*posts)["contribution"] != row(*posts, **{name: value})["contribution"]


def test_the_least_number_of_posts_is_a_setting() -> None:
    assert row(OUD, OUD, least_posts=2)["contribution"] < 0


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10), st.integers(0, 5))
def test_one_more_undisclosed_advertisement_never_gives_points_back(n: int, told: int) -> None:
    posts = [*[QUIET] * 5, *[f"#ad {OUD}"] * told]
    before, after = (row(*posts, *[OUD] * k)["contribution"] for k in (n, n + 1))
    assert after <= before


def test_the_posts_that_show_it_are_quoted() -> None:
    shown = found(evidence, sponsored_of(posts_of(OUD, f"#ad {OUD}", QUIET)))
    assert [(r["evidence_id"], r["quote"]) for r in shown] == [("a000", OUD)]


def test_the_planted_are_raised_and_clean_creators_are_not(built_lake: Path) -> None:
    taken = {
        r["account_id"]: r["contribution"] for r in in_small_world(undisclosed_ads, built_lake)
    }
    raised = {account for account, points in taken.items() if points is not None and points < 0}
    planted = {
        r["account_id"]
        for r in truth()["planted"].to_pylist()
        if r["planted"] == "undisclosed_ads"
    }
    assert not raised & clean_creators()
    assert len(raised & planted) >= 0.9 * len(planted)
    assert CHECK.weight == 20.0
