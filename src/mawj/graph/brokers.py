"""Brokers: nodes that stand between communities, or on many of the shortest ways."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mawj.graph.adjacency import Adjacency
from mawj.graph.arrays import Float64s, Int32s, Int64s
from mawj.graph.crew import Crew
from mawj.graph.paths import add_dependencies, shares_squared
from mawj.graph.symmetry import undirected

# Pivots are added up in so many groups whatever the threads, so that rounding is the same.
GROUPS = 8


class Participation(NamedTuple):
    """How evenly a node's links spread over communities.

    Attributes:
        values: float64[n], 0 (all in one community) to below 1 (spread over many).
        strength: float64[n], the sum of weights of a node's links. Where it is 0 nothing is
            known, and the value of 0 says nothing.
    """

    values: Float64s
    strength: Float64s


def participation(adjacency: Adjacency, labels: Int32s) -> Participation:
    """The participation coefficient of each node, by the caller's ids.

    1 less the sum, over communities, of the squared share of a node's links that go there;
    links are read without directions. `labels` are communities from 0 on.

    Source: Guimera & Amaral, Functional cartography of complex metabolic networks, Nature 433,
    2005, equation 2.

    Raises:
        ValueError: when labels are not n values of at least 0.
    """
    if labels.shape != (adjacency.n_nodes,) or labels.min(initial=0) < 0:
        raise ValueError(f"labels must be {adjacency.n_nodes} numbers of at least 0")
    graph = undirected(adjacency)
    weight = np.empty(0, np.float32) if graph.in_weight is None else graph.in_weight
    links = (graph.in_ptr, graph.in_idx, weight)
    squared = shares_squared(links, labels[graph.order].astype(np.int32), graph.out_weight)
    values = np.where(graph.out_weight > 0, 1 - squared, 0.0)
    return Participation(values[graph.rank_of], graph.out_weight[graph.rank_of])


@dataclass(frozen=True)
class BetweennessSettings:
    """How betweenness is sampled.

    Attributes:
        pivots: nodes from which all shortest ways are followed; all nodes if there are no more.
            200 (our judgement) ranks the foremost brokers of a large graph well; the standard
            error says how well.
        threads: threads; the result is the same bits for any number.
    """

    pivots: int = 200
    threads: int = 2


class Betweenness(NamedTuple):
    """Shares of ways that pass through a node.

    Attributes:
        values: float64[n], estimated share (0..1) of ordered pairs of other nodes that a
            shortest way through this node joins; where several ways are shortest, in part.
        standard_error: float64[n], of the estimate; 0 where all nodes were pivots.
        pivots: how many were used.
    """

    values: Float64s
    standard_error: Float64s
    pivots: int


def sampled_betweenness(
    adjacency: Adjacency, *, seed: int, settings: BetweennessSettings | None = None
) -> Betweenness:
    """Betweenness of each node, by the caller's ids, from ways that end at sampled pivots.

    Ways follow the directions of edges, each of length 1; give `undirected(adjacency)` to
    ignore directions. Takes pivots times edges steps, and 128 bytes a node.

    Source: Brandes, A faster algorithm for betweenness centrality, Journal of Mathematical
    Sociology 25, 2001; pivots drawn uniformly: Brandes & Pich, Centrality estimation in large
    networks, Bifurcation and Chaos 17, 2007. Standard error of a mean drawn without
    replacement: Cochran, Sampling Techniques, 1977, section 2.6.

    Raises:
        ValueError: when fewer than 2 pivots are asked for.
    """
    settings = settings or BetweennessSettings()
    if settings.pivots < 2:
        raise ValueError("a standard error needs at least 2 pivots")
    n = adjacency.n_nodes
    k = min(settings.pivots, n)
    drawn = np.random.default_rng(seed).choice(n, k, replace=False)
    sums = dependency_sums(adjacency, adjacency.rank_of[drawn], settings.threads)
    pairs = max((n - 1) * (n - 2), 1)
    mean = sums[0] / k
    variance = np.maximum(sums[1] / k - mean**2, 0) * k / max(k - 1, 1)
    error = np.sqrt(variance / k * (1 - k / n))
    by_id = adjacency.rank_of
    return Betweenness((mean * n / pairs)[by_id], (error * n / pairs)[by_id], k)


def dependency_sums(adjacency: Adjacency, pivots: Int32s, threads: int) -> Float64s:
    """Sums over pivots of each node's dependency and of its square; [2, n]."""
    groups: list[Int64s] = np.array_split(pivots.astype(np.int64), GROUPS)
    sums = np.zeros((GROUPS, 2, adjacency.n_nodes))

    def follow(group: int) -> None:
        add_dependencies(groups[group], adjacency.in_ptr, adjacency.in_idx, sums[group])

    with Crew(threads) as crew:
        crew.share(follow, GROUPS)
    return np.asarray(sums.sum(axis=0))
