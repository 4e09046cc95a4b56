"""Compiled rounds of PageRank: each node pulls from the nodes that point at it.

A piece of the work is a run of rows. It sums, for each of its rows, the flow of the round
before, and finishes the row at once: new score, change, mass kept, new flow. So each vector is
read and written once a round. Sums over all nodes are float64, whatever the scores are.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mawj.graph.arrays import Float32s, Floats, Int32s, Int64s

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


@njit(cache=True, nogil=True)
def finish_rows(span: Span, pulled: Floats, scores: Scores, now: Round) -> Totals:
    """Set the new score and flow of each row."""
    rank, lend, keep = scores.rank, scores.lend, scores.keep
    spread = scores.teleport.size > 1
    change, kept = 0.0, 0.0
    for row in range(span[0], span[1]):
        place = row if spread else 0
        score = now.restart * scores.teleport[place] + now.damping * pulled[row - span[0]]
        change += abs(score - rank[row])
        kept += score * keep[row]
        rank[row] = score
        scores.next_flow[row] = score * lend[row]
    return change, kept


@njit(cache=True, nogil=True, fastmath={"reassoc"})
def pull_rows(span: Span, links: Links, flow: Floats, pulled: Floats) -> None:
    """The sum of flows into each row; weights are not looked at."""
    ptr, idx, _ = links
    for row in range(span[0], span[1]):
        total = pulled.dtype.type(0)
        for e in range(ptr[row], ptr[row + 1]):
            total += flow[idx[e]]
        pulled[row - span[0]] = total


@njit(cache=True, nogil=True, fastmath={"reassoc"})
def pull_weighted(span: Span, links: Links, flow: Floats, pulled: Floats) -> None:
    """The sum of flows into each row, each times its edge's weight."""
    ptr, idx, weight = links
    for row in range(span[0], span[1]):
        total = pulled.dtype.type(0)
        for e in range(ptr[row], ptr[row + 1]):
            total += flow[idx[e]] * weight[e]
        pulled[row - span[0]] = total


@njit(cache=True, nogil=True)
def round_of_rows(span: Span, links: Links, scores: Scores, now: Round) -> Totals:
    """One round for the rows of `span`."""
    pulled = np.empty(span[1] - span[0], scores.rank.dtype)
    if links[2].size > 0:
        pull_weighted(span, links, scores.flow, pulled)
    else:
        pull_rows(span, links, scores.flow, pulled)
    totals: Totals = finish_rows(span, pulled, scores, now)
    return totals
