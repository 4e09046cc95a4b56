"""Which community each account belongs to, and how far it reaches into others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from mawj.graph.brokers import BetweennessSettings, participation, sampled_betweenness
from mawj.graph.communities import CommunitySettings, communities
from mawj.graph.symmetry import undirected
from mawj.identify.graph_arrays import attention_graph
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
    spread = participation(both_ways, found.labels.astype(np.int32))
    sampled = BetweennessSettings(pivots=bridge_settings.pivots)
    between = sampled_betweenness(both_ways, seed=seed, settings=sampled)
    columns: dict[str, Any] = {
        "account_id": attention.ids,
        "community_id": found.labels.astype(np.int64),
        "participation": pa.array(spread.values, mask=spread.strength <= 0),
        "betweenness_est": np.clip(between.values, 0.0, 1.0),
    }
    return pa.table(columns, schema=schema)
