"""A graph's in-edges laid out in tiles that fit the cache; ranking is then faster."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np

from mawj.graph import tiles
from mawj.graph.arrays import Int32s, Int64s
from mawj.graph.crew import Crew
from mawj.graph.rows import PIECES, Rows, equal_cuts
from mawj.graph.stored import load_arrays, save_arrays
from mawj.graph.tiles import BITS, Dense, Sparse


@dataclass(frozen=True)
class SegmentSettings:
    """How tiles are cut.

    Attributes:
        dense_sources: the busiest sources whose edges lie in dense tiles; a multiple of 65,536
            is meant. Their flows (4 bytes each) should stay in the last-level cache: 2**19 is
            2 MiB (our measurements).
        threads: threads; the result does not depend on it.
    """

    dense_sources: int = 1 << 19
    threads: int = 2


@dataclass(frozen=True)
class Segments:
    """Tiles of a graph, in its new numbers.

    Attributes:
        cuts: int64[blocks + 1]; block b has rows cuts[b] to cuts[b + 1] - 1, 65,536 at most.
        dense: tiles of the busiest sources.
        sparse: tiles of the others.
    """

    cuts: Int64s
    dense: Dense
    sparse: Sparse

    def save(self, folder: Path) -> None:
        """Write each array as a `.npy` file into `folder`."""
        save_arrays(folder, {"cuts": self.cuts})
        save_arrays(folder / "dense", self.dense._asdict())
        save_arrays(folder / "sparse", self.sparse._asdict())

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Map the arrays that `save` wrote."""
        return cls(
            load_arrays(folder, ["cuts"])["cuts"],
            Dense(**load_arrays(folder / "dense", Dense._fields)),
            Sparse(**load_arrays(folder / "sparse", Sparse._fields)),
        )


def segments(rows: Rows, n_sources: int, settings: SegmentSettings | None = None) -> Segments:
    """The tiles of compressed rows whose sources are all below `n_sources`.

    Costs 2.2 to 4 bytes an edge (4 more with weights) beside the rows.
    """
    settings = settings or SegmentSettings()
    links = (
        rows.ptr,
        rows.idx,
        np.empty(0, np.float32) if rows.weight is None else rows.weight,
    )
    cuts = block_cuts(rows.ptr)
    n_segments = -(-n_sources // (1 << BITS))
    n_dense = min(n_segments, settings.dense_sources >> BITS)
    shape = cuts.size - 1, n_dense
    n_rows = np.zeros((*shape, tiles.LONG + 1), np.int32)
    n_edges = np.zeros(shape, np.int64)
    n_sparse = np.zeros((cuts.size - 1, n_segments - n_dense), np.int64)

    def count(b: int) -> None:
        span = (cuts[b], cuts[b + 1])
        tiles.count_tiles(span, links, n_rows[b], n_edges[b], n_sparse[b])

    def fill(b: int) -> None:
        tiles.fill_tiles((cuts[b], cuts[b + 1]), links, b, dense, sparse)

    with Crew(settings.threads) as crew:
        crew.share(count, cuts.size - 1)
        weighted = rows.weight is not None
        dense = empty_dense(n_rows, n_edges, weighted)
        sparse = empty_sparse(n_sparse.T, weighted)
        crew.share(fill, cuts.size - 1)
    return Segments(cuts, dense, sparse)


def block_cuts(ptr: Int64s) -> Int64s:
    """Rows cut into blocks of about equal work, none of more rows than 16 bits can name."""
    cuts = equal_cuts(ptr, PIECES)
    most = 1 << BITS
    return np.unique(
        np.concatenate([np.arange(a, b, most) for a, b in pairwise(cuts)] + [cuts[-1:]])
    )


def empty_dense(n_rows: Int32s, n_edges: Int64s, weighted: bool) -> Dense:
    """Room for the dense tiles that were counted."""
    sizes = np.stack((n_rows.sum(-1, dtype=np.int64), n_edges, n_rows[..., -1]), axis=-1)
    ends = np.cumsum(sizes.reshape(-1, 3), axis=0)
    start = ends.reshape(sizes.shape) - sizes
    total = ends[-1] if ends.size else np.zeros(3, np.int64)
    row, source = np.empty(total[0], np.uint16), np.empty(total[1], np.uint16)
    weight = np.empty(total[1] if weighted else 0, np.float32)
    return Dense(n_rows, start, row, source, np.empty(total[2], np.int32), weight)


def empty_sparse(n_edges: Int64s, weighted: bool) -> Sparse:
    """Room for the sparse tiles; `n_edges` by segment and block."""
    n_segments, n_blocks = n_edges.shape
    ends = np.concatenate(([0], np.cumsum(n_edges)))
    at = np.arange(n_segments)[:, None] * n_blocks + np.arange(n_blocks + 1)
    total = int(ends[-1])
    row, source = np.empty(total, np.uint16), np.empty(total, np.uint16)
    return Sparse(ends[at], row, source, np.empty(total if weighted else 0, np.float32))
