"""Compiled steps over tiles: the edges from one segment of sources to one block of targets.

Both ends of an edge in a tile are 16-bit numbers, and both the flows of the segment and the
sums of the block fit the second-level cache (256 KiB each in float32). A segment holds
`2**bits` sources, 16 bits at most. Two kinds of tile:

- *dense*, for the busy sources, numbered first: rows with the same number of edges stand
  together, so that the loop over a row has a known length and no branch is guessed wrong;
- *sparse*, for the many sources with few edges: one pass copies the flow of each edge's
  source in the order of segments, a second adds the copies in the order of blocks. Both passes
  stream; reading each flow from memory where it stands would cost a cache miss an edge.

Sources: cutting the sources to fit the cache: Zhang et al., Making caches work for graph
analytics, IEEE Big Data 2017. Copy first, add later: Beamer, Asanovic, Patterson, Reducing
PageRank communication via propagation blocking, IPDPS 2017. Rows by length: our measurements.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mawj.graph.arrays import Float32s, Floats, Int32s, Int64s, Shorts
from mawj.graph.pulling import (
    Links,
    Round,
    Scores,
    Span,
    Totals,
    finish_rows,
    sum_of_flows,
    sum_of_weighted,
)

LONG = 8  # the place of rows with more than 8 edges among those by length


Tile = tuple[Int32s, Shorts, Shorts]  # rows by length, rows, sources; from the tile's start on


class Counts(NamedTuple):
    """What tiles will hold: `Dense.bits`, `Dense.n_rows`, edges of dense and sparse tiles."""

    bits: Int64s
    n_rows: Int32s
    n_edges: Int64s
    n_sparse: Int64s


class Dense(NamedTuple):
    """Tiles of busy sources, block by block, in each block segment by segment.

    Attributes:
        bits: int64[1], of a source's place in its segment.
        n_rows: int32[blocks, segments, 9], rows by number of edges: 1 to 8, then more.
        start: int64[blocks, segments, 3], where a tile begins in `row`, `source` and `length`.
        row: uint16 for each row of a tile, its place in the block.
        source: uint16 for each edge, its source's place in the segment.
        length: int32 for each row with more than 8 edges, how many.
        weight: float32 for each edge; empty where each counts 1.
    """

    bits: Int64s
    n_rows: Int32s
    start: Int64s
    row: Shorts
    source: Shorts
    length: Int32s
    weight: Float32s


class Sparse(NamedTuple):
    """Tiles of the other sources, segment by segment, in each segment block by block.

    Attributes:
        bits: int64[1], as in Dense.
        start: int64[segments, blocks + 1], where a tile begins in the others.
        row, source: uint16 for each edge, as in Dense.
        weight: float32 for each edge; empty where each counts 1.
    """

    bits: Int64s
    start: Int64s
    row: Shorts
    source: Shorts
    weight: Float32s


@njit(cache=True, nogil=True)
def run_end(idx: Int32s, e: int, end: int, bits: int) -> int:
    """Where the sources of e's segment end in its row."""
    segment = idx[e] >> bits
    e += 1
    while e < end and idx[e] >> bits == segment:
        e += 1
    return e


@njit(cache=True, nogil=True)
def count_tiles(span: Span, links: Links, counts: Counts) -> None:
    """Count one block's rows of each dense tile by length, and edges of tiles of both kinds."""
    ptr, idx, _ = links
    bits, n_dense = counts.bits[0], counts.n_edges.size
    for row in range(span[0], span[1]):
        e = ptr[row]
        while e < ptr[row + 1]:
            end = run_end(idx, e, ptr[row + 1], bits)
            segment = idx[e] >> bits
            if segment < n_dense:
                counts.n_rows[segment, min(end - e - 1, LONG)] += 1
                counts.n_edges[segment] += end - e
            else:
                counts.n_sparse[segment - n_dense] += end - e
            e = end


@njit(cache=True, nogil=True)
def open_places(n_rows: Int32s, start: Int64s) -> Int64s:
    """Where the next row, edge and length go, by dense tile of a block and by length."""
    place = np.empty((n_rows.shape[0], LONG + 1, 3), np.int64)
    for segment in range(n_rows.shape[0]):
        row, edge, length = start[segment]
        for c in range(LONG + 1):
            place[segment, c, 0], place[segment, c, 1] = row, edge
            place[segment, c, 2] = length
            row += n_rows[segment, c]
            edge += n_rows[segment, c] * (c + 1)
    return place


@njit(cache=True, nogil=True)
def fill_tiles(span: Span, links: Links, block: int, dense: Dense, sparse: Sparse) -> None:
    """Write one block's edges into its tiles."""
    ptr, bits = links[0], dense.bits[0]
    place = open_places(dense.n_rows[block], dense.start[block])
    sparse_place = sparse.start[:, block].copy()
    n_dense = dense.n_rows.shape[1]
    for row in range(span[0], span[1]):
        e = ptr[row]
        while e < ptr[row + 1]:
            end = run_end(links[1], e, ptr[row + 1], bits)
            segment = links[1][e] >> bits
            run = (e, end, bits)
            if segment < n_dense:
                now = place[segment, min(end - e - 1, LONG)]
                dense.row[now[0]] = row - span[0]
                now[0] += 1
                if end - e > LONG:
                    dense.length[now[2]] = end - e
                    now[2] += 1
                copy_edges(run, links, now[1:2], dense.source, dense.weight)
            else:
                first = sparse_place[segment - n_dense]
                sparse.row[first : first + end - e] = row - span[0]
                now = sparse_place[segment - n_dense : segment - n_dense + 1]
                copy_edges(run, links, now, sparse.source, sparse.weight)
            e = end


