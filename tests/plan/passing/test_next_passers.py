"""Which passer is next, where one habit decides."""

import numpy as np
import pytest

from mawj.graph.responses import SIGNS
from mawj.plan.passing.next_passers import (
    NextPasserSettings,
    Responses,
    passer_chances,
    passer_weights,
)
from mawj.tables.errors import NotEnoughData


def stream(seed=1, n=400, lead=0.8):
    """Two passers; the first passes on with the chance `lead`."""
    random = np.random.default_rng(seed)
    time = np.cumsum(random.exponential(3600.0, n))
    who = (random.random(n) > lead).astype(np.int32)
    return Responses(time, who, np.ones(n, bool), 2)


def weighed(sources, until):
    return passer_weights(sources, until, next_passer_settings=NextPasserSettings())


def test_who_passes_on_most_is_expected_first_with_about_the_right_chance():
    source = stream()
    weights = weighed([source], [source.time[300]])
    at = np.arange(300, 400)
    chances = passer_chances(source, at, weights)
    assert chances.sum(axis=1) == pytest.approx(np.ones(100))
    assert chances[:, 0].mean() == pytest.approx(0.8, abs=0.1)


def test_only_what_lies_before_is_learnt_from():
    source = stream()
    end = source.time[200]
    turned = Responses(source.time, source.who.copy(), source.is_pass, 2)
    turned.who[200:] = 1 - turned.who[200:]
    one, other = (weighed([s], [end]) for s in (source, turned))
    assert one.tolist() == other.tolist()


def test_moments_are_spread_over_the_time_and_only_passes():
    source = stream()
    source.is_pass[::2] = False
    at = source.passes(0, np.inf, 50)
    assert at.size == 50
    assert source.is_pass[at].all()
    assert at[0] < 5
    assert at[-1] > 390


def test_too_little_is_refused():
    source = stream(n=20)
    with pytest.raises(NotEnoughData, match="too little"):
        weighed([source], [np.inf])


@pytest.mark.parametrize("told", [{"moments": 40}, {"warming_share": 0.7}, {"pull": 500.0}])
def test_every_setting_changes_the_weights(told):
    source = stream()
    usual = weighed([source], [source.time[300]])
    settings = NextPasserSettings(**told)
    other = passer_weights([source], [source.time[300]], next_passer_settings=settings)
    assert usual.size == len(SIGNS)
    assert not np.allclose(usual, other)
