"""Sketch, evaluator and exact spread agree; they know nothing of one another."""

from itertools import combinations

import numpy as np
import pytest

from mawj.graph.adjacency import adjacency
from mawj.graph.diffusion import (
    Diffusion,
    given_chances,
    given_weights,
    linear_threshold,
    same_chance,
    weighted_cascade,
)
from mawj.graph.forward_runs import RunSettings, reached
from mawj.graph.seeds import estimate
from mawj.graph.sketch import Sketch, SketchSettings, drawn_sketch
from tests.graph.graphs import random_edges
from tests.graph.spreads import exact_spread

SOURCE = np.array([0, 0, 1, 2, 2, 3, 4, 4, 0, 0], np.int32)
TARGET = np.array([1, 2, 2, 3, 0, 4, 1, 3, 1, 0], np.int32)
CHANCE = np.array([0.3, 0.6, 0.2, 1.0, 0.1, 0.5, 0.0, 0.4, 0.5, 0.7])
WEIGHT = np.array([1.0, 0.0, 2.0, 0.5, 3.0])
REPEATED = adjacency(SOURCE, TARGET, 5, weight=np.ones(SOURCE.size, np.float32))
MODELS = {
    "weighted cascade": weighted_cascade(adjacency(SOURCE, TARGET, 5)),
    "weighted cascade, repeated edges": weighted_cascade(REPEATED),
    "same chance": same_chance(adjacency(SOURCE, TARGET, 5), 0.3),
    "same chance, repeated edges": same_chance(REPEATED, 0.3),
    "given chances": given_chances(SOURCE, TARGET, CHANCE, 5),
    "linear threshold": linear_threshold(adjacency(SOURCE, TARGET, 5)),
    "linear threshold, repeated edges": linear_threshold(REPEATED),
    "given weights": given_weights(
        adjacency(SOURCE, TARGET, 5, weight=np.full(SOURCE.size, 0.4, np.float32))
    ),
}
N_SETS = 40_000


@pytest.fixture(params=MODELS)
def diffusion(request: pytest.FixtureRequest) -> Diffusion:
    return MODELS[request.param]


def spread_by(sketch: Sketch, nodes: np.ndarray) -> tuple[float, float]:
    held = sketch.check.covered([sketch.numbers(nodes)])[0]
    return estimate(sketch, nodes, int(held))


@pytest.mark.parametrize("weight", [None, WEIGHT], ids=["all", "weighed"])
@pytest.mark.parametrize("hops", [None, 2, 1])
def test_sketch_and_runs_agree_with_all_that_can_happen(diffusion, weight, hops) -> None:
    settings = SketchSettings(hops=hops, threads=1)
    sketch = drawn_sketch(diffusion, N_SETS, seed=1, weight=weight, settings=settings)
    for nodes in ([0], [3], [1, 4]):
        seeds = np.array(nodes, np.int32)
        exact = exact_spread(diffusion, seeds, weight, hops or 99)
        found, error = spread_by(sketch, seeds)
        assert abs(found - exact) < 5 * error + 1e-3, (nodes, exact, found)
        runs = RunSettings(20_000, hops, threads=1)
        told = reached(diffusion, seeds, seed=2, weight=weight, settings=runs)
        assert abs(told.mean - exact) < 5 * told.standard_error + 1e-3, (
            nodes,
            exact,
            told.mean,
        )


def test_repeated_edges_act_one_by_one() -> None:
    twice = np.array([0, 0], np.int32), np.array([1, 1], np.int32)
    graph = adjacency(*twice, 2, weight=np.ones(2, np.float32))
    for made in (same_chance(graph, 0.3), given_chances(*twice, np.array([0.3, 0.3]), 2)):
        assert made.edge_chance == pytest.approx([1 - 0.7**2])
    assert weighted_cascade(graph).edge_chance == pytest.approx([1 - 0.5**2])


def test_a_long_row_fires_as_often_as_its_chances_say() -> None:
    """Jumps, counts and running sums: each way of drawing a row of 400 edges."""
    n = 400
    source, target = np.arange(1, n + 1, dtype=np.int32), np.zeros(n, np.int32)
    graph = adjacency(source, target, n + 1)
    hub = np.append(1.0, np.zeros(n))
    for chance in (0.002, 0.2, 1.0):
        given = given_chances(source, target, np.full(n, chance), n + 1)
        for made in (same_chance(graph, chance), given):
            sketch = drawn_sketch(made, 4000, seed=3, weight=hub)
            size = sketch.plan.member.size / max(sketch.plan.n_sets, 1)
            alone = sketch.plan.alone.sum() / sketch.plan.n_sets
            assert size + alone == pytest.approx(1 + n * chance, rel=0.1)
            counts = sketch.plan.occurs[1:]
            assert counts.min() > 0 or chance < 0.01
            assert alone == pytest.approx((1 - chance) ** n, abs=0.03)


