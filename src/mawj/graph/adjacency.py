"""Who points at whom, as compressed rows of in-edges, the busiest sources numbered first.

Ranking pulls: a node reads from the nodes that point at it. Numbering the nodes with most
out-edges first puts the values read most often next to each other, which is what keeps them
in the cache (performance notes of this package, `rank`).

Memory: 4 bytes an edge (8 with weights) and 24 bytes a node stay. While it is made, edges
that come in blocks cost nothing beyond one block; two int32 arrays cost their own 8 bytes.
"""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

from mawj.graph import building
from mawj.graph.arrays import Float32s, Float64s, Int32s, Int64s
from mawj.graph.rows import Rows, merged
from mawj.graph.segments import Segments, SegmentSettings, segments
from mawj.graph.stored import load_arrays, save_arrays


class EdgeBlock(NamedTuple):
    """Some of the edges: ids of sources and targets, and weights above 0 or None."""

    source: Int32s
    target: Int32s
    weight: Float32s | None = None


Blocks = Callable[[], Iterable[EdgeBlock]]


@dataclass(frozen=True)
class AdjacencySettings:
    """How edges become rows.

    Attributes:
        keep_loops: keep edges from a node to itself. Off: nobody lends themselves authority
            (our judgement).
        segment_from: nodes from which on the edges are also laid out in tiles (our
            measurements: below, all flows fit the cache anyway).
        threads: threads for sorting; the result does not depend on it.
    """

    keep_loops: bool = False
    segment_from: int = 1 << 17
    threads: int = 2


