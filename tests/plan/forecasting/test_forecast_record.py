"""What forecasts that were kept teach the next one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mawj.plan.forecasting.forecast_record import (
    PastRecord,
    Scored,
    effect_of,
    past_record,
)
from mawj.plan.forecasting.forecast_settings import ForecastSettings


def scored(outcome: np.ndarray, half: float, bias: float = 0.0, width: float = 1.0) -> Scored:
    """Forecasts of 1, on the log scale 0, beside what came, with what a record had taught."""
    each = np.ones(outcome.size)
    low, high = (bias + end * width * half for end in (-each, each))
    return Scored(outcome, bias * each, low, high, bias * each, width * each)


def test_an_outcome_on_the_end_is_one_half_width_out() -> None:
    outcome, forecast, low, high = np.log([[50.0, 400.0, 100.0], [100.0] * 3, [50.0] * 3,
                                           [400.0] * 3])  # fmt: skip
    given = Scored(outcome, forecast, low, high, np.zeros(3), np.ones(3))
    assert given.out(is_bare=False) == pytest.approx([1.0, 1.0, 0.0])
    assert given.out(is_bare=True) == pytest.approx([1.0, 1.0, 0.0])


def test_nothing_scored_teaches_nothing() -> None:
    assert past_record(scored(np.array([np.nan]), 1.0), 0.8) is None
    assert effect_of(None, ForecastSettings()) == (0.0, 1.0)


def test_too_wide_intervals_narrow_and_too_narrow_ones_widen() -> None:
    random = np.random.default_rng(1)
    error = random.normal(size=500)
    for half, expected in ((2.56, 0.5), (1.28, 1.0), (0.64, 2.0)):
        record = past_record(scored(error, half), 0.8)
        assert record is not None
        assert record.width == pytest.approx(expected, rel=0.12)


def test_a_record_does_not_undo_what_the_one_before_taught() -> None:
    error = np.random.default_rng(2).normal(0.7, 1.0, 500)
    bare = past_record(scored(error, 2.56), 0.8)
    assert bare is not None
    again = past_record(scored(error, 2.56, *effect_of(bare, ForecastSettings())), 0.8)
    assert again is not None
    assert (again.bias, again.width) == pytest.approx((bare.bias, bare.width))
    # What is shown of the past is the error of what was given.
    assert again.inside < bare.inside
    assert again.median_error != pytest.approx(bare.median_error)


def test_a_few_forecasts_from_a_right_interval_do_not_widen_it_on_the_whole() -> None:
    random = np.random.default_rng(3)
    for n in (1, 3, 5, 10):
        made = [past_record(scored(random.normal(size=n), 1.2816), 0.8) for _ in range(2_000)]
        middle = np.median([one.width for one in made if one is not None and n > 2] or [1.0])
        assert middle == pytest.approx(1.0, abs=0.06)


def test_one_slip_does_not_make_all_later_intervals_useless() -> None:
    record = past_record(scored(np.array([8.0]), 8e-6), 0.8)
    assert record is not None
    assert effect_of(record, ForecastSettings())[1] < 1.3


def test_a_longer_record_is_followed_further() -> None:
    short, long = (effect_of(PastRecord(n, -0.5, 3.0), ForecastSettings()) for n in (2, 50))
    assert -0.5 < long[0] < short[0] < 0
    assert 1 < short[1] < long[1] < 3


def test_the_setting_says_how_long_a_record_must_be() -> None:
    ready = replace(ForecastSettings(), record_forecasts=0.0)
    assert effect_of(PastRecord(1, -0.5, 3.0), ready) == (-0.5, 3.0)
