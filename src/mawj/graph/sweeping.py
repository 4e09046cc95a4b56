"""Compiled rounds of PageRank for sixteen teleports at once.

Sixteen float32 flows of a node are one line of the cache, so that one read from memory serves
sixteen vectors.
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
    prefetch_line,
    score_line,
)
from mawj.graph.pulling import Span
from mawj.graph.tiles import LONG, Dense, Sparse

AHEAD = np.uint64(16)  # edges between asking for a line and using it (our measurements)


class Sweep(NamedTuple):
    """As `pulling.Scores`, with a column for each of sixteen vectors where vectors differ.

    Attributes:
        rank, flow, next_flow, teleport: [n, 16].
        lend, keep: [n].
    """

    rank: Floats
    flow: Floats
    next_flow: Floats
    lend: Floats
    keep: Floats
    teleport: Floats


@njit(cache=True, nogil=True)
def open_lines(teleports: Floats, order: Int32s, totals: Float64s, sweep: Sweep) -> None:
    """Fill rank, flow and teleport of a sweep from teleports by the caller's ids.

    `totals` are the sums of the columns of `teleports`; columns beyond them are left at 0.
    """
    share = np.empty(totals.size, sweep.rank.dtype)
    for i in range(order.size):
        line, lend = teleports[order[i]], sweep.lend[i]
        for k in range(totals.size):
            share[k] = line[k] / totals[k]
            sweep.teleport[i, k] = share[k]
            sweep.rank[i, k] = share[k]
            sweep.flow[i, k] = share[k] * lend


@njit(cache=True, nogil=True)
def hand_out(rank: Floats, order: Int32s, values: Floats) -> None:
    """Copy the columns of `values` from `rank`, from new numbers to the caller's ids."""
    for i in range(order.size):
        for k in range(values.shape[1]):
            values[order[i], k] = rank[i, k]


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
    segment: int, n_dense: int, sparse: Sparse, flow: Floats, copied: Floats
) -> None:
    """Copy the flows of each edge's source, times its weight, for one sparse segment."""
    part = flow[(n_dense + segment) << sparse.bits[0] :]
    first, last = sparse.start[segment, 0], sparse.start[segment, -1]
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
def finish_lines(
    first: int, pulled: Floats, sweep: Sweep, now: Float64s, totals: Float64s
) -> None:
    """Set the new scores and flows of the rows from `first` on.

    `now` is the restart of each column, then the damping. `totals` gets the change of each
    column in its first row and the mass kept in its second.
    """
    last = first + pulled.shape[0]
    rank, teleport = sweep.rank[first:last], sweep.teleport[first:last]
    next_flow, lend = sweep.next_flow[first:last], sweep.lend[first:last]
    keep, damping = sweep.keep[first:last], now[WIDTH]
    totals[:] = 0
    for i in range(np.uint64(pulled.shape[0])):
        factors = (damping, np.float64(lend[i]), np.float64(keep[i]))
        score_line((rank, next_flow, teleport, pulled), i, factors, now, totals)


@njit(cache=True, nogil=True)
def round_of_lines(
    at: tuple[int, int, int],
    tiles: tuple[Dense, Sparse, Floats],
    sweep: Sweep,
    now: Float64s,
    totals: Float64s,
) -> None:
    """One round for a block: its number, its first row and the row after its last."""
    block, first, last = at
    dense, sparse, copied = tiles
    pulled = np.zeros((last - first, WIDTH), sweep.rank.dtype)
    for segment in range(dense.n_rows.shape[1]):
        add_tile((block, segment), dense, sweep.flow[segment << dense.bits[0] :], pulled)
    add_copied_lines(block, sparse, copied, pulled)
    finish_lines(first, pulled, sweep, now, totals)
