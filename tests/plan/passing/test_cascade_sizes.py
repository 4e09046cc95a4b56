"""Final sizes from the first hours."""

import numpy as np
import pytest

from mawj.plan.passing.cascade_sizes import CascadeSizeSettings, cascade_sizes
from mawj.tables.errors import NotEnoughData

SETTINGS = CascadeSizeSettings()


def cascades(seed, n, *, growing=True):
    """Cascades whose arrivals slow down exponentially; of heavy-tailed final size."""
    random = np.random.default_rng(seed)
    made = []
    for _ in range(n):
        size = int(np.ceil(np.exp(random.normal(2.5, 1.0)))) + 1
        ages = np.sort(random.exponential(5.0 if growing else 0.01, size))
        made.append(ages - ages[0])
    return made


def two_kinds(seed, n):
    """Cascades that are nearly over after four hours, and some that have hardly begun."""
    random = np.random.default_rng(seed)
    made = []
    for one in range(n):
        size = int(random.integers(8, 12)) if one % 2 else int(random.integers(30, 200))
        ages = np.sort(random.exponential(1.0 if one % 2 else 20.0, size))
        made.append(ages - ages[0])
    return made


def forecast(past, running, age, **told):
    settings = CascadeSizeSettings(**told)
    return cascade_sizes(past, running, age, cascade_size_settings=settings)


def test_growth_is_learnt_and_held_by_the_interval():
    past, running = cascades(1, 300), cascades(2, 300)
    found = forecast(past, running, 4.0)
    final = np.array([ages.size for ages in running])
    so_far = np.array([np.searchsorted(ages, 4.0, side="right") for ages in running])
    error = np.median(np.abs(np.log(found.size / final)))
    assert error < 0.5 * np.median(np.abs(np.log(so_far / final)))
    covered = ((found.low <= final) & (final <= found.high)).mean()
    assert 0.72 <= covered <= 0.93
    assert found.n_past == 300


def test_nothing_grows_below_what_it_is():
    found = forecast(cascades(3, 100), cascades(4, 50), 4.0)
    so_far = np.array([np.searchsorted(a, 4.0, side="right") for a in cascades(4, 50)])
    assert (found.low >= so_far).all()
    assert (found.low <= found.size).all()
    assert (found.size <= found.high).all()


def test_cascades_that_are_over_stay_as_they_are():
    found = forecast(cascades(5, 100, growing=False), cascades(6, 20, growing=False), 4.0)
    assert found.way == "same"
    assert found.size.tolist() == [ages.size for ages in cascades(6, 20, growing=False)]


def test_what_comes_after_the_age_is_not_looked_at():
    past, running = cascades(7, 100), cascades(8, 30)
    cut = [ages[ages <= 4.0] for ages in running]
    assert forecast(past, running, 4.0).size.tolist() == forecast(past, cut, 4.0).size.tolist()


def test_too_few_past_cascades_are_said_and_not_guessed_from():
    with pytest.raises(NotEnoughData, match="too few"):
        forecast(cascades(9, 19), cascades(10, 1), 4.0)
    assert forecast(cascades(9, 19), cascades(10, 1), 4.0, least_cascades=19).n_past == 19


def test_a_higher_level_is_wider():
    past, running = cascades(11, 200), cascades(12, 40)
    wide, narrow = (forecast(past, running, 4.0, level=level) for level in (0.95, 0.5))
    assert (wide.high >= narrow.high).all()
    assert wide.high.sum() > narrow.high.sum()


def test_the_interval_is_taken_apart_where_past_cascades_are_many():
    past, running = two_kinds(13, 200), two_kinds(14, 60)
    apart, alike = (forecast(past, running, 4.0, least_apart=n) for n in (50, 10_000))
    assert not np.allclose(apart.high / apart.size, alike.high / alike.size)


def test_the_simplest_way_is_kept_unless_another_saves_enough():
    found = forecast(cascades(15, 200), cascades(16, 5), 4.0, gain=1.0)
    assert found.way == "same"


def test_an_empty_running_cascade_is_forecast_without_failing():
    found = forecast(cascades(17, 100), [np.array([])], 4.0)
    assert np.isfinite(found.size).all()
