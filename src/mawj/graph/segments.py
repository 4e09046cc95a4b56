"""A graph's in-edges laid out in tiles that fit the cache; ranking is then faster."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np

from mawj.graph import tiles
from mawj.graph.arrays import Int64s
from mawj.graph.crew import Crew
from mawj.graph.rows import PIECES, Rows, equal_cuts
from mawj.graph.stored import load_arrays, save_arrays
from mawj.graph.tiles import Counts, Dense, Sparse


@dataclass(frozen=True)
class SegmentSettings:
    """How tiles are cut.

    Attributes:
        dense_sources: the busiest sources whose edges lie in dense tiles, rounded down to whole
            segments. Their flows (4 bytes each) should stay in the last-level cache: 2**19 is
            2 MiB (our measurements).
        source_bits: a segment has 2**source_bits sources, 16 bits at most: 256 KiB of flows
            (our measurements with 1 MiB of second-level cache).
        block_rows: most rows of a block, 65,536 at most.
        pieces: runs of about equal work that rows are cut into before that.
        threads: threads; the result does not depend on it.
    """

    dense_sources: int = 1 << 19
    source_bits: int = 16
    block_rows: int = 1 << 16
    pieces: int = PIECES
    threads: int = 2

    def __post_init__(self) -> None:
        if not 1 <= self.source_bits <= 16 or not 1 <= self.block_rows <= 1 << 16:
            raise ValueError("places in a tile must fit 16 bits")


@dataclass(frozen=True)
class Segments:
    """Tiles of a graph, in its new numbers.

    Attributes:
        cuts: int64[blocks + 1]; block b has rows cuts[b] to cuts[b + 1] - 1.
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
    cuts = block_cuts(rows.ptr, settings.pieces, settings.block_rows)
    counts = no_counts(cuts.size - 1, n_sources, settings)

    def count(b: int) -> None:
        _, n_rows, n_edges, n_sparse = counts
        mine = Counts(counts.bits, n_rows[b], n_edges[b], n_sparse[b])
        tiles.count_tiles((cuts[b], cuts[b + 1]), links, mine)

    def fill(b: int) -> None:
        tiles.fill_tiles((cuts[b], cuts[b + 1]), links, b, dense, sparse)

    with Crew(settings.threads) as crew:
        crew.share(count, cuts.size - 1)
        weighted = rows.weight is not None
        dense = empty_dense(counts, weighted)
        sparse = empty_sparse(counts, weighted)
        crew.share(fill, cuts.size - 1)
    return Segments(cuts, dense, sparse)


def no_counts(n_blocks: int, n_sources: int, settings: SegmentSettings) -> Counts:
    """Counts of 0 for all tiles."""
    bits = settings.source_bits
    n_segments = -(-n_sources // (1 << bits))
    n_dense = min(n_segments, settings.dense_sources >> bits)
    return Counts(
        np.array([bits]),
        np.zeros((n_blocks, n_dense, tiles.LONG + 1), np.int32),
        np.zeros((n_blocks, n_dense), np.int64),
        np.zeros((n_blocks, n_segments - n_dense), np.int64),
    )


def block_cuts(ptr: Int64s, pieces: int, most: int) -> Int64s:
    """Rows cut into runs of about equal work, those into blocks of at most `most` rows."""
    cuts = equal_cuts(ptr, pieces)
    return np.unique(
        np.concatenate([np.arange(a, b, most) for a, b in pairwise(cuts)] + [cuts[-1:]])
    )


def empty_dense(counts: Counts, weighted: bool) -> Dense:
    """Room for the dense tiles that were counted."""
    n_rows, n_edges = counts.n_rows, counts.n_edges
    sizes = np.stack((n_rows.sum(-1, dtype=np.int64), n_edges, n_rows[..., -1]), axis=-1)
    ends = np.cumsum(sizes.reshape(-1, 3), axis=0)
    start = ends.reshape(sizes.shape) - sizes
    total = ends[-1] if ends.size else np.zeros(3, np.int64)
    row, source = np.empty(total[0], np.uint16), np.empty(total[1], np.uint16)
    weight = np.empty(total[1] if weighted else 0, np.float32)
    length = np.empty(total[2], np.int32)
    return Dense(counts.bits, n_rows, start, row, source, length, weight)


def empty_sparse(counts: Counts, weighted: bool) -> Sparse:
    """Room for the sparse tiles that were counted."""
    n_blocks, n_segments = counts.n_sparse.shape
    ends = np.concatenate(([0], np.cumsum(counts.n_sparse.T)))
    at = np.arange(n_segments)[:, None] * n_blocks + np.arange(n_blocks + 1)
    total = int(ends[-1])
    row, source = np.empty(total, np.uint16), np.empty(total, np.uint16)
    weight = np.empty(total if weighted else 0, np.float32)
    return Sparse(counts.bits, ends[at], row, source, weight)
