"""The answer about two steps names accounts, holds to its limits and says what it rests on."""

from dataclasses import replace

import numpy as np
import pytest

from mawj.plan.passing.two_step_spread import (
    SpreadAsked,
    TwoStepLimits,
    spread_sketch,
    two_step_spread,
)
from mawj.tables.errors import ActionRefused, NotFound

IDS = tuple(f"x:{i}" for i in range(200))
RANDOM = np.random.default_rng(1)
SOURCE = (200 * RANDOM.random(1200) ** 2).astype(np.int32)
TARGET = RANDOM.integers(0, 200, 1200).astype(np.int32)
CHANCE = RANDOM.beta(1, 9, 1200)
LIMITS = TwoStepLimits(runs=400, slack=0.05)
KEPT = spread_sketch(IDS, (SOURCE, TARGET, CHANCE), seed=1, two_step_limits=LIMITS)
ASKED = SpreadAsked(IDS[:60], tuple(range(100, 160)), 1000, must=("x:9",), never=("x:0",))


def test_an_answer_keeps_its_limits_and_comes_with_proof_and_error() -> None:
    found = two_step_spread(KEPT, ASKED, seed=2, two_step_limits=LIMITS)
    assert found.account_ids[0] == "x:9"
    assert not set(found.account_ids) & {"x:0", *IDS[60:]}
    assert found.cost_minor == sum(100 + IDS.index(name) for name in found.account_ids)
    assert found.cost_minor <= 1000
    assert found.reach_low < found.reach < found.reach_high
    assert 0.5 < found.certain_share <= 1
    best = max(found.beside.values())
    assert found.reach > best - 5 * found.standard_error


def test_a_chain_is_followed_for_as_many_steps_as_asked() -> None:
    chain = np.arange(4, dtype=np.int32), np.arange(1, 5, dtype=np.int32), np.ones(4)
    for steps in (1, 2, 3):
        limits = replace(LIMITS, steps=steps)
        kept = spread_sketch(IDS[:5], chain, seed=1, two_step_limits=limits)
        asked = SpreadAsked(IDS[:1], most=1)
        assert two_step_spread(kept, asked, seed=1, two_step_limits=limits).reach == steps + 1


def test_only_the_audience_asked_for_counts() -> None:
    counts = np.zeros(200)
    counts[150:] = 1.0
    arcs = SOURCE, TARGET, CHANCE
    kept = spread_sketch(IDS, arcs, counts, seed=1, two_step_limits=LIMITS)
    asked = SpreadAsked(IDS[:60], most=5)
    some = two_step_spread(kept, asked, seed=1, two_step_limits=LIMITS)
    everyone = two_step_spread(KEPT, asked, seed=1, two_step_limits=LIMITS)
    assert 0 < some.reach < everyone.reach / 2


def test_the_sets_are_elements_of_a_portfolio() -> None:
    candidates = IDS[:8]
    coverage = KEPT.coverage(candidates)
    assert coverage.weight is not None
    for i, name in enumerate(candidates):
        row = coverage.member[coverage.ptr[i] : coverage.ptr[i + 1]]
        held = KEPT.sketch.plan.covered([KEPT.sketch.numbers(KEPT.numbers([name]))])[0]
        assert coverage.weight[row].sum() == held
    assert coverage.scale == KEPT.sketch.scale


def test_each_setting_changes_something() -> None:
    arcs = SOURCE, TARGET, CHANCE
    fine = spread_sketch(IDS, arcs, seed=1, two_step_limits=replace(LIMITS, slack=0.01))
    small = replace(LIMITS, slack=0.0, most_megabytes=4)
    held = spread_sketch(IDS, arcs, seed=1, two_step_limits=small)
    assert fine.sketch.n_sets > KEPT.sketch.n_sets
    assert (1 << 20) < held.sketch.n_bytes < (4 << 20)
    asked = SpreadAsked(IDS[:60], most=3)
    few, wide = (
        two_step_spread(KEPT, asked, seed=1, two_step_limits=limits)
        for limits in (replace(LIMITS, runs=100), replace(LIMITS, level=0.99))
    )
    plain = two_step_spread(KEPT, asked, seed=1, two_step_limits=LIMITS)
    assert few.standard_error > plain.standard_error
    assert wide.reach_high > plain.reach_high


def test_what_cannot_be_is_said() -> None:
    with pytest.raises(NotFound, match="x:unknown"):
        two_step_spread(
            KEPT, SpreadAsked(("x:unknown",), most=1), seed=1, two_step_limits=LIMITS
        )
    with pytest.raises(ActionRefused, match="more than the budget"):
        two_step_spread(KEPT, replace(ASKED, budget_minor=5), seed=1, two_step_limits=LIMITS)
    with pytest.raises(ActionRefused, match="cost for each"):
        two_step_spread(KEPT, replace(ASKED, cost_minor=(1,)), seed=1, two_step_limits=LIMITS)
