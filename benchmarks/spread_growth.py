"""Planning anew on a kept sketch, and growth, on made-up graphs of the R-MAT kind."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from benchmarks.rmat import Rmat
from benchmarks.spread_outside import ENOUGH, time_ratios
from benchmarks.twitter_size import peak_bytes
from mawj.graph.adjacency import AdjacencySettings, adjacency_from_blocks
from mawj.graph.diffusion import Diffusion, weighted_cascade
from mawj.graph.seeds import choose, grown_sketch
from mawj.graph.sketch import Sketch, SketchSettings, drawn_sketch
from mawj.graph.wishes import Wish

DRAWN_PER_NODE = 16.3
PLANNING_SETS = 200_000
TRIALS = 7


def made_up(scale: int) -> Diffusion:
    """Weighted cascade on `2**scale` ids and about 16 edges an id."""
    drawn = Rmat(scale, int(DRAWN_PER_NODE * 2**scale))
    plain = AdjacencySettings(segment_from=1 << 31)
    return weighted_cascade(adjacency_from_blocks(drawn.blocks, drawn.n_nodes, settings=plain))


def milliseconds(name: str, run: Callable[[], Any]) -> dict[str, float]:
    """Medians of some runs: by the clock, and by the processor's count over all threads."""
    clock, processor = [], []
    for _ in range(TRIALS):
        begin = time.perf_counter(), time.process_time()
        run()
        clock.append(1000 * (time.perf_counter() - begin[0]))
        processor.append(1000 * (time.process_time() - begin[1]))
    found = {
        f"{name}_ms": round(median(clock), 1),
        f"{name}_cpu_ms": round(median(processor), 1),
    }
    print(f"{name}: {found}", flush=True)
    return found


def replanned(diffusion: Diffusion) -> dict[str, Any]:
    """A new budget and new costs on a sketch of 200,000 sets; then confirmed on a large one."""
    n = diffusion.n_nodes
    plan = drawn_sketch(diffusion, PLANNING_SETS, seed=1)
    large = drawn_sketch(diffusion, 4 * PLANNING_SETS, seed=2)
    random = np.random.default_rng(1)
    # Costs of a median of 20 and a long tail: 200 buys some 50 accounts, 2,000 some 300.
    cost = np.maximum(1.0, random.lognormal(3.0, 1.0, n))
    wishes = {"": Wish(budget=200.0, cost=cost), "_large": Wish(budget=2000.0, cost=cost)}
    found: dict[str, Any] = {}
    choose(plan, Wish(budget=100.0, cost=cost))
    for name, wish in wishes.items():
        found |= milliseconds(f"replan{name}", lambda wish=wish: choose(plan, wish))
        nodes = choose(plan, wish).nodes
        found[f"replan{name}_nodes"] = int(nodes.size)
    found |= milliseconds("replan_50", lambda: choose(plan, Wish(most=50)))
    return found | milliseconds("confirm", lambda: confirmed(large, nodes))


def confirmed(sketch: Sketch, nodes: Any) -> float:
    """What the nodes reach by the check pile of a large sketch."""
    held = sketch.check.covered([sketch.numbers(nodes)])[0]
    return float(held * sketch.total / sketch.check.n_sets)


def grown(scale: int) -> dict[str, Any]:
    """OPIM-C's stopping rule at epsilon 0.1 on one size: seconds, sets, memory, ratios."""
    begin = time.perf_counter()
    diffusion = made_up(scale)
    built = time.perf_counter() - begin
    settings = SketchSettings(enough=ENOUGH, first_sets=4096)
    wish = Wish(most=50)
    begin = time.perf_counter()
    sketch = grown_sketch(diffusion, wish, seed=1, settings=settings)
    guarantee = choose(sketch, wish).certificate.guarantee
    spent = time.perf_counter() - begin
    edges = diffusion.adjacency.n_edges
    print(
        f"2**{scale} ids, {edges:,} edges: built {built:.1f} s, solved {spent:.2f} s",
        flush=True,
    )
    found = {
        "edges": edges, "seconds": round(spent, 3), "sets": sketch.n_sets,
        "guarantee": round(guarantee, 4), "peak_bytes_per_edge": round(peak_bytes() / edges, 1),
    }  # fmt: skip
    for word, ratio in time_ratios(f"rmat{scale}", diffusion).items():
        found[f"time_ratio_{word}"] = round(ratio, 3)
    return {f"rmat{scale}_{key}": value for key, value in found.items()}
