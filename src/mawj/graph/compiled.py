"""Compiles every kernel of this package ahead of time: `python -m mawj.graph.compiled`.

Compiled code is kept where `NUMBA_CACHE_DIR` points, or beside the source files. Set-up runs
this once, so that nobody's first analysis waits for the compiler.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from mawj.graph.adjacency import Adjacency, adjacency, with_segments
from mawj.graph.brokers import participation, sampled_betweenness
from mawj.graph.communities import communities
from mawj.graph.compiled_cascades import compile_cascades
from mawj.graph.compiled_spread import compile_diffusion
from mawj.graph.meetings import Meeting, meeting_pairs
from mawj.graph.rank import RankSettings, pagerank
from mawj.graph.segments import SegmentSettings
from mawj.graph.topics import topic_ranks

# A ring with a chord; layouts with tiles of both kinds, from which every kernel is reached.
SOURCE = np.array([0, 1, 2, 3, 0], np.int32)
TARGET = np.array([1, 2, 3, 0, 2], np.int32)
BOTH_KINDS = SegmentSettings(dense_sources=2, source_bits=1)


def compile_kernels() -> float:
    """Run each kernel on a graph of four nodes; the seconds that took."""
    begin = time.perf_counter()
    for graph in small_graphs():
        for precision in ("float32", "float64"):
            # Two rounds: the last of a sweep of topics is another kernel than those before it.
            settings = RankSettings(rounds=2, tolerance=0, precision=precision)
            pagerank(graph, settings=settings)
            pagerank(replace(graph, segments=None), settings=settings)
            topic_ranks(graph, np.ones((4, 1)), settings=settings)
        found = communities(graph, seed=1)
        participation(graph, found.labels)
        sampled_betweenness(graph, seed=1)
    twice = np.array([0, 0, 1, 1], np.int32)
    meeting_pairs(twice, SOURCE[[0, 1, 0, 1]], np.zeros(4, np.int64), Meeting(60, 2, 2))
    compile_diffusion(SOURCE, TARGET, 4)
    compile_cascades()
    return time.perf_counter() - begin


def small_graphs() -> Iterator[Adjacency]:
    """Four nodes without and with weights."""
    for weight in (None, np.ones(SOURCE.size, np.float32)):
        yield with_segments(adjacency(SOURCE, TARGET, 4, weight=weight), BOTH_KINDS)


if __name__ == "__main__":
    sys.stdout.write(f"kernels ready after {compile_kernels():.1f} s\n")
