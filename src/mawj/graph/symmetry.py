"""A directed graph read without its directions."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from mawj.graph.adjacency import (
    Adjacency,
    AdjacencySettings,
    EdgeBlock,
    adjacency_from_blocks,
)
from mawj.graph.rows import PIECES, equal_cuts


def undirected(adjacency: Adjacency, *, threads: int = 2) -> Adjacency:
    """The graph with each edge in both directions; where both exist their weights add up.

    Always weighted. A loop counts once in its row, with twice its weight, so that a row's
    weights sum to its degree as modularity counts it (Newman, Physical Review E 70, 2004).
    """
    cuts = equal_cuts(adjacency.in_ptr, PIECES)

    def both_ways() -> Iterator[EdgeBlock]:
        for first, last in pairwise(cuts):
            start, end = adjacency.in_ptr[first], adjacency.in_ptr[last]
            sizes = np.diff(adjacency.in_ptr[first : last + 1])
            target = np.repeat(adjacency.order[first:last], sizes)
            source = adjacency.order[adjacency.in_idx[start:end]]
            weight = np.ones(source.size, np.float32)
            if adjacency.in_weight is not None:
                weight = np.asarray(adjacency.in_weight[start:end])
            yield EdgeBlock(source, target, weight)
            yield EdgeBlock(target, source, weight)

    settings = AdjacencySettings(keep_loops=True, threads=threads)
    return adjacency_from_blocks(both_ways, adjacency.n_nodes, settings=settings)
