"""What is wished of a portfolio, and by what it is judged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
Float64s = npt.NDArray[np.float64]

Objective = Literal[
    "unique", "spread", "reach", "views", "engagements", "clicks", "conversions"
]
CERTAIN = ("unique", "spread")
"""Objectives that count whoever an offer covers, whatever its value: followers, sets drawn."""
RESPONSES = ("engagements", "clicks", "conversions")
"""Objectives where an audience asked again answers less."""


@dataclass(frozen=True)
class Coverage:
    """Which elements each candidate covers: members of an audience, or reverse-reachable sets.

    Attributes:
        ptr: int64[candidates + 1]; row i of the candidates covers
            `member[ptr[i]:ptr[i + 1]]`.
        member: int32, elements from 0; an element at most once for each candidate.
        n_elements: how many elements there are.
        weight: what each element counts; None: 1 each.
        scale: what a weight of 1 stands for: 1 person, or n / θ accounts for sets that were
            drawn.
    """

    ptr: Int64s
    member: Int32s
    n_elements: int
    weight: Float64s | None = None
    scale: float = 1.0

    def __post_init__(self) -> None:
        """Check that the arrays belong together.

        Raises:
            ValueError: when they do not.
        """
        member = self.member
        if self.ptr.size == 0 or self.ptr[0] != 0 or np.any(np.diff(self.ptr) < 0):
            raise ValueError("ptr must begin with 0 and never fall")
        if self.ptr[-1] != member.size:
            raise ValueError(f"ptr ends at {self.ptr[-1]}, but there are {member.size} members")
        if member.size and (member.min() < 0 or member.max() >= self.n_elements):
            raise ValueError(f"members must be 0 to {self.n_elements - 1}")
        if self.weight is not None and (
            self.weight.size != self.n_elements or not np.all(self.weight >= 0)
        ):
            raise ValueError("weight must hold one number of 0 or more for each element")


@dataclass(frozen=True)
class GroupLimit:
    """How many picks, or how much of the budget, may or must go to one group.

    Attributes:
        column: the candidates' column that names the group: tier, platform, language,
            community, person_id.
        value: the group.
        least, most: picks, at least and at most; None for no bound.
        least_share, most_share: share of the budget, at least and at most.
    """

    column: str
    value: str
    least: int | None = None
    most: int | None = None
    least_share: float | None = None
    most_share: float | None = None


@dataclass(frozen=True)
class PortfolioSettings:
    """How a portfolio is searched and judged.

    Attributes:
        repeat_worth: what a second answer of the same member is worth beside the first, 0 to 1:
            with each further deliverable that reaches somebody, engagements, clicks and
            conversions fall to this share. Falling returns of frequency are well attested
            (Jones, When Ads Work, 1995), the number is our judgement.
        seen_share: share of an audience that one deliverable reaches, where the candidates say
            no `reach`; only how far audiences saturate depends on it. Our judgement.
        correct_luck: values are moved towards what their price suggests as far as they are
            uncertain (empirical Bayes), so that the portfolio is not a list of the luckiest
            guesses (Smith & Winkler, The optimizer's curse, Management Science 2006). For raw
            values, such as medians of a few posts. Mawj's own forecasts are drawn towards their
            peers already, and drawing them a second time costs results (our measurements:
            docs/benchmarks.md, Portfolios).
        guess_share: share of a forecast's variance that is error of the guess and not chance of
            the single post, where the candidates do not say (`n_own`); our judgement.
        risk_weight: weight of the bad half of the outcomes, 0 to 1: 0 looks at the mean only.
            Our judgement.
        bad_share: the share of outcomes that counts as bad (conditional value at risk,
            Rockafellar & Uryasev 2000); our judgement.
        platform_share, creator_share: share of a forecast's variance that is common to a
            platform, and to the offers of one creator; our judgement.
        draws: outcomes drawn; 64 put the mean of the lower half within about 3 % in our runs.
        swap_pool: offers that may be swapped in, those that add most; our measurements.
        swap_rounds: passes of swaps over all picks at most; searches needed fewer.
        exact_offers: up to so many offers the best is proved by branch and bound; above, and
            where that does not end, its distance is bounded. Our measurements.
        exact_elements: up to so many distinct overlaps, of offers that cover for certain, the
            best is proved or bounded by integer programming as well.
        exact_nodes: sets of picks looked at by branch and bound at most, and a thousandth of it
            branches of the integer program: the answer must not depend on the machine's speed.
        bound_rounds: rounds of the bound's subgradient method; more tighten it.
        near_share: alternatives are worth this share of the best, at least; our judgement.
        different_share: share of the picks that an alternative does not have in common with
            any other, at least; our judgement.
        alternatives: alternatives shown at most.
        next_best: candidates left out that are explained.
    """

    repeat_worth: float = 0.5
    seen_share: float = 0.3
    correct_luck: bool = False
    guess_share: float = 0.5
    risk_weight: float = 0.25
    bad_share: float = 0.5
    platform_share: float = 0.15
    creator_share: float = 0.35
    draws: int = 64
    swap_pool: int = 150
    swap_rounds: int = 20
    exact_offers: int = 40
    exact_elements: int = 1_000
    exact_nodes: int = 300_000
    bound_rounds: int = 30
    near_share: float = 0.9
    different_share: float = 0.3
    alternatives: int = 3
    next_best: int = 20

    def __post_init__(self) -> None:
        """Check the ranges.

        Raises:
            ValueError: for a share outside 0 to 1, or a count below its least.
        """
        for name in (
            "repeat_worth", "seen_share", "guess_share", "risk_weight", "bad_share",
            "platform_share", "creator_share", "near_share", "different_share",
        ):  # fmt: skip
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise ValueError(f"{name} must be a share, 0 to 1")
        if self.platform_share + self.creator_share > 1.0:
            raise ValueError("platform_share and creator_share must not exceed 1 together")
        if self.seen_share == 0.0 or self.bad_share == 0.0 or self.draws < 2:
            raise ValueError("seen_share and bad_share must exceed 0, draws must be 2 or more")


@dataclass(frozen=True)
class PortfolioAsked:
    """What is wished.

    Attributes:
        budget_minor: money to spend at most, in minor units of `currency`.
        currency: the currency of the budget and of every price.
        objective: `unique` (members covered) and `spread` (sets covered, times their scale)
            count whom offers cover; `reach` counts members who see at least one deliverable, a
            candidate's value being its expected reach; `views` simply add up; `engagements`,
            `clicks` and `conversions` add up with falling returns where audiences overlap.
        least_picks, most_picks: offers in all; None for no upper bound.
        per_creator: offers of one creator (person, or account where no person is known).
        groups: limits of groups.
        goal: the result wished for; the chance to reach it is reported.
        seed: of the outcomes drawn.
        settings: how it is searched and judged.
    """

    budget_minor: int
    currency: str
    objective: Objective = "reach"
    least_picks: int = 0
    most_picks: int | None = None
    per_creator: int = 1
    groups: tuple[GroupLimit, ...] = ()
    goal: float | None = None
    seed: int = 1
    settings: PortfolioSettings = field(default_factory=PortfolioSettings)


def judged_by(
    asked: PortfolioAsked, *, portfolio_settings: PortfolioSettings
) -> PortfolioAsked:
    """The wishes, to be searched and judged by these settings."""
    return replace(asked, settings=portfolio_settings)
