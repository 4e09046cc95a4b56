"""One round of PageRank on a crew of threads, by whichever layout the graph has."""

from collections.abc import Callable

import numpy as np

from mawj.graph import tiles
from mawj.graph.adjacency import Adjacency
from mawj.graph.crew import Crew
from mawj.graph.pulling import Links, Round, Scores, Totals, round_of_rows
from mawj.graph.rows import PIECES, equal_cuts
from mawj.graph.segments import Segments

Pull = Callable[[Scores, Round], Totals]


def pull_over(adjacency: Adjacency, crew: Crew, precision: str) -> Pull:
    """What makes one round: by tiles where the graph has them, else row by row."""
    if adjacency.segments is None:
        return pull_by_rows(adjacency, crew)
    return pull_by_tiles(adjacency.segments, crew, precision)


def links_of(adjacency: Adjacency) -> Links:
    """Row pointers, sources and weights, the last empty where each edge counts 1."""
    weight = adjacency.in_weight
    return (
        adjacency.in_ptr,
        adjacency.in_idx,
        np.empty(0, np.float32) if weight is None else weight,
    )


def pull_by_rows(adjacency: Adjacency, crew: Crew) -> Pull:
    """Each piece is a run of rows with about as many edges as any other."""
    links = links_of(adjacency)
    cuts = equal_cuts(adjacency.in_ptr, PIECES)
    totals = np.zeros((cuts.size - 1, 2), np.float64)

    def pull(scores: Scores, now: Round) -> Totals:
        def piece(i: int) -> None:
            totals[i] = round_of_rows((cuts[i], cuts[i + 1]), links, scores, now)

        crew.share(piece, cuts.size - 1)
        return float(totals[:, 0].sum()), float(totals[:, 1].sum())

    return pull


def pull_by_tiles(segments: Segments, crew: Crew, precision: str) -> Pull:
    """First each sparse segment copies its flows, then each block adds up its rows."""
    cuts, dense, sparse = segments.cuts, segments.dense, segments.sparse
    totals = np.zeros((cuts.size - 1, 2), np.float64)
    copied = np.empty(sparse.source.size, precision)

    def pull(scores: Scores, now: Round) -> Totals:
        def copy(segment: int) -> None:
            tiles.copy_flows(segment, dense.n_rows.shape[1], sparse, scores.flow, copied)

        def block(b: int) -> None:
            span = (cuts[b], cuts[b + 1])
            totals[b] = tiles.round_of_block(b, span, (dense, sparse, copied), scores, now)

        crew.share(copy, sparse.start.shape[0])
        crew.share(block, cuts.size - 1)
        return float(totals[:, 0].sum()), float(totals[:, 1].sum())

    return pull
