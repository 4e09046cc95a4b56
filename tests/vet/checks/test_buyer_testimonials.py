"""Advertising that poses as the word of an ordinary buyer."""

from __future__ import annotations

from typing import Any

import pytest

from mawj.vet.checks.buyer_testimonials import (
    BuyerTestimonials,
    buyer_testimonials,
    evidence,
)
from tests.vet.advertising import counts_of, found, posts_of, sponsored_of

BOUGHT = "I bought it with my own money from https://oud-lane.example"
PAID = "Use code SARA15 https://oud-lane.example/sara"
OTHER = "Use code SARA15 https://lumo.example/sara"


def row(*posts: str, **limits: Any) -> dict[str, Any]:
    given = posts_of(*posts)
    (made,) = found(
        buyer_testimonials, counts_of(given), sponsored_of(given),
        testimonials=BuyerTestimonials(**limits),
    )  # fmt: skip
    return made


@pytest.mark.parametrize(
    "text",
    [
        f"{BOUGHT} code SARA15",
        "اشتريته من حسابي ومن فلوسي، كود NOOR20 https://oud-lane.example",
        "با پول خودم خریدم، کد تخفیف LALEH20 https://oud-lane.example",
    ],
)
def test_own_money_beside_a_code_takes_points(text: str) -> None:
    made = row(text)
    assert (made["contribution"], made["observed"]) == (-5.0, 1.0)


def test_who_tells_of_the_affiliate_link_and_bought_it_is_honest() -> None:
    assert row(f"{BOUGHT} (affiliate link) code SARA15")["contribution"] == 0.0


def test_own_money_alone_takes_nothing() -> None:
    assert row(BOUGHT, "a quiet day")["contribution"] == 0.0


def test_a_paid_post_of_the_same_brand_nearby_takes_points() -> None:
    assert row(BOUGHT, PAID)["contribution"] == -5.0
    assert row(BOUGHT, OTHER)["contribution"] == 0.0


def test_a_paid_post_far_away_does_not() -> None:
    assert row(BOUGHT, *["a day"] * 100, PAID)["contribution"] == 0.0


def test_more_of_it_never_gives_points_back() -> None:
    taken = [row("a day", *[f"{BOUGHT} code SARA15"] * n)["contribution"] for n in range(5)]
    assert taken == [0.0, -5.0, -10.0, -15.0, -15.0]


@pytest.mark.parametrize(
    ("name", "value"), [("near_days", 0.5), ("full", 9.0), ("points", 7.0)]
)
def test_every_setting_changes_the_points(name: str, value: float) -> None:
    assert row(BOUGHT, PAID) != row(BOUGHT, PAID, **{name: value})


def test_the_posts_are_quoted_once() -> None:
    given = sponsored_of(posts_of(f"{BOUGHT} code SARA15", PAID, PAID))
    shown = found(evidence, given, testimonials=BuyerTestimonials())
    assert [r["evidence_id"] for r in shown] == ["a000"]
