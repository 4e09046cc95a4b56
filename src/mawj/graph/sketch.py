"""A sketch of who reaches whom: two piles of reverse-reachable sets, kept for many questions.

The sketch does not depend on budget, costs or who is left out. So it is drawn once and every
question after is a greedy choice over it (`seeds.choose`); `grown_sketch` draws as many sets
as a first question needs, `drawn_sketch` a given number.
"""

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from mawj.graph.arrays import Float64s, Int32s, Int64s
from mawj.graph.crew import Crew
from mawj.graph.diffusion import Diffusion
from mawj.graph.greedy import Sets
from mawj.graph.pile import Pile
from mawj.graph.reverse_sets import NO_LIMIT, Draw, Drawn, Roots, draw_sets


@dataclass(frozen=True)
class SketchSettings:
    """How a sketch is drawn.

    Attributes:
        hops: how many times a message is passed on at most; 2 is two-step flow, None: until
            it dies out.
        first_sets: sets of each pile drawn before the first look.
        most_sets: sets of each pile at most; 2**24 (our measurements: at chances of 0.01 fewer
            choose worse than top degree).
        most_bytes: what the sets may take, with their index; 384 MiB (our judgement).
        slack: stop when more sets could raise the guarantee by no more than this share; 0.01
            (our measurements: stopping at OPIM-C's usual epsilon of 0.1 costs 4 to 5 % of the
            spread).
        enough: stop as soon as so much of the best possible is certain, such as 1 - 1/e - 0.1
            for OPIM-C at epsilon 0.1; None: only `slack` stops.
        doubt: chance that a bound is wrong; None: 1 / nodes, at most 0.001 (1 / nodes is the
            custom of the field: Tang et al., SIGMOD 2018).
        threads: threads; the sketch is the same for any number.
    """

    hops: int | None = None
    first_sets: int = 1 << 16
    most_sets: int = 1 << 24
    most_bytes: int = 384 << 20
    slack: float = 0.01
    enough: float | None = None
    doubt: float | None = None
    threads: int = 2


class Covered(NamedTuple):
    """What each candidate covers: row i of `idx` from `ptr` says which elements.

    Attributes:
        ptr: int64[candidates + 1].
        idx: int32; elements, ascending in each row.
        weight: float64[elements]; how many sets an element stands for; 0: covered by none.
        scale: what one set stands for, in nodes (or in what nodes weigh).
    """

    ptr: Int64s
    idx: Int32s
    weight: Float64s
    scale: float


@dataclass(frozen=True)
class Sketch:
    """Two independent piles of sets over one graph.

    Attributes:
        diffusion: the graph and how messages pass.
        plan: the pile that choices are made on.
        check: the pile that says what a choice reaches.
        total: what all nodes weigh: their number, or the sum of the weights asked for.
        looks: how often a choice was looked at while the sketch grew, at least 1.
        doubt: the chance that a bound is wrong.
        weight: what each node counts, by the caller's ids; None: 1 each.
        hops: how many times a message is passed on at most; None: no limit.
    """

    diffusion: Diffusion
    plan: Pile
    check: Pile
    total: float
    looks: int
    doubt: float
    weight: Float64s | None
    hops: int | None

    @property
    def n_sets(self) -> int:
        """Sets of each pile."""
        return self.plan.n_sets

    @property
    def scale(self) -> float:
        """What one set stands for: held sets times this is the spread."""
        return self.total / max(self.plan.n_sets, 1)

    @property
    def n_bytes(self) -> int:
        """What both piles take, with the index of the first."""
        return self.plan.n_bytes + self.check.n_bytes

    @cached_property
    def sets(self) -> Sets:
        """The planning pile with its index, made at the first choice and kept."""
        index = self.plan.index()
        plan = self.plan
        return Sets(plan.ptr, plan.member, index.ptr, index.sets, plan.node)

    @cached_property
    def start(self) -> Int32s:
        """How many sets each node of the planning pile stands in."""
        return self.plan.occurs + self.plan.alone

    @cached_property
    def ids(self) -> Int32s:
        """The caller's id of each place of the planning pile."""
        return self.diffusion.adjacency.order[self.plan.node]

    def numbers(self, nodes: Int32s) -> Int32s:
        """The graph's own numbers of nodes given by the caller's ids."""
        return self.diffusion.adjacency.rank_of[np.asarray(nodes, np.int64)]

    def covers(self, candidates: Int32s) -> Covered:
        """Which sets of the planning pile each candidate stands in.

        Elements 0 to s - 1 are the sets of two nodes and more; after them comes one for each
        candidate, which stands for the sets that hold nobody else.
        """
        local = self.plan.local_of[self.numbers(candidates)] - 1
        known = local >= 0
        n_sets, index = self.sets.ptr.size - 1, self.sets
        size = np.where(known, self.plan.occurs[local], 0) + 1
        ptr = np.append(0, np.cumsum(size)).astype(np.int64)
        idx = np.empty(int(ptr[-1]), np.int32)
        for i in np.flatnonzero(known):
            row = index.index_sets[index.index_ptr[local[i]] : index.index_ptr[local[i] + 1]]
            idx[ptr[i] : ptr[i + 1] - 1] = row
        idx[ptr[1:] - 1] = n_sets + np.arange(local.size)
        weight = np.ones(n_sets + local.size)
        weight[n_sets:] = np.where(known, self.plan.alone[local], 0)
        return Covered(ptr, idx, weight, self.scale)


