"""Compiled loops over a graph read without directions: ties over communities, shortest paths.

Rows are `idx[ptr[i]:ptr[i + 1]]`, the neighbours of node i, in both directions.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Int64s = npt.NDArray[np.int64]
Int32s = npt.NDArray[np.int32]
Float32s = npt.NDArray[np.float32]
Float64s = npt.NDArray[np.float64]


@njit(cache=True, nogil=True)
def participation(
    ptr: Int64s, idx: Int32s, weight: Float32s, label: Int32s, n_labels: int
) -> Float64s:
    """1 - sum over communities of (ties into it / all ties)²; -1 for a node without ties.

    Source: participation coefficient, Guimera & Amaral, Nature 433, 2005.
    """
    spread = np.full(ptr.size - 1, -1.0)
    into = np.zeros(n_labels)
    for i in range(ptr.size - 1):
        total = 0.0
        for e in range(ptr[i], ptr[i + 1]):
            into[label[idx[e]]] += weight[e]
            total += weight[e]
        squares = 0.0
        for e in range(ptr[i], ptr[i + 1]):
            squares += into[label[idx[e]]] ** 2
            into[label[idx[e]]] = 0.0
        if total > 0:
            spread[i] = 1.0 - squares / (total * total)
    return spread


@njit(cache=True, nogil=True)
def dependencies(ptr: Int64s, idx: Int32s, pivots: Int32s) -> Float64s:
    """For each node the sum over pivots of the share of shortest paths that run through it.

    Source: Brandes, Journal of Mathematical Sociology 25, 2001; each edge is one step.
    """
    n = ptr.size - 1
    summed = np.zeros(n)
    depth = np.empty(n, np.int32)
    n_paths, share = np.empty(n), np.empty(n)
    queue = np.empty(n, np.int32)
    for p in range(pivots.size):
        n_seen = breadth_first(ptr, idx, pivots[p], (depth, n_paths, queue))
        share[:] = 0.0
        for place in range(n_seen - 1, 0, -1):
            node = queue[place]
            for e in range(ptr[node], ptr[node + 1]):
                before = idx[e]
                if depth[before] == depth[node] - 1:
                    share[before] += n_paths[before] / n_paths[node] * (1.0 + share[node])
            summed[node] += share[node]
    return summed


@njit(cache=True, nogil=True)
def breadth_first(
    ptr: Int64s, idx: Int32s, start: int, work: tuple[Int32s, Float64s, Int32s]
) -> int:
    """Fill depth, number of shortest paths and the order of visits from `start`; nodes seen."""
    depth, n_paths, queue = work
    depth[:] = -1
    n_paths[:] = 0.0
    depth[start], n_paths[start], queue[0] = 0, 1.0, start
    head, n_seen = 0, 1
    while head < n_seen:
        node = queue[head]
        head += 1
        for e in range(ptr[node], ptr[node + 1]):
            to = idx[e]
            if depth[to] < 0:
                depth[to] = depth[node] + 1
                queue[n_seen] = to
                n_seen += 1
            if depth[to] == depth[node] + 1:
                n_paths[to] += n_paths[node]
    return n_seen
