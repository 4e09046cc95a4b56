"""Compiled rounds of PageRank: each node pulls from the nodes that point at it.

A piece of the work is a run of rows. It sums, for each of its rows, the flow of the round
before, and finishes the row at once: new score, change, mass kept, new flow. So each vector is
read and written once a round. Sums over all nodes are float64, whatever the scores are.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mawj.graph.arrays import Float32s, Floats, Int32s, Int64s, Integers

Span = tuple[int, int]
Totals = tuple[float, float]  # change of scores in sum, and mass kept
Links = tuple[Int64s, Int32s, Float32s]


class Scores(NamedTuple):
    """What a round reads and writes, each by new number.

    Attributes:
        rank: scores, changed in place.
        flow: what a node lends per unit of edge weight, from the round before.
        next_flow: the same for the round to come.
        lend: the factor from score to flow.
        keep: the share of its score a node does not lend; it returns by the teleport.
        teleport: where restarts go: one value for all nodes, or one for each.
    """

    rank: Floats
    flow: Floats
    next_flow: Floats
    lend: Floats
    keep: Floats
    teleport: Floats


class Round(NamedTuple):
    """The numbers of one round: damping and the mass that restarts."""

    damping: float
    restart: float


@njit(cache=True, nogil=True, fastmath={"reassoc"})
def finish_rows(span: Span, pulled: Floats, scores: Scores, now: Round) -> Totals:
    """Set the new score and flow of each row; `pulled` is used up."""
    first, last = span
    # Slices and loops from 0 spare the check for negative places, and so become vector code.
    rank, next_flow = scores.rank[first:last], scores.next_flow[first:last]
    lend, keep = scores.lend[first:last], scores.keep[first:last]
    if scores.teleport.size > 1:
        teleport = scores.teleport[first:last]
        for i in range(rank.size):
            pulled[i] = now.restart * teleport[i] + now.damping * pulled[i]
    else:
        same = now.restart * scores.teleport[0]
        for i in range(rank.size):
            pulled[i] = same + now.damping * pulled[i]
    change, kept = 0.0, 0.0
    for i in range(rank.size):
        score = np.float64(pulled[i])
        change += abs(score - rank[i])
        kept += score * keep[i]
        rank[i] = score
        next_flow[i] = score * lend[i]
    return change, kept


@njit(cache=True, nogil=True)
def sum_of_flows(source: Integers, flow: Floats) -> float:
    """The flows of the sources; four sums side by side, since one would wait for itself.

    Unsigned places: each signed one would first be compared with 0, twice an edge.
    """
    a = b = c = d = flow.dtype.type(0)
    one, two, three, four = np.uint64(1), np.uint64(2), np.uint64(3), np.uint64(4)
    e, end = np.uint64(0), np.uint64(source.size)
    while e + four <= end:
        a += flow[source[e]]
        b += flow[source[e + one]]
        c += flow[source[e + two]]
        d += flow[source[e + three]]
        e += four
    while e < end:
        a += flow[source[e]]
        e += one
    total: float = (a + b) + (c + d)
    return total


@njit(cache=True, nogil=True)
def sum_of_weighted(source: Integers, weight: Float32s, flow: Floats) -> float:
    """The flows of the sources, each times its edge's weight."""
    a = b = flow.dtype.type(0)
    one, two = np.uint64(1), np.uint64(2)
    e, end = np.uint64(0), np.uint64(source.size)
    while e + two <= end:
        a += flow[source[e]] * weight[e]
        b += flow[source[e + one]] * weight[e + one]
        e += two
    if e < end:
        a += flow[source[e]] * weight[e]
    total: float = a + b
    return total


@njit(cache=True, nogil=True)
def round_of_rows(span: Span, links: Links, scores: Scores, now: Round) -> Totals:
    """One round for the rows of `span`."""
    ptr, idx, weight = links
    source = idx.view(np.uint32)
    pulled = np.empty(span[1] - span[0], scores.rank.dtype)
    for i in range(pulled.size):
        first, last = ptr[span[0] + i], ptr[span[0] + i + 1]
        if weight.size > 0:
            part = source[first:last], weight[first:last]
            pulled[i] = sum_of_weighted(part[0], part[1], scores.flow)
        else:
            pulled[i] = sum_of_flows(source[first:last], scores.flow)
    totals: Totals = finish_rows(span, pulled, scores, now)
    return totals
