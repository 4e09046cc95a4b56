from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.graph.controversy import camps, controversy, shuffled


def two_camps(bridges: int, *, n: int = 80, third: int = 30, each: int = 6) -> Any:
    """Two crowds with accounts of their own, and ties of anybody to any account besides."""
    random = np.random.default_rng(5)
    rows, columns = [], []
    for person in range(2 * n):
        side = person // n
        for account in random.choice(third, each, replace=False):
            rows.append(person)
            columns.append(account + side * third)
    rows += random.integers(2 * n, size=bridges).tolist()
    columns += random.integers(2 * third, size=bridges).tolist()
    return sp.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(2 * n, 2 * third))


def at_random(n: int = 160, third: int = 60, each: int = 6) -> Any:
    random = np.random.default_rng(6)
    columns = [random.choice(third, each, replace=False) for _ in range(n)]
    rows = np.repeat(np.arange(n), each)
    return sp.csr_matrix((np.ones(n * each), (rows, np.concatenate(columns))))


def test_two_camps_with_few_bridges_are_highly_polarised() -> None:
    assert controversy(two_camps(5)) > 0.9  # type: ignore[operator]


def test_the_halves_found_are_the_two_camps() -> None:
    found = camps(two_camps(5))
    assert found is not None
    people = found.side[: found.n_people]
    assert len({*people[:80].tolist()}) == 1
    assert people[0] != people[-1]


def test_a_graph_without_camps_is_no_more_polarised_than_itself_dealt_out_anew() -> None:
    ties = at_random()
    dealt = [controversy(shuffled(ties, np.random.default_rng(i))) for i in range(4)]
    assert controversy(ties) == pytest.approx(np.mean(dealt), abs=0.12)  # type: ignore[arg-type]
    assert controversy(ties) < 0.4  # type: ignore[operator]


def test_more_bridges_never_polarise_much() -> None:
    scores = [controversy(two_camps(n)) for n in (5, 60, 240, 960)]
    assert scores == sorted(scores, reverse=True)  # type: ignore[type-var]


def test_camps_with_nothing_between_them_are_wholly_apart() -> None:
    assert controversy(two_camps(0)) == pytest.approx(1.0)


def test_dealing_out_keeps_how_many_ties_everybody_had() -> None:
    ties = at_random()
    dealt = shuffled(ties, np.random.default_rng(1))
    assert dealt.sum(axis=1).tolist() == ties.sum(axis=1).tolist()
    assert dealt.sum(axis=0).tolist() == ties.sum(axis=0).tolist()


def test_too_small_a_graph_has_no_score() -> None:
    assert controversy(sp.csr_matrix(np.ones((3, 2)))) is None
    assert controversy(sp.csr_matrix(np.ones((9, 1)))) is None


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_names_and_order_of_people_do_not_matter(random: Any) -> None:
    ties = two_camps(60, n=30, third=15)
    people, third = list(range(60)), list(range(30))
    random.shuffle(people)
    random.shuffle(third)
    other = ties[people][:, third]
    assert controversy(other) == pytest.approx(controversy(ties), abs=0.02)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 7)), min_size=1, max_size=60))
def test_any_graph_gives_a_score_between_its_ends_or_none(pairs: list[tuple[int, int]]) -> None:
    rows, columns = zip(*pairs, strict=True)
    ties = sp.csr_matrix((np.ones(len(pairs)), (rows, columns)))
    ties = ties[np.flatnonzero(ties.getnnz(axis=1))][:, np.flatnonzero(ties.getnnz(axis=0))]
    score = controversy(ties)
    assert score is None or -1.0 <= score <= 1.0 + 1e-9
