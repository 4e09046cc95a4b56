import numpy as np
import pytest

from mawj.graph.adjacency import Adjacency, AdjacencySettings, with_segments
from mawj.graph.rank import RankSettings, pagerank
from mawj.graph.segments import Segments, SegmentSettings, block_cuts
from tests.graph.graphs import random_edges

EXACT = RankSettings(rounds=60, tolerance=0, precision="float64")
SINGLE = RankSettings(rounds=60, tolerance=0)
LARGE = random_edges(1, 3000, 12_000)
PLAIN = AdjacencySettings(segment_from=1 << 30)


@pytest.fixture(scope="module", params=[False, True], ids=["unweighted", "weighted"])
def plain(request) -> Adjacency:
    return LARGE.adjacency(weighted=request.param, settings=PLAIN)


def tiles_of(graph: Adjacency) -> Segments:
    assert graph.segments is not None
    return graph.segments


@pytest.mark.parametrize("dense_sources", [0, 1 << 10, 1 << 20])
def test_tiles_give_the_scores_of_rows(plain: Adjacency, dense_sources: int) -> None:
    tiled = with_segments(plain, SegmentSettings(dense_sources, source_bits=8))
    expected = pagerank(plain, settings=EXACT).values
    assert np.abs(pagerank(tiled, settings=EXACT).values - expected).sum() < 1e-12
    assert np.abs(pagerank(tiled, settings=SINGLE).values - expected).sum() < 1e-6


def test_every_edge_lies_in_one_kind_of_tile(plain: Adjacency) -> None:
    tiles = tiles_of(with_segments(plain, SegmentSettings(1 << 10, source_bits=8)))
    assert tiles.dense.source.size > tiles.sparse.source.size > 0
    assert tiles.dense.source.size + tiles.sparse.source.size == plain.n_edges
    assert tiles.dense.n_rows[..., 8].sum() > 0


def test_small_dense_graphs_fit_tiles_too() -> None:
    graph = random_edges(2, 50, 2000).adjacency(weighted=False)
    expected = pagerank(graph, settings=EXACT).values
    found = pagerank(with_segments(graph), settings=EXACT).values
    np.testing.assert_allclose(found, expected, atol=1e-14)


def test_graphs_without_edges_have_tiles_without_edges() -> None:
    graph = random_edges(3, 20, 0).adjacency(weighted=False)
    np.testing.assert_allclose(pagerank(with_segments(graph), settings=EXACT).values, 0.05)


def test_tiles_are_made_from_the_size_set() -> None:
    edges = random_edges(4)
    small = AdjacencySettings(segment_from=61)
    assert edges.adjacency(weighted=False, settings=small).segments is None
    large = AdjacencySettings(segment_from=60)
    assert edges.adjacency(weighted=False, settings=large).segments is not None


def test_tiles_and_scores_are_the_same_for_any_number_of_threads(plain: Adjacency) -> None:
    found = []
    for threads in (1, 2, 3):
        tiled = with_segments(plain, SegmentSettings(1 << 10, source_bits=8, threads=threads))
        settings = RankSettings(rounds=5, tolerance=0, threads=threads)
        found.append(pagerank(tiled, settings=settings).values)
    np.testing.assert_array_equal(found[0], found[1])
    np.testing.assert_array_equal(found[0], found[2])


def test_tiles_that_are_saved_are_loaded(plain: Adjacency, tmp_path) -> None:
    tiled = with_segments(plain, SegmentSettings(1 << 10, source_bits=8))
    tiled.save(tmp_path)
    loaded = Adjacency.load(tmp_path)
    for one, other in zip(tiles_of(tiled).dense, tiles_of(loaded).dense, strict=True):
        np.testing.assert_array_equal(one, other)
    for one, other in zip(tiles_of(tiled).sparse, tiles_of(loaded).sparse, strict=True):
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(
        pagerank(loaded, settings=SINGLE).values, pagerank(tiled, settings=SINGLE).values
    )
    plain.save(tmp_path)
    assert Adjacency.load(tmp_path).segments is None


def test_blocks_have_no_more_rows_than_allowed() -> None:
    cuts = block_cuts(np.zeros(1_000_001, np.int64), 3, 1000)
    assert np.diff(cuts).max() <= 1000
    assert (cuts[0], cuts[-1]) == (0, 1_000_000)


def test_places_that_do_not_fit_sixteen_bits_are_refused() -> None:
    with pytest.raises(ValueError, match="16 bits"):
        SegmentSettings(source_bits=17)
    with pytest.raises(ValueError, match="16 bits"):
        SegmentSettings(block_rows=1 << 17)


@pytest.mark.parametrize(
    ("bits", "rows", "pieces"), [(1, 7, 1), (3, 65536, 2), (16, 3, 64), (5, 16, 4)]
)
def test_any_shape_of_tiles_gives_the_scores(bits: int, rows: int, pieces: int) -> None:
    graph = random_edges(5).adjacency(weighted=True)
    tiled = with_segments(graph, SegmentSettings(32, bits, rows, pieces))
    expected = pagerank(graph, settings=EXACT).values
    np.testing.assert_allclose(pagerank(tiled, settings=EXACT).values, expected, atol=1e-14)
