"""Communities: groups of nodes with more links among themselves than chance would give."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mawj.graph import moving
from mawj.graph.adjacency import Adjacency
from mawj.graph.arrays import Int32s
from mawj.graph.moving import Level
from mawj.graph.symmetry import undirected


@dataclass(frozen=True)
class CommunitySettings:
    """How communities are sought.

    Attributes:
        resolution: above 1 gives more and smaller communities; 1 is plain modularity (Newman
            2004; resolution by Reichardt & Bornholdt 2006).
        passes: times the whole method starts again from what it found; 2 as leidenalg does.
        levels: most coarsenings in a pass; a guard no real graph reaches (our judgement).
    """

    resolution: float = 1.0
    passes: int = 2
    levels: int = 50


class Communities(NamedTuple):
    """Communities of a graph.

    Attributes:
        labels: int32[n] by the caller's ids; 0 is the largest, equal ones by first id.
        n_communities: how many there are.
        modularity: -0.5..1, links inside beyond what chance gives (with the resolution asked).
    """

    labels: Int32s
    n_communities: int
    modularity: float


def communities(
    adjacency: Adjacency, *, seed: int, settings: CommunitySettings | None = None
) -> Communities:
    """Communities of the graph read without directions, by the Leiden method.

    Each community is connected; a node without links is alone. Nodes are visited in an order
    drawn from `seed`: the same graph and seed give the same communities. One thread; about 40
    bytes an edge.
    """
    settings = settings or CommunitySettings()
    both_ways = undirected(adjacency)
    graph = level_of(both_ways)
    label = np.arange(graph.degree.size, dtype=np.int32)
    for turn in range(settings.passes):
        label = one_pass(graph, label, seed + turn, settings)
    part = moving.connected_parts(graph, label)
    quality = moving.modularity_of(graph, part, part.max(initial=-1) + 1, settings.resolution)
    labels = largest_first(part[both_ways.rank_of])
    return Communities(labels, int(labels.max(initial=-1)) + 1, float(quality))


def level_of(both_ways: Adjacency) -> Level:
    """The arrays that the method works on."""
    weight = np.ones(0) if both_ways.in_weight is None else both_ways.in_weight
    degree = both_ways.out_weight
    return Level(both_ways.in_ptr, both_ways.in_idx, weight.astype(np.float64), degree)


def one_pass(graph: Level, label: Int32s, seed: int, settings: CommunitySettings) -> Int32s:
    """Move, refine and coarsen until nothing is left to merge; the label of each node."""
    place = np.arange(label.size, dtype=np.int32)
    for depth in range(settings.levels):
        n = label.size
        order = moving.shuffled_nodes(n, (seed << 20) + depth)
        label = label.copy()
        moving.move_nodes(graph, label, order, settings.resolution)
        moving.numbered(label)
        part = moving.refine(graph, label, order, settings.resolution)
        n_parts = moving.numbered(part)
        if n_parts == n:
            break
        graph = moving.coarser(graph, part, n_parts)
        coarse = np.empty(n_parts, np.int32)
        coarse[part] = label
        place, label = part[place], coarse
    return label[place]


def largest_first(label: Int32s) -> Int32s:
    """Labels renamed so that 0 has the most nodes; equal ones by their first node."""
    _, first, inverse, size = np.unique(
        label, return_index=True, return_inverse=True, return_counts=True
    )
    name = np.empty(size.size, np.int32)
    name[np.lexsort((first, -size))] = np.arange(size.size, dtype=np.int32)
    return name[inverse]
