"""A graph of the size of Twitter in 2010 (1.47 billion edges), ranked in this process.

Size: Kwak et al., What is Twitter, a social network or a news media?, WWW 2010: 41.7 million
users, 1.47 billion follows; the GAP suite's `twitter` has 61.6 million ids, this 67.1 million.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from benchmarks.rmat import Rmat
from mawj.graph.adjacency import AdjacencySettings, adjacency_from_blocks, with_segments
from mawj.graph.compiled import compile_kernels
from mawj.graph.rank import RankSettings, pagerank

EDGES_DRAWN = 1_503_000_000
T = TypeVar("T")


def timed(name: str, make: Callable[[], T], figures: dict[str, Any]) -> T:
    """What `make` gives; its wall and processor seconds go to `figures` under `name`."""
    wall, cpu = time.perf_counter(), time.process_time()
    made = make()
    figures[f"{name}_s"] = round(time.perf_counter() - wall, 2)
    figures[f"{name}_cpu_s"] = round(time.process_time() - cpu, 2)
    print(f"{name}: {figures[f'{name}_s']} s", file=sys.stderr, flush=True)
    return made


def peak_gb() -> float:
    """The most memory this process has held, in GB."""
    return round(peak_bytes() / 1e9, 2)


def peak_bytes() -> int:
    """The most memory this process has held.

    Not `getrusage`, whose figure a process inherits from the one that started it.
    """
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def ranked_at_twitter_size(scale: int = 26, drawn: int = EDGES_DRAWN) -> dict[str, Any]:
    """Times and memory of building, laying out and ranking twenty rounds."""
    compile_kernels()
    figures: dict[str, Any] = {}
    graph = Rmat(scale, drawn)
    plain = AdjacencySettings(segment_from=1 << 31)
    rows = timed(
        "twitter_build",
        lambda: adjacency_from_blocks(graph.blocks, graph.n_nodes, settings=plain),
        figures,
    )
    figures["twitter_edges"] = rows.n_edges
    figures["twitter_load_bytes_per_edge"] = round(peak_gb() * 1e9 / rows.n_edges, 2)
    tiled = timed("twitter_segments", lambda: with_segments(rows), figures)
    settings = RankSettings(rounds=20, tolerance=0)
    ranked = timed("twitter", lambda: pagerank(tiled, settings=settings), figures)
    figures["twitter_sum"] = round(float(ranked.values.sum(dtype=np.float64)), 7)
    figures["twitter_peak_gb"] = peak_gb()
    return figures


if __name__ == "__main__":
    print(json.dumps(ranked_at_twitter_size(*(int(word) for word in sys.argv[1:]))))
