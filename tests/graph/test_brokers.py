import networkx as nx
import numpy as np
import pytest

from mawj.graph.brokers import BetweennessSettings, participation, sampled_betweenness
from mawj.graph.symmetry import undirected
from tests.graph.graphs import Edges, random_edges


def between(edges: Edges, pivots: int, seed: int = 1, threads: int = 2):
    graph = edges.adjacency(weighted=False)
    settings = BetweennessSettings(pivots, threads)
    return sampled_betweenness(graph, seed=seed, settings=settings)


def star(communities: list[int]) -> tuple[Edges, np.ndarray]:
    """Node 0 linked to one node of each community named."""
    n = len(communities) + 1
    ends = np.zeros(n - 1, np.int32), np.arange(1, n, dtype=np.int32)
    labels = np.array([communities[0], *communities], np.int32)
    return Edges(n, *ends, np.ones(n - 1, np.float32)), labels


@pytest.mark.parametrize(
    ("communities", "expected"),
    [([0, 0, 0, 0], 0.0), ([0, 0, 1, 1], 0.5), ([0, 1, 2, 3], 0.75), ([0, 0, 0, 1], 0.375)],
)
def test_participation_is_one_less_the_squared_shares(communities, expected) -> None:
    edges, labels = star(communities)
    found = participation(edges.adjacency(weighted=False), labels)
    assert found.values[0] == pytest.approx(expected)
    assert found.strength[0] == 4


def test_weights_and_both_directions_count_for_participation() -> None:
    """Node 0 has weight 3 to community 1 and 1 to community 2."""
    source, target = np.array([0, 1, 0], np.int32), np.array([1, 0, 2], np.int32)
    edges = Edges(3, source, target, np.array([1, 2, 1], np.float32))
    found = participation(edges.adjacency(weighted=True), np.array([0, 1, 2], np.int32))
    np.testing.assert_allclose(found.values, [1 - (0.75**2 + 0.25**2), 0, 0])
    np.testing.assert_allclose(found.strength, [4, 3, 1])


def test_a_node_without_links_has_no_strength() -> None:
    edges, labels = star([0, 1])
    lonely = Edges(4, edges.source, edges.target, edges.weight)
    found = participation(
        lonely.adjacency(weighted=False), np.append(labels, 0).astype(np.int32)
    )
    assert (found.values[3], found.strength[3]) == (0, 0)


@pytest.mark.parametrize("bad", [np.zeros(2, np.int32), np.full(60, -1, np.int32)])
def test_labels_that_do_not_fit_are_refused(bad: np.ndarray) -> None:
    with pytest.raises(ValueError, match="labels"):
        participation(random_edges(1).adjacency(weighted=False), bad)


@pytest.mark.parametrize("seed", range(3))
def test_all_nodes_as_pivots_give_the_betweenness_of_networkx(seed: int) -> None:
    edges = random_edges(seed)
    found = between(edges, 60)
    expected = nx.betweenness_centrality(edges.oracle(weighted=False))
    np.testing.assert_allclose(found.values, [expected[v] for v in range(60)], atol=1e-12)
    np.testing.assert_array_equal(found.standard_error, np.zeros(60))


def test_directions_can_be_ignored() -> None:
    edges = random_edges(4)
    graph = undirected(edges.adjacency(weighted=False))
    found = sampled_betweenness(graph, seed=1).values
    expected = nx.betweenness_centrality(edges.oracle(weighted=False).to_undirected())
    np.testing.assert_allclose(found, [expected[v] for v in range(60)], atol=1e-12)


def test_estimates_scatter_round_the_truth_as_their_errors_say() -> None:
    edges = random_edges(5, 100, 600)
    truth = between(edges, 100).values
    tries = [between(edges, 40, seed) for seed in range(60)]
    values = np.array([found.values for found in tries])
    errors = np.array([found.standard_error for found in tries])
    foremost = np.argsort(-truth)[:10]
    said = np.sqrt((errors[:, foremost] ** 2).mean())
    seen = np.sqrt(((values - truth)[:, foremost] ** 2).mean())
    assert seen == pytest.approx(said, rel=0.2)
    assert np.abs((values.mean(0) - truth)[foremost]).max() < 4 * said / np.sqrt(60)


def test_the_number_of_threads_changes_no_bit() -> None:
    edges = random_edges(6, 200, 1000)
    one, two = between(edges, 50, threads=1), between(edges, 50, threads=2)
    np.testing.assert_array_equal(one.values, two.values)
    np.testing.assert_array_equal(one.standard_error, two.standard_error)


def test_one_pivot_is_refused() -> None:
    with pytest.raises(ValueError, match="2 pivots"):
        between(random_edges(7), 1)
