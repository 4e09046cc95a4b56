"""Whom the creators of a plan reach in two steps, and what is said of the portfolio by that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow.compute

from mawj.flow.passing import passing_chances
from mawj.flow.plan_audience import plan_audience
from mawj.flow.planned import Spread
from mawj.plan.passing.two_step import passing_arcs
from mawj.plan.passing.two_step_people import People, people_reached, people_spread, spread_wish
from mawj.tables.errors import NotEnoughData

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mawj.flow.planned import Pick
    from mawj.flow.planned_offers import Offer
    from mawj.lake.lake import Lake
    from mawj.plan.asking.brief import Brief
    from mawj.plan.passing.two_step_people import PeopleSpread
    from mawj.plan.portfolio import Coverage, Portfolio

pc: Any = pyarrow.compute


@dataclass(frozen=True)
class PlanSpread:
    """The second step of a plan's creators.

    Attributes:
        people: the graph and the sets drawn over it.
        passes_loaded_share: part of the reposts and quotes that public counts tell of which is
            loaded; None: no counts.
        seed: of sets and runs.
    """

    people: PeopleSpread
    passes_loaded_share: float | None
    seed: int

    def coverage(self, offers: Sequence[Offer]) -> Coverage:
        """Which of the sets each offer covers."""
        return self.people.coverage([one.account_id for one in offers])


def plan_spread(
    lake: Lake,
    account_ids: Sequence[str],
    brief: Brief,
    settings: Mapping[str, Any],
) -> PlanSpread | None:
    """The second step; None where the brief asks for none, or nobody is known to pass on."""
    record = lake.current_run()
    if not brief.is_two_step or record is None:
        return None
    ids = list(dict.fromkeys(account_ids))
    try:
        with lake.passing():
            told, sources = passing_chances(lake, ids, settings["PassingSettings"])
    except NotEnoughData:
        return None
    arcs = passing_arcs(told, told.slice(0, 0).select(["account_id"]).append_column(
        "member_id", told.slice(0, 0)["passer_id"]
    ))  # fmt: skip
    if not arcs.source.size:
        return None
    passers = sorted({arcs.ids[one] for one in arcs.target})
    only_creators = brief.goal == "awareness_creators"
    audience = plan_audience(lake, ids, settings, only_creators=only_creators, behind=passers)
    people = People(audience.account_ids, audience.ptr, audience.member, audience.weight)
    made = people_spread(
        ids, people, arcs, seed=record.seed, two_step_limits=settings["TwoStepLimits"]
    )
    stated, loaded = (float(pc.sum(sources[c]).as_py() or 0) for c in ("n_stated", "n_loaded"))
    return PlanSpread(made, min(loaded / stated, 1.0) if stated else None, record.seed)


def spread_of(
    spread: PlanSpread,
    made: Portfolio,
    picks: Sequence[Pick],
    asked: tuple[Sequence[Offer], Brief],
    settings: Mapping[str, Any],
) -> Spread:
    """What the portfolio reaches in two steps, and how good it certainly is.

    Args:
        spread: the second step.
        made: the portfolio.
        picks: who is in.
        asked: the offers to choose from, and the brief.
        settings: settings objects by class name.
    """
    offers, brief = asked
    cost: dict[str, int] = {}
    for one in offers:
        if one.price_minor is not None and one.account_id not in brief.never:
            cost[one.account_id] = min(
                cost.get(one.account_id, one.price_minor), one.price_minor
            )
    wish = spread_wish(
        spread.people, cost, brief.must_have, budget_minor=brief.budget_minor,
        most=brief.most_creators,
    )  # fmt: skip
    found = people_reached(
        spread.people, [pick.offer.account_id for pick in picks],
        float(made.result["bound"].to_pylist()[0] or 0.0), wish=wish, seed=spread.seed,
        two_step_limits=settings["TwoStepLimits"],
    )  # fmt: skip
    return Spread(
        found.direct + found.second, found.direct, found.second, found.second_low,
        found.second_high, found.standard_error, found.certain_share, found.doubt,
        found.beside, spread.people.n_passers, spread.passes_loaded_share, found.n_sets,
        found.n_runs,
    )  # fmt: skip
