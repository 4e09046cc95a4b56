"""Exact spreads of tiny graphs, by going through everything that can happen."""

from itertools import product

import numpy as np

from mawj.graph.arrays import Float64s, Int32s
from mawj.graph.diffusion import Diffusion


def edges_of(diffusion: Diffusion) -> list[tuple[int, int, float]]:
    """Source, target and chance (or weight) of each edge, by the caller's ids."""
    graph, chance = diffusion.adjacency, diffusion.edge_chance
    return [
        (int(graph.order[graph.in_idx[e]]), int(graph.order[row]), float(chance[e]))
        for row in range(graph.n_nodes)
        for e in range(graph.in_ptr[row], graph.in_ptr[row + 1])
    ]


def reached_by(seeds: Int32s, live: list[tuple[int, int]], hops: int) -> set[int]:
    found, edge = {int(s) for s in seeds}, {int(s) for s in seeds}
    for _ in range(hops):
        edge = {t for s, t in live if s in edge} - found
        found |= edge
    return found


def worlds(diffusion: Diffusion) -> list[tuple[float, list[tuple[int, int]]]]:
    """Every set of live edges with its chance (linear threshold: at most one into a node)."""
    edges = edges_of(diffusion)
    if diffusion.is_cascade:
        made = []
        for coins in product((False, True), repeat=len(edges)):
            chance = np.prod(
                [p if c else 1 - p for c, (_, _, p) in zip(coins, edges, strict=True)]
            )
            made.append(
                (
                    float(chance),
                    [(s, t) for c, (s, t, _) in zip(coins, edges, strict=True) if c],
                )
            )
        return made
    into = [[e for e in edges if e[1] == v] for v in range(diffusion.n_nodes)]
    options = [
        [(1 - sum(e[2] for e in row), None), *((e[2], e[:2]) for e in row)] for row in into
    ]
    return [
        (float(np.prod([o[0] for o in pick])), [o[1] for o in pick if o[1] is not None])
        for pick in product(*options)
    ]  # fmt: skip


def exact_spread(
    diffusion: Diffusion, seeds: Int32s, weight: Float64s | None = None, hops: int = 99
) -> float:
    counts = np.ones(diffusion.n_nodes) if weight is None else weight
    return sum(
        chance * sum(counts[v] for v in reached_by(seeds, live, hops))
        for chance, live in worlds(diffusion)
    )
