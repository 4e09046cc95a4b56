"""Compiled steps for brokers: links by community, and shortest ways from a node."""

import numpy as np
from numba import njit

from mawj.graph.arrays import Float64s, Int32s, Int64s
from mawj.graph.pulling import Links


@njit(cache=True, nogil=True)
def shares_squared(links: Links, label: Int32s, strength: Float64s) -> Float64s:
    """For each node the sum of squared shares of its weight that go to each community."""
    ptr, idx, weight = links
    most = 0
    for c in label:
        most = max(most, c)
    to = np.zeros(most + 1)
    squared = np.zeros(label.size)
    for v in range(label.size):
        for e in range(ptr[v], ptr[v + 1]):
            to[label[idx[e]]] += weight[e]
        for e in range(ptr[v], ptr[v + 1]):
            squared[v] += (to[label[idx[e]]] / strength[v]) ** 2
            to[label[idx[e]]] = 0.0
    return squared


@njit(cache=True, nogil=True)
def count_ways(
    pivot: int, rows: tuple[Int64s, Int32s], queue: Int32s, distance: Int32s, ways: Float64s
) -> int:
    """Breadth first from `pivot`; how many nodes were reached.

    `queue` gets them in order of distance, `ways` the number of shortest ways to each.
    """
    ptr, idx = rows
    distance[:] = -1
    queue[0], distance[pivot], ways[pivot] = pivot, 0, 1.0
    head, tail = 0, 1
    while head < tail:
        v = queue[head]
        head += 1
        for e in range(ptr[v], ptr[v + 1]):
            u = idx[e]
            if distance[u] < 0:
                distance[u] = distance[v] + 1
                ways[u] = 0.0
                queue[tail] = u
                tail += 1
            if distance[u] == distance[v] + 1:
                ways[u] += ways[v]
    return tail


@njit(cache=True, nogil=True)
def add_dependencies(pivots: Int64s, ptr: Int64s, idx: Int32s, sums: Float64s) -> None:
    """Add each node's dependency on each pivot, and its square, to `sums`.

    Rows hold in-edges, so that the ways followed back from a pivot are those that end there.
    """
    n = ptr.size - 1
    queue, distance = np.empty(n, np.int32), np.empty(n, np.int32)
    ways, depends = np.empty(n), np.empty(n)
    for pivot in pivots:
        reached = count_ways(pivot, (ptr, idx), queue, distance, ways)
        for i in range(reached - 1, 0, -1):
            v = queue[i]
            through = 0.0
            for e in range(ptr[v], ptr[v + 1]):
                u = idx[e]
                if distance[u] == distance[v] + 1:
                    through += ways[v] / ways[u] * (1.0 + depends[u])
            depends[v] = through
            sums[0, v] += through
            sums[1, v] += through * through
