"""Whom to choose so that a message spreads furthest in two steps, with a proof and a check.

The graph kernels do the work (`mawj.graph.sketch`, `seeds`, `forward_runs`); here accounts have
their ids, and an answer says what it rests on. `SpreadSketch.coverage` hands the same sets to
`mawj.plan.portfolio`, where they count like members of an audience.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from mawj.graph.cheap_seeds import rivals
from mawj.graph.diffusion import given_chances
from mawj.graph.forward_runs import RunSettings, reached
from mawj.graph.seeds import GREEDY, choose, grown_sketch
from mawj.graph.sketch import Sketch, SketchSettings
from mawj.graph.wishes import Wish
from mawj.plan.choosing.asked import Coverage
from mawj.tables.errors import ActionRefused, NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.graph.arrays import Float64s, Int32s


@dataclass(frozen=True)
class TwoStepLimits:
    """How far messages are followed, and how finely that is drawn.

    Attributes:
        steps: how many times a message is passed on; 2 is the two-step flow of Katz and
            Lazarsfeld, Personal Influence, 1955.
        most_megabytes: memory of the sketch; 256 (our judgement).
        slack: share by which more drawing could still raise the proof; 0.02 (our judgement).
        runs: messages let run forward to check an answer; 10,000 (Kempe, Kleinberg, Tardos,
            KDD 2003).
        level: of the interval around what is reached; 0.8 as for all forecasts.
    """

    steps: int = 2
    most_megabytes: int = 256
    slack: float = 0.02
    runs: int = 10_000
    level: float = 0.8


@dataclass(frozen=True)
class SpreadSketch:
    """A kept sketch over accounts, for any budget, cost or exclusion.

    Attributes:
        ids: the account of each number.
        sketch: the sets.
        counts: what reaching each account counts; None: 1 each.
    """

    ids: tuple[str, ...]
    sketch: Sketch
    counts: Float64s | None

    def numbers(self, account_ids: Sequence[str]) -> Int32s:
        """The number of each account.

        Raises:
            NotFound: for an account that the graph does not know.
        """
        number = {name: at for at, name in enumerate(self.ids)}
        unknown = [name for name in account_ids if name not in number]
        if unknown:
            raise NotFound(f"nobody is known to pass on messages of {', '.join(unknown[:5])}")
        return np.array([number[name] for name in account_ids], np.int32)

    def coverage(self, candidates: Sequence[str]) -> Coverage:
        """What each candidate covers, for the search of portfolios."""
        found = self.sketch.covers(self.numbers(candidates))
        return Coverage(found.ptr, found.idx, found.weight.size, found.weight, found.scale)


@dataclass(frozen=True)
class SpreadAnswer:
    """Accounts chosen and what they reach in some steps, themselves included.

    Attributes:
        account_ids: chosen, those that must be in first.
        how: `greedy`, or the simple ranking that reached more and was taken instead.
        reach, reach_low, reach_high, standard_error: by messages let run forward.
        certain_share: at least so much of what any choice within the limits reaches.
        doubt: the chance that `certain_share` is too high.
        beside: what simple rankings reach within the same limits, by the second pile of sets.
        cost_minor: what the accounts cost, in minor units; None without costs.
        n_sets, n_runs: sets in each pile, and runs.
    """

    account_ids: tuple[str, ...]
    how: str
    reach: float
    reach_low: float
    reach_high: float
    standard_error: float
    certain_share: float
    doubt: float
    beside: dict[str, float]
    cost_minor: int | None
    n_sets: int
    n_runs: int

    @property
    def was_swapped(self) -> bool:
        """Whether a simple ranking reached more than greedy and was taken."""
        return self.how != GREEDY


@dataclass(frozen=True)
class SpreadAsked:
    """What a choice must keep to.

    Attributes:
        candidates: accounts that may be chosen.
        cost_minor: what each costs, in the same order; needed with a budget.
        budget_minor: what all may cost; None: costs do not matter.
        most: how many at most; None: as many as are paid for.
        must, never: accounts that must and must not be in.
    """

    candidates: tuple[str, ...]
    cost_minor: tuple[int, ...] = ()
    budget_minor: int | None = None
    most: int | None = None
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


def spread_sketch(
    ids: tuple[str, ...],
    arcs: tuple[Int32s, Int32s, Float64s],
    counts: Float64s | None = None,
    candidates: Sequence[str] = (),
    *,
    seed: int,
    two_step_limits: TwoStepLimits,
) -> SpreadSketch:
    """A sketch of who reaches whom, to be kept and asked many times.

    Args:
        ids: the account of each number.
        arcs: source, target and chance that the target passes on a message of the source.
        counts: what reaching each account counts, such as 1 for the audience asked for and 0
            for others; None: 1 each.
        candidates: accounts that may be chosen, for which it is fine enough; empty: all.
        seed: the same seed gives the same sketch, whatever the number of threads.
        two_step_limits: `steps`, `most_megabytes` and `slack`.
    """
    limits = two_step_limits
    source, target, chance = arcs
    diffusion = given_chances(source, target, np.asarray(chance, np.float64), len(ids))
    settings = SketchSettings(
        hops=limits.steps, most_bytes=limits.most_megabytes << 20, slack=limits.slack
    )
    may = None
    if candidates:
        number = {name: at for at, name in enumerate(ids)}
        may = np.array([number[name] for name in candidates], np.int32)
    wish = Wish(most=min(10, len(ids)), candidates=may)
    drawn = grown_sketch(diffusion, wish, seed=seed, weight=counts, settings=settings)
    return SpreadSketch(ids, drawn, counts)


def two_step_spread(
    kept: SpreadSketch,
    asked: SpreadAsked,
    *,
    seed: int,
    two_step_limits: TwoStepLimits,
) -> SpreadAnswer:
    """The choice that reaches most, what it reaches by a count of its own, and what is proved.

    Args:
        kept: the sketch.
        asked: the limits of the choice.
        seed: of the runs.
        two_step_limits: `steps` as the sketch was drawn with, `runs` and `level`.

    Raises:
        NotFound: for an account that the graph does not know.
        ActionRefused: when the limits leave nothing to choose, with what is in the way.
    """
    limits = two_step_limits
    wish = wish_of(kept, asked)
    diffusion = kept.sketch.diffusion
    try:
        chosen = choose(kept.sketch, wish, rivals(diffusion, wish, kept.counts))
    except ValueError as wrong:
        raise ActionRefused(str(wrong)) from wrong
    runs = RunSettings(limits.runs, limits.steps)
    count = reached(diffusion, chosen.nodes, seed=seed, weight=kept.counts, settings=runs)
    width = float(ndtri((1 + limits.level) / 2)) * count.standard_error
    return SpreadAnswer(
        account_ids=tuple(kept.ids[node] for node in chosen.nodes),
        how=chosen.how, reach=count.mean, reach_low=count.mean - width,
        reach_high=count.mean + width, standard_error=count.standard_error,
        certain_share=chosen.certificate.guarantee, doubt=chosen.certificate.doubt,
        beside={name: found.spread for name, found in chosen.rivals.items()},
        cost_minor=None if asked.budget_minor is None else round(chosen.cost),
        n_sets=chosen.n_sets, n_runs=limits.runs,
    )  # fmt: skip


def wish_of(kept: SpreadSketch, asked: SpreadAsked) -> Wish:
    """The limits by number."""
    candidates = kept.numbers(asked.candidates)
    cost = None
    if asked.budget_minor is not None:
        if len(asked.cost_minor) != len(asked.candidates):
            raise ActionRefused("a budget needs a cost for each candidate")
        cost = np.zeros(len(kept.ids))
        cost[candidates] = asked.cost_minor
    never = [name for name in asked.never if name in set(kept.ids)]
    return Wish(
        most=asked.most, budget=asked.budget_minor, cost=cost,
        must=kept.numbers(asked.must), never=kept.numbers(never), candidates=candidates,
    )  # fmt: skip
