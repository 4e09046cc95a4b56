from __future__ import annotations

import numpy as np

from mawj.vet.style_breaks import style_break


def rows(n: int, seed: int = 5) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(n, 12))


def broken(n: int, at: int, by: float) -> np.ndarray:
    made = rows(n)
    made[at:] += by
    return made


def test_a_step_is_found_where_it_is() -> None:
    found = style_break(broken(90, 40, 1.5), least=15, n_shuffles=99, seed=1)
    assert found is not None
    assert abs(found.at - 40) <= 1
    assert found.p_chance == 0.01
    assert found.size > 1.0
    assert 0.8 < found.suddenness < 1.2


def test_chance_is_not_told_for_a_break() -> None:
    found = [style_break(rows(80, seed), least=15, n_shuffles=99, seed=1) for seed in range(20)]
    assert sum(f is not None and f.p_chance <= 0.01 and f.size > 0.25 for f in found) == 0


def test_a_drift_is_not_sudden() -> None:
    made = rows(200) * 0.3 + np.linspace(0.0, 3.0, 200)[:, None]
    found = style_break(made, least=15, n_shuffles=99, seed=1)
    assert found is not None
    assert found.suddenness < 0.5


def test_too_few_rows_or_none_that_vary_say_nothing() -> None:
    assert style_break(rows(29), least=15, n_shuffles=9, seed=1) is None
    assert style_break(np.ones((60, 4)), least=15, n_shuffles=9, seed=1) is None


def test_one_outlying_row_makes_no_break() -> None:
    made = rows(80)
    made[40] = 1e6
    found = style_break(made, least=15, n_shuffles=99, seed=1)
    assert found is None or found.size < 0.25
