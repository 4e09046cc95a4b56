"""The middle of like cases."""

from __future__ import annotations

import numpy as np
import pytest

from mawj.plan.forecasting.likeness import (
    Cases,
    Centres,
    Questions,
    Trait,
    centres,
    sorted_cases,
)

CATEGORY, NUMBER = Trait("kind", 2.0), Trait("age", 1.0, is_number=True)
CIRCLE = Trait("hour", 2.0, turn=24.0)


def told(values: list[float], trait: Trait, known: list[float], asked: float) -> Centres:
    n = len(values)
    cases = Cases(
        np.array(values), np.array(known, float)[:, None], np.zeros(n, np.int64), np.arange(n),
        np.full(n, -1), np.ones(n),
    )  # fmt: skip
    return centres(sorted_cases(cases), Questions(np.array([[asked]]), np.array([0])), [trait])


def test_cases_of_the_same_kind_answer_first() -> None:
    values = [1.0, 1.1, 1.2, 9.0, 9.1, 9.2]
    found = told(values, CATEGORY, [0, 0, 0, 1, 1, 1], 0.0)
    assert found.middle[0] == pytest.approx(1.1, abs=0.1)
    assert found.worth[0] == pytest.approx(3 + 3 * np.exp(-2), abs=1e-3)


def test_where_nothing_is_asked_all_count_whole() -> None:
    found = told([1.0, 5.0, 9.0], CATEGORY, [0, 1, 2], np.nan)
    assert found.middle[0] == pytest.approx(5.0)
    assert found.worth[0] == pytest.approx(3.0, abs=1e-4)


def test_what_is_not_known_of_a_case_is_half_a_difference() -> None:
    assert told([1.0], CATEGORY, [np.nan], 0.0).worth[0] == pytest.approx(np.exp(-1), abs=1e-5)


def test_midnight_is_near_to_one_in_the_morning() -> None:
    found = told([1.0, 9.0], CIRCLE, [23.5, 12.0], 0.5)
    assert found.middle[0] < 5.0


def test_older_cases_count_less_and_one_viral_case_moves_little() -> None:
    calm = told([1.0, 1.1, 1.2, 5.0, 5.1], NUMBER, [0, 0, 0, 6, 6], 0.0)
    viral = told([1.0, 1.1, 1.2, 5.0, 500.0], NUMBER, [0, 0, 0, 6, 6], 0.0)
    assert calm.middle[0] == viral.middle[0]
    assert calm.middle[0] < 1.3


def test_a_group_without_cases_gives_no_answer() -> None:
    nothing = np.zeros(0, np.int64)
    cases = Cases(np.zeros(0), np.zeros((0, 1)), nothing, nothing, nothing, np.zeros(0))
    found = centres(sorted_cases(cases), Questions(np.zeros((1, 1)), np.array([0])), [NUMBER])
    assert np.isnan(found.middle[0])
    assert found.n[0] == 0


def test_the_owner_and_what_came_later_are_left_out() -> None:
    cases = sorted_cases(
        Cases(np.array([1.0, 2.0, 30.0]), np.zeros((3, 1)), np.zeros(3, np.int64),
              np.arange(3), np.array([0, 1, 2]), np.ones(3))
    )  # fmt: skip
    asked = Questions(
        np.zeros((2, 1)), np.zeros(2, np.int64), np.zeros(2, np.int64), np.array([2, 3]),
        np.array([-2, 2]),
    )  # fmt: skip
    found = centres(cases, asked, [NUMBER])
    assert found.n.tolist() == [2, 2]
    assert found.middle.max() < 3.0
