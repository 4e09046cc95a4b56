"""Compiled steps that turn edges into rows: count, order, place, sort, merge.

Source: counting sort, Knuth, The Art of Computer Programming 3, section 5.2.
"""

import numpy as np
from numba import njit

from mawj.graph.arrays import Float32s, Float64s, Int32s, Int64s


@njit(cache=True, nogil=True)
def count_ends(
    source: Int32s, target: Int32s, keep_loops: bool, n_out: Int32s, n_in: Int32s
) -> int:
    """Add each edge to the counts of both its ends; the place of the first bad edge, or -1."""
    n = n_out.size
    for e in range(source.size):
        s, t = source[e], target[e]
        if s < 0 or t < 0 or s >= n or t >= n:
            return e
        if s != t or keep_loops:
            n_out[s] += 1
            n_in[t] += 1
    return -1


@njit(cache=True, nogil=True)
def order_by_count(n_out: Int32s) -> Int32s:
    """Nodes with the most out-edges first, equal ones by id."""
    most = 0
    for v in range(n_out.size):
        most = max(most, n_out[v])
    place = np.zeros(most + 2, np.int64)
    for v in range(n_out.size):
        place[most - n_out[v] + 1] += 1
    for d in range(most + 1):
        place[d + 1] += place[d]
    order = np.empty(n_out.size, np.int32)
    for v in range(n_out.size):
        d = most - n_out[v]
        order[place[d]] = v
        place[d] += 1
    return order


@njit(cache=True, nogil=True)
def place_of(order: Int32s) -> Int32s:
    """The new number of each node, given the nodes in their new order."""
    rank_of = np.empty(order.size, np.int32)
    for i in range(order.size):
        rank_of[order[i]] = i
    return rank_of


@njit(cache=True, nogil=True)
def row_starts(order: Int32s, n_in: Int32s) -> Int64s:
    """Where each row would start, shifted by one: `starts[i + 1]` is the start of row i."""
    starts = np.zeros(order.size + 1, np.int64)
    for i in range(order.size - 1):
        starts[i + 2] = starts[i + 1] + n_in[order[i]]
    return starts


@njit(cache=True, nogil=True)
def place_edges(
    edges: tuple[Int32s, Int32s], rank_of: Int32s, keep_loops: bool, cursor: Int64s, idx: Int32s
) -> bool:
    """Write each edge's source into its target's row; False when an edge does not fit.

    `cursor[i + 1]` is where row i goes on; when all edges are placed it is where row i ends,
    so the array has become the pointers of the rows.
    """
    source, target = edges
    for e in range(source.size):
        s, t = source[e], target[e]
        if s != t or keep_loops:
            if min(s, t) < 0 or max(s, t) >= rank_of.size:
                return False
            row = rank_of[t] + 1
            place = cursor[row]
            if place >= idx.size:
                return False
            idx[place] = rank_of[s]
            cursor[row] = place + 1
    return True


@njit(cache=True, nogil=True)
def place_weighted(
    edges: tuple[Int32s, Int32s, Float32s],
    rank_of: Int32s,
    keep_loops: bool,
    cursor: Int64s,
    rows: tuple[Int32s, Float32s],
) -> bool:
    """As `place_edges`, with a weight beside each source."""
    source, target, weight = edges
    idx, in_weight = rows
    for e in range(source.size):
        s, t = source[e], target[e]
        if s != t or keep_loops:
            if min(s, t) < 0 or max(s, t) >= rank_of.size:
                return False
            row = rank_of[t] + 1
            place = cursor[row]
            if place >= idx.size:
                return False
            idx[place] = rank_of[s]
            in_weight[place] = weight[e]
            cursor[row] = place + 1
    return True


@njit(cache=True, nogil=True)
def rows_filled(ptr: Int64s, order: Int32s, n_in: Int32s) -> bool:
    """Whether each row holds as many edges as were counted for it."""
    wrong = 0
    for i in range(order.size):
        wrong += ptr[i + 1] - ptr[i] != n_in[order[i]]
    return wrong == 0


@njit(cache=True, nogil=True)
def merge_rows(first: int, last: int, ptr: Int64s, idx: Int32s, n_kept: Int32s) -> None:
    """Sort rows `first` to `last - 1` and drop repeated sources."""
    for row in range(first, last):
        lo, hi = ptr[row], ptr[row + 1]
        idx[lo:hi].sort()
        end = lo
        for e in range(lo, hi):
            if end == lo or idx[e] != idx[end - 1]:
                idx[end] = idx[e]
                end += 1
        n_kept[row] = end - lo


@njit(cache=True, nogil=True)
def merge_weighted(
    first: int, last: int, ptr: Int64s, rows: tuple[Int32s, Float32s], n_kept: Int32s
) -> None:
    """As `merge_rows`; repeated sources are merged and their weights added up.

    Weights of equal sources are added in the order of their size, so that the order in which
    edges arrive does not change a bit of the sum.
    """
    idx, weight = rows
    for row in range(first, last):
        lo, hi = ptr[row], ptr[row + 1]
        by_weight = np.argsort(weight[lo:hi], kind="mergesort")
        by_source = np.argsort(idx[lo:hi][by_weight], kind="mergesort")
        order = by_weight[by_source]
        sources, weights = idx[lo:hi][order], weight[lo:hi][order]
        end, total = lo, 0.0
        for e in range(hi - lo):
            if end > lo and sources[e] == idx[end - 1]:
                total += weights[e]
            else:
                idx[end] = sources[e]
                total = np.float64(weights[e])
                end += 1
            weight[end - 1] = total
        n_kept[row] = end - lo


@njit(cache=True, nogil=True)
def close_gaps(ptr: Int64s, n_kept: Int32s, values: Int32s | Float32s) -> None:
    """Move what each row keeps to the front of `values`; rows stand back to back after it."""
    end = 0
    for row in range(n_kept.size):
        start = ptr[row]
        if start != end:
            for e in range(n_kept[row]):
                values[end + e] = values[start + e]
        end += n_kept[row]


@njit(cache=True, nogil=True)
def count_out(idx: Int32s, out_weight: Float64s) -> None:
    """Add 1 to the source of each edge."""
    for e in range(idx.size):
        out_weight[idx[e]] += 1.0


@njit(cache=True, nogil=True)
def add_out(idx: Int32s, weight: Float32s, out_weight: Float64s) -> None:
    """Add each edge's weight to its source."""
    for e in range(idx.size):
        out_weight[idx[e]] += weight[e]


@njit(cache=True, nogil=True)
def rows_reaching(ptr: Int64s, goals: Float64s) -> Int64s:
    """For each goal the first row before which at least so many edges and rows lie."""
    found = np.empty(goals.size, np.int64)
    for g in range(goals.size):
        low, high = 0, ptr.size - 1
        while low < high:
            middle = (low + high) // 2
            if ptr[middle] + middle < goals[g]:
                low = middle + 1
            else:
                high = middle
        found[g] = low
    return found
