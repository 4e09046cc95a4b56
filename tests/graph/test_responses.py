"""What is known of each responder just before an act."""

import numpy as np
import pytest

from mawj.graph.responses import LATELY_S, N_SIGNS, NOW_S, SIGNS, signs_at

HOUR = 3600.0


def test_an_act_is_not_known_before_it_happens():
    signs = signs_at(
        np.array([0.0]), np.array([1], np.int32), np.array([True]), np.array([0]), 2
    )
    assert signs.shape == (1, 2, N_SIGNS)
    assert signs[0, 0].tolist() == signs[0, 1].tolist()


def test_counts_fade_and_clocks_run_from_the_last_act():
    time = np.array([0.0, 1.0, 3.0]) * HOUR
    told = signs_at(
        time, np.array([0, 0, 1], np.int32), np.array([True, False, True]), np.array([2]), 2
    )[0]
    own = dict(zip(SIGNS, told[0], strict=True))
    lately = (np.exp(-HOUR / LATELY_S) + 1) * np.exp(-2 * HOUR / LATELY_S)
    assert own["passes"] == pytest.approx(np.log(1.5))
    assert own["passes_lately"] == pytest.approx(np.log(np.exp(-3 * HOUR / LATELY_S) + 0.1))
    assert own["acts_lately"] == pytest.approx(np.log(lately + 0.5))
    now = (np.exp(-HOUR / NOW_S) + 1) * np.exp(-2 * HOUR / NOW_S)
    assert own["acts_now"] == pytest.approx(np.log(now + 0.02))
    assert own["since_act"] == pytest.approx(np.log(2 + 0.003))
    assert own["since_pass"] == pytest.approx(np.log(3 + 0.003))


def test_hours_of_the_day_tell_who_is_awake():
    day = 24 * HOUR
    time = np.array([0.0, 12 * HOUR, day, day + 12 * HOUR, 2 * day])
    told = signs_at(
        time, np.array([0, 1, 0, 1, 0], np.int32), np.zeros(5, bool), np.array([4]), 2
    )[0]
    assert told[0, SIGNS.index("hour")] > told[1, SIGNS.index("hour")]
