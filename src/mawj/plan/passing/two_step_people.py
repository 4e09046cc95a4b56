"""Whom messages reach in two steps, person by person, and how far a portfolio comes so.

Step one: a part of an account's audience sees its message. Step two: who passes a message on
brings it before a part of their own audience. Written as a graph that is an independent
cascade: from an account to each person of its audience with the share of the audience that sees
one message, to each of its passers with their chance, and from a passer to their audience with
the share that sees theirs. Only persons count: what is counted are expected viewers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from mawj.graph.cheap_seeds import rivals
from mawj.graph.diffusion import given_chances
from mawj.graph.forward_runs import Reached, RunSettings, reached
from mawj.graph.seeds import certified, estimate
from mawj.graph.wishes import Wish
from mawj.plan.choosing.asked import Coverage
from mawj.plan.passing.two_step_spread import TwoStepLimits, spread_sketch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from mawj.graph.arrays import Float64s, Int32s, Int64s
    from mawj.plan.passing.two_step import PassingArcs
    from mawj.plan.passing.two_step_spread import SpreadSketch

STEPS = 2
ENDS = (0.1, 0.9)
"""Quantiles of the runs that are given as the interval: 80 %, as for forecasts."""


@dataclass(frozen=True)
class People:
    """The audiences of accounts and of those who pass on, as rows of persons.

    Attributes:
        account_ids: whose, in the order of the rows.
        ptr, member: row i holds `member[ptr[i]:ptr[i + 1]]`, each person once.
        weight: how many people each person stands for.
        seen: share of each row that sees one message, above 0 to 1.
    """

    account_ids: tuple[str, ...]
    ptr: Int64s
    member: Int32s
    weight: Float64s
    seen: Float64s


@dataclass(frozen=True)
class PeopleSpread:
    """The graph of accounts, passers and persons, with the sets drawn over it.

    Attributes:
        candidates: accounts that may be chosen: the first nodes.
        n_passers: passers, the nodes after them; then come the persons.
        source, target, chance: the arcs.
        counts: what reaching each node counts.
        kept: the sets, for any portfolio of the candidates.
    """

    candidates: tuple[str, ...]
    n_passers: int
    source: Int32s
    target: Int32s
    chance: Float64s
    counts: Float64s
    kept: SpreadSketch

    def coverage(self, account_ids: Sequence[str]) -> Coverage:
        """Which of the sets each account covers; sets of the same candidates as one element."""
        found = self.kept.coverage(self.candidates)
        key = _keys(found, len(self.candidates))
        known, element = np.unique(key, return_inverse=True)
        row = np.repeat(np.arange(len(self.candidates)), np.diff(found.ptr))
        pairs = np.unique(row * known.size + element.ravel()[found.member])
        place = {one: at for at, one in enumerate(self.candidates)}
        rows = np.searchsorted(pairs, np.arange(len(place) + 1) * known.size)
        spans = [(rows[place[one]], rows[place[one] + 1]) for one in account_ids]
        parts = [(pairs[a:b] % known.size).astype(np.int32) for a, b in spans]
        ptr = np.concatenate([[0], np.cumsum([part.size for part in parts])]).astype(np.int64)
        sums = np.bincount(element.ravel(), found.weight, known.size).astype(np.float64)
        member = np.concatenate(parts) if parts else found.member[:0]
        return Coverage(ptr, member, known.size, sums, found.scale)


@dataclass(frozen=True)
class PeopleReached:
    """Whom some accounts reach directly and by the second step.

    Attributes:
        direct: people in the audiences who are expected to see a message, each once.
        second: people who see it by way of others alone, on the average of the runs.
        second_low, second_high: ends of the middle 80 % of the runs.
        standard_error: of `second`.
        certain_share: at least so much of what any portfolio within the limits reaches.
        doubt: the chance that `certain_share` is too high.
        beside: what simple rankings reach for the same money and number, by the second pile.
        n_sets, n_runs: sets in each pile, and runs.
    """

    direct: float
    second: float
    second_low: float
    second_high: float
    standard_error: float
    certain_share: float
    doubt: float
    beside: dict[str, float]
    n_sets: int
    n_runs: int


def people_spread(
    candidates: Sequence[str],
    people: People,
    arcs: PassingArcs,
    *,
    seed: int,
    two_step_limits: TwoStepLimits,
) -> PeopleSpread:
    """The graph and its sets.

    Args:
        candidates: accounts that may be chosen.
        people: audiences of candidates and of passers; who has no row has no audience.
        arcs: who passes on whose messages; those of other sources are left out.
        seed: of the sets.
        two_step_limits: memory and slack of the sketch; the steps are those of this graph.
    """
    place = {one: at for at, one in enumerate(candidates)}
    of_arc = np.array([place.get(one, -1) for one in arcs.ids], np.int64)[arcs.source]
    known = of_arc >= 0
    passers, which = np.unique(arcs.target[known], return_inverse=True)
    names = [arcs.ids[one] for one in passers]
    first = len(candidates)
    start = first + len(names)
    row_of = {one: at for at, one in enumerate(people.account_ids)}
    owners = [row_of.get(one, -1) for one in (*candidates, *names)]
    own, members = _members(owners, people)
    source = np.concatenate([of_arc[known], own]).astype(np.int32)
    target = np.concatenate([first + which.ravel(), start + members]).astype(np.int32)
    seen = np.array([people.seen[row] if row >= 0 else 1.0 for row in owners])[own]
    chance = np.concatenate([arcs.chance[known], seen]).astype(np.float64)
    counts = np.concatenate([np.zeros(start), people.weight])
    nodes = (*candidates, *(f"passer {one}" for one in names))
    ids = (*nodes, *(f"person {one}" for one in range(people.weight.size)))
    kept = spread_sketch(
        ids, (source, target, chance), counts, candidates, seed=seed,
        two_step_limits=replace(two_step_limits, steps=STEPS),
    )  # fmt: skip
    return PeopleSpread(tuple(candidates), len(names), source, target, chance, counts, kept)


def people_reached(
    made: PeopleSpread,
    picks: Sequence[str],
    bound: float,
    *,
    wish: Wish,
    seed: int,
    two_step_limits: TwoStepLimits,
) -> PeopleReached:
    """What picks reach, by runs that know nothing of the sets, and how good the choice is.

    Args:
        made: the graph and its sets.
        picks: accounts chosen.
        bound: what no portfolio within the limits exceeds on the first pile, in people.
        wish: budget, costs and number, for the simple rankings beside it.
        seed: of the runs.
        two_step_limits: how many runs.
    """
    sketch = made.kept.sketch
    nodes = made.kept.numbers(picks)
    others = rivals(sketch.diffusion, wish, made.counts)
    held = sketch.check.covered([sketch.numbers(one) for one in (nodes, *others.values())])
    beside = {
        name: estimate(sketch, found, int(n)).spread
        for (name, found), n in zip(others.items(), held[1:], strict=True)
    }
    told = (int(held[0]), bound / sketch.scale, 1)
    proof = certified(sketch, Wish(most=max(nodes.size, 1)), nodes, told)
    direct, runs = _runs(made, nodes, seed, two_step_limits)
    low, high = np.quantile(runs.each, ENDS)
    return PeopleReached(
        direct, runs.mean, float(low), float(high), runs.standard_error, proof.guarantee,
        proof.doubt, beside, sketch.n_sets, two_step_limits.runs,
    )  # fmt: skip


def spread_wish(
    made: PeopleSpread,
    cost_minor: Mapping[str, int],
    must: Sequence[str],
    *,
    budget_minor: int,
    most: int,
) -> Wish:
    """The limits that the simple rankings keep; only who has a cost may be chosen."""
    cost = np.zeros(made.counts.size)
    may = made.kept.numbers([one for one in made.candidates if one in cost_minor])
    cost[may] = [cost_minor[made.candidates[node]] for node in may]
    needed = made.kept.numbers([one for one in must if one in cost_minor])
    return Wish(most=most, budget=budget_minor, cost=cost, must=needed, candidates=may)


def _keys(found: Coverage, n: int) -> npt.NDArray[np.uint64]:
    """A number for each element by the candidates that cover it; those of none have 0.

    Sums of random 64-bit numbers: that two of a million sets share one has chance 1e-7.
    """
    random = np.random.default_rng(1).integers(1, 2**63, n, dtype=np.uint64)
    key = np.zeros(found.n_elements, np.uint64)
    np.add.at(key, found.member, np.repeat(random, np.diff(found.ptr)))
    return key


def _members(owners: list[int], people: People) -> tuple[Int64s, Int64s]:
    """Pairs of a node and a person of its audience, for each node with a row."""
    rows = [
        people.member[people.ptr[row] : people.ptr[row + 1]] if row >= 0 else people.member[:0]
        for row in owners
    ]
    own = np.repeat(np.arange(len(rows)), [row.size for row in rows])
    members = np.concatenate(rows) if rows else people.member[:0]
    return own.astype(np.int64), members.astype(np.int64)


def _runs(
    made: PeopleSpread, nodes: Int32s, seed: int, limits: TwoStepLimits
) -> tuple[float, Reached]:
    """People expected to see a message of the nodes, and runs of who else sees it.

    The first step is counted exactly, not run by run: each person who misses every message of
    the nodes, with the chance 1 - share for each, is what passers can still win.
    """
    start = len(made.candidates) + made.n_passers
    mine = np.isin(made.source, nodes)
    first = mine & (made.target >= start)
    misses = np.ones(made.counts.size)
    np.multiply.at(misses, made.target[first], 1.0 - made.chance[first])
    behind = (made.source >= len(made.candidates)) & (misses[made.target] > 0.0)
    use = (mine & (made.target < start)) | behind
    lesser = given_chances(
        made.source[use], made.target[use], made.chance[use], made.counts.size
    )
    settings = RunSettings(limits.runs, STEPS)
    left = made.counts * misses
    runs = reached(lesser, nodes, seed=seed, weight=left, settings=settings)
    return float((made.counts - left).sum()), runs
