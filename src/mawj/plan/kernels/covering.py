"""Compiled passes over who covers what: rows in another order, elements covered alone.

Rows are ``ptr int64[n + 1]`` and ``member int32[m]``: row i covers
``member[ptr[i]:ptr[i + 1]]``.
"""

import numpy as np
from numba import njit

from mawj.graph.arrays import Float64s, Int32s, Int64s


@njit(cache=True, nogil=True)
def rows_taken(
    ptr: Int64s, member: Int32s, rows: Int64s, n_elements: int
) -> tuple[Int64s, Int32s, Int32s, bool]:
    """Some rows in the order of `rows`: ptr, member, rows by element, whether none repeats."""
    new_ptr = np.zeros(rows.size + 1, np.int64)
    for place in range(rows.size):
        new_ptr[place + 1] = new_ptr[place] + ptr[rows[place] + 1] - ptr[rows[place]]
    taken = np.empty(new_ptr[rows.size], np.int32)
    covered = np.zeros(n_elements, np.int32)
    last = np.full(n_elements, -1, np.int32)
    is_clean = True
    for place in range(rows.size):
        at = new_ptr[place]
        for t in range(ptr[rows[place]], ptr[rows[place] + 1]):
            e = member[t]
            if last[e] == place:
                is_clean = False
            last[e] = place
            covered[e] += 1
            taken[at] = e
            at += 1
    return new_ptr, taken, covered, is_clean


@njit(cache=True, nogil=True)
def folded(
    ptr: Int64s, member: Int32s, weight: Float64s, covered: Int32s
) -> tuple[Int64s, Float64s, Float64s, Int32s]:
    """Rows without the elements that only one row covers; `member` is rewritten in place.

    Returns:
        ptr; the weight of each row's own elements; the weight of all its elements; the new
        number of each element (-1: gone).
    """
    n = ptr.size - 1
    number, size = np.full(covered.size, -1, np.int32), 0
    for e in range(covered.size):
        if covered[e] > 1 and weight[e] > 0.0:
            number[e] = size
            size += 1
    own, whole = np.zeros(n, np.float64), np.zeros(n, np.float64)
    new_ptr, at = np.zeros(n + 1, np.int64), 0
    for i in range(n):
        for t in range(ptr[i], ptr[i + 1]):
            e = member[t]
            whole[i] += weight[e]
            if number[e] < 0:
                own[i] += weight[e]
            else:
                member[at] = number[e]
                at += 1
        new_ptr[i + 1] = at
    return new_ptr, own, whole, number


@njit(cache=True, nogil=True)
def layered(ptr: Int64s, member: Int32s, level: Int32s, n_levels: int) -> tuple[Int64s, Int32s]:
    """Each element as `n_levels` elements; row i covers the first `level[i] + 1` of each."""
    n = ptr.size - 1
    new_ptr = np.zeros(n + 1, np.int64)
    for i in range(n):
        new_ptr[i + 1] = new_ptr[i] + (ptr[i + 1] - ptr[i]) * (level[i] + 1)
    made = np.empty(new_ptr[n], np.int32)
    for i in range(n):
        at = new_ptr[i]
        for t in range(ptr[i], ptr[i + 1]):
            for k in range(level[i] + 1):
                made[at] = member[t] * n_levels + k
                at += 1
    return new_ptr, made


@njit(cache=True, nogil=True)
def signatures(ptr: Int64s, member: Int32s, keys: Int64s, n_elements: int) -> Int64s:
    """The sum of the keys of the rows that cover each element, without regard to overflow."""
    made = np.zeros(n_elements, np.int64)
    for i in range(ptr.size - 1):
        for t in range(ptr[i], ptr[i + 1]):
            made[member[t]] += keys[i]
    return made


@njit(cache=True, nogil=True)
def merged_rows(
    ptr: Int64s, member: Int32s, number: Int32s, n_new: int
) -> tuple[Int64s, Int32s]:
    """Rows over renumbered elements, each once."""
    n = ptr.size - 1
    new_ptr, made, at = np.zeros(n + 1, np.int64), np.empty(member.size, np.int32), 0
    last = np.full(n_new, -1, np.int64)
    for i in range(n):
        for t in range(ptr[i], ptr[i + 1]):
            e = number[member[t]]
            if last[e] != i:
                last[e] = i
                made[at] = e
                at += 1
        new_ptr[i + 1] = at
    return new_ptr, made[:at].copy()


@njit(cache=True, nogil=True)
def gathered(
    ptr: Int64s, member: Int32s, price: Float64s, rows: tuple[int, int], into: Float64s
) -> None:
    """For rows `rows[0]` to `rows[1] - 1`: the sum of the prices of their elements."""
    for i in range(rows[0], rows[1]):
        total = 0.0
        for t in range(ptr[i], ptr[i + 1]):
            total += price[member[t]]
        into[i] = total


@njit(cache=True, nogil=True)
def scattered(
    ptr: Int64s, member: Int32s, rows: Int32s, amount: Float64s, into: Float64s
) -> None:
    """Add to each element the amounts of the rows that cover it."""
    for place in range(rows.size):
        i = rows[place]
        for t in range(ptr[i], ptr[i + 1]):
            into[member[t]] += amount[place]
