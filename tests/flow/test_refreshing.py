"""What is fetched again first, within a quota."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.flow.refreshing import MATTERS, RefreshSettings, refresh_order

SETTINGS = RefreshSettings()


def order(
    rows: list[tuple[float, str]], quota: float = 100.0, settings: Any = SETTINGS
) -> list[int]:
    age = np.array([a for a, _ in rows], float)
    matter = np.array([MATTERS.index(m) for _, m in rows], np.int64)
    overdue = settings.overdue(age, matter)
    found = refresh_order(overdue, matter, np.ones(len(rows)), quota, settings.reserve_share)
    return [int(one) for one in found.all]


def test_plans_go_before_lists_and_the_most_overdue_first_among_them() -> None:
    rows = [(90, "other"), (4, "list"), (2, "plan"), (9, "plan"), (8, "watched")]
    assert order(rows) == [3, 2, 1, 4, 0]


def test_what_is_fresh_is_not_fetched_though_quota_is_left() -> None:
    assert order([(0.5, "plan"), (2, "list"), (29, "other"), (30, "other")]) == [3]


def test_what_nothing_is_known_of_is_the_most_overdue() -> None:
    assert order([(9, "list"), (np.inf, "list")]) == [1, 0]


def test_the_reserve_goes_to_the_most_overdue_whatever_they_are_for() -> None:
    rows = [(2.0, "plan")] * 10 + [(300.0, "other"), (40.0, "other")]
    assert order(rows, quota=5)[-1] == 10
    assert len(order(rows, quota=5)) == 5
    assert 10 not in order(rows, quota=5, settings=replace(SETTINGS, reserve_share=0.0))


@pytest.mark.parametrize("name", [one.name for one in fields(RefreshSettings)])
def test_every_setting_changes_something(name: str) -> None:
    rows = [(float(day), matter) for day in (2, 5, 10, 40) for matter in MATTERS]
    changed = replace(SETTINGS, **{name: getattr(SETTINGS, name) * 3})
    told = [order(rows, quota, changed) != order(rows, quota) for quota in (1000, 6)]
    assert any(told)


@given(
    rows=st.lists(st.tuples(st.floats(0, 400), st.sampled_from(MATTERS)), max_size=40),
    quota=st.floats(0, 30),
)
def test_no_quota_is_overspent_and_nothing_fetched_twice_or_while_fresh(
    rows: list[tuple[float, str]], quota: float
) -> None:
    found = order(rows, quota)
    assert len(found) == len(set(found)) <= quota + 1e-9
    days = dict(zip(MATTERS, SETTINGS.days(), strict=True))
    assert all(rows[one][0] >= days[rows[one][1]] for one in found)
    n_due = sum(age >= days[matter] for age, matter in rows)
    assert len(found) >= min(n_due, int(quota * 0.8)) - 1
