from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.graph.rank import RankSettings, pagerank
from tests.graph.graphs import Edges, random_edges, some_edges

EXACT = RankSettings(rounds=500, tolerance=1e-13, precision="float64")
SINGLE = RankSettings(rounds=500, tolerance=1e-7)


def oracle(edges: Edges, *, weighted: bool = False, teleport=None, damping=0.85) -> np.ndarray:
    personal = None if teleport is None else dict(enumerate(teleport.tolist()))
    graph = edges.oracle(weighted=weighted)
    ranks = nx.pagerank(graph, damping, personal, 1000, tol=1e-13 / graph.number_of_nodes())
    return np.array([ranks[v] for v in range(edges.n_nodes)])


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_networkx_agrees_in_float64(seed: int, weighted: bool) -> None:
    edges = random_edges(seed)
    found = pagerank(edges.adjacency(weighted=weighted), settings=EXACT)
    assert np.abs(found.values - oracle(edges, weighted=weighted)).sum() < 1e-8


@pytest.mark.parametrize("weighted", [False, True])
def test_networkx_agrees_in_float32(weighted: bool) -> None:
    edges = random_edges(5, 400, 3000)
    found = pagerank(edges.adjacency(weighted=weighted), settings=SINGLE)
    expected = oracle(edges, weighted=weighted)
    assert found.values.dtype == np.float32
    assert np.abs(found.values - expected).sum() < 1e-6
    top = np.argsort(-found.values)[:20]
    np.testing.assert_allclose(expected[top], np.sort(expected)[::-1][:20], rtol=1e-5)


def test_networkx_agrees_when_readers_restart_at_chosen_nodes() -> None:
    edges = random_edges(6)
    teleport = np.random.default_rng(6).integers(0, 3, edges.n_nodes).astype(float)
    found = pagerank(edges.adjacency(weighted=True), settings=EXACT, teleport=teleport)
    expected = oracle(edges, weighted=True, teleport=teleport)
    assert np.abs(found.values - expected).sum() < 1e-8


@given(some_edges())
@settings(max_examples=25, deadline=None)
def test_scores_sum_to_one(edges: Edges) -> None:
    found = pagerank(edges.adjacency(weighted=True), settings=EXACT)
    assert found.values.sum() == pytest.approx(1, abs=1e-12)


@given(some_edges(), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_names_of_nodes_change_no_score(edges: Edges, random) -> None:
    names = np.arange(edges.n_nodes, dtype=np.int32)
    random.shuffle(names)
    one = pagerank(edges.adjacency(weighted=True), settings=EXACT).values
    other = pagerank(edges.renamed(names).adjacency(weighted=True), settings=EXACT).values
    np.testing.assert_allclose(other[names], one, atol=1e-12)


def test_two_threads_give_the_bits_of_one() -> None:
    graph = random_edges(7, 2000, 20000).adjacency(weighted=False)
    one = pagerank(graph, settings=replace(SINGLE, threads=1))
    two = pagerank(graph, settings=replace(SINGLE, threads=2))
    np.testing.assert_array_equal(one.values, two.values)


def test_a_warm_start_reaches_the_same_scores_sooner() -> None:
    edges = random_edges(8, 500, 5000)
    before = pagerank(edges.adjacency(weighted=False), settings=EXACT)
    fewer = Edges(500, edges.source[5:], edges.target[5:], edges.weight[5:])
    cold = pagerank(fewer.adjacency(weighted=False), settings=EXACT)
    warm = pagerank(fewer.adjacency(weighted=False), settings=EXACT, start=before.values)
    assert np.abs(warm.values - cold.values).sum() < 1e-11
    assert warm.rounds < cold.rounds


def test_a_warm_start_in_float32_gains_nothing_to_lose_again() -> None:
    """Half the nodes dangle; a sum rounded to float32 would be off by 1e-6 for ten rounds."""
    graph = random_edges(8, 200_000, 200_000).adjacency(weighted=False)
    exact = pagerank(graph, settings=EXACT).values
    found = pagerank(graph, settings=replace(SINGLE, rounds=1), start=exact).values
    assert np.abs(found - exact).sum() < 3e-7


def test_mass_that_is_not_trusted_restarts() -> None:
    """0 and 1 both point at 2 and 3; by hand with trust 0.5 in node 0."""
    source, target = np.array([0, 1], np.int32), np.array([2, 3], np.int32)
    graph = Edges(4, source, target, np.ones(2, np.float32)).adjacency(weighted=False)
    found = pagerank(graph, settings=EXACT, trust=np.array([0.5, 1, 1, 1])).values
    assert found.sum() == pytest.approx(1, abs=1e-12)
    assert found[0] == pytest.approx(found[1])
    assert found[2] - found[0] == pytest.approx(0.85 * 0.5 * found[0])
    assert found[3] - found[1] == pytest.approx(0.85 * found[1])


def test_full_trust_is_no_trust_vector() -> None:
    graph = random_edges(9).adjacency(weighted=True)
    with_trust = pagerank(graph, settings=EXACT, trust=np.ones(60)).values
    np.testing.assert_array_equal(with_trust, pagerank(graph, settings=EXACT).values)


def test_without_edges_all_are_equal() -> None:
    none = np.empty(0, np.int32)
    graph = Edges(5, none, none, np.empty(0, np.float32)).adjacency(weighted=False)
    np.testing.assert_allclose(pagerank(graph, settings=EXACT).values, 0.2)


@pytest.mark.parametrize(
    "change", [{"damping": 0.5}, {"rounds": 1}, {"tolerance": 1e-2}, {"precision": "float32"}]
)
def test_each_setting_changes_the_scores(change: dict) -> None:
    graph = random_edges(10).adjacency(weighted=False)
    usual = pagerank(graph, settings=EXACT).values
    assert not np.array_equal(usual, pagerank(graph, settings=replace(EXACT, **change)).values)


def test_rounds_stop_at_the_tolerance_and_say_so() -> None:
    graph = random_edges(11).adjacency(weighted=False)
    found = pagerank(graph, settings=replace(EXACT, tolerance=1e-3))
    assert found.change < 1e-3
    before = replace(EXACT, rounds=found.rounds - 1, tolerance=0.0)
    assert pagerank(graph, settings=before).change >= 1e-3


@pytest.mark.parametrize(
    "bad", [np.ones(3), np.full(60, -1.0), np.zeros(60), np.full(60, np.nan)]
)
@pytest.mark.parametrize("name", ["teleport", "start"])
def test_a_vector_that_is_no_distribution_is_refused(name: str, bad: np.ndarray) -> None:
    with pytest.raises(ValueError, match=name):
        pagerank(random_edges(12).adjacency(weighted=False), **{name: bad})


@pytest.mark.parametrize("bad", [np.ones(3), np.full(60, 1.5), np.full(60, -0.1)])
def test_trust_outside_zero_to_one_is_refused(bad: np.ndarray) -> None:
    with pytest.raises(ValueError, match="trust"):
        pagerank(random_edges(13).adjacency(weighted=False), trust=bad)
