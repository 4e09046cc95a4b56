"""Whom to choose so that a message spreads furthest: reach, proof and time beside others.

    python -m benchmarks.spread [--data FOLDER] [--growth] [--sizes 20,22]

FOLDER holds the set `im-graphs` in a folder of its own, or its files directly: NetHEPT, NetPHY
(both readings of repeated edges), wiki-Vote and NetHEPT with given chances. Each under weighted
cascade, chances of 0.01 and 0.1, and linear threshold, for 1, 10 and 50 nodes. Choices come
from the product's own kernel with default settings; every spread is then measured by running
messages forward (`mawj.graph.forward_runs`), which reads nothing of the sketch: 20,000 runs
(one node: 100,000), or fewer once the standard error is below 0.1 % or 20 million nodes were
reached in all.

Beside each: top degree, reverse PageRank and random nodes on the same runs. `ratio_…` is the
spread divided by the reference: the figure of the data's README where the file is the very one
it speaks of, else greedy over a sketch of twice the memory drawn from another seed in this run
(`computed_references` counts those). `below_top_degree` counts cases that are below top degree
by more than three standard errors of the difference. Times at equal guarantee stand beside the
C++ programs named by MAWJ_OPIM and MAWJ_SUBSIM, null without them. `replan_ms` is a new budget
on a kept sketch of 200,000 sets over a made-up graph of a million accounts. `--growth` adds
R-MAT graphs up to 64 million edges.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import spread_growth, spread_outside
from benchmarks.spread_graphs import COUNTS, Case, cases
from mawj.graph.arrays import Float64s, Int32s
from mawj.graph.cheap_seeds import rivals
from mawj.graph.compiled import SOURCE, TARGET
from mawj.graph.compiled_spread import compile_diffusion
from mawj.graph.forward_runs import Reached, RunSettings, reached
from mawj.graph.seeds import choose, grown_sketch
from mawj.graph.sketch import SketchSettings
from mawj.graph.wishes import Wish

SEED, RUN_SEED = 20240521, 977
FEW, MOST, MOST_OF_ONE = 1_000, 20_000, 100_000
CLOSE = 0.001
# Nodes reached in all runs of one choice: where half the graph is reached, runs differ little.
MOST_REACHED = 20_000_000
# Graphs on which the C++ programs are timed: one reading each.
TIMED = ("nethept_simple_wc", "netphy_simple_wc", "wikivote_directed_wc")
Figures = dict[str, Any]


def measured(case: Case, nodes: Int32s) -> Reached:
    """The spread by forward runs, as many as it takes; all choices over the same runs."""
    most = MOST_OF_ONE if nodes.size == 1 else MOST
    runs = FEW
    while True:
        found = reached(case.diffusion, nodes, seed=RUN_SEED, settings=RunSettings(runs))
        if runs >= most or found.standard_error <= CLOSE * found.mean:
            return found
        most = min(most, int(MOST_REACHED / found.mean))
        need = runs * (found.standard_error / (CLOSE * found.mean)) ** 2
        runs = max(int(min(max(1.1 * need, 2 * runs), most)), runs + 1)


def below(ours: Float64s, other: Float64s) -> bool:
    """Whether ours is below the other by more than three standard errors, run by run."""
    n = min(ours.size, other.size)
    gap = ours[:n] - other[:n]
    return bool(gap.mean() < -3 * gap.std() / np.sqrt(n) - 1e-9)


def others(case: Case, k: int) -> dict[str, Reached]:
    """Top degree, reverse PageRank and random nodes over the first of the same runs."""
    cheap = rivals(case.diffusion, Wish(most=k))
    n = case.diffusion.n_nodes
    some = np.random.default_rng(k).choice(n, min(k, n), replace=False).astype(np.int32)
    picks = {"degree": cheap["degree"], "pagerank": cheap["reverse_pagerank"], "random": some}
    runs = RunSettings(FEW)
    return {
        name: reached(case.diffusion, nodes, seed=RUN_SEED, settings=runs)
        for name, nodes in picks.items()
    }


def reference(case: Case, k: int, larger: dict[int, Int32s]) -> float:
    """The README's figure, or what a larger sketch from another seed reaches in this run."""
    if k in case.reference:
        return case.reference[k]
    if not larger:
        settings = SketchSettings(most_bytes=2 * SketchSettings().most_bytes)
        sketch = grown_sketch(case.diffusion, Wish(most=1), seed=SEED + 1, settings=settings)
        larger |= {each: choose(sketch, Wish(most=each)).nodes for each in COUNTS}
    return measured(case, larger[k]).mean


