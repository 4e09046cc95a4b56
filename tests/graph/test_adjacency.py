import numpy as np
import pytest
from hypothesis import given, settings

from mawj.graph.adjacency import (
    Adjacency,
    AdjacencySettings,
    EdgeBlock,
    adjacency,
    adjacency_from_blocks,
)
from mawj.graph.rows import equal_cuts
from tests.graph.graphs import Edges, random_edges, some_edges


def edges_of(graph: Adjacency) -> dict[tuple[int, int], float]:
    """Every kept edge by the caller's ids, with its weight."""
    found = {}
    for row in range(graph.n_nodes):
        for e in range(graph.in_ptr[row], graph.in_ptr[row + 1]):
            ends = (int(graph.order[graph.in_idx[e]]), int(graph.order[row]))
            assert ends not in found
            found[ends] = 1.0 if graph.in_weight is None else float(graph.in_weight[e])
    return found


@pytest.mark.parametrize("weighted", [False, True])
def test_rows_hold_the_edges_of_networkx(weighted: bool) -> None:
    edges = random_edges(1)
    expected = {(s, t): w for s, t, w in edges.oracle(weighted=weighted).edges(data="weight")}
    assert edges_of(edges.adjacency(weighted=weighted)) == expected


def test_self_loops_stay_when_asked_for() -> None:
    source, target = np.array([0, 1], np.int32), np.array([0, 0], np.int32)
    kept = adjacency(source, target, 2, settings=AdjacencySettings(keep_loops=True))
    assert edges_of(kept) == {(0, 0): 1.0, (1, 0): 1.0}
    assert edges_of(adjacency(source, target, 2)) == {(1, 0): 1.0}


def test_sources_with_most_edges_are_numbered_first() -> None:
    graph = random_edges(2).adjacency(weighted=False)
    out = np.bincount(graph.in_idx, minlength=graph.n_nodes)
    np.testing.assert_array_equal(out, graph.out_weight)
    assert graph.out_weight[0] == graph.out_weight.max()
    has_out = np.flatnonzero(graph.out_weight > 0)
    np.testing.assert_array_equal(has_out, np.arange(has_out.size))


def test_number_and_id_lead_to_each_other() -> None:
    graph = random_edges(3).adjacency(weighted=False)
    np.testing.assert_array_equal(graph.order[graph.rank_of], np.arange(graph.n_nodes))


def test_sources_ascend_in_each_row() -> None:
    graph = random_edges(4).adjacency(weighted=True)
    for row in range(graph.n_nodes):
        assert np.all(np.diff(graph.in_idx[graph.in_ptr[row] : graph.in_ptr[row + 1]]) > 0)


@given(some_edges())
@settings(max_examples=25, deadline=None)
def test_the_order_of_edges_changes_no_bit(edges: Edges) -> None:
    backwards = Edges(edges.n_nodes, edges.source[::-1], edges.target[::-1], edges.weight[::-1])
    one, other = edges.adjacency(weighted=True), backwards.adjacency(weighted=True)
    np.testing.assert_array_equal(one.in_ptr, other.in_ptr)
    np.testing.assert_array_equal(one.in_idx, other.in_idx)
    np.testing.assert_array_equal(one.in_weight, other.in_weight)
    np.testing.assert_array_equal(one.out_weight, other.out_weight)


def test_blocks_give_what_the_whole_gives() -> None:
    edges = random_edges(5)

    def blocks():
        for first in range(0, edges.source.size, 7):
            part = slice(first, first + 7)
            yield EdgeBlock(edges.source[part], edges.target[part], edges.weight[part])

    assert edges_of(adjacency_from_blocks(blocks, edges.n_nodes)) == edges_of(
        edges.adjacency(weighted=True)
    )


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_the_number_of_threads_changes_nothing(threads: int) -> None:
    edges = random_edges(6, 500, 4000)
    graph = edges.adjacency(weighted=True, settings=AdjacencySettings(threads=threads))
    assert edges_of(graph) == edges_of(edges.adjacency(weighted=True))


@pytest.mark.parametrize("weighted", [False, True])
def test_what_is_saved_is_loaded(tmp_path, weighted: bool) -> None:
    random_edges(7).adjacency(weighted=True).save(tmp_path / "graph")
    graph = random_edges(8).adjacency(weighted=weighted)
    graph.save(tmp_path / "graph")
    loaded = Adjacency.load(tmp_path / "graph")
    assert isinstance(loaded.in_idx, np.memmap)
    assert (loaded.in_weight is None) is not weighted
    assert edges_of(loaded) == edges_of(graph)
    np.testing.assert_array_equal(loaded.out_weight, graph.out_weight)


@pytest.mark.parametrize("bad", [-1, 3])
def test_an_id_outside_is_refused_with_its_place(bad: int) -> None:
    with pytest.raises(ValueError, match=rf"edge 1 .*, {bad} -> 0, is outside 0\.\.2"):
        adjacency(np.array([0, bad], np.int32), np.array([1, 0], np.int32), 3)


@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan, np.inf])
def test_a_weight_that_is_not_above_zero_is_refused(bad: float) -> None:
    ends = np.array([0, 1], np.int32)
    with pytest.raises(ValueError, match="above 0"):
        adjacency(ends, ends[::-1], 2, weight=np.array([1, bad], np.float32))


def test_a_second_reading_that_differs_is_refused() -> None:
    ends, more = np.array([0, 1], np.int32), np.array([0, 1, 1], np.int32)
    readings = [EdgeBlock(ends, 1 - ends), EdgeBlock(more, 1 - more)]
    with pytest.raises(ValueError, match="second reading"):
        adjacency_from_blocks(lambda: [readings.pop(0)], 2)


def test_some_blocks_with_weights_and_some_without_are_refused() -> None:
    ends = np.array([0, 1], np.int32)
    weight = np.ones(2, np.float32)
    with pytest.raises(ValueError, match="all blocks"):
        adjacency_from_blocks(
            lambda: [EdgeBlock(ends, 1 - ends), EdgeBlock(ends, 1 - ends, weight)], 2
        )


def test_arrays_of_different_length_are_refused() -> None:
    ends = np.array([0, 1], np.int32)
    with pytest.raises(ValueError, match="differ in length"):
        adjacency(ends, ends[:1], 2)
    with pytest.raises(ValueError, match="differ in length"):
        adjacency(ends, ends, 2, weight=np.ones(1, np.float32))


def test_cuts_share_edges_and_rows_about_equally() -> None:
    ptr = np.concatenate(([0], np.cumsum(np.full(1000, 3)))).astype(np.int64)
    cuts = equal_cuts(ptr, 8)
    assert cuts[0] == 0
    assert cuts[-1] == 1000
    assert np.diff(cuts).max() <= 126
