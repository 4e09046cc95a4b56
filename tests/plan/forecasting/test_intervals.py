"""Intervals from past errors."""

from __future__ import annotations

import numpy as np
import pytest

from mawj.plan.forecasting.intervals import UNKNOWN, Errors, ends, weighted_quantile


def errors(values: np.ndarray, group: int = 0) -> Errors:
    return Errors(values, np.full(values.size, group), np.ones(values.size))


def test_without_errors_the_interval_is_as_wide_as_we_think_fit() -> None:
    low, high, n = ends(errors(np.zeros(0)), np.array([0]), 0.8)
    assert (low[0], high[0], n[0]) == (-UNKNOWN, UNKNOWN, 0)


@pytest.mark.parametrize("level", [0.5, 0.8, 0.95])
def test_new_errors_of_the_same_kind_fall_inside_as_often_as_said(level: float) -> None:
    """Skewed errors: 400 known, 20,000 new; four standard errors of both together."""
    random = np.random.default_rng(3)
    low, high, _ = ends(errors(random.gamma(2.0, size=400) - 2.0), np.array([0]), level)
    new = random.gamma(2.0, size=20_000) - 2.0
    held = np.mean((new >= low[0]) & (new <= high[0]))
    assert abs(held - level) < 4 * np.sqrt(level * (1 - level) / 400) + 0.01


def test_the_ends_need_not_lie_evenly() -> None:
    skewed = np.random.default_rng(3).gamma(1.0, size=2_000) - 0.7
    low, high, _ = ends(errors(skewed), np.array([0]), 0.8)
    assert high[0] > 1.5 * -low[0]


def test_a_class_has_ends_of_its_own_as_far_as_it_has_errors() -> None:
    random = np.random.default_rng(1)
    calm, wild = random.normal(size=1_000), 4 * random.normal(size=400)
    mixed = Errors(np.append(calm, wild), np.repeat([0, 1], [1000, 400]), np.ones(1400))
    low, high, n = ends(mixed, np.array([0, 1, 2]), 0.8)
    assert high[1] - low[1] > 2 * (high[0] - low[0])
    assert n.tolist() == [1000, 400, 0]
    # A class without errors has the ends of all.
    assert high[0] < high[2] < high[1]


def test_few_errors_give_wider_ends_than_many() -> None:
    random = np.random.default_rng(2)
    many = random.normal(size=2_000)
    widths = [
        np.subtract(*ends(errors(many[:n]), np.array([0]), 0.8)[::-1][1:]) for n in (5, 2000)
    ]
    assert widths[0] > widths[1]


def test_later_errors_count_more() -> None:
    values = np.append(np.full(500, 3.0), np.full(500, 1.0))
    weight = np.append(np.full(500, 0.01), np.ones(500))
    low, high, _ = ends(Errors(values, np.zeros(1000, np.int64), weight), np.array([0]), 0.8)
    assert high[0] == pytest.approx(1.0)
    assert low[0] == 0.0


def test_a_weighted_quantile_is_a_value_that_was_seen() -> None:
    assert weighted_quantile(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 8.0]), 0.5) == 2.0
