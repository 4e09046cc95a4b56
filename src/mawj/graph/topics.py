"""Topic-sensitive PageRank: scores for many teleports, sixteen in one sweep of the edges."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from mawj.graph.adjacency import Adjacency, with_segments
from mawj.graph.arrays import Float64s, Floats, Int64s
from mawj.graph.crew import Crew
from mawj.graph.lines import WIDTH
from mawj.graph.rank import RankSettings, lending
from mawj.graph.rows import PIECES
from mawj.graph.segments import Segments, SegmentSettings
from mawj.graph.sweeping import (
    Columns,
    Sweep,
    copy_lines,
    hand_out,
    open_lines,
    round_of_lines,
    sum_columns,
)

# Fewer rows and busy sources than for one vector, since each takes a whole line (our
# measurements: 16,384 rows are 1 MiB, the busy sources 16 MiB).
TILING = SegmentSettings(dense_sources=1 << 18, block_rows=1 << 14, pieces=16)


class TopicRanks(NamedTuple):
    """Scores of each topic.

    Attributes:
        values: [n, k] by the caller's ids; each column sums to 1.
        rounds: int64[k], rounds made.
        change: float64[k], at most so much changed in sum in the last round.
    """

    values: Floats
    rounds: Int64s
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

    Each column is what `pagerank` gives with that teleport. A group of sixteen stops once none
    of its columns can change by the tolerance or more. Beside teleports and values it needs
    192 bytes in float32 for each node that has out-edges, and tiles of its own (2 to 4 bytes
    an edge, 64 more for each edge of a source that is not busy).

    Source: Haveliwala, Topic-Sensitive PageRank, WWW 2002.

    Raises:
        ValueError: as `pagerank`, for the first column that is no distribution.
    """
    settings = settings or RankSettings()
    dtype = np.dtype(settings.precision)
    # Two types only, in one layout, since any other would compile anew.
    known = teleports.dtype in (np.float32, np.float64)
    teleports = np.ascontiguousarray(teleports, None if known else np.float64)
    lend, _ = lending(adjacency, trust, dtype)
    n, k = adjacency.n_nodes, teleports.shape[-1]
    values, rounds, change = np.empty((n, k), dtype), np.empty(k, np.int64), np.empty(k)
    with Crew(settings.threads) as crew:
        totals = column_sums(adjacency, teleports, crew)
        tiles = with_segments(adjacency, replace(tiling, threads=settings.threads)).segments
        assert tiles is not None
        sweep, work = room_for(adjacency, lend, tiles)
        for start in range(0, k, WIDTH):
            part = slice(start, min(start + WIDTH, k))
            group = Group(adjacency, Columns(teleports, totals[part], start), values)
            rounds[part], last = sweep_rounds(group, sweep, work, crew, settings)
            change[part] = last[: part.stop - start]
    return TopicRanks(values, rounds, change)


class Group(NamedTuple):
    """The graph, some columns of teleports, and the values, whose same columns are set."""

    adjacency: Adjacency
    columns: Columns
    values: Floats


class Work(NamedTuple):
    """The tiles, room for the flows of sparse edges, and how many blocks hold the sources."""

    tiles: Segments
    copied: Floats
    n_blocks: int


def room_for(adjacency: Adjacency, lend: Floats, tiles: Segments) -> tuple[Sweep, Work]:
    """Arrays for a sweep, not filled yet; they serve one group after the other."""
    # Sources come first in the numbering, so the last of them tells how many there are.
    n_sources = int(np.count_nonzero(adjacency.out_weight))
    n_blocks = int(np.searchsorted(tiles.cuts, n_sources))
    n_rows = int(tiles.cuts[n_blocks])
    flow, next_flow, teleport = (np.empty((n_rows, WIDTH), lend.dtype) for _ in range(3))
    own = (lend[:n_rows], adjacency.out_weight[:n_rows])
    sweep = Sweep(flow, next_flow, teleport, *own)
    copied = np.empty((tiles.sparse.source.size, WIDTH), lend.dtype)
    return sweep, Work(tiles, copied, n_blocks)


