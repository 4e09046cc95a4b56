"""Topic-sensitive PageRank: scores for many teleports, sixteen in one sweep of the edges."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from mawj.graph.adjacency import Adjacency, with_segments
from mawj.graph.arrays import Float64s, Floats
from mawj.graph.crew import Crew
from mawj.graph.lines import WIDTH
from mawj.graph.rank import RankSettings, lending
from mawj.graph.segments import Segments, SegmentSettings
from mawj.graph.sweeping import Sweep, copy_lines, hand_out, open_lines, round_of_lines

# Fewer rows and busy sources than for one vector, since each takes a whole line (our
# measurements: 8,192 rows fill half a second-level cache, the busy sources 8 MiB).
TILING = SegmentSettings(dense_sources=1 << 17, block_rows=1 << 13, pieces=16)


class TopicRanks(NamedTuple):
    """Scores of each topic.

    Attributes:
        values: [n, k] by the caller's ids; each column sums to 1.
        rounds: int64[k], rounds made.
        change: float64[k], the last change in sum.
    """

    values: Floats
    rounds: np.ndarray
    change: Float64s


def topic_ranks(
    adjacency: Adjacency,
    teleports: Floats,
    *,
    settings: RankSettings | None = None,
    trust: Floats | None = None,
    tiling: SegmentSettings = TILING,
) -> TopicRanks:
    """PageRank for each column of `teleports`, [n, k] by the caller's ids.

    Each column is what `pagerank` gives with that teleport. A group of sixteen stops when all
    of its columns have reached the tolerance. Needs 256 bytes a node in float32, and tiles of
    its own (2 to 4 bytes an edge, 64 more for each edge of a source that is not busy).

    Source: Haveliwala, Topic-Sensitive PageRank, WWW 2002.

    Raises:
        ValueError: as `pagerank`, for the first column that is no distribution.
    """
    settings = settings or RankSettings()
    dtype = np.dtype(settings.precision)
    totals = column_sums(adjacency, teleports)
    n, k = adjacency.n_nodes, teleports.shape[1]
    lend, keep = lending(adjacency, trust, dtype)
    tiles = with_segments(adjacency, replace(tiling, threads=settings.threads)).segments
    assert tiles is not None
    values, rounds, change = np.empty((n, k), dtype), np.empty(k, np.int64), np.empty(k)
    for first in range(0, k, WIDTH):
        part = slice(first, min(first + WIDTH, k))
        rank, flow, after, teleport = (np.zeros((n, WIDTH), dtype) for _ in range(4))
        sweep = Sweep(rank, flow, after, lend, keep, teleport)
        # Contiguous, since any other layout would be another type and compile anew.
        mine = np.array(teleports[:, part], dtype, order="C")
        open_lines(mine, adjacency.order, totals[part], sweep)
        rounds[part], last = sweep_rounds(sweep, tiles, settings)
        change[part] = last[: part.stop - first]
        hand_out(rank, adjacency.order, mine)
        values[:, part] = mine
    return TopicRanks(values, rounds, change)


def column_sums(adjacency: Adjacency, teleports: Floats) -> Float64s:
    """The sum of each column, which must be a distribution but for its scale."""
    if teleports.ndim != 2 or teleports.shape[0] != adjacency.n_nodes:
        raise ValueError(f"teleports has shape {teleports.shape}, not ({adjacency.n_nodes}, k)")
    totals = teleports.sum(axis=0, dtype=np.float64)
    least = teleports.min(axis=0, initial=0)
    for column, total in enumerate(totals):
        if not np.isfinite(total) or total <= 0 or least[column] < 0:
            name = f"teleports[:, {column}]"
            raise ValueError(f"{name} must be finite, at least 0 and not all 0")
    return np.asarray(totals)


def sweep_rounds(sweep: Sweep, tiles: Segments, settings: RankSettings) -> tuple[int, Float64s]:
    """Rounds for sixteen vectors; rounds made and the last change of each."""
    kept = np.einsum("i,ik->k", sweep.keep, sweep.rank, dtype=np.float64)
    change = np.full(WIDTH, np.inf)
    with Crew(settings.threads) as crew:
        pull = sweep_over(tiles, crew, settings.precision)
        for made in range(1, settings.rounds + 1):
            restart = 1 - settings.damping + settings.damping * kept
            change, kept = pull(sweep, np.append(restart, settings.damping))
            sweep = sweep._replace(flow=sweep.next_flow, next_flow=sweep.flow)
            if change.max() < settings.tolerance:
                return made, change
    return settings.rounds, change


def sweep_over(
    tiles: Segments, crew: Crew, precision: str
) -> Callable[[Sweep, Float64s], Float64s]:
    """What makes one round: each sparse segment copies its flows, then each block adds up."""
    cuts, dense, sparse = tiles.cuts, tiles.dense, tiles.sparse
    totals = np.zeros((cuts.size - 1, 2, WIDTH))
    copied = np.empty((sparse.source.size, WIDTH), precision)

    def pull(sweep: Sweep, now: Float64s) -> Float64s:
        def copy(segment: int) -> None:
            copy_lines(segment, dense.n_rows.shape[1], sparse, sweep.flow, copied)

        def block(b: int) -> None:
            at = (b, cuts[b], cuts[b + 1])
            round_of_lines(at, (dense, sparse, copied), sweep, now, totals[b])

        crew.share(copy, sparse.start.shape[0])
        crew.share(block, cuts.size - 1)
        return np.asarray(totals.sum(axis=0))

    return pull
