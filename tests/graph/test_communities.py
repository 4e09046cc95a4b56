from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.graph.communities import Communities, CommunitySettings, communities
from tests.graph.graphs import Edges, random_edges, some_edges


def edges_of(graph: nx.Graph) -> Edges:
    ends = np.array(graph.edges(), np.int32).reshape(-1, 2)
    n = graph.number_of_nodes()
    return Edges(n, ends[:, 0].copy(), ends[:, 1].copy(), np.ones(len(ends), np.float32))


def found_in(edges: Edges, seed: int = 1, **changes) -> Communities:
    graph = edges.adjacency(weighted=True)
    return communities(graph, seed=seed, settings=replace(CommunitySettings(), **changes))


def groups(labels: np.ndarray) -> list[set[int]]:
    return [set(np.flatnonzero(labels == c).tolist()) for c in range(labels.max() + 1)]


def simple(edges: Edges) -> nx.Graph:
    """The graph without directions, weights of both added."""
    graph = nx.Graph()
    graph.add_nodes_from(range(edges.n_nodes))
    for s, t, w in edges.oracle(weighted=True).edges(data="weight"):
        before = graph.get_edge_data(s, t, {"weight": 0.0})["weight"]
        graph.add_edge(s, t, weight=before + w)
    return graph


def planted(seed: int) -> tuple[Edges, np.ndarray]:
    """Ten groups of forty, links inside ten times as likely as the same number outside."""
    sizes = [40] * 10
    odds = np.full((10, 10), 0.01) + np.diag(np.full(10, 0.34))
    graph = nx.stochastic_block_model(sizes, odds.tolist(), seed=seed)
    return edges_of(graph), np.repeat(np.arange(10), sizes)


@pytest.mark.parametrize("seed", range(3))
def test_planted_groups_are_found(seed: int) -> None:
    edges, truth = planted(seed)
    found = found_in(edges, seed=seed)
    assert found.n_communities == 10
    assert {frozenset(g) for g in groups(found.labels)} == {frozenset(g) for g in groups(truth)}


@pytest.mark.parametrize("seed", range(3))
def test_modularity_is_that_of_networkx(seed: int) -> None:
    edges = random_edges(seed)
    found = found_in(edges, seed=seed)
    expected = nx.community.modularity(simple(edges), groups(found.labels))
    assert found.modularity == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_modularity_reaches_that_of_louvain(seed: int) -> None:
    graph = nx.powerlaw_cluster_graph(400, 3, 0.5, seed=seed)
    ours = found_in(edges_of(graph), seed=seed).modularity
    theirs = nx.community.louvain_communities(graph, seed=seed)
    assert ours >= nx.community.modularity(graph, theirs) - 0.005


def test_the_karate_club_comes_near_its_best_partition() -> None:
    """The best possible modularity is 0.4198 (Brandes et al., IEEE TKDE 20, 2008)."""
    graph = nx.Graph(nx.karate_club_graph().edges())
    best = max(found_in(edges_of(graph), seed=seed).modularity for seed in range(5))
    assert 0.415 <= best <= 0.4199


@given(some_edges(), st.integers(0, 5))
@settings(max_examples=25, deadline=None)
def test_every_community_is_connected(edges: Edges, seed: int) -> None:
    graph = simple(edges)
    for group in groups(found_in(edges, seed=seed).labels):
        assert nx.is_connected(graph.subgraph(group))


def test_the_same_seed_gives_the_same_labels() -> None:
    edges = random_edges(4, 300, 900)
    np.testing.assert_array_equal(found_in(edges).labels, found_in(edges).labels)


def test_another_seed_may_give_other_labels() -> None:
    edges = random_edges(4, 300, 900)
    assert any(
        not np.array_equal(found_in(edges).labels, found_in(edges, seed=seed).labels)
        for seed in range(2, 6)
    )


def test_the_largest_community_is_numbered_first() -> None:
    sizes = np.bincount(found_in(random_edges(5, 300, 900)).labels)
    assert np.all(np.diff(sizes) <= 0)
    assert sizes.min() >= 1


def test_nodes_without_links_are_alone() -> None:
    found = found_in(
        Edges(4, *(np.array([x], np.int32) for x in (0, 1)), np.ones(1, np.float32))
    )
    np.testing.assert_array_equal(found.labels, [0, 0, 1, 2])


def test_without_edges_modularity_is_zero() -> None:
    none = np.empty(0, np.int32)
    found = found_in(Edges(3, none, none, np.empty(0, np.float32)))
    assert found.modularity == 0
    assert found.n_communities == 3


def test_a_higher_resolution_gives_more_communities() -> None:
    edges = edges_of(nx.powerlaw_cluster_graph(400, 3, 0.5, seed=1))
    few, many = found_in(edges), found_in(edges, resolution=5.0)
    assert many.n_communities > few.n_communities


@pytest.mark.parametrize("change", [{"passes": 1}, {"levels": 1}])
def test_fewer_turns_find_no_better_communities(change: dict) -> None:
    edges = edges_of(nx.powerlaw_cluster_graph(1000, 3, 0.5, seed=2))
    assert found_in(edges, **change).modularity < found_in(edges).modularity