def one_case(case: Case) -> tuple[Figures, list[Figures]]:
    """Every number of nodes on one graph and model; one sketch serves them all."""
    begin = time.perf_counter()
    sketch = grown_sketch(case.diffusion, Wish(most=1), seed=SEED)
    drawn = time.perf_counter() - begin
    found: Figures = {}
    rows, larger = [], dict[int, Int32s]()
    for k in COUNTS:
        wish = Wish(most=k)
        cheap = rivals(case.diffusion, wish)
        begin = time.perf_counter()
        chosen = choose(sketch, wish, cheap)
        chose = time.perf_counter() - begin
        ours, beside = measured(case, chosen.nodes), others(case, k)
        best = reference(case, k, larger)
        row = {
            "ratio": ours.mean / best,
            "guarantee": chosen.certificate.guarantee,
            "below": below(ours.each, beside["degree"].each),
            "computed": k not in case.reference,
        }
        rows.append(row)
        found[f"spread_{case.name}_k{k}"] = round(ours.mean, 2)
        found[f"ratio_{case.name}_k{k}"] = round(row["ratio"], 4)
        found[f"degree_{case.name}_k{k}"] = round(beside["degree"].mean, 2)
        told = ", ".join(f"{name} {reach.mean:.1f}" for name, reach in beside.items())
        computed = " (computed)" if row["computed"] else ""
        print(
            f"{case.name} k={k}: {ours.mean:.1f} +- {ours.standard_error:.1f} by {chosen.how}, "
            f"{row['ratio']:.3f} of {best:.1f}{computed}; {told}; "
            f"proved {chosen.certificate.guarantee:.3f}; "
            f"{sketch.n_sets:,} sets in {drawn:.2f} s, chosen in {chose:.3f} s",
            flush=True,
        )
    return found, rows


def worst(ratios: list[float]) -> float | None:
    """The largest of some time ratios; None of none."""
    return round(max(ratios), 3) if ratios else None


def measure(folder: Path) -> Figures:
    """Every case, and the times beside the C++ programs."""
    compile_diffusion(SOURCE, TARGET, 4)
    figures: Figures = {}
    rows: list[Figures] = []
    ratios: dict[str, list[float]] = {name: [] for name in spread_outside.PROGRAMS}
    for case in cases(folder):
        found, more = one_case(case)
        figures |= found
        rows += more
        if case.name in TIMED:
            for name, ratio in spread_outside.time_ratios(case.name, case.diffusion).items():
                ratios[name].append(ratio)
    if not rows:
        return {}
    return {
        **figures,
        "cases": len(rows),
        "worst_ratio": round(min(row["ratio"] for row in rows), 4),
        "below_top_degree": sum(row["below"] for row in rows),
        "worst_guarantee": round(min(row["guarantee"] for row in rows), 4),
        "computed_references": sum(row["computed"] for row in rows),
        **{f"time_ratio_{name}": worst(found) for name, found in ratios.items()},
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder with the public sets")
    parser.add_argument("--growth", action="store_true", help="R-MAT graphs as well")
    parser.add_argument("--sizes", default="20,22", help="sizes of --growth, powers of two")
    parser.add_argument(
        "--replan", type=int, default=20, help="size of the graph for re-planning"
    )
    asked = parser.parse_args()
    began = time.perf_counter()
    figures = measure(asked.data) if asked.data else {}
    if not figures and not asked.growth:
        told = f"no graph of im-graphs in {asked.data}" if asked.data else "give --data"
        print("RESULT " + json.dumps({"skipped": told}))
        return
    if asked.replan:
        figures |= spread_growth.replanned(spread_growth.made_up(asked.replan))
    sizes = asked.sizes.split(",") if asked.growth else []
    for scale in filter(None, sizes):
        figures |= spread_growth.grown(int(scale))
    figures["seconds"] = round(time.perf_counter() - began, 1)
    print("RESULT " + json.dumps(figures))


if __name__ == "__main__":
    main()
