"""Who fits a brief is looked at more closely, and each of the others has a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.plan.asking.brief import Audience, Brief, Wish
from mawj.plan.asking.shortlisting import Candidate, Shortlisted, ShortlistLimits, shortlisted
from tests.plan.briefs import brief

ARABS = Audience(countries=("SA",), languages=("ar",))


def one(name: str, match: float = 1.0, **known: Any) -> Candidate:
    plain = Candidate(f"x:{name}", f"x:{name}", "x", country="SA", languages=("ar",),
                      tier="micro", kind="specialist", match=match)  # fmt: skip
    return replace(plain, **known)


def drawn(
    *some: Candidate, limits: ShortlistLimits | None = None, **wanted: Any
) -> Shortlisted:
    asked = brief(**{"audience": ARABS, **wanted})
    return shortlisted(some, asked, shortlist_limits=limits or ShortlistLimits())


def ids(made: Shortlisted) -> list[str]:
    return [c.account_id for c in made.chosen]


def test_the_best_match_stands_first() -> None:
    assert ids(drawn(one("a", 1.0), one("b", 3.0), one("c", 2.0))) == ["x:b", "x:c", "x:a"]


@pytest.mark.parametrize(
    ("known", "wanted", "reason"),
    [
        ({"languages": ("en",)}, {}, "languages"),
        ({"country": "US"}, {}, "countries"),
        ({"country_share": 0.05}, {}, "countries"),
        ({"country": None, "languages": ()}, {"audience": Audience(countries=("SA",))},
         "countries"),
        ({"tier": None}, {"tiers": ("micro",)}, "tiers"),
        ({"kind": "celebrity"}, {"kinds": ("specialist",)}, "kinds"),
        ({"platform": "tiktok"}, {"platforms": ("x",)}, "platforms"),
        ({"platform": "tiktok"}, {"deliverables": ("x:post",)}, "platforms"),
        ({}, {"never": ("x:a",)}, "never"),
        ({"age_share": 0.05}, {"audience": replace(ARABS, ages=("18-24",))}, "ages"),
        ({"place_share": 0.05}, {"audience": replace(ARABS, places=("Riyadh",))}, "places"),
    ],
)  # fmt: skip
def test_who_does_not_fit_is_left_out_with_the_field_of_the_brief(
    known: dict[str, Any], wanted: dict[str, Any], reason: str
) -> None:
    made = drawn(one("a", **known), **wanted)
    assert made.chosen == ()
    assert [left.reason for left in made.left_out] == [reason]


@pytest.mark.parametrize(
    "known",
    [
        {"country": "US", "country_share": 0.4},
        {"country": None},
        {"age_share": None, "place_share": None},
    ],
)
def test_a_known_audience_decides_and_what_is_not_known_keeps_nobody_out(
    known: dict[str, Any],
) -> None:
    assert ids(drawn(one("a", **known))) == ["x:a"]


def test_a_must_have_is_on_the_list_whatever_it_fits() -> None:
    made = drawn(one("a", 9.0), one("b", 0.1, languages=("en",)), must_have=("x:b",))
    assert ids(made) == ["x:b", "x:a"]


def test_a_full_list_leaves_the_weaker_ones_out_for_their_place() -> None:
    some = [one(f"n{i:02}", float(i)) for i in range(12)]
    made = drawn(*some, limits=ShortlistLimits(most=5))
    assert ids(made) == ["x:n11", "x:n10", "x:n09", "x:n08", "x:n07"]
    assert {left.reason for left in made.left_out} == {"place"}
    assert made.n_fitting == 12


def test_every_size_is_on_the_list_so_that_they_can_be_compared() -> None:
    some = [one(f"n{i:02}", float(i)) for i in range(12)]
    made = drawn(*some, one("star", 0.1, tier="mega"), limits=ShortlistLimits(most=5))
    assert "x:star" in ids(made)


def test_a_wish_brings_enough_of_its_kind_onto_the_list() -> None:
    some = [one(f"n{i:02}", float(i)) for i in range(12)]
    persians = [one(f"p{i}", 0.01 * i, languages=("fa", "ar")) for i in range(5)]
    made = drawn(
        *some, *persians, limits=ShortlistLimits(most=8),
        diversity=(Wish("language", "fa", at_least=1),),
    )  # fmt: skip
    assert {"x:p4", "x:p3", "x:p2"} <= set(ids(made))


@pytest.mark.parametrize(
    ("field", "value"), [("most", 3), ("each_tier", 0), ("for_wish", 0), ("least_share", 0.9)]
)
def test_every_limit_of_the_draw_changes_the_list(field: str, value: float) -> None:
    some = [one(f"n{i:02}", float(i), country_share=0.5) for i in range(12)]
    some += [one(f"s{i}", 0.1, tier="mega", country_share=0.5) for i in range(2)]
    some += [one(f"p{i}", 0.2, languages=("fa", "ar"), country_share=0.5) for i in range(3)]
    wishes = {"diversity": (Wish("language", "fa", at_least=1),)}
    before = drawn(*some, limits=ShortlistLimits(most=8), **wishes)
    limits = replace(ShortlistLimits(most=8), **{field: value})  # type: ignore[arg-type]
    assert drawn(*some, limits=limits, **wishes) != before


def test_a_list_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="most"):
        ShortlistLimits(most=0)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30), st.randoms())
def test_the_order_of_the_rows_does_not_matter(matches: list[float], chance: Any) -> None:
    some = [one(f"n{i:02}", match) for i, match in enumerate(matches)]
    mixed = list(some)
    chance.shuffle(mixed)
    limits = ShortlistLimits(most=7)
    assert ids(drawn(*some, limits=limits)) == ids(drawn(*mixed, limits=limits))


def test_a_brief_that_asks_for_nothing_takes_everybody() -> None:
    asked: Brief = brief()
    made = shortlisted(
        [one("a", country=None, languages=())], asked, shortlist_limits=ShortlistLimits()
    )
    assert ids(made) == ["x:a"]
