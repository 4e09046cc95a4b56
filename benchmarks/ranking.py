"""Ranking: our kernels beside scipy, networkit and GAP's C++ on the same made-up graphs.

    python -m benchmarks.ranking [--sizes 20,22] [--trials 5] [--twitter]

Graphs are R-MAT with `2**size` ids and about 16 edges an id (see `rmat`); nothing is read from
`--data`. GAP is run where `MAWJ_GAP_PR` names its `pr`. Trials alternate; ratios are medians of
pairs, below 1 where we are faster than GAP, above 1 where we are faster than the others.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks import ranking_beside as beside
from benchmarks.rmat import Rmat
from benchmarks.twitter_size import peak_bytes
from mawj.graph.adjacency import (
    Adjacency,
    AdjacencySettings,
    EdgeBlock,
    adjacency_from_blocks,
    with_segments,
)
from mawj.graph.compiled import compile_kernels
from mawj.graph.rank import RankSettings, pagerank
from mawj.graph.topics import topic_ranks

DRAWN_PER_NODE = 16.3
TWENTY = RankSettings(rounds=20, tolerance=0)
PLAIN = AdjacencySettings(segment_from=1 << 31)
Figures = dict[str, Any]


def main() -> None:
    """Run what the command line asks for; the last line is the result as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="20,22")
    parser.add_argument("--trials", type=int, default=5)
    parser.add_argument("--twitter", action="store_true")
    parser.add_argument("--data", help="not read; graphs are made up")
    parser.add_argument("--load", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.load is not None:
        print(json.dumps(loaded(asked.load)))
        return
    figures: Figures = {"cold_s": cold_seconds(), "warm_cache_s": round(compile_kernels(), 2)}
    for scale in (int(word) for word in asked.sizes.split(",") if word):
        figures |= one_size(scale, asked.trials)
    if asked.twitter:
        figures |= in_process("benchmarks.twitter_size")
    print(f"RESULT {json.dumps(figures)}")


def one_size(scale: int, trials: int) -> Figures:
    """All figures of one graph; keys end in its edges, such as `_16m`."""
    name = {20: "16m", 22: "64m"}.get(scale, f"scale{scale}")
    figures = in_process("benchmarks.ranking", "--load", str(scale))
    plain = adjacency_from_blocks(drawn(scale).blocks, 1 << scale, settings=PLAIN)
    graph = with_segments(plain)
    figures |= beside_others(graph, trials)
    figures |= layouts(plain, graph, trials)
    figures |= topics(graph, max(trials // 2, 1))
    for share in (0.001, 0.0001):
        figures |= warm_start(scale, graph, share)
    figures = {f"{key}_{name}": value for key, value in figures.items()}
    for key, value in figures.items():
        print(f"{key:40} {value}", flush=True)
    return figures


def drawn(scale: int) -> Rmat:
    """The graph of a size."""
    return Rmat(scale, int(DRAWN_PER_NODE * (1 << scale)))


def cold_seconds() -> float:
    """Seconds to compile all kernels in a fresh process with an empty cache."""
    with tempfile.TemporaryDirectory() as folder:
        ran = subprocess.run(
            [sys.executable, "-m", "mawj.graph.compiled"],
            env=os.environ | {"NUMBA_CACHE_DIR": folder},
            capture_output=True,
            text=True,
            check=True,
        )
    return float(ran.stdout.split()[-2])


def in_process(module: str, *words: str) -> Figures:
    """Figures that a process of its own prints last."""
    command = [sys.executable, "-m", module, *words]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: Figures = json.loads(ran.stdout.splitlines()[-1])
    return figures


def loaded(scale: int) -> Figures:
    """Seconds and memory of loading from blocks of a million edges, tiles included."""
    compile_kernels()
    graph = drawn(scale)
    begin, before = time.perf_counter(), resident()
    for _ in graph.blocks(1 << 20):
        pass
    drawing = time.perf_counter() - begin
    begin = time.perf_counter()
    rows = adjacency_from_blocks(lambda: graph.blocks(1 << 20), graph.n_nodes, settings=PLAIN)
    building, begin = time.perf_counter() - begin, time.perf_counter()
    with_segments(rows)
    laying = time.perf_counter() - begin
    peak = peak_bytes()
    return {
        "edges": rows.n_edges,
        "draw_s": round(drawing, 2),
        # Loading draws the edges twice, as it would read a file twice.
        "load_s": round(building, 2),
        "segments_s": round(laying, 2),
        "bytes_per_edge_peak": round((peak - before) / rows.n_edges, 2),
        "bytes_per_edge_whole_process": round(peak / rows.n_edges, 2),
    }


def resident() -> int:
    """Bytes of memory this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def clocked(run: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor seconds of a run."""
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - wall, time.process_time() - cpu


def beside_others(graph: Adjacency, trials: int) -> Figures:
    """Alternating trials of all programs, and how well the scores agree."""
    matrix = beside.matrix_of(graph)
    n_out = graph.out_weight[graph.rank_of]
    runs: dict[str, Callable[[], tuple[float, float]]] = {
        "ours": lambda: clocked(lambda: pagerank(graph, settings=TWENTY)),
        "scipy": lambda: clocked(lambda: beside.scipy_ranks(matrix, n_out)),
    }
    begin = time.perf_counter()
    run_networkit = beside.networkit_ranks(matrix)
    figures: Figures = {"networkit_build_s": round(time.perf_counter() - begin, 2)}
    runs["networkit"] = lambda: clocked(run_networkit)
    with tempfile.TemporaryDirectory() as folder:
        path, program = Path(folder) / "graph.sg", os.environ.get("MAWJ_GAP_PR")
        idle = 0.0
        if program:
            beside.write_sg(matrix, path)
            idle = median(beside.gap_trial(program, path, 0)[1] for _ in range(3))
            runs["gap"] = lambda: beside.gap_trial(program, path)
        times = alternating(runs, trials)
    for wall_cpu in times.get("gap", []):
        wall_cpu[1] -= idle
    return figures | ratios(times) | agreement(graph, beside.scipy_ranks(matrix, n_out))


def alternating(
    runs: dict[str, Callable[[], tuple[float, float]]], trials: int
) -> dict[str, list[list[float]]]:
    """Wall and processor seconds of each program, one trial of each after the other."""
    times: dict[str, list[list[float]]] = {name: [] for name in runs}
    for trial in range(trials + 1):
        for name, run in runs.items():
            wall_cpu = list(run())
            # The first turn warms caches and is not counted.
            if trial > 0:
                times[name].append(wall_cpu)
    return times


def ratios(times: dict[str, list[list[float]]]) -> Figures:
    """Medians of seconds, and of paired ratios by the wall and by processor seconds."""
    figures: Figures = {}
    for name, each in times.items():
        figures[f"{name}_s"] = round(median(wall for wall, _ in each), 3)
        figures[f"{name}_cpu_s"] = round(median(cpu for _, cpu in each), 3)
    for name in ("scipy", "networkit", "gap"):
        pairs = list(zip(times["ours"], times.get(name, []), strict=False))
        for clock, which in (("", 0), ("_cpu", 1)):
            value = [theirs[which] / ours[which] for ours, theirs in pairs]
            if name == "gap":
                value = [1 / ratio for ratio in value]
            figures[f"{name}_ratio{clock}"] = round(median(value), 3) if value else None
    return figures


def agreement(graph: Adjacency, reference: np.ndarray) -> Figures:
    """Distance from the float64 reference after as many rounds, and the first thousand."""
    single = pagerank(graph, settings=TWENTY).values
    double = pagerank(graph, settings=replace(TWENTY, precision="float64")).values
    return {
        "l1_float32": float(np.abs(single - reference).sum()),
        "l1_float64": float(np.abs(double - reference).sum()),
        "sum_float32": round(float(single.sum(dtype=np.float64)), 9),
        "top_1000_same": same_first(single, reference, 1000),
    }


def same_first(scores: np.ndarray, reference: np.ndarray, k: int) -> bool:
    """Whether the k nodes with the highest scores are the reference's, up to ties.

    Tied are reference scores that differ by less than float32 can tell apart (1 in 10 million).
    """
    k = min(k, scores.size)
    first = np.argpartition(-scores, k - 1)[:k]
    least = np.partition(reference, reference.size - k)[reference.size - k]
    return bool(np.all(reference[first] >= least * (1 - 1e-6)))


def layouts(plain: Adjacency, tiled: Adjacency, trials: int) -> Figures:
    """Rows against tiles, and one thread against two."""
    one_thread = replace(TWENTY, threads=1)
    times = alternating(
        {
            "rows": lambda: clocked(lambda: pagerank(plain, settings=TWENTY)),
            "tiles": lambda: clocked(lambda: pagerank(tiled, settings=TWENTY)),
            "one_thread": lambda: clocked(lambda: pagerank(tiled, settings=one_thread)),
        },
        trials,
    )
    against = {
        "tiles_gain_cpu": ("rows", "tiles", 1),
        "second_thread": ("one_thread", "tiles", 0),
    }
    return {
        key: round(median(a[at] / b[at] for a, b in zip(times[x], times[y], strict=True)), 3)
        for key, (x, y, at) in against.items()
    }


def topics(graph: Adjacency, trials: int) -> Figures:
    """Sixteen topics in one sweep against sixteen runs, of which one is timed."""
    teleports = np.random.default_rng(1).random((graph.n_nodes, 16), dtype=np.float32)
    times = alternating(
        {
            "sweep": lambda: clocked(lambda: topic_ranks(graph, teleports, settings=TWENTY)),
            "run": lambda: clocked(
                lambda: pagerank(graph, settings=TWENTY, teleport=teleports[:, 0])
            ),
        },
        trials,
    )
    pairs = list(zip(times["run"], times["sweep"], strict=True))
    return {
        "topics16_s": round(median(wall for wall, _ in times["sweep"]), 3),
        "topics16_throughput": round(median(16 * run[0] / sweep[0] for run, sweep in pairs), 3),
        "topics16_throughput_cpu": round(
            median(16 * run[1] / sweep[1] for run, sweep in pairs), 3
        ),
    }


def warm_start(scale: int, graph: Adjacency, share: float) -> Figures:
    """Time to an error of 1e-6 after a share of the edges moved: from nothing, from before."""
    settings = RankSettings(tolerance=1e-6 * 0.15 / 0.85)
    before = pagerank(graph, settings=settings).values
    whole, moved = drawn(scale), int(drawn(scale).n_draws * share)

    def blocks() -> Iterator[EdgeBlock]:
        yield from replace(whole, n_draws=whole.n_draws - moved).blocks()
        yield from replace(whole, n_draws=moved, seed=2).blocks()

    changed = adjacency_from_blocks(blocks, graph.n_nodes)
    changed = changed if changed.segments else with_segments(changed)
    cold = clocked(lambda: pagerank(changed, settings=settings))
    warm = clocked(lambda: pagerank(changed, settings=settings, start=before))
    from_nothing = pagerank(changed, settings=settings)
    from_before = pagerank(changed, settings=settings, start=before)
    exact = pagerank(changed, settings=RankSettings(tolerance=1e-12, precision="float64"))
    key = f"warm_{share:g}"
    return {
        f"{key}_gain": round(cold[1] / warm[1], 2),
        f"{key}_rounds": [from_nothing.rounds, from_before.rounds],
        f"{key}_l1": float(np.abs(from_before.values - exact.values).sum()),
    }


if __name__ == "__main__":
    main()
