"""The graphs of `benchmarks.spread`, how they are read, and what others reached on them.

Repeated edges are read both ways where the file has them. Kept: each of the repeats acts on its
own, so d counts them all in 1/d, and an edge repeated m times has the chance 1 - (1 - p)**m.
Simple: once. Undirected files give an edge each way.
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mawj.graph.adjacency import Adjacency, adjacency
from mawj.graph.arrays import Float64s, Int32s
from mawj.graph.diffusion import (
    Diffusion,
    given_chances,
    linear_threshold,
    same_chance,
    weighted_cascade,
)

SET = "im-graphs"
COUNTS = (1, 10, 50)
MODELS = {
    "wc": weighted_cascade,
    "p01": lambda graph: same_chance(graph, 0.01),
    "p1": lambda graph: same_chance(graph, 0.1),
    "lt": linear_threshold,
}
# Name, file, whether its edges are directed, whether repeats are read both ways.
FILES = (
    ("nethept", "nethept.txt", False, True),
    ("netphy", "netphy.txt.gz", False, True),
    ("wikivote", "wiki-vote.txt.gz", True, False),
    ("nethept_given", "nethept_wc_jxshang.txt.gz", True, False),
)
# Spreads for 1, 10 and 50 nodes of greedy over 2 to 20 million sets, measured by 20,000 runs
# (linear threshold: 3,000), as `data/README.md` gives them for the files of just these sizes.
# Their own standard errors are 0.1 to 0.7 %, most for one node.
BYTES = {"nethept": 632_592, "netphy": 647_488, "wikivote": 290_164, "nethept_given": 216_177}
REFERENCE: dict[str, tuple[float | None, float | None, float]] = {
    "nethept_simple_wc": (44.4, 313.9, 966.9),
    "nethept_kept_wc": (38.7, 289.8, 935.5),
    "nethept_simple_p01": (1.7, 16.3, 72.7),
    "nethept_kept_p01": (8.2, 41.4, 133.6),
    "nethept_simple_p1": (643.0, 778.0, 945.0),
    "nethept_simple_lt": (52.8, 397.0, 1301.0),
    "nethept_kept_lt": (61.6, 438.0, 1420.8),
    "netphy_kept_wc": (66.6, 445.0, 1427.8),
    "netphy_simple_wc": (None, None, 1404.0),
    "netphy_kept_p01": (36.0, 142.2, 318.8),
    "netphy_simple_p01": (5.7, 44.5, 159.2),
    "netphy_simple_lt": (None, None, 2100.0),
    "netphy_kept_lt": (None, None, 2251.0),
    "wikivote_directed_wc": (51.6, 293.7, 673.3),
    "wikivote_directed_p01": (15.0, 103.8, 277.1),
    "nethept_given_directed_given": (44.5, 313.0, 962.4),
}


@dataclass(frozen=True)
class Case:
    """One graph under one reading and model; `reference` by number of nodes, where known."""

    name: str
    diffusion: Diffusion
    reference: dict[int, float]


def home_of(folder: Path) -> Path:
    """Where the set lies: in a folder of its own, or in `folder` itself."""
    return folder / SET if (folder / SET).is_dir() else folder


def lines_of(path: Path) -> list[list[str]]:
    """Words of each line that is not a remark; a packed file is unpacked."""
    packed = path.read_bytes()
    text = (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode()
    rows = [line.split() for line in text.splitlines() if line.strip()]
    return [row for row in rows if not row[0].startswith(("#", "%"))]


def edges_of(path: Path) -> tuple[Int32s, Int32s, Float64s | None, int]:
    """Source, target, chance (or None) and number of nodes, ids made dense.

    A first line 'nodes lines' is told by its second number: the lines that follow.
    """
    rows = lines_of(path)
    n_nodes = 0
    if rows and len(rows[0]) == 2 and int(rows[0][1]) == len(rows) - 1:
        n_nodes = int(rows[0][0])
        rows = rows[1:]
    ends = np.array([row[:2] for row in rows], np.int64).reshape(-1, 2)
    chance = np.array([float(row[2]) for row in rows]) if rows and len(rows[0]) > 2 else None
    if ends.size and (ends.min() < 0 or ends.max() >= n_nodes):
        known, ends = np.unique(ends, return_inverse=True)
        ends, n_nodes = ends.reshape(-1, 2), max(n_nodes, known.size)
    return ends[:, 0].astype(np.int32), ends[:, 1].astype(np.int32), chance, n_nodes


def readings(
    name: str, path: Path, directed: bool, both: bool
) -> Iterator[tuple[str, Adjacency]]:
    """The graph as read: simple and with repeats kept, or just directed."""
    source, target, _, n = edges_of(path)
    if not directed:
        source, target = np.append(source, target), np.append(target, source)
    yield f"{name}_simple" if both else f"{name}_directed", adjacency(source, target, n)
    if both:
        ones = np.ones(source.size, np.float32)
        yield f"{name}_kept", adjacency(source, target, n, weight=ones)


def reference_of(name: str, case: str, path: Path) -> dict[int, float]:
    """What the README gives for exactly this file."""
    if path.stat().st_size != BYTES[name]:
        return {}
    known = REFERENCE.get(case, (None, None, None))
    return {k: value for k, value in zip(COUNTS, known, strict=True) if value is not None}


def cases(folder: Path) -> Iterator[Case]:
    """Every graph that is there, under every reading and model."""
    for name, file, directed, both in FILES:
        path = home_of(folder) / file
        if not path.is_file():
            print(f"{file}: not there, left out", flush=True)
            continue
        source, target, chance, n = edges_of(path)
        if chance is not None:
            case = f"{name}_directed_given"
            made = given_chances(source, target, chance, n)
            yield Case(case, made, reference_of(name, case, path))
            continue
        for reading, graph in readings(name, path, directed, both):
            for model, made_of in MODELS.items():
                case = f"{reading}_{model}"
                yield Case(case, made_of(graph), reference_of(name, case, path))
