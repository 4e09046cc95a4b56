"""Other programs that rank the same graph: scipy, networkit, and the GAP suite's `pr`."""

import os
import re
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path

import networkit
import numpy as np
import scipy.sparse

from mawj.graph.adjacency import Adjacency
from mawj.graph.arrays import Float64s

ROUNDS = 20
DAMPING = 0.85


def matrix_of(graph: Adjacency) -> scipy.sparse.csr_array:
    """The in-edges by the caller's ids: row = target, column = source, ones in float64."""
    sizes = np.diff(graph.in_ptr)[graph.rank_of]
    ptr = np.concatenate(([0], np.cumsum(sizes)))
    starts = graph.in_ptr[:-1][graph.rank_of]
    places = np.repeat(starts - ptr[:-1], sizes) + np.arange(ptr[-1])
    columns = graph.order[graph.in_idx[places]]
    del places
    shape = (graph.n_nodes, graph.n_nodes)
    made = scipy.sparse.csr_array((np.ones(columns.size), columns, ptr.astype(np.int32)), shape)
    made.sort_indices()
    return made


def scipy_ranks(matrix: scipy.sparse.csr_array, n_out: Float64s) -> Float64s:
    """Twenty rounds of the power method in float64; mass of dangling nodes is kept."""
    n = n_out.size
    lend = np.divide(1.0, n_out, out=np.zeros(n), where=n_out > 0)
    dangling = n_out == 0
    rank = np.full(n, 1.0 / n)
    for _ in range(ROUNDS):
        kept = rank[dangling].sum()
        rank = DAMPING * (matrix @ (rank * lend)) + (1 - DAMPING + DAMPING * kept) / n
    return rank


def networkit_ranks(matrix: scipy.sparse.csr_array) -> Callable[[], object]:
    """A run of twenty rounds of networkit on the graph, which is built here."""
    networkit.setNumberOfThreads(2)
    coo = matrix.tocoo()
    rows, columns = coo.coords
    ends = (columns.astype(np.uint64), rows.astype(np.uint64))
    graph = networkit.GraphFromCoo(ends, n=matrix.shape[0], directed=True)

    def run() -> object:
        ranker = networkit.centrality.PageRank(
            graph,
            damp=DAMPING,
            tol=1e-30,
            distributeSinks=networkit.centrality.SinkHandling.DistributeSinks,
        )
        ranker.maxIterations = ROUNDS
        return ranker.run()

    return run


def write_sg(matrix: scipy.sparse.csr_array, path: Path) -> None:
    """The graph in GAP's `.sg` form: directed?, edges, nodes, out-rows, in-rows."""
    out = matrix.tocsc()
    out.sort_indices()
    with path.open("wb") as file:
        file.write(np.array([True]).tobytes())
        file.write(np.array([matrix.nnz, matrix.shape[0]], np.int64).tobytes())
        for rows in (out, matrix):
            file.write(rows.indptr.astype(np.int64).tobytes())
            file.write(rows.indices.astype(np.int32).tobytes())


def gap_trial(program: str, graph: Path, rounds: int = ROUNDS) -> tuple[float, float]:
    """One run of GAP's `pr`: its own trial time without loading, and all processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(
        [program, "-f", str(graph), "-n", "1", "-i", str(rounds), "-t", "0"],
        env=os.environ | {"OMP_NUM_THREADS": "2"},
        capture_output=True,
        text=True,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = re.search(r"Trial Time:\s+([\d.]+)", ran.stdout)
    if found is None:
        raise ValueError(f"{program} printed no trial time")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return float(found[1]), spent
