"""Compiled steps of the Leiden method: move nodes, refine communities, make the coarser graph.

Source: Traag, Waltman, van Eck, From Louvain to Leiden: guaranteeing well-connected
communities, Scientific Reports 9:5233, 2019 (fast local move, refinement, aggregation); the
local move goes back to Blondel et al., Fast unfolding of communities in large networks, 2008.
The quality is modularity with a resolution (Reichardt & Bornholdt 2006): joining community c
gains w(v, c) - resolution * k(v) * K(c) / (2 m), up to a constant factor.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mawj.graph.arrays import Float64s, Int32s, Int64s


class Level(NamedTuple):
    """A weighted undirected graph: both directions of each edge, loops with twice their weight.

    Attributes:
        ptr, idx, weight: rows of neighbours.
        degree: float64[n], the sum of each row's weights.
    """

    ptr: Int64s
    idx: Int32s
    weight: Float64s
    degree: Float64s


@njit(cache=True, nogil=True)
def shuffled_nodes(n: int, seed: int) -> Int32s:
    """Nodes 0..n - 1 in an order drawn from `seed` (Fisher & Yates; splitmix64)."""
    order = np.arange(n).astype(np.int32)
    state = np.uint64(seed)
    for i in range(n - 1, 0, -1):
        state += np.uint64(0x9E3779B97F4A7C15)
        z = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        j = np.int64((z ^ (z >> np.uint64(31))) % np.uint64(i + 1))
        order[i], order[j] = order[j], order[i]
    return order


@njit(cache=True, nogil=True)
def weights_to(v: int, graph: Level, label: Int32s, to: Float64s, seen: Int32s) -> int:
    """Add up v's weight to each community into `to`; list them in `seen`, return how many."""
    n = 0
    for e in range(graph.ptr[v], graph.ptr[v + 1]):
        u = graph.idx[e]
        if u != v:
            c = label[u]
            if to[c] == 0.0:
                seen[n] = c
                n += 1
            to[c] += graph.weight[e]
    return n


@njit(cache=True, nogil=True)
def best_community(
    n: int, own: int, charge: float, total: Float64s, found: tuple[Float64s, Int32s]
) -> int:
    """The community with the largest gain, own one unless another is truly better.

    `charge` is resolution * k(v) / (2 m). Clears what `weights_to` found.
    """
    to, seen = found
    best, gain = own, to[own] - charge * total[own]
    for i in range(n):
        c = seen[i]
        other = to[c] - charge * total[c]
        # A margin above rounding, or two nodes could swap for ever.
        if other > gain + 1e-12 * (abs(gain) + to[c]):
            best, gain = c, other
    for i in range(n):
        to[seen[i]] = 0.0
    return best


@njit(cache=True, nogil=True)
def move_nodes(graph: Level, label: Int32s, order: Int32s, resolution: float) -> int:
    """Move nodes to better communities until none gains; how many moves were made.

    Labels are below n. A queue holds the nodes still to be looked at; a move puts the
    neighbours outside the new community back into it.
    """
    n = label.size
    total, to = np.zeros(n), np.zeros(n)
    for v in range(n):
        total[label[v]] += graph.degree[v]
    share = resolution / max(graph.degree.sum(), 1e-300)
    seen = np.empty(n, np.int32)
    queue, waiting = order.copy(), np.ones(n, np.bool_)
    head, left, moves = 0, n, 0
    while left > 0:
        v = queue[head]
        head, left = (head + 1) % n, left - 1
        waiting[v] = False
        own = label[v]
        total[own] -= graph.degree[v]
        found = weights_to(v, graph, label, to, seen)
        best = best_community(found, own, share * graph.degree[v], total, (to, seen))
        total[best] += graph.degree[v]
        if best == own:
            continue
        label[v] = best
        moves += 1
        for e in range(graph.ptr[v], graph.ptr[v + 1]):
            u = graph.idx[e]
            if label[u] != best and not waiting[u]:
                waiting[u] = True
                queue[(head + left) % n] = u
                left += 1
    return moves


class Parts(NamedTuple):
    """Well-connected parts of communities while they grow; a part is named for its first node.

    Attributes:
        part: int32[n], the part of each node.
        size, total: nodes of each part, and the sum of their degrees.
        outward: weight from a part to the rest of its community.
        whole: degrees of each community, summed.
    """

    part: Int32s
    size: Int32s
    total: Float64s
    outward: Float64s
    whole: Float64s


@njit(cache=True, nogil=True)
def single_parts(graph: Level, label: Int32s) -> Parts:
    """Each node as a part of its own."""
    n = label.size
    whole, outward = np.zeros(n), np.zeros(n)
    for v in range(n):
        whole[label[v]] += graph.degree[v]
        for e in range(graph.ptr[v], graph.ptr[v + 1]):
            u = graph.idx[e]
            if u != v and label[u] == label[v]:
                outward[v] += graph.weight[e]
    part, size = np.arange(n).astype(np.int32), np.ones(n, np.int32)
    return Parts(part, size, graph.degree.copy(), outward, whole)


@njit(cache=True, nogil=True)
def well_connected(c: int, community: int, parts: Parts, share: float) -> bool:
    """Whether part c has enough weight to the rest of its community."""
    k = parts.total[c]
    return bool(parts.outward[c] >= share * k * (parts.whole[community] - k))