@njit(cache=True, nogil=True)
def copy_edges(
    run: tuple[int, int, int], links: Links, place: Int64s, source: Shorts, weight: Float32s
) -> None:
    """Copy a run of edges (first, end, bits kept) to `place[0]` on; move it past them."""
    to, mask = place[0], (1 << run[2]) - 1
    for e in range(run[0], run[1]):
        source[to] = links[1][e] & mask
        if weight.size > 0:
            weight[to] = links[2][e]
        to += 1
    place[0] = to


@njit(cache=True, nogil=True)
def pull_short(tile: Tile, flow: Floats, pulled: Floats) -> None:
    """Add the flows of rows with one to four edges."""
    n_rows, row, source = tile
    one, two, three, four = np.uint64(1), np.uint64(2), np.uint64(3), np.uint64(4)
    for i in range(n_rows[0]):
        pulled[row[i]] += flow[source[i]]
    r = e = np.uint64(n_rows[0])
    for _ in range(n_rows[1]):
        pulled[row[r]] += flow[source[e]] + flow[source[e + one]]
        r, e = r + one, e + two
    for _ in range(n_rows[2]):
        pulled[row[r]] += flow[source[e]] + flow[source[e + one]] + flow[source[e + two]]
        r, e = r + one, e + three
    for _ in range(n_rows[3]):
        half = flow[source[e]] + flow[source[e + one]]
        pulled[row[r]] += half + (flow[source[e + two]] + flow[source[e + three]])
        r, e = r + one, e + four


@njit(cache=True, nogil=True)
def pull_longer(tile: Tile, length: Int32s, flow: Floats, pulled: Floats) -> None:
    """Add the flows of rows with five edges and more; `length` of those with more than 8."""
    n_rows, row, source = tile
    r, e = 0, 0
    for c in range(4):
        r += n_rows[c]
        e += n_rows[c] * (c + 1)
    for c in range(4, LONG):
        for _ in range(n_rows[c]):
            pulled[row[r]] += sum_of_flows(source[e : e + c + 1], flow)
            r, e = r + 1, e + c + 1
    for i in range(n_rows[LONG]):
        pulled[row[r]] += sum_of_flows(source[e : e + length[i]], flow)
        r, e = r + 1, e + length[i]


@njit(cache=True, nogil=True)
def pull_weighted(
    tile: Tile, length: Int32s, weight: Float32s, flow: Floats, pulled: Floats
) -> None:
    """Add the flows of a tile's rows, each times its edge's weight."""
    n_rows, row, source = tile
    r, e = 0, 0
    for c in range(LONG + 1):
        for i in range(n_rows[c]):
            end = e + (length[i] if c == LONG else c + 1)
            pulled[row[r]] += sum_of_weighted(source[e:end], weight[e:end], flow)
            r, e = r + 1, end


@njit(cache=True, nogil=True)
def pull_dense(block: int, dense: Dense, flow: Floats, pulled: Floats) -> None:
    """Add the flows of all dense tiles of a block."""
    for segment in range(dense.n_rows.shape[1]):
        row, edge, length = dense.start[block, segment]
        tile = (dense.n_rows[block, segment], dense.row[row:], dense.source[edge:])
        part = flow[segment << dense.bits[0] :]
        if dense.weight.size > 0:
            pull_weighted(tile, dense.length[length:], dense.weight[edge:], part, pulled)
        else:
            pull_short(tile, part, pulled)
            pull_longer(tile, dense.length[length:], part, pulled)


@njit(cache=True, nogil=True)
def copy_flows(
    segment: int, n_dense: int, sparse: Sparse, flow: Floats, copied: Floats
) -> None:
    """Copy the flow of each edge's source, times its weight, for one sparse segment."""
    part = flow[(n_dense + segment) << sparse.bits[0] :]
    first, last = sparse.start[segment, 0], sparse.start[segment, -1]
    source, to = sparse.source[first:last], copied[first:last]
    if sparse.weight.size > 0:
        weight = sparse.weight[first:last]
        for e in range(source.size):
            to[e] = part[source[e]] * weight[e]
    else:
        for e in range(source.size):
            to[e] = part[source[e]]


@njit(cache=True, nogil=True)
def add_copies(block: int, sparse: Sparse, copied: Floats, pulled: Floats) -> None:
    """Add the copied flows of all sparse tiles of a block."""
    for segment in range(sparse.start.shape[0]):
        first, last = sparse.start[segment, block], sparse.start[segment, block + 1]
        row, flow = sparse.row[first:last], copied[first:last]
        for e in range(row.size):
            pulled[row[e]] += flow[e]


@njit(cache=True, nogil=True)
def round_of_block(
    block: int, span: Span, tiles: tuple[Dense, Sparse, Floats], scores: Scores, now: Round
) -> Totals:
    """One round for a block of rows; the change and the mass kept."""
    dense, sparse, copied = tiles
    pulled = np.zeros(span[1] - span[0], scores.rank.dtype)
    pull_dense(block, dense, scores.flow, pulled)
    add_copies(block, sparse, copied, pulled)
    totals: Totals = finish_rows(span, pulled, scores, now)
    return totals
