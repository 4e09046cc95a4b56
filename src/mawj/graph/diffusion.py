"""How messages pass along the edges of a graph: the models of diffusion.

- independent cascade: an edge passes a message on once, with its own chance. `weighted_cascade`
  (1 / in-degree), `same_chance`, or `given_chances` (estimated from data);
- linear threshold: a node takes over a message when enough of those it listens to have it;
  `linear_threshold`, read backwards as a walk to one listened-to node at a time.

Source: Kempe, Kleinberg, Tardos, Maximizing the Spread of Influence through a Social Network,
KDD 2003. Memory beyond the graph: nothing where all edges into a node are alike, else 8 bytes
an edge.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mawj.graph.adjacency import Adjacency, AdjacencySettings, adjacency
from mawj.graph.arrays import Float32s, Float64s, Int32s
from mawj.graph.reverse_sets import GIVEN, LISTENING, SAME, WALK, Links, sum_rows

# exp(-40) is far below what a draw can tell: an edge of that hazard always passes messages on.
CERTAIN = 40.0


@dataclass(frozen=True)
class Diffusion:
    """A graph and how messages pass along its edges.

    Attributes:
        adjacency: who is reached from whom; an edge leads from the one who passes on.
        kind: SAME, GIVEN, WALK or LISTENING; see `reverse_sets.Links`.
        table: float64; see `reverse_sets.Links`.
    """

    adjacency: Adjacency
    kind: int
    table: Float64s

    @property
    def n_nodes(self) -> int:
        """How many nodes there are."""
        return self.adjacency.n_nodes

    @property
    def is_cascade(self) -> bool:
        """Whether this is an independent cascade; else linear threshold."""
        return self.kind in (SAME, GIVEN)

    @cached_property
    def links(self) -> Links:
        """What the kernel that draws reverse-reachable sets reads."""
        graph = self.adjacency
        return Links(graph.in_ptr, graph.in_idx, self.kind, self.table, most_in_edges(graph))

    @cached_property
    def edge_chance(self) -> Float32s:
        """Chance (linear threshold: weight) of each edge, in the order of `in_idx`."""
        degree = np.diff(self.adjacency.in_ptr)
        if self.kind == SAME:
            return np.repeat(self.table[3 * degree].astype(np.float32), degree)
        if self.kind == WALK:
            share = np.divide(1.0, degree, out=np.zeros(degree.size), where=degree > 0)
            return np.repeat(share.astype(np.float32), degree)
        step = np.diff(self.table, prepend=0.0)
        first = self.adjacency.in_ptr[:-1][degree > 0]
        step[first] = self.table[first]
        return np.asarray(-np.expm1(-step) if self.kind == GIVEN else step, np.float32)

    @cached_property
    def forward(self) -> Adjacency:
        """The same edges turned round, with the chance of each as its weight.

        Its in-rows say whom a node reaches; its PageRank is the reverse PageRank of the graph.
        About 20 bytes an edge while it is made, 8 kept.
        """
        graph = self.adjacency
        reached = np.repeat(graph.order, np.diff(graph.in_ptr))
        weight, source = self.edge_chance, graph.order[graph.in_idx]
        some = weight > 0
        if not some.all():
            reached, source, weight = reached[some], source[some], weight[some]
        plain = AdjacencySettings(segment_from=1 << 31)
        return adjacency(reached, source, self.n_nodes, weight=weight, settings=plain)


NOTHING = np.zeros(0)


def weighted_cascade(graph: Adjacency) -> Diffusion:
    """Each edge passes messages on with chance 1 / in-degree of its end.

    Where the graph has weights they count repeated edges: an edge repeated c times among d in
    all passes messages on with chance 1 - (1 - 1/d)**c.
    """
    if graph.in_weight is None:
        return Diffusion(graph, SAME, by_degree(inverse(graph)))
    degree = np.diff(graph.in_ptr)
    total = np.repeat(row_sums(graph), degree)
    one = np.minimum(-np.log1p(-np.minimum(1 / total, 1 - 1e-16)), CERTAIN)
    return Diffusion(graph, GIVEN, running(graph, graph.in_weight * one))


def same_chance(graph: Adjacency, chance: float) -> Diffusion:
    """Every edge passes messages on with the same chance, repeated edges once for each time.

    Raises:
        ValueError: when `chance` is not above 0 and at most 1.
    """
    if not 0 < chance <= 1:
        raise ValueError(f"the chance of an edge must be above 0 and at most 1, not {chance}")
    if graph.in_weight is None:
        chances = np.full(most_in_edges(graph) + 1, float(chance))
        return Diffusion(graph, SAME, by_degree(chances))
    one = float(hazard(np.array([chance]))[0])
    return Diffusion(graph, GIVEN, running(graph, graph.in_weight * np.float64(one)))


def given_chances(source: Int32s, target: Int32s, chance: Float64s, n_nodes: int) -> Diffusion:
    """Edges with a chance each; repeated edges act one by one, chances of 0 are left out.

    Raises:
        ValueError: when a chance is outside 0..1 or an id outside 0..n_nodes - 1.
    """
    chance = np.asarray(chance, np.float64)
    if not np.all((chance >= 0) & (chance <= 1)):
        raise ValueError("the chance of an edge must be from 0 to 1")
    some = chance > 0
    # Hazards of repeated edges add up, which is what merging does with weights.
    weight = hazard(chance[some]).astype(np.float32)
    plain = AdjacencySettings(segment_from=1 << 31)
    graph = adjacency(source[some], target[some], n_nodes, weight=weight, settings=plain)
    assert graph.in_weight is not None
    return Diffusion(graph, GIVEN, running(graph, graph.in_weight))


def linear_threshold(graph: Adjacency) -> Diffusion:
    """A node listens to each in-edge in its weight's share of all; 1 each without weights."""
    if graph.in_weight is None:
        return Diffusion(graph, WALK, NOTHING)
    degree = np.diff(graph.in_ptr)
    share = graph.in_weight / np.repeat(row_sums(graph), degree)
    return Diffusion(graph, LISTENING, np.minimum(running(graph, share), 1.0))


