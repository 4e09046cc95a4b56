from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from mawj.tables.declared import TABLES
from mawj.vet.checks.audience_polarised import AudiencePolarised, audience_polarised
from tests.vet.politics_world import Vetted, plain, posts_of, told

LIMITS = AudiencePolarised(draws=8, shuffles=3)
POLITICAL = Vetted(
    posts_of("x:1", ["The elections are near, go vote"] * 8), posts_of("x:2", plain(8))
).signs_arrow


Ties = list[dict[str, Any]]


def ties(period: str, bridges: float, account: str = "x:1", n: int = 60) -> Ties:
    """Two crowds; a share of everybody's ties goes to any account."""
    random = np.random.default_rng(3)
    made = set()
    for person in range(n):
        for _ in range(8):
            third = random.integers(12) + 12 * (person % 2)
            if random.random() < bridges:
                third = random.integers(24)
            made.add((f"x:p{person}", f"x:t{third}"))
    return [
        {"account_id": account, "actor_id": a, "target_id": t, "period": period, "n_acts": 1}
        for a, t in sorted(made)
    ]


def found(*made: Ties, limits: AudiencePolarised = LIMITS) -> Any:
    every = [row for one in made for row in one]
    table = pa.Table.from_pylist(every, schema=TABLES["audience_ties"].schema)
    return told(audience_polarised(table, POLITICAL, polarised_limits=limits, seed=1))


def test_two_camps_under_a_political_account_are_raised() -> None:
    row = found(ties("after", 0.02))["x:1"]
    assert row["observed"] > 0.8 > row["expected"] + 0.2
    assert row["observed_low"] <= row["observed"] <= row["observed_high"]
    assert row["contribution"] > 0.0


def test_an_audience_that_mixes_is_clear() -> None:
    row = found(ties("after", 1.0))["x:1"]
    assert row["contribution"] == 0.0


def test_an_audience_that_came_apart_weighs_more() -> None:
    apart = found(ties("before", 1.0), ties("after", 0.02))["x:1"]
    always = found(ties("before", 0.02), ties("after", 0.02))["x:1"]
    assert apart["contribution"] == pytest.approx(always["contribution"] + LIMITS.rise_points)
    assert apart["compared_with"].startswith("0.")


def test_a_split_that_is_not_political_gives_no_points() -> None:
    assert found(ties("after", 0.02, "x:2"))["x:2"]["contribution"] == 0.0


def test_too_few_people_or_ties_are_not_assessed() -> None:
    assert found(ties("after", 0.02, n=20)) == {}
    assert found([]) == {}


def test_order_of_ties_does_not_matter() -> None:
    made = ties("after", 0.1)
    assert found(made) == found(made[::-1])


def test_every_setting_changes_something() -> None:
    made = (ties("before", 0.6), ties("after", 0.1))
    usual = found(*made)
    for field, value in {
        "least_people": 99, "least_ties": 9999, "least_political": 99, "from_excess": 0.3,
        "full_excess": 0.9, "level_points": 2.0, "rise_points": 1.0, "draws": 3,
        "shuffles": 1, "hubs_share": 0.3, "least_half": 0.45, "most_accounts": 0,
    }.items():  # fmt: skip
        assert found(*made, limits=replace(LIMITS, **{field: value})) != usual, field
