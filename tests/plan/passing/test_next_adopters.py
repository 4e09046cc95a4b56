"""Who is next, on cascades that travel in a known way."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from mawj.graph.cascades import Cascades
from mawj.plan.passing.next_adopters import WAYS, NextAdopterSettings, next_adopters, steps
from mawj.tables.errors import NotEnoughData

N = 30


def cascades(rows):
    ptr = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    node = np.array([one for row in rows for one in row], np.int32)
    return Cascades(ptr, node, np.arange(node.size, dtype=float))


def no_graph():
    return csr_array((N, N))


def fitted(past, follows):
    return next_adopters(past, follows, next_adopter_settings=NextAdopterSettings())


def chains(n):
    """Each cascade walks upwards by one from a random start."""
    random = np.random.default_rng(1)
    return [[(start + i) % N for i in range(6)] for start in random.integers(0, N, n)]


def test_what_always_follows_is_put_first():
    model = fitted(cascades(chains(200)), no_graph())
    right = [np.argmax(model.chances(np.array([k, k + 1]))) == k + 2 for k in range(20)]
    assert np.mean(right) > 0.9
    told = dict(zip(WAYS, model.weights, strict=True))
    assert told["after_last"] + told["after"] > 0.5


def test_the_graph_is_used_where_it_explains():
    random = np.random.default_rng(2)
    follows = csr_array((np.ones(N), (np.arange(N), (np.arange(N) * 7 + 3) % N)), (N, N))
    rows = []
    for start in random.integers(0, N, 60):
        row = [int(start)]
        for _ in range(4):
            row.append((row[-1] * 7 + 3) % N)
        rows.append(list(dict.fromkeys(row)))
    model = fitted(cascades(rows[:12]), follows)
    told = dict(zip(WAYS, model.weights, strict=True))
    assert told["follows"] + told["follows_either"] > 0.4


def test_chances_add_up_and_leave_out_who_has_adopted():
    model = fitted(cascades(chains(40)), no_graph())
    chances = model.chances(np.array([3, 4]))
    assert chances.sum() == pytest.approx(1)
    assert chances[[3, 4]].tolist() == [0, 0]


def test_an_account_without_a_past_still_gets_an_answer():
    rows = [[0, 1, 2]] * 20
    chances = fitted(cascades(rows), no_graph()).chances(np.array([29]))
    assert np.isfinite(chances).all()
    assert chances[[1, 2]].min() > chances[5]


def test_numbers_of_accounts_make_no_difference():
    rows, turn = chains(60), np.random.default_rng(3).permutation(N)
    one = fitted(cascades(rows), no_graph()).chances(np.array([4, 5]))
    turned = [[int(turn[i]) for i in row] for row in rows]
    other = fitted(cascades(turned), no_graph()).chances(turn[[4, 5]])
    assert other[turn] == pytest.approx(one)


def test_steps_are_every_adoption_after_the_root():
    told = [(active.tolist(), one) for active, one in steps(cascades([[1, 2, 3], [4]]))]
    assert told == [([1], 2), ([1, 2], 3)]


def test_too_few_cascades_are_refused():
    with pytest.raises(NotEnoughData, match="too few"):
        fitted(cascades(chains(9)), no_graph())


@pytest.mark.parametrize(
    "told", [{"held_share": 0.6}, {"half_life_share": 1.0}, {"rounds": 1}, {"span": 1}]
)
def test_every_setting_changes_something(told):
    usual = fitted(cascades(chains(60)), no_graph())
    other = next_adopters(
        cascades(chains(60)), no_graph(), next_adopter_settings=NextAdopterSettings(**told)
    )
    lately = (usual.counted["lately"], other.counted["lately"])
    after = (usual.counted["after"].nnz, other.counted["after"].nnz)
    assert (
        not np.allclose(usual.weights, other.weights)
        or not np.allclose(*lately)
        or after[0] != after[1]
    )