def given_weights(graph: Adjacency) -> Diffusion:
    """Linear threshold with the graph's own weights; where they pass 1 in sum, shares of it."""
    if graph.in_weight is None:
        raise ValueError("the graph has no weights to listen by")
    total = np.repeat(np.maximum(row_sums(graph), 1.0), np.diff(graph.in_ptr))
    upto = np.minimum(running(graph, graph.in_weight / total), 1.0)
    return Diffusion(graph, LISTENING, upto)


def inverse(graph: Adjacency) -> Float64s:
    """1 / d for each d up to the most in-edges of a node; 0 for 0."""
    chance = np.zeros(most_in_edges(graph) + 1)
    chance[1:] = 1.0 / np.arange(1, chance.size)
    return chance


def by_degree(chance: Float64s) -> Float64s:
    """Beside the chance of an edge of a row of d edges those that none and at most one fire."""
    degree, below = np.arange(chance.size), np.minimum(chance, 1 - 1e-16)
    with np.errstate(divide="ignore"):
        none = np.exp(degree * np.log1p(-below))
    one = none * degree * below / (1 - below)
    return np.column_stack([chance, none, none + one]).ravel()


def most_in_edges(graph: Adjacency) -> int:
    """The most edges into one node."""
    return int(np.diff(graph.in_ptr).max(initial=0))


def hazard(chance: Float64s) -> Float64s:
    """-log(1 - chance), held where the chance is as good as 1."""
    return np.minimum(-np.log1p(-np.minimum(chance, 1 - 1e-16)), CERTAIN)


def row_sums(graph: Adjacency) -> Float64s:
    """The weights of each row, added up."""
    assert graph.in_weight is not None
    upto = np.append(0.0, np.cumsum(graph.in_weight, dtype=np.float64))
    return np.asarray(upto[graph.in_ptr[1:]] - upto[graph.in_ptr[:-1]])


def running(graph: Adjacency, values: Float32s | Float64s) -> Float64s:
    """Running sums of `values` within each row, each row from its own start."""
    made = np.asarray(values, np.float64).copy()
    sum_rows(graph.in_ptr, made)
    return made
