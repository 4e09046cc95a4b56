"""Sudden gains of followers, told from growth, tides, wrong counts and rounding."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.vet.follower_jumps import JumpLimits, follower_jumps
from mawj.vet.growth_tides import TideLimits
from tests.vet.jumping import START, jumped, jumps_of, steady, steps_of


def test_a_step_far_outside_the_own_history_is_a_jump():
    (jump,) = jumps_of({"a": jumped(steady(), 15, 0.4)})
    assert (jump["from_at"] - START).days == 14 * 7
    assert jump["gained_share"] == pytest.approx(0.4, rel=0.05)
    assert jump["expected_share"] == pytest.approx(0.005, abs=0.003)


def test_steady_growth_however_fast_is_no_jump():
    assert jumps_of({"a": steady(growth=0.05)}) == []


def test_growth_that_slows_down_as_an_account_gets_older_is_no_jump():
    line = [round(100_000 * (1 - 0.8 * 0.95**i)) for i in range(60)]
    assert jumps_of({"a": line}) == []


def test_a_rise_over_several_days_is_one_jump_of_its_whole_size():
    line = steady(60, growth=0.0007)
    for day, share in ((30, 0.2), (31, 0.2), (32, 0.2)):
        line = jumped(line, day, share / 1.0)
    found = jumps_of({"a": line}, every_days=1.0)
    assert len(found) == 1
    assert found[0]["gained_share"] > 0.55


def test_what_lifts_the_whole_platform_in_the_same_week_is_no_jump():
    lines = {f"a{i}": jumped(steady(start=8_000 + 100 * i), 15, 0.3) for i in range(25)}
    assert jumps_of(lines) == []


def test_a_jump_stands_out_from_peers_that_did_not_move():
    lines = {f"a{i}": steady(start=8_000 + 100 * i) for i in range(25)}
    lines["b"] = jumped(steady(), 15, 0.3)
    assert [jump["account_id"] for jump in jumps_of(lines)] == ["b"]


def test_a_single_wrong_count_is_no_jump():
    line = steady()
    line[12] *= 10
    assert jumps_of({"a": line}) == []


def test_what_only_the_last_count_shows_is_not_believed_yet():
    line = steady()
    line[-1] *= 2
    assert jumps_of({"a": line}) == []


def test_a_rounded_count_that_shows_one_digit_more_is_no_jump():
    line = [1_100_000.0] * 14 + [1_200_000.0] * 14
    assert jumps_of({"a": line}) == []
    line = [1_100_000.0] * 14 + [1_700_000.0] * 14
    assert len(jumps_of({"a": line})) == 1


def test_few_counts_give_no_usual_growth_to_hold_a_gain_against():
    assert jumps_of({"a": jumped(steady(8), 4, 0.5)}) == []


def test_unknown_and_zero_counts_are_skipped():
    line = jumped(steady(), 15, 0.4)
    line[5], line[20], line[0] = None, None, 0
    assert len(jumps_of({"a": line})) == 1


def test_a_gain_that_leaks_away_is_told_with_the_part_that_was_lost():
    (kept,) = jumps_of({"a": jumped(steady(growth=0.0), 15, 0.4)})
    (lost,) = jumps_of({"a": jumped(steady(growth=0.0), 15, 0.4, kept=0.5)})
    assert kept["lost_share"] == pytest.approx(0.0, abs=0.02)
    assert lost["lost_share"] == pytest.approx(0.5, abs=0.1)
    assert lost["followed_days"] == pytest.approx(98.0)


def test_an_account_that_only_stopped_growing_lost_nothing():
    line = steady(15, growth=0.02)
    line += [line[-1] * 1.4] * 15
    assert [jump["lost_share"] for jump in jumps_of({"a": line})] == [0.0]


def test_a_jump_of_last_week_is_not_followed_long_enough_to_speak_of_loss():
    (jump,) = jumps_of({"a": jumped(steady(), 28, 0.4)})
    assert jump["lost_share"] is None
    assert jump["followed_days"] is None


@settings(max_examples=6, deadline=None)
@given(st.floats(0.1, 0.5), st.floats(0.05, 0.5), st.integers(5, 24))
def test_a_larger_gain_is_never_told_as_smaller(share, more, at):
    def gained(part):
        found = jumps_of({"a": jumped(steady(), at, part)})
        return max((jump["gained_share"] for jump in found), default=0.0)

    assert gained(share + more) >= gained(share)


def test_the_order_of_rows_and_the_names_of_accounts_do_not_matter():
    lines = {"a": jumped(steady(), 15, 0.4), "b": steady()}
    steps = steps_of(lines)
    turned = follower_jumps(
        steps.take(list(range(steps.num_rows))[::-1]), jump_limits=JumpLimits()
    )
    assert turned.equals(follower_jumps(steps, jump_limits=JumpLimits()))
    other = jumps_of({"z": lines["a"], "y": lines["b"]})
    assert [jump | {"account_id": "a"} for jump in other] == turned.to_pylist()


LINE = jumped(steady(40), 15, 0.4, kept=0.5)


@pytest.mark.parametrize(
    "changed",
    [
        {"least_steps": 50}, {"least_share": 0.5}, {"least_gained": 5_000.0}, {"spreads": 50.0},
        {"least_spread": 0.1}, {"longest_step_days": 5.0}, {"follow_days": 60.0},
        {"least_follow_days": 119.5},
    ],
)  # fmt: skip
def test_every_limit_changes_some_result(changed):
    other = replace(JumpLimits(), **changed)
    assert jumps_of({"a": LINE}) != jumps_of({"a": LINE}, limits=other)


def test_days_whose_growth_is_usual_are_a_limit():
    line = steady(20, growth=0.02)
    line = jumped(line + steady(20, start=line[-1], growth=0.001), 30, 0.4)
    short = replace(JumpLimits(), memory_days=60.0)
    assert jumps_of({"a": line}) != jumps_of({"a": line}, limits=short)


def test_days_that_a_sudden_gain_may_take_are_a_limit():
    line = jumped(jumped(jumped(steady(60, growth=0.0), 30, 0.1), 31, 0.1), 32, 0.1)
    short = replace(JumpLimits(), most_days=1.0)
    assert jumps_of({"a": line}, 1.0) != jumps_of({"a": line}, 1.0, limits=short)


@pytest.mark.parametrize(
    "changed",
    [
        {"most_days": 5.0}, {"least_days": 8.0}, {"least_followers": 1e6},
        {"least_accounts": 100}, {"high": 0.5},
    ],
)  # fmt: skip
def test_every_limit_of_tides_changes_some_result(changed):
    lines = {f"a{i}": steady(start=8_000 + 100 * i, growth=0.001 * i) for i in range(25)}
    usual = steps_of(lines)
    other = steps_of(lines, tide_limits=replace(TideLimits(), **changed))
    key = [("account_id", "ascending"), ("to_at", "ascending")]
    assert not usual.sort_by(key).equals(other.sort_by(key))
