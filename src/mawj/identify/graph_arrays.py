"""The table of edges as a graph: account ids numbered, in their order."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute

from mawj.graph.adjacency import Adjacency, adjacency

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute


class AttentionGraph(NamedTuple):
    """Accounts by number, and who points at whom; `ids` are sorted, so names give the order."""

    ids: Any
    graph: Adjacency
    source: npt.NDArray[np.int32]
    target: npt.NDArray[np.int32]
    weight: npt.NDArray[np.float32]


def attention_graph(edges: pa.Table) -> AttentionGraph:
    """The graph of `edges` (source_id, target_id, weight); those of no weight are left out.

    Accounts that have only such edges stay as nodes. Memory: about 40 bytes an edge.
    """
    columns: list[Any] = [edges["source_id"], edges["target_id"]]
    chunks = [chunk for column in columns for chunk in column.chunks]
    both = pa.chunked_array(chunks, pa.string())
    ids = pc.unique(both)
    ids = ids.take(pc.array_sort_indices(ids))
    source, target = (numbers(column, ids) for column in columns)
    weight = edges["weight"].to_numpy().astype(np.float32)
    counts = weight > 0
    source, target, weight = source[counts], target[counts], weight[counts]
    graph = adjacency(source, target, len(ids), weight=weight)
    return AttentionGraph(ids, graph, source, target, weight)


def numbers(column: Any, ids: Any) -> npt.NDArray[np.int32]:
    """The place of each value among `ids`; -1 where it is not among them."""
    found = pc.fill_null(pc.index_in(column, value_set=ids), -1)
    placed: npt.NDArray[np.int32] = found.to_numpy().astype(np.int32)
    return placed
