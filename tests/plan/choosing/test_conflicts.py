"""Wishes that exclude each other are named, all of them and no others, with each way out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.plan.choosing.asked import GroupLimit, PortfolioAsked
from mawj.plan.choosing.conflicts import conflict_of
from mawj.plan.choosing.limits import packed
from mawj.plan.portfolio import portfolio
from tests.plan.choosing.cases import PLAIN, asked, made_up, prepared, tried

FREE = {"most": 2**61, "most_minor": 2**61, "least": 0, "least_minor": 0}


def offers(**more: object) -> pa.Table:
    n = 6
    return pa.table(
        {
            "account_id": [f"x:{i}" for i in range(n)],
            "deliverable": ["x:post"] * n,
            "price_minor": [100, 200, 300, 400, 500, 600],
            "currency": ["SAR"] * n,
            "value": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
            "tier": ["micro"] * 3 + ["mega"] * 3,
            **more,
        }
    )


def rows(made, way: int) -> list[tuple[str, str, str, int, int | None]]:
    return [
        (row["wish"], row["name"], row["side"], row["wished"], row["nearest"])
        for row in made.conflicts.to_pylist()
        if row["way"] == way
    ]


def test_a_budget_too_small_for_the_picks_wished_says_what_each_would_have_to_be() -> None:
    wanted = PortfolioAsked(550, "SAR", "views", least_picks=3, settings=PLAIN)
    made = portfolio(offers(), None, wanted)
    assert not made.is_possible
    assert {row[:2] for row in rows(made, 0)} == {("budget", ""), ("picks", "")}
    ways = {rows(made, 1)[0], rows(made, 2)[0]}
    assert ways == {
        ("budget", "", "most_minor", 550, 600),
        ("picks", "", "least", 3, 2),
    }
    values = {row["wish"]: row["value"] for row in made.conflicts.to_pylist() if row["way"]}
    assert values == {"budget": 6.0, "picks": 5.0}


def test_what_has_no_part_in_it_is_not_named() -> None:
    groups = (GroupLimit("tier", "mega", least=2), GroupLimit("tier", "micro", most=3))
    wanted = PortfolioAsked(800, "SAR", "views", groups=groups, most_picks=5, settings=PLAIN)
    made = portfolio(offers(), None, wanted)
    assert {row[:2] for row in rows(made, 0)} == {("budget", ""), ("group", "tier=mega")}


def test_must_haves_beyond_the_budget_are_named() -> None:
    wanted = PortfolioAsked(1_000, "SAR", "views", settings=PLAIN)
    made = portfolio(offers(is_must=[False] * 4 + [True, True]), None, wanted)
    named = {row[:2] for row in rows(made, 0)}
    assert named == {("budget", ""), ("must", "x:4"), ("must", "x:5")}
    assert ("budget", "", "most_minor", 1_000, 1_100) in rows(made, 1) + rows(made, 2) + rows(
        made, 3
    )


def test_a_must_have_that_is_excluded_or_has_no_price_stands_alone() -> None:
    flags = [True] + [False] * 5
    wanted = PortfolioAsked(1_000, "SAR", "views", settings=PLAIN)
    made = portfolio(offers(is_must=flags, is_never=flags), None, wanted)
    assert [row[:2] for row in rows(made, 0)] == [("must", "x:0")]


def test_two_conflicts_at_once_need_two_wishes_to_give_way() -> None:
    groups = (GroupLimit("tier", "mega", least=4), GroupLimit("tier", "micro", least=4))
    wanted = PortfolioAsked(10_000, "SAR", "views", groups=groups, settings=PLAIN)
    made = portfolio(offers(), None, wanted)
    assert {row[1] for row in rows(made, 1)} == {"tier=mega", "tier=micro"}
    assert {row[4] for row in rows(made, 1)} == {3}


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_without_any_one_of_the_wishes_named_the_others_can_be_met(seed) -> None:
    random = np.random.default_rng(seed)
    table, elements = made_up(8, seed=seed)
    groups = (
        GroupLimit("platform", "x", least=int(random.integers(1, 5))),
        GroupLimit("platform", "tiktok", least=int(random.integers(1, 5))),
    )
    wanted = asked(table, 0.2, groups=groups, least_picks=3, most_picks=4)
    case = prepared(table, elements, wanted)
    conflict = conflict_of(case.limits)
    assert (conflict is None) == (tried(case) is not None)
    if conflict is None:
        return
    budget = replace(case.limits.limits[0], **FREE)
    named = [budget, *conflict.wishes]
    assert tried(replace(case, limits=packed(named, case.limits.price))) is None
    for wish in conflict.wishes:
        others = [budget, *(one for one in conflict.wishes if one is not wish)]
        assert tried(replace(case, limits=packed(others, case.limits.price))) is not None
    for way in conflict.ways_out:
        assert tried(replace(case, limits=way.limits)) is not None
        sizes = [one.least for one in way.nearest]
        assert all(n <= wish.least for n, wish in zip(sizes, way.wishes, strict=True))


def test_every_way_out_costs_at_most_its_budget() -> None:
    wanted = PortfolioAsked(250, "SAR", "views", least_picks=2, settings=PLAIN)
    made = portfolio(offers(), None, wanted)
    ways = [row for row in made.conflicts.to_pylist() if row["way"]]
    assert ways
    for row in ways:
        limit = row["nearest"] if row["wish"] == "budget" else 250
        assert row["spent_minor"] <= limit


def test_wishes_that_can_be_met_do_not_conflict() -> None:
    table, elements = made_up(8)
    assert conflict_of(prepared(table, elements, asked(table)).limits) is None
    assert pytest.approx(0) == portfolio(table, elements, asked(table)).conflicts.num_rows
