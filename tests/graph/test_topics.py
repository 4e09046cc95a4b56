from dataclasses import replace

import numpy as np
import pytest

from mawj.graph.rank import RankSettings, pagerank
from mawj.graph.topics import topic_ranks
from tests.graph.graphs import random_edges

EXACT = RankSettings(rounds=60, tolerance=0, precision="float64")


def some_teleports(n: int, k: int) -> np.ndarray:
    return np.random.default_rng(n).integers(0, 3, (n, k)).astype(np.float32)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("k", [1, 16, 19])
def test_each_topic_gets_the_scores_of_a_run_of_its_own(k: int, weighted: bool) -> None:
    graph = random_edges(1, 300, 3000).adjacency(weighted=weighted)
    teleports = some_teleports(300, k)
    found = topic_ranks(graph, teleports, settings=EXACT)
    assert found.values.shape == (300, k)
    for topic in range(k):
        alone = pagerank(graph, settings=EXACT, teleport=teleports[:, topic])
        np.testing.assert_allclose(found.values[:, topic], alone.values, atol=1e-14)
        assert alone.change <= found.change[topic] * (1 + 1e-6) + 1e-15


def test_trust_holds_in_every_topic() -> None:
    graph = random_edges(3).adjacency(weighted=False)
    teleports, trust = some_teleports(60, 3), np.linspace(0, 1, 60)
    found = topic_ranks(graph, teleports, settings=EXACT, trust=trust)
    for topic in range(3):
        alone = pagerank(graph, settings=EXACT, teleport=teleports[:, topic], trust=trust)
        np.testing.assert_allclose(found.values[:, topic], alone.values, atol=1e-14)


def test_two_threads_give_the_bits_of_one() -> None:
    graph = random_edges(4, 2000, 20000).adjacency(weighted=False)
    teleports = some_teleports(2000, 16)
    one = topic_ranks(graph, teleports, settings=RankSettings(threads=1)).values
    two = topic_ranks(graph, teleports, settings=RankSettings(threads=2)).values
    np.testing.assert_array_equal(one, two)


def test_a_sweep_stops_when_its_slowest_topic_does() -> None:
    graph = random_edges(5).adjacency(weighted=False)
    teleports = some_teleports(60, 4)
    settings = replace(EXACT, tolerance=1e-6)
    found = topic_ranks(graph, teleports, settings=settings)
    assert len(set(found.rounds.tolist())) == 1
    assert 0 < found.change.max() < 1e-6
    for topic in range(4):
        alone = pagerank(graph, settings=settings, teleport=teleports[:, topic])
        # What is known is a bound, which may ask for one round more than the change itself.
        assert alone.rounds <= found.rounds[topic] + 1
        exact = pagerank(graph, settings=EXACT, teleport=teleports[:, topic])
        assert np.abs(found.values[:, topic] - exact.values).sum() < 1e-6 * 0.85 / 0.15


@pytest.mark.parametrize("rounds", [1, 2, 3])
def test_each_round_is_that_of_a_single_run(rounds: int) -> None:
    graph = random_edges(7).adjacency(weighted=True)
    teleports = some_teleports(60, 2)
    settings = replace(EXACT, rounds=rounds)
    found = topic_ranks(graph, teleports, settings=settings)
    alone = pagerank(graph, settings=settings, teleport=teleports[:, 1])
    np.testing.assert_allclose(found.values[:, 1], alone.values, atol=1e-14)
    assert found.rounds.tolist() == [rounds] * 2
    assert alone.change <= found.change[1]


def test_teleports_of_whole_numbers_or_columns_side_by_side_are_read_too() -> None:
    graph = random_edges(8).adjacency(weighted=False)
    teleports = some_teleports(60, 3)
    plain = topic_ranks(graph, teleports, settings=EXACT).values
    for other in (teleports.astype(np.int64), np.asfortranarray(teleports)):
        np.testing.assert_array_equal(topic_ranks(graph, other, settings=EXACT).values, plain)


def test_teleports_of_another_number_of_nodes_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        topic_ranks(random_edges(6).adjacency(weighted=False), some_teleports(59, 3))


def test_a_topic_without_any_restart_is_refused_by_name() -> None:
    teleports = some_teleports(60, 3)
    teleports[:, 2] = 0
    with pytest.raises(ValueError, match=r"teleports\[:, 2\]"):
        topic_ranks(random_edges(6).adjacency(weighted=False), teleports)
