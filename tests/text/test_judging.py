"""Macro-F1, its best line, the area and Platt's curve, against plain counting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.text.judging import (
    LEAST,
    OTHER,
    Judged,
    area,
    best_threshold,
    figures,
    interval,
    macro_f1,
    platt,
)

ROWS = st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30)


def split(rows: list[tuple[int, bool]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([p / 5 for p, _ in rows]), np.array([yes for _, yes in rows])


def test_macro_f1_is_the_mean_of_both_sides() -> None:
    said = np.array([True, True, False, False])
    is_yes = np.array([True, False, False, False])
    assert macro_f1(said, is_yes) == pytest.approx((2 / 3 + 4 / 5) / 2)
    assert macro_f1(~is_yes, is_yes) == 0.0


@given(ROWS)
def test_no_line_is_better_than_the_best(rows: list[tuple[int, bool]]) -> None:
    p, is_yes = split(rows)
    best = macro_f1(p >= best_threshold(p, is_yes), is_yes)
    tried = [macro_f1(p >= line, is_yes) for line in (*np.unique(p), 2.0)]
    assert best == pytest.approx(max(tried))


@given(ROWS)
def test_the_area_is_the_share_of_pairs_in_order(rows: list[tuple[int, bool]]) -> None:
    p, is_yes = split(rows)
    pairs = [(a > b) + (a == b) / 2 for a in p[is_yes] for b in p[~is_yes]]
    assert area(p, is_yes) == pytest.approx(np.mean(pairs) if pairs else 0.5)


def test_platts_curve_meets_the_shares_that_were_seen() -> None:
    weight = np.repeat([-1.0, 1.0], 1000)
    is_yes = np.concatenate([np.arange(1000) < 200, np.arange(1000) < 900])
    slope, shift = platt(weight, is_yes)
    p = 1 / (1 + np.exp(-(slope * np.array([-1.0, 1.0]) + shift)))
    assert p == pytest.approx([0.2, 0.9], abs=0.01)


def test_weights_that_say_the_contrary_are_not_turned_round() -> None:
    slope, _ = platt(np.array([2.0, 1.0, -1.0, -2.0]), np.array([False, False, True, True]))
    assert slope == 0.0


def test_the_interval_holds_the_figure_and_narrows_with_more_texts() -> None:
    is_yes = np.arange(40) % 2 == 0
    said = is_yes ^ (np.arange(40) % 10 == 0)
    wide, narrow = interval(said, is_yes), interval(np.tile(said, 25), np.tile(is_yes, 25))
    assert wide[0] < macro_f1(said, is_yes) < wide[1]
    assert narrow[1] - narrow[0] < (wide[1] - wide[0]) / 2


def test_figures_are_told_by_language_and_rare_ones_together() -> None:
    is_yes = np.arange(LEAST + 2) % 2 == 0
    told = figures(Judged(is_yes * 1.0, is_yes, is_yes), ["fa"] * LEAST + ["ur", ""])
    assert list(told) == ["all", "fa", OTHER]
    assert [told[name]["rows"] for name in told] == [LEAST + 2, LEAST, 2]
    assert told["fa"]["macro_f1"] == told["fa"]["precision"] == told["fa"]["auc"] == 1.0
