"""The portfolio benchmark measures what it says, on tiny cases."""

from __future__ import annotations

import json

import numpy as np
import pytest

from benchmarks import portfolio, portfolio_world
from benchmarks.portfolio_cases import prepared, segments, small_case, towns, tried
from mawj.plan.choosing.search import best_found


def test_trying_all_is_never_beaten_by_the_search():
    for seed in range(4):
        table, elements, wanted = small_case(seed)
        case = prepared(table, elements, wanted)
        best = tried(case)
        found = best_found(case.instance, case.limits, wanted.settings)
        assert (best is None) == (found is None)
        if best is not None:
            assert found.value <= best * (1 + 1e-9)


def test_plain_greedy_keeps_the_budget_and_the_number():
    table, elements, wanted = segments(60, 100, 1)
    case = prepared(table, elements, wanted)
    ours = best_found(case.instance, case.limits, wanted.settings)
    for by_price in (True, False):
        assert 0 < portfolio.greedy_plain(case, by_price=by_price) <= ours.value * (1 + 1e-9)


def test_towns_have_each_member_once_and_audiences_of_all_sizes():
    _, elements, _ = towns(200, 20_000)
    sizes = np.diff(elements.ptr)
    assert sizes.max() > 4 * np.median(sizes)
    for i in range(0, 200, 20):
        row = elements.member[elements.ptr[i] : elements.ptr[i + 1]]
        assert np.unique(row).size == row.size


def test_forecasts_come_from_posts_before_the_day_and_outcomes_from_after():
    past = portfolio_world.Past(
        ["x:1", "x:2"], [np.array([1.0, 9.0, 9.0])] * 2, [np.array([5.0] * 3)] * 2, np.ones(2)
    )
    value, spread, n = portfolio_world.forecasts(past, np.random.default_rng(1))
    assert np.all((value <= 9.0 + 1e-9) & (value >= 1.0))
    assert np.all(spread > 0)
    assert np.all((n >= 1) & (n <= 3))


def test_it_ends_with_a_result(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["portfolio", "--only", "small"])
    monkeypatch.setattr(portfolio, "SMALL_CASES", 3)
    portfolio.main()
    result = json.loads(capsys.readouterr().out.rpartition("RESULT ")[2])
    assert result["optimal_share"] == pytest.approx(1.0)
