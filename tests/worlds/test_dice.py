"""Streams and picks."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.worlds.dice import Dice, Picker, evened, one_of


def test_a_stream_depends_on_seed_and_name_only() -> None:
    first = Dice(7).stream("posts").random(5)
    assert (first == Dice(7).stream("posts").random(5)).all()
    assert (first != Dice(8).stream("posts").random(5)).all()
    assert (first != Dice(7).stream("follows").random(5)).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0.01, 100)), min_size=1, max_size=30))
def test_a_pick_is_of_its_group_and_an_empty_group_gives_none(
    items: list[tuple[int, float]],
) -> None:
    groups, weights = np.array([g for g, _ in items]), np.array([w for _, w in items])
    asked = np.repeat(np.arange(6), 20)
    picked = Picker(groups, weights, 6).pick(np.random.default_rng(1), asked)
    for group, item in zip(asked, picked, strict=True):
        assert (item == -1) if group not in groups else (groups[item] == group)


def test_picks_follow_the_weights() -> None:
    picker = Picker(np.array([1, 0, 1]), np.array([3.0, 5.0, 1.0]), 2)
    picked = picker.pick(np.random.default_rng(1), np.ones(4_000, np.int64))
    assert abs((picked == 0).mean() - 0.75) < 0.03
    assert set(picked) == {0, 2}


def test_an_item_without_weight_is_never_picked() -> None:
    assert set(one_of(np.random.default_rng(1), [0.0, 1.0, 0.0, 1.0], 500)) == {1, 3}


def test_evened_numbers_keep_their_mean() -> None:
    counts = evened(np.random.default_rng(1), np.full(4_000, 1.25))
    assert set(counts) == {1, 2}
    assert abs(counts.mean() - 1.25) < 0.03
