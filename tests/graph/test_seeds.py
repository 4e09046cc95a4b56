"""Choices keep their limits, and what is said to be certain of them is."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.graph.adjacency import adjacency
from mawj.graph.cheap_seeds import rivals
from mawj.graph.diffusion import same_chance, weighted_cascade
from mawj.graph.forward_runs import RunSettings, reached
from mawj.graph.seeds import choose, grown_sketch
from mawj.graph.sketch import SketchSettings, drawn_sketch
from mawj.graph.wishes import Wish
from tests.graph.graphs import random_edges
from tests.graph.spreads import exact_spread

MADE = weighted_cascade(random_edges(11, 400, 2400).adjacency(weighted=False))
SKETCH = drawn_sketch(MADE, 8000, seed=1)
COST = np.random.default_rng(3).integers(1, 40, 400).astype(np.float64)
COST[[7, 8]] = 0.0
GROUP = np.arange(400, dtype=np.int32) % 3 - 1


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    nodes = st.lists(st.integers(0, 399), max_size=3, unique=True)
    must = np.array(draw(nodes), np.int32)
    never = np.setdiff1d(np.array(draw(nodes), np.int32), must).astype(np.int32)
    wish = Wish(most=draw(st.integers(must.size, 30)), must=must, never=never)
    if draw(st.booleans()):
        budget = float(COST[must].sum()) + draw(st.integers(0, 200))
        wish = replace(wish, budget=budget, cost=COST)
    if draw(st.booleans()):
        wish = replace(wish, group=GROUP, group_most=np.array([3, 5], np.int32))
    if draw(st.booleans()):
        wish = replace(wish, candidates=np.arange(0, 400, 2, dtype=np.int32))
    return wish


@given(wishes())
@settings(max_examples=60, deadline=None)
def test_every_choice_keeps_to_its_limits(wish: Wish) -> None:
    others = rivals(MADE, wish)
    chosen = choose(SKETCH, wish, others)
    for nodes in (choose(SKETCH, wish).nodes, chosen.nodes, *others.values()):
        assert np.unique(nodes).size == nodes.size
        assert set(wish.must) <= set(nodes)
        assert not set(wish.never) & set(nodes)
        assert nodes.size <= (wish.most or 400)
        if wish.budget is not None:
            assert COST[nodes].sum() <= wish.budget + 1e-9
        if wish.group_most is not None:
            of = GROUP[nodes]
            assert np.all(np.bincount(of[of >= 0], minlength=2) <= wish.group_most)
        if wish.candidates is not None:
            assert set(nodes) - set(wish.must) <= set(wish.candidates)
    assert chosen.estimate.spread >= max(e.spread for e in chosen.rivals.values())


@pytest.mark.parametrize("seed", range(6))
def test_the_certificate_holds_against_every_other_choice(seed: int) -> None:
    random = np.random.default_rng(seed)
    source, target = random.integers(0, 6, (2, 9)).astype(np.int32)
    made = same_chance(adjacency(source, target, 6), 0.4)
    cost = random.integers(1, 6, 6).astype(np.float64)
    for wish in (Wish(most=2), Wish(budget=7.0, cost=cost), Wish(most=3, must=source[:1])):
        sketch = drawn_sketch(made, 6000, seed=seed)
        found = choose(sketch, wish)
        allowed = [
            np.array(some, np.int32)
            for size in range(1, 7)
            for some in combinations(range(6), size)
            if size <= (wish.most or 6)
            and set(wish.must) <= set(some)
            and (wish.budget is None or cost[list(some)].sum() <= wish.budget)
        ]
        best = max(exact_spread(made, some) for some in allowed)
        mine = exact_spread(made, found.nodes)
        proof = found.certificate
        assert proof.low <= mine + 1e-9
        assert best <= proof.high + 1e-9
        assert mine >= proof.guarantee * best - 1e-9
        assert proof.guarantee > 0.6
        assert mine >= 0.9 * best


def test_more_sets_prove_more_and_growing_stops_when_enough_is_proved() -> None:
    wish = Wish(most=5)
    few, many = (
        choose(drawn_sketch(MADE, n, seed=1), wish).certificate for n in (2000, 200_000)
    )
    assert few.guarantee < many.guarantee
    assert few.slack > many.slack
    begin = SketchSettings(first_sets=500)
    enough = grown_sketch(MADE, wish, seed=1, settings=replace(begin, enough=0.55))
    assert choose(enough, wish).certificate.guarantee >= 0.55
    more = grown_sketch(MADE, wish, seed=1, settings=replace(begin, slack=0.02))
    assert more.n_sets > 4 * enough.n_sets
    assert choose(more, wish).certificate.slack <= 0.02


def test_a_sketch_keeps_to_its_memory_and_number_of_sets() -> None:
    wish, plain = Wish(most=1), SketchSettings(first_sets=500, slack=0.0)
    small = grown_sketch(MADE, wish, seed=1, settings=replace(plain, most_bytes=1 << 20))
    assert (1 << 19) < small.n_bytes < (1 << 20)
    short = grown_sketch(MADE, wish, seed=1, settings=replace(plain, most_sets=3000))
    assert short.n_sets == 3000


def test_a_smaller_doubt_proves_less() -> None:
    wish = Wish(most=5)
    sure, unsure = (
        choose(drawn_sketch(MADE, 5000, seed=1, settings=SketchSettings(doubt=d)), wish)
        for d in (1e-9, 0.1)
    )
    assert sure.certificate.guarantee < unsure.certificate.guarantee
    assert np.array_equal(sure.nodes, unsure.nodes)


def test_a_rival_that_reaches_more_is_returned_in_its_place() -> None:
    """A sketch of twelve sets chooses badly; the check pile has thousands."""
    bad = replace(SKETCH, plan=drawn_sketch(MADE, 12, seed=5).plan)
    wish = Wish(most=8)
    alone, best = choose(bad, wish), choose(bad, wish, rivals(MADE, wish))
    assert alone.how == "greedy"
    assert best.how in best.rivals
    assert best.estimate.spread > alone.estimate.spread
    assert best.estimate == best.rivals[best.how]


def test_greedy_reaches_more_than_the_cheap_rankings() -> None:
    wish = Wish(most=10)
    chosen = choose(drawn_sketch(MADE, 200_000, seed=1), wish)
    runs = RunSettings(4000)
    mine = reached(MADE, chosen.nodes, seed=1, settings=runs).mean
    assert mine == pytest.approx(chosen.estimate.spread, rel=0.05)
    assert np.all(np.diff(chosen.upto) > 0)
    for nodes in rivals(MADE, wish).values():
        assert mine > 0.995 * reached(MADE, nodes, seed=1, settings=runs).mean


def test_only_whom_is_asked_for_counts() -> None:
    source, target = np.array([0, 0, 0, 1], np.int32), np.array([2, 3, 4, 5], np.int32)
    made = same_chance(adjacency(source, target, 6), 1.0)
    only = np.array([0, 0, 0, 0, 0, 1.0])
    sketch = drawn_sketch(made, 600, seed=1, weight=only)
    assert choose(sketch, Wish(most=1)).nodes.tolist() in ([1], [5])
    assert choose(sketch, Wish(most=1)).estimate == (1.0, 0.0)
    everyone = choose(drawn_sketch(made, 600, seed=1), Wish(most=1))
    assert everyone.nodes.tolist() == [0]
    assert everyone.estimate.spread == 4.0


def test_a_dear_hub_is_chosen_where_cheap_nodes_cannot_make_up_for_it() -> None:
    """Gain for cost alone would take the cheap pair and have nothing left for the hub."""
    source = np.zeros(30, np.int32)
    made = same_chance(adjacency(source, np.arange(1, 31, dtype=np.int32), 40), 1.0)
    cost = np.full(40, 50.0)
    cost[0], cost[39] = 10.0, 0.1
    found = choose(drawn_sketch(made, 4000, seed=1), Wish(budget=10.0, cost=cost))
    assert found.nodes.tolist() == [0]


def test_more_nodes_than_there_are_gives_all() -> None:
    made = same_chance(adjacency(np.array([0], np.int32), np.array([1], np.int32), 4), 0.5)
    found = choose(drawn_sketch(made, 400, seed=1), Wish(most=9))
    assert sorted(found.nodes) == [0, 1, 2, 3]
    assert found.certificate.guarantee == pytest.approx(1.0)


def test_a_graph_of_nobody_and_a_wish_for_nobody_reach_nothing() -> None:
    none = np.zeros(0, np.int32)
    empty = same_chance(adjacency(none, none, 0), 0.5)
    assert choose(drawn_sketch(empty, 10, seed=1), Wish(most=3)).nodes.size == 0
    assert choose(SKETCH, Wish(most=0)).estimate.spread == 0.0


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (Wish(), "a number of nodes or a budget"),
        (Wish(most=1, must=np.array([1, 2], np.int32)), "more than the 1 asked"),
        (Wish(most=1, never=np.array([400], np.int32)), "outside 0..399"),
        (Wish(budget=3.0), "cost for each"),
        (Wish(budget=3.0, cost=-COST), "at least 0"),
        (Wish(budget=0.5, cost=COST + 1, must=np.array([1], np.int32)), "budget of 0.5"),
        (
            Wish(most=2, must=np.array([1], np.int32), never=np.array([1], np.int32)),
            "both in",
        ),
        (Wish(most=2, group=GROUP), "group_most"),
        (
            Wish(
                most=2, must=np.array([1], np.int32), group=GROUP,
                group_most=np.array([0, 0], np.int32),
            ),
            "group 0 must be in",
        ),
    ],
)  # fmt: skip
def test_a_wish_that_cannot_be_kept_says_why(wish: Wish, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        choose(SKETCH, wish)
