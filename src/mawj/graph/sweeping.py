"""Compiled rounds of PageRank for sixteen teleports at once.

Sixteen float32 flows of a node are one line of the cache, so that one read from memory serves
sixteen vectors.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mawj.graph.arrays import Float32s, Float64s, Floats, Integers
from mawj.graph.pulling import Span
from mawj.graph.tiles import LONG, Dense, Sparse

WIDTH = 16


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
def add_lines(source: Integers, flow: Floats, line: Floats) -> None:
    """Add the flows of the sources, column by column, four edges at a time."""
    one, two, three, four = np.uint64(1), np.uint64(2), np.uint64(3), np.uint64(4)
    e, end = np.uint64(0), np.uint64(source.size)
    while e + four <= end:
        a, b = source[e], source[e + one]
        c, d = source[e + two], source[e + three]
        for k in range(WIDTH):
            line[k] += (flow[a, k] + flow[b, k]) + (flow[c, k] + flow[d, k])
        e += four
    while e < end:
        a = source[e]
        for k in range(WIDTH):
            line[k] += flow[a, k]
        e += one


@njit(cache=True, nogil=True)
def add_weighted_lines(source: Integers, weight: Float32s, flow: Floats, line: Floats) -> None:
    """Add the flows of the sources, each times its edge's weight, column by column."""
    for e in range(source.size):
        a, w = source[e], weight[e]
        for k in range(WIDTH):
            line[k] += flow[a, k] * w


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
                add_weighted_lines(dense.source[e:end], dense.weight[e:end], flow, line)
            else:
                add_lines(dense.source[e:end], flow, line)
            r, e = r + 1, end


@njit(cache=True, nogil=True)
def copy_lines(
    segment: int, n_dense: int, sparse: Sparse, flow: Floats, copied: Floats
) -> None:
    """Copy the flows of each edge's source, times its weight, for one sparse segment."""
    part = flow[(n_dense + segment) << sparse.bits[0] :]
    first, last = sparse.start[segment, 0], sparse.start[segment, -1]
    source, to = sparse.source[first:last], copied[first:last]
    weighted = sparse.weight.size > 0
    weight = sparse.weight[first:last]
    for e in range(source.size):
        a, w = source[e], weight[e] if weighted else np.float32(1)
        for k in range(WIDTH):
            to[e, k] = part[a, k] * w


@njit(cache=True, nogil=True)
def add_copied_lines(block: int, sparse: Sparse, copied: Floats, pulled: Floats) -> None:
    """Add the copied flows of all sparse tiles of a block."""
    for segment in range(sparse.start.shape[0]):
        first, last = sparse.start[segment, block], sparse.start[segment, block + 1]
        row, flow = sparse.row[first:last], copied[first:last]
        for e in range(row.size):
            for k in range(WIDTH):
                pulled[row[e], k] += flow[e, k]


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
    next_flow, lend, keep = sweep.next_flow[first:last], sweep.lend[first:last], sweep.keep
    totals[:] = 0
    for i in range(rank.shape[0]):
        for k in range(WIDTH):
            score = now[k] * teleport[i, k] + now[WIDTH] * pulled[i, k]
            totals[0, k] += abs(score - rank[i, k])
            totals[1, k] += score * keep[first + i]
            rank[i, k] = score
        # What lends nothing is never read.
        if lend[i] > 0:
            for k in range(WIDTH):
                next_flow[i, k] = rank[i, k] * lend[i]


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
