"""Which community each account belongs to, and how far it reaches into others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mawj.graph.communities import CommunitySettings, communities
from mawj.graph.symmetry import undirected
from mawj.identify.graph_arrays import attention_graph
from mawj.identify.kernels import paths
from mawj.tables.declared import TABLES


@dataclass(frozen=True)
class BridgeSettings:
    """How communities and the accounts between them are sought.

    Attributes:
        resolution: above 1 gives more and smaller communities; 1 is plain modularity (Newman
            2004; resolution by Reichardt & Bornholdt 2006).
        passes: times the method starts again from what it found.
        pivots: accounts from which shortest paths are counted; all where there are fewer.
            Brandes & Pich 2007 find some dozens enough to order the leading nodes; 64 is our
            judgement.
    """

    resolution: float = 1.0
    passes: int = 2
    pivots: int = 64


def account_communities(
    edges: pa.Table, *, bridge_settings: BridgeSettings, seed: int
) -> pa.Table:
    """The community of each account in the graph of attention: one row per account.

    Reads:
        edges: source_id, target_id, weight; read without directions.

    Returns:
        community_id by the Leiden method (Traag, Waltman & van Eck 2019), 0 the largest;
        participation, 1 - sum of squared shares of its ties by community (Guimera & Amaral
        2005); betweenness_est, the share of shortest paths between others that run through it,
        estimated from `pivots` accounts drawn at random (Brandes & Pich 2007), each tie one
        step. Time: edges × pivots; memory: some 40 bytes an edge.

    Nulls:
        participation where all ties weigh nothing.
    """
    schema = TABLES["account_communities"].schema
    if edges.num_rows == 0:
        return schema.empty_table()
    attention = attention_graph(edges)
    settings = CommunitySettings(bridge_settings.resolution, bridge_settings.passes)
    found = communities(attention.graph, seed=seed, settings=settings)
    both_ways = undirected(attention.graph)
    label = found.labels[both_ways.order].astype(np.int32)
    rows = (both_ways.in_ptr, both_ways.in_idx)
    weight = np.asarray(both_ways.in_weight, np.float32)
    spread = paths.participation(*rows, weight, label, found.n_communities)[both_ways.rank_of]
    between = _between(rows, bridge_settings.pivots, seed)[both_ways.rank_of]
    columns: dict[str, Any] = {
        "account_id": attention.ids,
        "community_id": found.labels.astype(np.int64),
        "participation": pa.array(np.maximum(spread, 0.0), mask=spread == -1.0),
        "betweenness_est": between,
    }
    return pa.table(columns, schema=schema)


def _between(
    rows: tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]], pivots: int, seed: int
) -> npt.NDArray[np.float64]:
    """The share of shortest paths through each node, from sampled starts."""
    n = rows[0].size - 1
    chosen = np.random.default_rng(seed).permutation(n)[:pivots].astype(np.int32)
    # Each pair of others is met from both of its ends when all nodes are pivots.
    pairs = max((n - 1) * (n - 2), 1)
    summed: npt.NDArray[np.float64] = paths.dependencies(*rows, np.sort(chosen))
    return np.clip(summed * (n / max(chosen.size, 1)) / pairs, 0.0, 1.0)