@njit(cache=True, nogil=True)
def join_part(
    v: int, label: Int32s, parts: Parts, share: float, found: tuple[Float64s, Int32s]
) -> None:
    """Let the lone node v join the part of its community with the largest gain, if any.

    `found` holds v's weight to each part, and the parts with any.
    """
    to, seen = found
    k, best, gain = parts.total[v], v, 0.0
    for c in seen:
        more = to[c] - share * k * parts.total[c]
        if label[c] == label[v] and more > gain and well_connected(c, label[v], parts, share):
            best, gain = c, more
    if best != v:
        parts.part[v] = best
        parts.size[best] += 1
        parts.size[v] = 0
        parts.total[best] += k
        parts.outward[best] += parts.outward[v] - 2 * to[best]
    for c in seen:
        to[c] = 0.0


@njit(cache=True, nogil=True)
def refine(graph: Level, label: Int32s, order: Int32s, resolution: float) -> Int32s:
    """Split each community into well-connected parts; the part of each node.

    Each node starts alone. One that is still alone joins the part of its community with the
    largest gain, if both are well connected to the rest of the community. (The paper draws
    among the parts that gain; here the best is taken.)
    """
    n = label.size
    share = resolution / max(graph.degree.sum(), 1e-300)
    parts = single_parts(graph, label)
    to, seen = np.zeros(n), np.empty(n, np.int32)
    for v in order:
        alone = parts.part[v] == v and parts.size[v] == 1
        if alone and well_connected(v, label[v], parts, share):
            found = weights_to(v, graph, parts.part, to, seen)
            join_part(v, label, parts, share, (to, seen[:found]))
    part: Int32s = parts.part
    return part


@njit(cache=True, nogil=True)
def members_of(label: Int32s, n_labels: int) -> tuple[Int64s, Int32s]:
    """Nodes grouped by label: where each group starts, and the nodes."""
    starts = np.zeros(n_labels + 1, np.int64)
    for c in label:
        starts[c + 1] += 1
    for c in range(n_labels):
        starts[c + 1] += starts[c]
    place, members = starts.copy(), np.empty(label.size, np.int32)
    for v in range(label.size):
        members[place[label[v]]] = v
        place[label[v]] += 1
    return starts, members


@njit(cache=True, nogil=True)
def coarser(graph: Level, label: Int32s, n_labels: int) -> Level:
    """The graph whose nodes are the labels 0..n_labels - 1; weights add up."""
    starts, members = members_of(label, n_labels)
    ptr = np.zeros(n_labels + 1, np.int64)
    idx = np.empty(graph.idx.size, np.int32)
    weight, degree = np.empty(graph.idx.size), np.zeros(n_labels)
    to = np.zeros(n_labels)
    for c in range(n_labels):
        first = end = ptr[c]
        for v in members[starts[c] : starts[c + 1]]:
            degree[c] += graph.degree[v]
            for e in range(graph.ptr[v], graph.ptr[v + 1]):
                other = label[graph.idx[e]]
                if to[other] == 0.0:
                    idx[end] = other
                    end += 1
                to[other] += graph.weight[e]
        for e in range(first, end):
            weight[e] = to[idx[e]]
            to[idx[e]] = 0.0
        ptr[c + 1] = end
    return Level(ptr, idx[: ptr[-1]].copy(), weight[: ptr[-1]].copy(), degree)


@njit(cache=True, nogil=True)
def connected_parts(graph: Level, label: Int32s) -> Int32s:
    """Labels after each community is cut into its connected components, from 0 on."""
    n = label.size
    part, stack = np.full(n, -1, np.int32), np.empty(n, np.int32)
    n_parts = 0
    for start in range(n):
        if part[start] >= 0:
            continue
        part[start], stack[0], height = n_parts, start, 1
        while height > 0:
            height -= 1
            v = stack[height]
            for e in range(graph.ptr[v], graph.ptr[v + 1]):
                u = graph.idx[e]
                if part[u] < 0 and label[u] == label[v]:
                    part[u] = n_parts
                    stack[height] = u
                    height += 1
        n_parts += 1
    return part


@njit(cache=True, nogil=True)
def modularity_of(graph: Level, label: Int32s, n_labels: int, resolution: float) -> float:
    """Modularity of a partition (Newman 2004), with resolution; 0 for a graph without edges."""
    inside, total = 0.0, np.zeros(n_labels)
    for v in range(label.size):
        total[label[v]] += graph.degree[v]
        for e in range(graph.ptr[v], graph.ptr[v + 1]):
            if label[graph.idx[e]] == label[v]:
                inside += graph.weight[e]
    mass = graph.degree.sum()
    if mass == 0:
        return 0.0
    return float(inside / mass - resolution * ((total / mass) ** 2).sum())


@njit(cache=True, nogil=True)
def numbered(label: Int32s) -> int:
    """Rename labels in place to 0, 1, 2… by first appearance; how many there are."""
    name = np.full(label.size, -1, np.int32)
    n = 0
    for v in range(label.size):
        if name[label[v]] < 0:
            name[label[v]] = n
            n += 1
        label[v] = name[label[v]]
    return n