def column_sums(adjacency: Adjacency, teleports: Floats, crew: Crew) -> Float64s:
    """The sum of each column, which must be a distribution but for its scale."""
    if teleports.ndim != 2 or teleports.shape[0] != adjacency.n_nodes:
        raise ValueError(f"teleports has shape {teleports.shape}, not ({adjacency.n_nodes}, k)")
    cuts = np.linspace(0, adjacency.n_nodes, PIECES + 1).astype(np.int64)
    sums, least = np.empty((2, PIECES, teleports.shape[1]))
    crew.share(
        lambda i: sum_columns((cuts[i], cuts[i + 1]), teleports, sums[i], least[i]), PIECES
    )
    totals, lowest = sums.sum(axis=0), least.min(axis=0)
    for column, total in enumerate(totals):
        if not np.isfinite(total) or total <= 0 or not lowest[column] >= 0:
            name = f"teleports[:, {column}]"
            raise ValueError(f"{name} must be finite, at least 0 and not all 0")
    return np.asarray(totals)


def sweep_rounds(
    group: Group, sweep: Sweep, work: Work, crew: Crew, settings: RankSettings
) -> tuple[int, Float64s]:
    """Rounds for sixteen vectors; rounds made, and the most each can have changed in the last.

    A round changes the scores in sum by at most the damping times what the round before
    changed of what sources lend and of what restarts: so the last round, the only one that
    works out all scores, need not know the scores before it.
    """
    lent = opened(group, sweep, crew)
    # Two distributions differ by no more in sum.
    bound, made = np.full(WIDTH, 2.0), 1
    while made < settings.rounds and bound.max() >= settings.tolerance:
        moved, lent_now = pull_sources(sweep, work, crew, restart_of(lent, settings))
        bound = settings.damping * (moved + np.abs(lent_now - lent))
        lent, sweep = lent_now, sweep._replace(flow=sweep.next_flow, next_flow=sweep.flow)
        made += 1
    pull_all(group, sweep.flow, work, crew, restart_of(lent, settings))
    return made, bound


def restart_of(lent: Float64s, settings: RankSettings) -> Float64s:
    """What restarts of each column, then the damping; all that is not lent is kept."""
    return np.append(1 - settings.damping * lent, settings.damping)


def opened(group: Group, sweep: Sweep, crew: Crew) -> Float64s:
    """Start from the teleports; what is lent of each column."""
    cuts = np.linspace(0, sweep.lend.size, PIECES + 1).astype(np.int64)
    lent = np.zeros((PIECES, WIDTH))

    def piece(i: int) -> None:
        span, order = (cuts[i], cuts[i + 1]), group.adjacency.order
        lent[i] = open_lines(span, group.columns, order, sweep)

    crew.share(piece, PIECES)
    return np.asarray(lent.sum(axis=0))


def copy_flows(flow: Floats, work: Work, crew: Crew, n_blocks: int) -> None:
    """Copy the flows of sparse edges into the first blocks, segment by segment."""
    dense, sparse = work.tiles.dense, work.tiles.sparse
    until = (dense.n_rows.shape[1], n_blocks)
    crew.share(lambda i: copy_lines(i, until, sparse, flow, work.copied), sparse.start.shape[0])


def pull_sources(
    sweep: Sweep, work: Work, crew: Crew, now: Float64s
) -> tuple[Float64s, Float64s]:
    """One round for the sources: how much of what they lend moved, and how much they lend."""
    cuts, tiles = work.tiles.cuts, (work.tiles.dense, work.tiles.sparse, work.copied)
    totals = np.zeros((work.n_blocks, 2, WIDTH))
    copy_flows(sweep.flow, work, crew, work.n_blocks)

    def block(b: int) -> None:
        round_of_lines((b, cuts[b], cuts[b + 1]), tiles, sweep, now, totals[b])

    crew.share(block, work.n_blocks)
    moved, lent = totals.sum(axis=0)
    return moved, lent


def pull_all(group: Group, flow: Floats, work: Work, crew: Crew, now: Float64s) -> None:
    """The last round, for all nodes, into the group's columns of the values."""
    cuts, tiles = work.tiles.cuts, (work.tiles.dense, work.tiles.sparse, work.copied)
    ranks = (flow, group.adjacency.order, group.values)
    copy_flows(flow, work, crew, cuts.size - 1)

    def block(b: int) -> None:
        hand_out((b, cuts[b], cuts[b + 1]), tiles, group.columns, ranks, now)

    crew.share(block, cuts.size - 1)
