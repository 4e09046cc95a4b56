"""Small random graphs for the tests of this folder."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from mawj.graph.adjacency import Adjacency, AdjacencySettings, adjacency
from mawj.graph.arrays import Float32s, Int32s

Settings = AdjacencySettings | None


@dataclass(frozen=True)
class Edges:
    """A graph as the caller has it: loops, doubles, lonely and dangling nodes included."""

    n_nodes: int
    source: Int32s
    target: Int32s
    weight: Float32s

    def adjacency(
        self, *, weighted: bool, settings: AdjacencySettings | None = None
    ) -> Adjacency:
        weight = self.weight if weighted else None
        return adjacency(
            self.source, self.target, self.n_nodes, weight=weight, settings=settings
        )

    def oracle(self, *, weighted: bool) -> nx.DiGraph:
        graph = nx.DiGraph()
        graph.add_nodes_from(range(self.n_nodes))
        for s, t, w in zip(self.source, self.target, self.weight, strict=True):
            if s == t:
                continue
            before = graph.get_edge_data(s, t, {"weight": 0.0})["weight"]
            graph.add_edge(int(s), int(t), weight=before + float(w) if weighted else 1.0)
        return graph

    def renamed(self, names: Int32s) -> "Edges":
        source, target = names[self.source], names[self.target]
        return Edges(
            self.n_nodes, source.astype(np.int32), target.astype(np.int32), self.weight
        )


def random_edges(seed: int, n_nodes: int = 60, n_edges: int = 300) -> Edges:
    """Skewed ends, so that there are hubs, doubles, loops, dangling and lonely nodes."""
    random = np.random.default_rng(seed)
    source = (n_nodes * random.random(n_edges) ** 2).astype(np.int32)
    target = (n_nodes * 0.95 * random.random(n_edges) ** 1.5).astype(np.int32)
    weight = random.integers(1, 16, n_edges).astype(np.float32) / 4
    return Edges(n_nodes, source, target, weight)


@st.composite
def some_edges(draw: st.DrawFn) -> Edges:
    """Any small graph, down to no edges at all."""
    n = draw(st.integers(1, 12))
    ends = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=40))
    source = np.array([s for s, _ in ends], np.int32)
    target = np.array([t for _, t in ends], np.int32)
    weight = np.array([1 + (s + 3 * t) % 4 for s, t in ends], np.float32)
    return Edges(n, source, target, weight)
