"""Celebrities, small accounts or both on one budget: what follows from what is put in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from mawj.plan.portfolio import PortfolioAsked, PortfolioSettings
from mawj.plan.scenarios import scenarios
from mawj.tables.declared import TABLES

N = 24
LARGE = np.arange(N) < 6
ASKED = PortfolioAsked(
    6_000, "SAR", "engagements", settings=PortfolioSettings(correct_luck=False)
)


def dispute(large: float, small: float, ratio: float = 1.5, **more: object) -> pa.Table:
    """Six celebrities at 3,000 and eighteen small accounts at 300, with these results each."""
    value = np.where(LARGE, large, small) * (1 + np.arange(N) / 1_000)
    return pa.table(
        {
            "account_id": [f"x:{i}" for i in range(N)],
            "deliverable": ["x:post"] * N,
            "platform": ["x"] * N,
            "price_minor": pa.array(np.where(LARGE, 3_000, 300)),
            "currency": ["SAR"] * N,
            "value": pa.array(value),
            "value_low": pa.array(value / ratio),
            "value_high": pa.array(value * ratio),
            **more,
        }
    )


def told(table: pa.Table, asked: PortfolioAsked = ASKED, small: np.ndarray = ~LARGE):
    return scenarios(table, None, asked, is_large=LARGE, is_small=small)


def p_more(made, one: str = "celebrity", other: str = "micro_group") -> float:
    rows = made.pairs.to_pylist()
    return next(r["p_more"] for r in rows if (r["scenario"], r["other"]) == (one, other))


def test_who_brings_more_for_the_money_wins_and_the_verdict_is_clear() -> None:
    made = told(dispute(1_000, 500))
    assert p_more(made) < 0.02
    assert made.pairs["verdict"][0].as_py() == "clear"
    assert p_more(told(dispute(20_000, 500))) > 0.98


def test_like_results_leave_it_open() -> None:
    # Two celebrities at 4,500 each bring what eighteen small accounts bring at 500.
    made = told(dispute(4_500, 500, 3.0))
    assert 0.3 < p_more(made) < 0.7
    assert made.pairs["verdict"][0].as_py() == "open"


def test_each_way_picks_only_its_own_and_the_mixed_one_both() -> None:
    made = told(dispute(5_000, 500))
    large = {f"x:{i}" for i in np.flatnonzero(LARGE)}
    picks = {name: set(one.picked["account_id"].to_pylist()) for name, one in made.made.items()}
    assert picks["celebrity"] <= large
    assert not picks["micro_group"] & large
    assert picks["mixed"] & large
    assert picks["mixed"] - large
    for row in made.scenarios.to_pylist():
        assert row["spent_minor"] <= ASKED.budget_minor
        assert row["unit_minor"] == pytest.approx(row["spent_minor"] / row["value"])


def test_the_same_picks_meet_the_same_luck() -> None:
    """Where all are celebrities nobody small is left; the same seed draws the same luck."""
    both = np.ones(N, bool)
    once = scenarios(dispute(1_000, 500), None, ASKED, is_large=both, is_small=both)
    again = told(dispute(1_000, 500), replace(ASKED, seed=1))
    assert once.scenarios.to_pylist()[1]["n_picks"] is None
    large = told(dispute(1_000, 500)).made["celebrity"]
    assert np.array_equal(large.outcomes, again.made["celebrity"].outcomes)
    other = told(dispute(1_000, 500), replace(ASKED, seed=2)).made["celebrity"]
    assert not np.array_equal(large.outcomes, other.outcomes)


def test_a_side_without_anybody_is_told_and_not_counted() -> None:
    made = told(dispute(1_000, 500), small=np.zeros(N, bool))
    assert made.scenarios.to_pylist()[1]["value"] is None
    assert made.pairs["verdict"][0].as_py() == "not_known"
    assert made.pairs["p_more"][0].as_py() is None


def test_a_side_made_cheaper_gains() -> None:
    made = told(dispute(4_500, 500, 2.0))
    checks = {row["check"]: row["p_more"] for row in made.checks.to_pylist()}
    assert checks["micro_group_cheaper"] <= p_more(made) <= checks["celebrity_cheaper"]
    raw = replace(ASKED, settings=replace(ASKED.settings, correct_luck=True))
    doubted = p_more(told(dispute(4_500, 500, 2.0), raw))
    assert checks["forecasts_doubted"] == pytest.approx(doubted)
    # Half the money buys one celebrity or ten small accounts, double six or eighteen.
    assert checks["half_budget"] != checks["double_budget"]


def test_wishes_that_would_decide_it_are_left_aside() -> None:
    plain = told(dispute(4_500, 500))
    must = dispute(4_500, 500, is_must=[i == 0 for i in range(N)])
    assert told(must, replace(ASKED, least_picks=3)).scenarios.equals(plain.scenarios)


def test_who_is_excluded_stays_out() -> None:
    table = dispute(4_500, 500, is_never=[i < 5 for i in range(N)])
    made = told(table)
    assert made.made["celebrity"].picked["account_id"].to_pylist() == ["x:5"]


def test_every_table_is_as_declared() -> None:
    made = told(dispute(4_500, 500))
    for name, rows in (
        ("plan_scenarios", made.scenarios),
        ("plan_scenario_pairs", made.pairs),
        ("plan_scenario_checks", made.checks),
    ):
        assert rows.schema == TABLES[name].schema
        assert rows.num_rows == {"plan_scenario_checks": 5}.get(name, 3)
