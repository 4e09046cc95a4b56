"""Shares found by detectors that err, corrected, with intervals that hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.vet.prevalence import ErrorRates, corrected, panel_rates, pooled, uncorrected

SURE = ErrorRates(0.9, 0.95, 1e9, 1e9, "")


def share_of(n_found: float, n: float, rates: ErrorRates) -> tuple[float, float, float]:
    found = corrected(np.array([n_found]), np.array([n]), rates)
    return float(found.low[0]), float(found.share[0]), float(found.high[0])


def test_where_error_rates_are_sure_the_share_is_that_of_rogan_and_gladen() -> None:
    # 30 % true: 0.3 * 0.9 + 0.7 * 0.05 = 0.305 are found.
    assert share_of(3050, 10_000, SURE)[1] == pytest.approx(0.3, abs=0.002)


def test_no_more_found_than_false_alarms_is_hardly_any_share() -> None:
    assert share_of(40, 1000, SURE)[1] < 0.01


@pytest.mark.parametrize("truth", [0.05, 0.2, 0.4, 0.66])
def test_the_share_told_is_as_often_too_high_as_too_low(truth: float) -> None:
    random = np.random.default_rng(3)
    told = []
    for _ in range(300):
        # What detectors find differs from one kind of fake account to the next.
        se, sp = random.beta(10 * 0.7 + 1, 10 * 0.3 + 1), random.beta(200 * 0.98, 200 * 0.02)
        found = random.binomial(400, truth * se + (1 - truth) * (1 - sp))
        told.append(share_of(found, 400, ErrorRates(0.7, 0.98, 10.0, 200.0, ""))[1])
    assert 0.3 < np.mean(np.array(told) > truth) < 0.72
    assert abs(np.mean(told) - truth) < 0.07


def test_an_interval_holds_the_truth_nine_times_in_ten() -> None:
    random = np.random.default_rng(5)
    truth, n, n_known = 0.2, 300, 200
    held = []
    for _ in range(400):
        se, sp = random.binomial(n_known, [0.8, 0.97]) / n_known
        found = random.binomial(n, truth * 0.8 + (1 - truth) * 0.03)
        low, _, high = share_of(found, n, ErrorRates(se, sp, n_known, n_known, ""))
        held.append(low <= truth <= high)
    assert 0.86 < np.mean(held) < 0.97


def test_less_known_of_the_detectors_leaves_more_open() -> None:
    low, _, high = share_of(100, 400, SURE)
    wide_low, _, wide_high = share_of(100, 400, ErrorRates(0.9, 0.95, 20, 20, ""))
    assert wide_low < low
    assert wide_high > high


def test_detectors_may_err_less_than_they_were_measured_to() -> None:
    assert share_of(60, 400, ErrorRates(0.9, 0.8, 1000, 1000, ""))[2] > 60 / 400
    # All of a sample of sold accounts may have been found by a detector that often misses some.
    assert share_of(260, 400, ErrorRates(0.6, 1.0, 1000, 1000, ""))[0] < 260 / 400


@settings(max_examples=40, deadline=None)
@given(
    n=st.integers(1, 3000),
    part=st.floats(0, 1),
    se=st.floats(0.6, 1.0),
    sp=st.floats(0.6, 1.0),
    known=st.floats(2, 1000),
)
def test_ends_are_ordered_shares(
    n: int, part: float, se: float, sp: float, known: float
) -> None:
    low, share, high = share_of(round(part * n), n, ErrorRates(se, sp, known, known, ""))
    assert 0.0 <= low <= share <= high <= 1.0


def test_fewer_than_the_false_alarms_that_such_rates_ever_give_are_nobody() -> None:
    low, share, high = share_of(0, 1841, ErrorRates(1.0, 0.6, 213.0, 213.0, ""))
    assert 0.0 == low <= share <= high < 0.01
    low, share, high = share_of(1841, 1841, ErrorRates(0.6, 1.0, 213.0, 213.0, ""))
    assert 0.99 < low <= share <= high == 1.0


@settings(max_examples=40, deadline=None)
@given(n=st.integers(2, 3000), part=st.floats(0, 0.99))
def test_more_found_is_never_a_smaller_share(n: int, part: float) -> None:
    found = int(part * (n - 1))
    fewer, more = share_of(found, n, SURE), share_of(found + 1, n, SURE)
    assert all(a <= b + 1e-12 for a, b in zip(fewer, more, strict=True))


def test_a_plain_share_has_wilsons_interval() -> None:
    found = uncorrected(np.array([0.0, 50.0]), np.array([100.0, 100.0]))
    assert found.low.round(3).tolist() == [0.0, 0.419]
    assert found.high.round(3).tolist() == [0.026, 0.581]


def test_sets_that_differ_are_worth_few_accounts() -> None:
    alike, worth = pooled([(0.80, 1000), (0.81, 1000), (0.79, 1000)])
    apart, little = pooled([(0.60, 1000), (0.99, 1000), (0.81, 1000)])
    assert alike == pytest.approx(apart, abs=0.001)
    assert little < 10 < worth


def test_one_set_is_worth_ten_accounts_at_most() -> None:
    assert pooled([(0.9, 5000)]) == (0.9, 10.0)


def test_a_platform_without_a_set_gets_those_of_all() -> None:
    assert "kaggle" in panel_rates("instagram").source
    assert "cresci" not in panel_rates("instagram").source
    everywhere = panel_rates("tiktok")
    assert {"kaggle", "cresci2015"} <= set(everywhere.source.split()[0].split("+"))
    assert everywhere.source == panel_rates("rubika").source