@pytest.mark.parametrize("name", MODELS)
def test_two_threads_draw_the_sets_of_one(name: str) -> None:
    edges = random_edges(5, 3000, 20_000)
    graph = edges.adjacency(weighted="repeated" in name)
    made = linear_threshold(graph) if "threshold" in name else weighted_cascade(graph)
    for weight in (None, np.arange(3000.0)):
        one, two = (
            drawn_sketch(made, 18000, seed=9, weight=weight, settings=SketchSettings(threads=t))
            for t in (1, 2)
        )
        for a, b in ((one.plan, two.plan), (one.check, two.check)):
            assert np.array_equal(a.member, b.member)
            assert np.array_equal(a.ptr, b.ptr)
            assert np.array_equal(a.alone, b.alone)


@pytest.mark.parametrize("model", [weighted_cascade, linear_threshold])
def test_sets_of_many_nodes_are_drawn_whole(model) -> None:
    """Round a ring everybody hears from everybody: far more nodes than room was made for."""
    n = 400
    ring = np.arange(n, dtype=np.int32)
    sketch = drawn_sketch(model(adjacency(ring, np.roll(ring, -1), n)), n, seed=2)
    assert np.array_equal(np.diff(sketch.plan.ptr), np.full(n, n))
    assert np.array_equal(np.sort(sketch.plan.member[-n:]), ring)


def test_runs_are_the_same_for_any_number_of_threads_and_paired_between_choices() -> None:
    made = weighted_cascade(random_edges(5, 300, 2000).adjacency(weighted=False))
    few, more = np.array([3, 5], np.int32), np.array([3, 5, 7], np.int32)
    one = reached(made, few, seed=4, settings=RunSettings(500, threads=1)).each
    assert np.array_equal(one, reached(made, few, seed=4, settings=RunSettings(500)).each)
    assert np.all(reached(made, more, seed=4, settings=RunSettings(500)).each >= one)
    assert not np.array_equal(one, reached(made, few, seed=5, settings=RunSettings(500)).each)


def test_the_two_piles_are_not_the_same_sets() -> None:
    made = weighted_cascade(random_edges(5, 300, 2000).adjacency(weighted=False))
    sketch = drawn_sketch(made, 2000, seed=1)
    assert not np.array_equal(sketch.plan.member, sketch.check.member)


def test_what_candidates_cover_is_what_they_reach() -> None:
    made = weighted_cascade(random_edges(7, 60, 200).adjacency(weighted=False))
    sketch = drawn_sketch(made, 3000, seed=1)
    candidates = np.array([1, 0, 30, 59, 58], np.int32)
    covered = sketch.covers(candidates)
    for some in combinations(range(5), 2):
        rows = [covered.idx[covered.ptr[i] : covered.ptr[i + 1]] for i in some]
        by_elements = covered.weight[np.unique(np.concatenate(rows))].sum() * covered.scale
        held = sketch.plan.covered([sketch.numbers(candidates[list(some)])])[0]
        assert held > 0
        assert by_elements == pytest.approx(held * sketch.scale)


@pytest.mark.parametrize(
    ("source", "target", "n"),
    [([], [], 3), ([0, 1], [0, 1], 2), ([0], [1], 5)],
    ids=["no edges", "only loops", "lonely nodes"],
)
def test_graphs_with_hardly_an_edge_reach_what_they_are(source, target, n) -> None:
    graph = adjacency(np.array(source, np.int32), np.array(target, np.int32), n)
    for made in (weighted_cascade(graph), same_chance(graph, 0.5), linear_threshold(graph)):
        seeds = np.array([n - 1], np.int32)
        sketch = drawn_sketch(made, 30 * n, seed=1)
        assert spread_by(sketch, seeds) == (pytest.approx(1.0), 0.0)
        assert reached(made, seeds, seed=1, settings=RunSettings(5)).mean == 1.0


def test_a_chance_that_is_none_is_refused() -> None:
    graph = adjacency(SOURCE, TARGET, 5)
    for chance in (0.0, 1.5, float("nan")):
        with pytest.raises(ValueError, match="chance"):
            same_chance(graph, chance)
    with pytest.raises(ValueError, match="chance"):
        given_chances(SOURCE, TARGET, CHANCE + 1, 5)
    with pytest.raises(ValueError, match="weight"):
        drawn_sketch(MODELS["same chance"], 10, seed=1, weight=np.ones(4))
