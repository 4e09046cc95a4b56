"""What some nodes reach, by letting messages run forward again and again.

The measure that does not know how the nodes were chosen: nothing here reads a
reverse-reachable set. A run fixes for every edge whether it passes a message on (for linear
threshold: from what on every node takes over), by its number and nothing else. So two choices
are compared over the same runs, and any number of threads gives the same figures.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit

from mawj.graph.arrays import Float32s, Float64s, Int32s, Int64s
from mawj.graph.crew import Crew
from mawj.graph.diffusion import Diffusion
from mawj.graph.reverse_sets import NO_LIMIT, marks_for
from mawj.graph.words64 import GOLDEN, key_of, mixed, share_of

# A stream of its own: streams 0 and 1 are those of the sets.
STREAM = 7
PIECE = 128


@dataclass(frozen=True)
class Reached:
    """What was reached in each run.

    Attributes:
        each: float64[runs]; nodes reached, the chosen ones included, or what they weigh.
    """

    each: Float64s

    @property
    def mean(self) -> float:
        """The spread: what is reached on average."""
        return float(self.each.mean())

    @property
    def standard_error(self) -> float:
        """The standard error of the mean; 0 of a single run."""
        if self.each.size < 2:
            return 0.0
        return float(self.each.std(ddof=1) / np.sqrt(self.each.size))


@dataclass(frozen=True)
class RunSettings:
    """How runs are made.

    Attributes:
        runs: how many; 10,000 is the custom of the field (Kempe et al., KDD 2003).
        hops: how many times a message is passed on at most; None: until it dies out.
        threads: threads; the figures are the same for any number.
    """

    runs: int = 10_000
    hops: int | None = None
    threads: int = 2


def reached(
    diffusion: Diffusion,
    nodes: Int32s,
    *,
    seed: int,
    weight: Float64s | None = None,
    settings: RunSettings | None = None,
) -> Reached:
    """How many nodes a message that starts at `nodes` reaches, run by run.

    Args:
        diffusion: the graph and how messages pass.
        nodes: where the message starts, by the caller's ids; repeated ones count once.
        seed: the runs drawn; the same seed gives the same runs for any nodes.
        weight: what a node counts, by the caller's ids; None: each counts 1.
        settings: see RunSettings.
    """
    settings = settings or RunSettings()
    forward = diffusion.forward
    start = np.unique(forward.rank_of[np.asarray(nodes, np.int64)]).astype(np.int32)
    counts = np.ones(0) if weight is None else np.asarray(weight, np.float64)[forward.order]
    chance = forward.in_weight
    if chance is None:
        chance = np.ones(forward.n_edges, np.float32)
    links = forward.in_ptr, forward.in_idx, chance
    hops = NO_LIMIT if settings.hops is None else settings.hops
    each = np.zeros(settings.runs)
    scratch = [scratch_of(diffusion) for _ in range(settings.threads)]
    cascade = diffusion.is_cascade

    def piece(i: int) -> None:
        mine, runs = scratch.pop(), each[i * PIECE :][:PIECE]
        run_messages((seed, i * PIECE, hops, cascade), links, (start, counts), mine, runs)
        scratch.append(mine)

    with Crew(settings.threads) as crew:
        crew.share(piece, -(-settings.runs // PIECE))
    return Reached(each)


Scratch = tuple[Int32s, Int32s, Int32s, Float32s]


def scratch_of(diffusion: Diffusion) -> Scratch:
    """Marks, the last mark, the nodes reached and, for thresholds, what each has heard."""
    n = diffusion.n_nodes
    heard = np.zeros(1 if diffusion.is_cascade else n, np.float32)
    return np.zeros(n, np.int32), np.zeros(1, np.int32), np.empty(n, np.int32), heard


@njit(cache=True, nogil=True)
def weight_of(nodes: Int32s, counts: Float64s) -> float:
    """What the nodes count together."""
    if counts.size == 0:
        return np.float64(nodes.size)
    total = 0.0
    for node in nodes:
        total += counts[node]
    return total


Run = tuple[np.uint64, int, int]  # key, mark, hops
Row = tuple[Int64s, Int32s, Float32s]


@njit(cache=True, nogil=True)
def start_at(seeds: Int32s, mark: int, scratch: Scratch) -> int:
    """Let the message start; how many have it."""
    stamp, nodes = scratch[0], scratch[2]
    for i in range(seeds.size):
        stamp[seeds[i]], nodes[i] = mark, seeds[i]
    return seeds.size


@njit(cache=True, nogil=True)
def pass_on(node: int, end: int, run: Run, links: Row, scratch: Scratch) -> int:
    """One node of a cascade passes the message on; how many then have it."""
    ptr, idx, chance = links
    stamp, nodes = scratch[0], scratch[2]
    key, mark = run[0], run[1]
    for e in range(ptr[node], ptr[node + 1]):
        # The coin first: it is cheaper than looking up who has the message already.
        if share_of(mixed(key + np.uint64(e) * GOLDEN)) < chance[e]:
            other = idx[e]
            if stamp[other] != mark:
                stamp[other], nodes[end] = mark, other
                end += 1
    return end


@njit(cache=True, nogil=True)
def persuade(node: int, end: int, run: Run, links: Row, scratch: Scratch) -> int:
    """One node that took over adds its weight to those that listen; how many took over.

    The mark says that a node took over in this run, the mark before it that it has heard.
    """
    ptr, idx, weight = links
    stamp, _, nodes, heard = scratch
    key, mark = run[0], run[1]
    for e in range(ptr[node], ptr[node + 1]):
        other = idx[e]
        if stamp[other] == mark:
            continue
        if stamp[other] < mark - 1:
            stamp[other], heard[other] = mark - 1, 0.0
        heard[other] += weight[e]
        if heard[other] > share_of(mixed(key + np.uint64(other) * GOLDEN)):
            stamp[other], nodes[end] = mark, other
            end += 1
    return end


@njit(cache=True, nogil=True)
def run_messages(
    draw: tuple[int, int, int, bool],
    links: Row,
    start: tuple[Int32s, Float64s],
    scratch: Scratch,
    each: Float64s,
) -> None:
    """Runs from `draw[1]` on: seed, first run, hops, and whether it is a cascade."""
    seed, first_run, hops, cascade = draw
    mark = marks_for(2 * each.size, scratch[0], scratch[1])
    nodes = scratch[2]
    for r in range(each.size):
        mark += 2
        run = key_of(seed, STREAM, first_run + r), mark, hops
        head, hop, end = 0, 0, start_at(start[0], mark, scratch)
        hop_ends = end
        while head < end and hop < hops:
            if cascade:
                end = pass_on(nodes[head], end, run, links, scratch)
            else:
                end = persuade(nodes[head], end, run, links, scratch)
            head += 1
            if head == hop_ends:
                hop, hop_ends = hop + 1, end
        each[r] = weight_of(nodes[:end], start[1])
