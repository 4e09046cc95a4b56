"""People reached in two steps on a case that can be counted by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mawj.plan.passing.two_step import PassingArcs
from mawj.plan.passing.two_step_people import (
    People,
    PeopleReached,
    people_reached,
    people_spread,
    spread_wish,
)
from mawj.plan.passing.two_step_spread import TwoStepLimits

LIMITS = TwoStepLimits(runs=20_000, slack=0.02)
# a comes before persons 0 1 2, b before 2 3; p passes on messages of a (half) and of b (a
# quarter), before persons 2 4 5; person 5 stands for ten people.
PEOPLE = People(
    ("a", "b", "p"),
    np.array([0, 3, 5, 8], np.int64),
    np.array([0, 1, 2, 2, 3, 2, 4, 5], np.int32),
    np.array([1.0, 1, 1, 1, 1, 10]),
    np.ones(3),
)
ARCS = PassingArcs(
    ("a", "b", "p"), np.array([0, 1], np.int32), np.array([2, 2], np.int32),
    np.array([0.5, 0.25], np.float32), np.array([9.0, 9.0], np.float32),
)  # fmt: skip
MADE = people_spread(("a", "b", "c"), PEOPLE, ARCS, seed=3, two_step_limits=LIMITS)


def reached(picks: tuple[str, ...], bound: float = 15.0) -> PeopleReached:
    wish = spread_wish(MADE, {"a": 2, "b": 1}, (), budget_minor=3, most=2)
    return people_reached(MADE, picks, bound, wish=wish, seed=5, two_step_limits=LIMITS)


@pytest.mark.parametrize(
    ("picks", "direct", "second"),
    [(("a",), 3, 5.5), (("b",), 2, 2.75), (("a", "b"), 4, 0.625 * 11), (("c",), 0, 0)],
)
def test_direct_is_exact_and_the_second_step_is_the_mean_of_runs(
    picks: tuple[str, ...], direct: float, second: float
) -> None:
    found = reached(picks)
    assert found.direct == direct
    assert found.second == pytest.approx(second, abs=4 * found.standard_error)
    assert found.n_runs == LIMITS.runs


def test_the_sets_tell_the_same_reach_though_like_ones_are_joined() -> None:
    covered = MADE.coverage(("b", "a", "c"))
    assert covered.weight is not None
    assert covered.n_elements <= 5
    b, a, c = (covered.member[covered.ptr[i] : covered.ptr[i + 1]] for i in range(3))
    weight = covered.weight
    assert weight[np.unique(a)].sum() * covered.scale == pytest.approx(8.5, rel=0.02)
    assert weight[np.unique(b)].sum() * covered.scale == pytest.approx(4.75, rel=0.03)
    both = np.unique(np.concatenate([a, b]))
    assert weight[both].sum() * covered.scale == pytest.approx(4 + 0.625 * 11, rel=0.02)
    assert weight[np.unique(c)].sum() == 0


def test_the_best_is_nearly_certain_and_simple_rankings_stand_beside() -> None:
    best = reached(("a", "b"), 4 + 0.625 * 11)
    assert 0.9 < best.certain_share <= 1.0
    assert best.beside["degree"] == pytest.approx(4 + 0.625 * 11, rel=0.03)


# Half of a's audience sees a message, a quarter of b's, and a tenth of that of p.
SOME = replace(PEOPLE, seen=np.array([0.5, 0.25, 0.1]))
SEEN = people_spread(("a", "b", "c"), SOME, ARCS, seed=3, two_step_limits=LIMITS)


@pytest.mark.parametrize(
    ("picks", "direct", "second"),
    [
        (("a",), 1.5, 0.5 * 0.1 * (0.5 + 11)),
        (("b",), 0.5, 0.25 * 0.1 * (0.75 + 11)),
        # Person 2 is in both audiences: 1 - 0.5 * 0.75 see it, the rest may by way of p.
        (("a", "b"), 1.0 + 0.25 + 0.625, 0.625 * 0.1 * (0.375 + 11)),
    ],
)
def test_of_an_audience_only_who_is_expected_to_see_a_message_counts(
    picks: tuple[str, ...], direct: float, second: float
) -> None:
    wish = spread_wish(SEEN, {"a": 2, "b": 1}, (), budget_minor=3, most=2)
    found = people_reached(SEEN, picks, 15.0, wish=wish, seed=5, two_step_limits=LIMITS)
    assert found.direct == pytest.approx(direct)
    assert found.second == pytest.approx(second, abs=4 * found.standard_error)
    covered = SEEN.coverage(picks)
    assert covered.weight is not None
    sets = covered.weight[np.unique(covered.member)].sum() * covered.scale
    assert sets == pytest.approx(direct + second, rel=0.04)
