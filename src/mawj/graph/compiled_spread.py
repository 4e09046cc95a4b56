"""Compiles the kernels of diffusion ahead of time; see `compiled`."""

import numpy as np

from mawj.graph.adjacency import Adjacency, adjacency
from mawj.graph.arrays import Int32s
from mawj.graph.cheap_seeds import rivals
from mawj.graph.diffusion import (
    Diffusion,
    given_chances,
    given_weights,
    linear_threshold,
    same_chance,
    weighted_cascade,
)
from mawj.graph.forward_runs import RunSettings, reached
from mawj.graph.seeds import choose
from mawj.graph.sketch import SketchSettings, drawn_sketch
from mawj.graph.wishes import Wish


def compile_diffusion(source: Int32s, target: Int32s, n_nodes: int) -> None:
    """Draw, choose and run once under each model on a small graph."""
    settings = SketchSettings(threads=1)
    wish = Wish(
        most=2, budget=2.0, cost=np.ones(n_nodes), group=np.zeros(n_nodes, np.int32),
        group_most=np.array([2], np.int32),
    )  # fmt: skip
    for diffusion in models(source, target, n_nodes):
        counts = np.arange(1, n_nodes + 1).astype(np.float64)
        for weight in (None, counts):
            sketch = drawn_sketch(diffusion, 64, seed=1, weight=weight, settings=settings)
            reached(
                diffusion, source, seed=1, weight=weight, settings=RunSettings(2, threads=1)
            )
        for asked in (wish, Wish(most=1)):
            choose(sketch, asked, rivals(diffusion, asked))


def models(source: Int32s, target: Int32s, n_nodes: int) -> list[Diffusion]:
    """Every model, over a graph without and with weights."""
    plain = adjacency(source, target, n_nodes)
    weighted = adjacency(source, target, n_nodes, weight=np.ones(source.size, np.float32))
    made = [given_chances(source, target, np.full(source.size, 0.5), n_nodes)]
    for graph in (plain, weighted):
        made += of_graph(graph)
    return [*made, given_weights(weighted)]


def of_graph(graph: Adjacency) -> list[Diffusion]:
    """The models that a graph alone is enough for."""
    return [weighted_cascade(graph), same_chance(graph, 0.5), linear_threshold(graph)]
