"""The portfolio benchmark measures what it says, on tiny cases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pyarrow as pa
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


def made_up_known() -> portfolio_world.Known:
    """Ten accounts whose posts at hand brought about as much as those after them."""
    random = np.random.default_rng(3)
    names = [f"x:{i}" for i in range(10)]
    shown = [100.0 * (i + 1) * random.lognormal(0, 0.2, 4) for i in range(10)]
    rows = [
        {"account_id": name, "platform": "x", "kind": "text", "is_paid": False,
         "published_at": portfolio_world.DAY - timedelta(days=1 + at), "engagements": value,
         "followers": 1_000.0}
        for name, values in zip(names, shown, strict=True) for at, value in enumerate(values)
    ]  # fmt: skip
    return portfolio_world.Known(
        names, ["x:post"] * 10, shown, [2 * x for x in shown], np.full(10, 1_000.0),
        pa.Table.from_pylist(rows, portfolio_world.POSTS),
    )  # fmt: skip


@pytest.mark.parametrize("way", [portfolio_world.medians, portfolio_world.forecast])
def test_values_come_from_the_posts_at_hand_and_never_from_those_after(way):
    known = made_up_known()
    told = way(known)
    usual = np.array([np.median(x) for x in known.shown])
    assert np.all((told.low < told.middle) & (told.middle < told.high))
    assert np.corrcoef(np.log(told.middle), np.log(usual))[0, 1] > 0.95
    other = replace(known, after=[x * 100 for x in known.after])
    assert np.array_equal(way(other).middle, told.middle)


def test_a_trial_tells_what_was_said_and_what_came_for_every_way():
    known = made_up_known()
    told = {"medians": portfolio_world.medians(known)}
    told["forecasts"] = portfolio_world.forecast(known)
    rows = portfolio_world.trial(known, told, np.random.default_rng(1))
    assert len(rows) == len(portfolio_world.WAYS)
    assert all(said > 0 and came > said for said, came, _typical in rows)


def test_the_slope_is_one_where_distances_come_true_and_less_where_they_were_too_far():
    known = made_up_known()
    usual = portfolio_world.medians(known)
    right = replace(usual, middle=np.array([np.median(x) for x in known.after]))
    assert portfolio_world.slope(known, right) == pytest.approx(1.0)
    far = replace(usual, middle=right.middle**2)
    assert portfolio_world.slope(known, far) == pytest.approx(0.5)


def test_it_ends_with_a_result(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["portfolio", "--only", "small"])
    monkeypatch.setattr(portfolio, "SMALL_CASES", 3)
    portfolio.main()
    result = json.loads(capsys.readouterr().out.rpartition("RESULT ")[2])
    assert result["optimal_share"] == pytest.approx(1.0)