class Drawer:
    """Draws batches into two piles over kept threads' scratch; no batch twice."""

    def __init__(
        self, diffusion: Diffusion, seed: int, weight: Float64s | None, settings: SketchSettings
    ) -> None:
        self.diffusion, self.seed, self.settings = diffusion, seed, settings
        self.roots, self.total = roots_of(diffusion, weight)
        self.weight = weight
        self.piles = Pile(diffusion.n_nodes), Pile(diffusion.n_nodes)
        self.scratch: deque[tuple[Int32s, Int32s]] = deque(
            (np.zeros(diffusion.n_nodes, np.int32), np.zeros(1, np.int32))
            for _ in range(settings.threads)
        )

    def grow(self, n_sets: int, *, at_least: bool = True) -> None:
        """Bring both piles to about `n_sets`; whole rounds of all targets where they fit.

        A few more than that where `at_least`, else a few less.
        """
        targets, so_far = self.roots.n_targets, self.piles[0].n_sets
        size = n_sets - so_far
        alike = self.roots.upto.size == 0
        if alike and size >= targets > 0:
            size = (-(-size // targets) if at_least else size // targets) * targets
        if size <= 0 or self.total <= 0:
            return
        cuts = np.unique(np.linspace(0, size, pieces_of(size) + 1).astype(np.int64))
        n = cuts.size - 1
        drawn: list[Drawn | None] = [None] * (2 * n)

        def draw(i: int) -> None:
            span = int(cuts[i % n]), int(cuts[i % n + 1])
            drawn[i] = self.piece(i // n, so_far, size, span)

        def absorb(stream: int) -> None:
            mine = [d for d in drawn[stream * n : (stream + 1) * n] if d is not None]
            self.piles[stream].absorb(mine, size)
            self.piles[stream].rounds += size // targets if alike and size % targets == 0 else 0

        with Crew(self.settings.threads) as crew:
            crew.share(draw, 2 * n)
            crew.share(absorb, 2)

    def piece(self, stream: int, so_far: int, size: int, span: tuple[int, int]) -> Drawn:
        """One piece of a batch, on whatever thread is free."""
        hops = NO_LIMIT if self.settings.hops is None else self.settings.hops
        stamp, marks = self.scratch.pop()
        draw = Draw(self.seed, stream, so_far, size, *span, hops)
        made: Drawn = draw_sets(draw, self.diffusion.links, self.roots, stamp, marks)
        self.scratch.append((stamp, marks))
        return made

    def sketch(self, looks: int) -> Sketch:
        """What is drawn so far."""
        doubt = self.settings.doubt
        if doubt is None:
            doubt = min(1.0 / max(self.diffusion.n_nodes, 1), 0.001)
        return Sketch(
            self.diffusion, *self.piles, self.total, looks, doubt, self.weight,
            self.settings.hops,
        )  # fmt: skip


def pieces_of(size: int) -> int:
    """Pieces of a batch: enough to share, none so small that starting it shows."""
    return int(np.clip(size // 4096, 1, 64))


def roots_of(diffusion: Diffusion, weight: Float64s | None) -> tuple[Roots, float]:
    """Where sets start, and what all targets weigh.

    Raises:
        ValueError: when there is not one weight a node, or one is negative or not finite.
    """
    n = diffusion.n_nodes
    if weight is None:
        return Roots(np.zeros(0, np.int32), np.zeros(0), n), float(n)
    if np.shape(weight) != (n,) or not np.all(np.isfinite(weight) & (weight >= 0)):
        raise ValueError(f"weight must be {n} finite values of at least 0")
    by_number = np.asarray(weight, np.float64)[diffusion.adjacency.order]
    target = np.flatnonzero(by_number > 0).astype(np.int32)
    by_number = by_number[target]
    alike = by_number.size > 0 and by_number.min() == by_number.max()
    upto = np.zeros(0) if alike else np.cumsum(by_number)
    return Roots(target, upto, target.size), float(by_number.sum())


def drawn_sketch(
    diffusion: Diffusion,
    n_sets: int,
    *,
    seed: int,
    weight: Float64s | None = None,
    settings: SketchSettings | None = None,
) -> Sketch:
    """A sketch of `n_sets` sets in each pile (a few more where that makes whole rounds).

    Args:
        diffusion: the graph and how messages pass.
        n_sets: how many.
        seed: the same seed gives the same sketch for any number of threads.
        weight: what reaching a node counts, by the caller's ids, such as 1 for the audience
            asked for and 0 for others; None: 1 each.
        settings: see SketchSettings; only hops, doubt and threads matter here.
    """
    drawer = Drawer(diffusion, seed, weight, settings or SketchSettings())
    drawer.grow(n_sets)
    return drawer.sketch(1)
