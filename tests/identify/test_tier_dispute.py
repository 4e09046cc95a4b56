"""The dispute of large and small: found where planted, not found where nothing is."""

from dataclasses import fields, replace

import numpy as np
import pyarrow as pa
import pytest

from mawj.identify.tier_dispute import (
    DisputeSettings,
    _holm,
    _medians,
    tier_effects,
    tier_engagement,
)
from mawj.tables.declared import TABLES
from tests.identify.conftest import checked
from tests.identify.scored import CON

SETTINGS = DisputeSettings(replicates=500)


def world(n: int = 60, factor: float = 3.0, few: int = 4) -> list[pa.Table]:
    """`n` small and `n` large accounts, the small `factor` times as engaged; `few` between."""
    random = np.random.default_rng(5)
    names = [f"x:s{i}" for i in range(n)] + [f"x:l{i}" for i in range(n)]
    names += [f"x:m{i}" for i in range(few)]
    tier = ["small"] * n + ["large"] * n + ["mid"] * few
    rate = np.exp(random.normal(np.log(0.02), 0.4, len(names)))
    rate[:n] *= factor
    size = np.array([2e3] * n + [2e6] * n + [9e4] * few)
    kind = ["specialist" if i % 2 else "celebrity" for i in range(len(names))]
    columns = {
        "tiers": {"account_id": names, "scheme": ["one"] * len(names), "tier": tier},
        "kinds": {"account_id": names, "kind": kind},
        "engagement": {"account_id": names, "variant": ["by_followers"] * len(names),
                       "engagement_share": rate},
        "growth": {"account_id": names, "growth_30d_share": random.normal(0, 0.01, len(names))},
        "reach": {"account_id": names, "reach": size * 0.3},
        "standing": {"account_id": names, "followers": size},
    }  # fmt: skip
    return [filled(name, told) for name, told in columns.items()]


def filled(name: str, told: dict) -> pa.Table:
    none = [None] * len(told["account_id"])
    columns = {c.name: (told.get(c.name, none), c.arrow.type) for c in TABLES[name]}
    return pa.table({name: pa.array(*column) for name, column in columns.items()})


def effects(tables, settings=SETTINGS):
    made = checked(
        CON, "tier_effects", tier_effects(*tables, dispute_settings=settings, seed=1)
    )
    return {
        (r["measure"], r["contrast"], r["group_l"], r["group_r"]): r for r in made.to_pylist()
    }


@pytest.fixture(scope="module")
def planted():
    return effects(world())


def test_a_planted_difference_is_found_with_its_size(planted):
    row = planted["by_followers", "tier", "small", "large"]
    assert row["verdict"] == "left_higher"
    assert row["ratio_low"] < 3.0 < row["ratio_high"]
    assert row["p_left_greater"] > 0.9


def test_no_difference_is_claimed_where_none_was_planted():
    row = effects(world(factor=1.0))["by_followers", "tier", "small", "large"]
    assert row["verdict"] == "no_clear_difference"
    assert row["ratio_low"] < 1.0 < row["ratio_high"]


def test_kinds_are_compared_over_all_and_inside_each_tier(planted):
    assert planted["by_followers", "kind", "specialist", "celebrity"]["n_l"] == 62
    inside = planted["by_followers", "kind", "small/specialist", "small/celebrity"]
    assert (inside["n_l"], inside["verdict"]) == (30, "no_clear_difference")


def test_too_few_accounts_are_not_enough_data(planted):
    row = planted["by_followers", "tier", "small", "mid"]
    assert (row["verdict"], row["ratio"], row["p_left_greater"]) == (
        "not_enough_data",
        None,
        None,
    )


def test_groups_that_are_all_alike_show_no_difference(planted):
    row = planted["reach_per_follower", "tier", "small", "large"]
    assert (row["verdict"], row["p_left_greater"]) == ("no_clear_difference", 0.5)


def test_a_measure_that_can_be_negative_has_no_ratio(planted):
    row = planted["growth", "tier", "small", "large"]
    assert row["ratio"] is None
    assert 0.2 < row["p_left_greater"] < 0.8


def test_each_group_has_its_median_with_an_interval():
    made = tier_engagement(*world(), dispute_settings=SETTINGS, seed=1)
    rows = {
        (r["measure"], r["tier"], r["kind"]): r
        for r in checked(CON, "tier_engagement", made).to_pylist()
    }
    small = rows["by_followers", "small", ""]
    assert small["median_low"] < 0.06 < small["median_high"]
    assert small["median_low"] <= small["median"] <= small["median_high"]
    assert rows["by_followers", "mid", ""]["verdict"] == "not_enough_data"
    assert rows["by_followers", "small", "specialist"]["n_accounts"] == 30
    assert rows["by_views", "", ""]["n_accounts"] == 0


def test_bootstrap_medians_have_the_spread_of_drawn_resamples():
    values = np.sort(np.random.default_rng(1).normal(0, 1, 41))
    drawn = np.random.default_rng(2).choice(values, (20_000, 41)).astype(float)
    quick = _medians(values, 20_000, np.random.default_rng(3))
    slow = np.median(drawn, axis=1)
    assert np.std(quick) == pytest.approx(np.std(slow), rel=0.03)
    assert np.mean(quick) == pytest.approx(np.mean(slow), abs=0.01)


def test_holm_asks_more_of_the_smallest_chance():
    assert _holm([0.04, 0.001, 0.03], 0.05) == [False, True, False]
    assert _holm([0.02, 0.001, 0.03], 0.05) == [True, True, True]


@pytest.mark.parametrize("field", [f.name for f in fields(DisputeSettings)])
def test_every_field_of_the_settings_changes_some_row(planted, field):
    value = {"least_accounts": 70, "replicates": 9, "alpha": 1.0}[field]
    assert effects(world(), replace(SETTINGS, **{field: value})) != planted
