"""What forecasts that were kept teach the next one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mawj.plan.forecasting.forecast_record import (
    PastRecord,
    effect_of,
    half_widths_out,
    past_record,
)
from mawj.plan.forecasting.forecast_settings import ForecastSettings


def test_an_outcome_on_the_end_is_one_half_width_out() -> None:
    forecast, low, high = np.full(3, 100.0), np.full(3, 50.0), np.full(3, 400.0)
    out = half_widths_out(np.array([50.0, 400.0, 100.0]), forecast, low, high)
    assert out == pytest.approx([1.0, 1.0, 0.0])


def test_nothing_scored_teaches_nothing() -> None:
    assert past_record(np.array([np.nan]), np.array([np.nan]), 0.8) is None
    assert effect_of(None, ForecastSettings()) == (0.0, 1.0)


def test_too_wide_intervals_narrow_and_too_narrow_ones_widen() -> None:
    random = np.random.default_rng(1)
    error = random.normal(size=500)
    for half, expected in ((2.56, 0.5), (1.28, 1.0), (0.64, 2.0)):
        record = past_record(error, np.abs(error) / half, 0.8)
        assert record is not None
        assert record.width == pytest.approx(expected, rel=0.12)


def test_one_slip_does_not_make_all_later_intervals_useless() -> None:
    record = past_record(np.array([8.0]), np.array([1e6]), 0.8)
    assert record is not None
    assert effect_of(record, ForecastSettings())[1] < 1.3


def test_a_longer_record_is_followed_further() -> None:
    short, long = (effect_of(PastRecord(n, -0.5, 3.0), ForecastSettings()) for n in (2, 50))
    assert -0.5 < long[0] < short[0] < 0
    assert 1 < short[1] < long[1] < 3


def test_the_setting_says_how_long_a_record_must_be() -> None:
    ready = replace(ForecastSettings(), record_forecasts=0.0)
    assert effect_of(PastRecord(1, -0.5, 3.0), ready) == (-0.5, 3.0)
