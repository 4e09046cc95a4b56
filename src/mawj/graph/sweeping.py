"""Compiled rounds of PageRank for sixteen teleports at once.

Sixteen float32 flows of a node are one line of the cache, so that one read from memory serves
sixteen vectors.

Nodes without out-edges lend nothing, and what they hold is what is left of the whole. So the
rounds keep only the flows of sources; the scores of all nodes are worked out once, at the end.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mawj.graph.arrays import Float32s, Float64s, Floats, Int32s, Integers
from mawj.graph.lines import (
    WIDTH,
    add_four_lines,
    add_line,
    copy_line,
    flow_line,
    prefetch_line,
)
from mawj.graph.pulling import Span
from mawj.graph.tiles import LONG, Dense, Sparse

AHEAD = np.uint64(16)  # edges between asking for a line and using it (our measurements)


class Columns(NamedTuple):
    """At most sixteen columns of the caller's teleports, and their sums.

    Attributes:
        teleports: [n, k] by the caller's ids.
        totals: float64[16 at most], the sums of the columns from `start` on.
        start: the first of these columns.
    """

    teleports: Floats
    totals: Float64s
    start: int


class Sweep(NamedTuple):
    """What rounds read and write, by new number, for the nodes with out-edges.

    Attributes:
        flow: [s, 16], what a node lends per unit of edge weight, from the round before.
        next_flow: [s, 16], the same for the round to come.
        teleport: [s, 16], where restarts go; columns sum to at most 1.
        lend: [s], the factor from score to flow.
        out_weight: float64[s], the factor from flow to the score lent.
    """

    flow: Floats
    next_flow: Floats
    teleport: Floats
    lend: Floats
    out_weight: Float64s


@njit(cache=True, nogil=True)
def sum_columns(span: Span, teleports: Floats, sums: Float64s, least: Float64s) -> None:
    """The sum and the least value of each column over the rows of `span`."""
    sums[:], least[:] = 0, np.inf
    for i in range(span[0], span[1]):
        for k in range(sums.size):
            value = np.float64(teleports[i, k])
            sums[k] += value
            # Not min(), which would let NaN pass.
            if not value >= least[k]:
                least[k] = value


@njit(cache=True, nogil=True)
def open_lines(span: Span, columns: Columns, order: Int32s, sweep: Sweep) -> Float64s:
    """Fill flow and teleport of the nodes of `span`; what is lent of each column.

    Columns beyond those there are stay at 0.
    """
    teleports, totals, start = columns
    lent = np.zeros(WIDTH)
    for i in range(span[0], span[1]):
        line = teleports[order[i], start:]
        sweep.teleport[i] = 0
        sweep.flow[i] = 0
        for k in range(totals.size):
            share = sweep.flow.dtype.type(line[k] / totals[k])
            sweep.teleport[i, k] = share
            sweep.flow[i, k] = share * sweep.lend[i]
            lent[k] += sweep.flow[i, k] * sweep.out_weight[i]
    return lent


@njit(cache=True, nogil=True)
def add_lines(run: Span, source: Integers, flow: Floats, line: Floats) -> None:
    """Add to `line` the flows of the sources of a run of edges, asking for later ones ahead."""
    one, two, three, four = np.uint64(1), np.uint64(2), np.uint64(3), np.uint64(4)
    e, end = np.uint64(run[0]), np.uint64(run[1])
    same, last = flow.dtype.type(1), np.uint64(source.size - 1)
    while e + four <= end:
        for k in range(4):
            prefetch_line(flow, np.uint64(source[min(e + AHEAD + np.uint64(k), last)]))
        a, b = np.uint64(source[e]), np.uint64(source[e + one])
        c, d = np.uint64(source[e + two]), np.uint64(source[e + three])
        add_four_lines(line, flow, (a, b, c, d))
        e += four
    while e < end:
        prefetch_line(flow, np.uint64(source[min(e + AHEAD, last)]))
        add_line(line, flow, np.uint64(source[e]), same)
        e += one


@njit(cache=True, nogil=True)
def add_weighted_lines(
    run: Span, edges: tuple[Integers, Float32s], flow: Floats, line: Floats
) -> None:
    """Add to `line` the flows of a run of edges, each times its edge's weight."""
    source, weight = edges
    for e in range(np.uint64(run[0]), np.uint64(run[1])):
        add_line(line, flow, np.uint64(source[e]), weight[e])


