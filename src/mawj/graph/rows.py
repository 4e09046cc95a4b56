"""Compressed rows: sorted, merged, and cut into runs of about equal work."""

from typing import NamedTuple

import numpy as np

from mawj.graph import building
from mawj.graph.arrays import Float32s, Int32s, Int64s
from mawj.graph.crew import Crew

# Enough pieces that the last ones to finish leave no thread waiting long.
PIECES = 64


class Rows(NamedTuple):
    """Row pointers, sources, and weights or None."""

    ptr: Int64s
    idx: Int32s
    weight: Float32s | None


def merged(rows: Rows, threads: int) -> Rows:
    """Rows sorted by source, each source once; memory that merging frees is given back."""
    n_kept = np.zeros(rows.ptr.size - 1, np.int32)
    cuts = equal_cuts(rows.ptr, PIECES)

    def merge(piece: int) -> None:
        first, last = cuts[piece], cuts[piece + 1]
        if rows.weight is None:
            building.merge_rows(first, last, rows.ptr, rows.idx, n_kept)
        else:
            building.merge_weighted(first, last, rows.ptr, (rows.idx, rows.weight), n_kept)

    with Crew(threads) as crew:
        crew.share(merge, cuts.size - 1)
    ptr = np.zeros_like(rows.ptr)
    np.cumsum(n_kept, out=ptr[1:])
    for values in (rows.idx, rows.weight):
        if values is not None:
            building.close_gaps(rows.ptr, n_kept, values)
            values.resize(int(ptr[-1]), refcheck=False)
    return Rows(ptr, rows.idx, rows.weight)


def equal_cuts(ptr: Int64s, pieces: int) -> Int64s:
    """Where to cut rows into at most `pieces` runs of about equal work, rows counted too."""
    goals = np.linspace(0, ptr[-1] + ptr.size - 1, pieces + 1)[1:-1]
    inner = building.rows_reaching(ptr, goals)
    return np.unique(np.concatenate(([0], inner, [ptr.size - 1]))).astype(np.int64)
