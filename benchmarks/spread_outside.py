"""The authors' own C++ programs on the same graph, at the same guarantee.

`MAWJ_OPIM` names the program of OPIM-C (Tang et al., SIGMOD 2018, version 1.1), `MAWJ_SUBSIM`
that of SUBSIM (Guo et al., SIGMOD 2020). Both report their own time for drawing and choosing,
graph loading left out, and so do we; all run on one thread. Weighted cascade, 50 nodes, doubt
1 / nodes; OPIM is told `-pdist=wc` at run time, since its formatting writes wrong chances where
a node has no in-edge.
"""

import os
import re
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa
from pyarrow import csv

from mawj.graph.adjacency import Adjacency
from mawj.graph.diffusion import Diffusion
from mawj.graph.seeds import solved
from mawj.graph.sketch import SketchSettings
from mawj.graph.wishes import Wish

K, EPSILON = 50, 0.1
ENOUGH = 1 - 1 / np.e - EPSILON
TRIALS = 5


def edge_file(graph: Adjacency, path: Path) -> None:
    """'nodes edges', then an edge a line: what both programs read."""
    target = np.repeat(graph.order, np.diff(graph.in_ptr))
    ends = pa.table({"source": graph.order[graph.in_idx], "target": target})
    plain = csv.WriteOptions(include_header=False, delimiter=" ")
    with path.open("wb") as out:
        out.write(f"{graph.n_nodes} {graph.n_edges}\n".encode())
        csv.write_csv(ends, out, plain)


def said_seconds(command: list[str], folder: Path) -> float:
    """The time that the program gives for its own solving."""
    ran = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    found = re.search(rb"Time \(sec\): ([\d.e-]+)", ran.stdout)
    if found is None:
        raise ValueError(f"{command[0]} printed no time")
    return float(found[1])


def opim(program: str, folder: Path) -> list[str]:
    """Format the graph; the command that solves."""
    plain = [program, "-dir=.", "-gname=graph"]
    # The program ends with 1 after formatting.
    subprocess.run([*plain, "-func=0", "-mode=g"], cwd=folder, capture_output=True, check=False)
    asked = [f"-seedsize={K}", f"-eps={EPSILON}", "-alg=opim-c", "-mode=2", "-pdist=wc"]
    return [*plain, "-func=1", *asked]


def subsim(program: str, folder: Path) -> list[str]:
    """Format the graph; the command that solves."""
    plain = [program, "-dir=.", "-gname=graph"]
    command = [*plain, "-func=format", "-pdist=wc"]
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return [*plain, "-func=im", f"-seedsize={K}", f"-eps={EPSILON}"]


PROGRAMS = {"opim": ("MAWJ_OPIM", opim), "subsim": ("MAWJ_SUBSIM", subsim)}


def our_seconds(diffusion: Diffusion, seed: int) -> float:
    """Draw and choose until as much is proved, on one thread."""
    settings = SketchSettings(
        enough=ENOUGH, first_sets=4096, doubt=1 / diffusion.n_nodes, threads=1
    )
    begin = time.perf_counter()
    _, found = solved(diffusion, Wish(most=K), seed=seed, settings=settings)
    spent = time.perf_counter() - begin
    assert found.certificate.guarantee >= ENOUGH
    return spent


def time_ratios(name: str, diffusion: Diffusion) -> dict[str, float]:
    """Our time divided by theirs: median of pairs, run in turn; nothing where none is given."""
    given = {
        word: (program, prepare)
        for word, (variable, prepare) in PROGRAMS.items()
        if (program := os.environ.get(variable))
    }
    ratios: dict[str, float] = {}
    if not given or diffusion.n_nodes < K:
        return ratios
    our_seconds(diffusion, 0)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        edge_file(diffusion.adjacency, folder / "graph")
        for word, (program, prepare) in given.items():
            command = prepare(str(Path(program).resolve()), folder)
            pairs = [
                (our_seconds(diffusion, seed), said_seconds(command, folder))
                for seed in range(1, TRIALS + 1)
            ]
            ratios[word] = median(ours / theirs for ours, theirs in pairs)
            ours, theirs = (median(side) for side in zip(*pairs, strict=True))
            print(
                f"{name}: {word} {theirs:.4f} s, ours {ours:.4f} s, {ratios[word]:.2f}",
                flush=True,
            )
    return ratios