@njit(cache=True, nogil=True)
def add_tile(at: Span, dense: Dense, flow: Floats, pulled: Floats) -> None:
    """Add the flows of one dense tile (of a block and a segment) to the rows of its block."""
    r, e, more = dense.start[at[0], at[1]]
    for c in range(LONG + 1):
        for _ in range(dense.n_rows[at[0], at[1], c]):
            end = e + c + 1
            if c == LONG:
                end = e + dense.length[more]
                more += 1
            line = pulled[dense.row[r]]
            if dense.weight.size > 0:
                add_weighted_lines((e, end), (dense.source, dense.weight), flow, line)
            else:
                add_lines((e, end), dense.source, flow, line)
            r, e = r + 1, end


@njit(cache=True, nogil=True)
def copy_lines(
    segment: int, until: tuple[int, int], sparse: Sparse, flow: Floats, copied: Floats
) -> None:
    """Copy the flows of each edge's source, times its weight, for one sparse segment.

    `until` is the number of dense segments, and the block before which to stop.
    """
    part = flow[(until[0] + segment) << sparse.bits[0] :]
    first, last = sparse.start[segment, 0], sparse.start[segment, until[1]]
    weighted = sparse.weight.size > 0
    for e in range(np.uint64(first), np.uint64(last)):
        weight = sparse.weight[e] if weighted else np.float32(1)
        copy_line(copied, e, part, np.uint64(sparse.source[e]), weight)


@njit(cache=True, nogil=True)
def add_copied_lines(block: int, sparse: Sparse, copied: Floats, pulled: Floats) -> None:
    """Add the copied flows of all sparse tiles of a block."""
    same = copied.dtype.type(1)
    for segment in range(sparse.start.shape[0]):
        first, last = sparse.start[segment, block], sparse.start[segment, block + 1]
        for e in range(np.uint64(first), np.uint64(last)):
            add_line(pulled[sparse.row[e]], copied, e, same)


@njit(cache=True, nogil=True)
def pulled_lines(
    at: tuple[int, int, int], tiles: tuple[Dense, Sparse, Floats], flow: Floats
) -> Floats:
    """The flows that reach the rows of a block: its number, first row, row after its last."""
    block, first, last = at
    dense, sparse, copied = tiles
    pulled = np.zeros((last - first, WIDTH), flow.dtype)
    for segment in range(dense.n_rows.shape[1]):
        add_tile((block, segment), dense, flow[segment << dense.bits[0] :], pulled)
    add_copied_lines(block, sparse, copied, pulled)
    return pulled


@njit(cache=True, nogil=True)
def round_of_lines(
    at: tuple[int, int, int],
    tiles: tuple[Dense, Sparse, Floats],
    sweep: Sweep,
    now: Float64s,
    totals: Float64s,
) -> None:
    """One round for a block: its number, its first row and the row after its last.

    `now` is the restart of each column, then the damping. `totals` gets, for each column, by
    how much what is lent changed in its first row, and what is lent in its second.
    """
    first, last = at[1], at[2]
    pulled = pulled_lines(at, tiles, sweep.flow)
    lines = (sweep.flow[first:last], sweep.next_flow[first:last], sweep.teleport[first:last])
    lend, out_weight = sweep.lend[first:last], sweep.out_weight[first:last]
    totals[:] = 0
    for i in range(np.uint64(last - first)):
        factors = (now[WIDTH], np.float64(lend[i]), out_weight[i])
        flow_line((lines[0], lines[1], lines[2], pulled), i, factors, now, totals)


@njit(cache=True, nogil=True)
def hand_out(
    at: tuple[int, int, int],
    tiles: tuple[Dense, Sparse, Floats],
    columns: Columns,
    ranks: tuple[Floats, Int32s, Floats],
    now: Float64s,
) -> None:
    """The last round, for all nodes of a block, into the same columns of the caller's values.

    `ranks` are the flows, the caller's id of each node, and the values by those ids.
    """
    (teleports, totals, start), (flow, order, values) = columns, ranks
    pulled, damping = pulled_lines(at, tiles, flow), now[WIDTH]
    share = now[: totals.size] / totals
    for i in range(at[2] - at[1]):
        node = order[at[1] + i]
        teleport, value, line = teleports[node, start:], values[node, start:], pulled[i]
        for k in range(totals.size):
            value[k] = share[k] * teleport[k] + damping * line[k]