@dataclass(frozen=True)
class Adjacency:
    """A directed graph by its in-edges; nodes are renumbered, `order` leads back.

    Attributes:
        in_ptr: int64[n + 1]; row i of `in_idx` is `in_idx[in_ptr[i]:in_ptr[i + 1]]`.
        in_idx: int32[m]; sources by new number, ascending in each row, none twice.
        in_weight: float32[m], or None where each edge counts 1.
        out_weight: float64[n]; sum of the weights of a node's out-edges, by new number.
        order: int32[n]; the caller's id of each new number.
        rank_of: int32[n]; the new number of each caller's id.
        segments: the same edges in tiles that fit the cache, or None.
    """

    in_ptr: Int64s
    in_idx: Int32s
    in_weight: Float32s | None
    out_weight: Float64s
    order: Int32s
    rank_of: Int32s
    segments: Segments | None = None

    @property
    def n_nodes(self) -> int:
        """How many nodes there are."""
        return int(self.order.size)

    @property
    def n_edges(self) -> int:
        """How many edges are kept after merging."""
        return int(self.in_idx.size)

    def save(self, folder: Path) -> None:
        """Write each array as a `.npy` file of its name into `folder`, which may not exist."""
        save_arrays(folder, {name: getattr(self, name) for name in ARRAYS})
        shutil.rmtree(folder / "segments", ignore_errors=True)
        if self.segments is not None:
            self.segments.save(folder / "segments")

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Map the arrays that `save` wrote; nothing is read before it is used.

        Raises:
            FileNotFoundError: when `folder` lacks one of the arrays.
        """
        has_weight = (folder / "in_weight.npy").exists()
        names = [name for name in ARRAYS if has_weight or name != "in_weight"]
        has_segments = (folder / "segments").exists()
        tiles = Segments.load(folder / "segments") if has_segments else None
        return cls(**({"in_weight": None} | load_arrays(folder, names)), segments=tiles)


ARRAYS = ("in_ptr", "in_idx", "in_weight", "out_weight", "order", "rank_of")


def with_segments(adjacency: Adjacency, settings: SegmentSettings | None = None) -> Adjacency:
    """The same graph with its edges laid out in tiles as well, which ranking then uses."""
    rows = Rows(adjacency.in_ptr, adjacency.in_idx, adjacency.in_weight)
    # Sources come first in the numbering, so the last of them tells how many there are.
    n_sources = int(np.count_nonzero(adjacency.out_weight))
    return replace(adjacency, segments=segments(rows, n_sources, settings))


def adjacency(
    source: Int32s,
    target: Int32s,
    n_nodes: int,
    *,
    weight: Float32s | None = None,
    settings: AdjacencySettings | None = None,
) -> Adjacency:
    """The graph of the edges `source[e] -> target[e]`; see `adjacency_from_blocks`."""
    block = EdgeBlock(source, target, weight)
    return adjacency_from_blocks(lambda: [block], n_nodes, settings=settings)


def adjacency_from_blocks(
    blocks: Blocks, n_nodes: int, *, settings: AdjacencySettings | None = None
) -> Adjacency:
    """The graph of all edges in `blocks()`, which is called twice and must give the same edges.

    Repeated edges are merged; their weights add up. Without weights an edge counts once.

    Raises:
        ValueError: when an id is outside 0..n_nodes - 1, a weight is not above 0, arrays differ
            in length, only some blocks have weights, or the second reading differs.
    """
    settings = settings or AdjacencySettings()
    n_out, n_in, weighted = counted(blocks, n_nodes, settings.keep_loops)
    order = building.order_by_count(n_out)
    del n_out
    rank_of = building.place_of(order)
    rows = placed(blocks, Numbering(order, rank_of, n_in), weighted, settings.keep_loops)
    ptr, idx, weight = merged(rows, settings.threads)
    out_weight = np.zeros(n_nodes, np.float64)
    if weight is None:
        building.count_out(idx, out_weight)
    else:
        building.add_out(idx, weight, out_weight)
    made = Adjacency(ptr, idx, weight, out_weight, order, rank_of)
    if n_nodes < settings.segment_from:
        return made
    return with_segments(made, SegmentSettings(threads=settings.threads))


class Numbering(NamedTuple):
    """The nodes in their new order, the new number of each id, and its count of in-edges."""

    order: Int32s
    rank_of: Int32s
    n_in: Int32s


def counted(blocks: Blocks, n_nodes: int, keep_loops: bool) -> tuple[Int32s, Int32s, bool]:
    """The first reading: out- and in-edges of each node, and whether edges have weights."""
    n_out, n_in = np.zeros(n_nodes, np.int32), np.zeros(n_nodes, np.int32)
    weighted: bool | None = None
    for block in blocks():
        check_block(block, weighted)
        weighted = block.weight is not None
        bad = building.count_ends(block.source, block.target, keep_loops, n_out, n_in)
        if bad >= 0:
            edge = f"{block.source[bad]} -> {block.target[bad]}"
            raise ValueError(f"edge {bad} of its block, {edge}, is outside 0..{n_nodes - 1}")
    return n_out, n_in, bool(weighted)


def check_block(block: EdgeBlock, weighted: bool | None) -> None:
    """Refuse arrays that do not fit together or weights that are not above 0."""
    if block.source.shape != block.target.shape:
        raise ValueError("source and target differ in length")
    if weighted is not None and weighted != (block.weight is not None):
        raise ValueError("either all blocks have weights or none")
    if block.weight is None:
        return
    if block.weight.shape != block.source.shape:
        raise ValueError("weight and source differ in length")
    if not np.all((block.weight > 0) & np.isfinite(block.weight)):
        raise ValueError("a weight must be above 0 and finite; leave such edges out")


def placed(blocks: Blocks, numbering: Numbering, weighted: bool, keep_loops: bool) -> Rows:
    """The second reading: each edge in its target's row, not yet sorted."""
    ptr = building.row_starts(numbering.order, numbering.n_in)
    n_edges = int(numbering.n_in.sum(dtype=np.int64))
    idx = np.empty(n_edges, np.int32)
    weight = np.empty(n_edges, np.float32) if weighted else None
    fits = True
    for block in blocks():
        ends = (block.source, block.target)
        if weight is None or block.weight is None:
            fits &= building.place_edges(ends, numbering.rank_of, keep_loops, ptr, idx)
        else:
            edges, row = (*ends, block.weight), (idx, weight)
            fits &= building.place_weighted(edges, numbering.rank_of, keep_loops, ptr, row)
    if not (fits and building.rows_filled(ptr, numbering.order, numbering.n_in)):
        raise ValueError("the second reading of the blocks gave other edges than the first")
    return Rows(ptr, idx, weight)
