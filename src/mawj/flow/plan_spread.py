"""Whom the creators of a plan reach in two steps, and what is said of the portfolio by that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute
from ibis import _

from mawj.flow.accounts import rows
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
        n_seen: accounts, creators and passers, of whose audience it is known how many see one
            message.
        assumed_share: what is taken for the others.
    """

    people: PeopleSpread
    passes_loaded_share: float | None
    seed: int
    n_seen: int
    assumed_share: float

    def coverage(self, offers: Sequence[Offer]) -> Coverage:
        """Which of the sets each offer covers."""
        return self.people.coverage([one.account_id for one in offers])


def plan_spread(
    lake: Lake,
    account_ids: Sequence[str],
    offers: Sequence[Offer],
    brief: Brief,
    settings: Mapping[str, Any],
) -> PlanSpread | None:
    """The second step; None where the brief asks for none, or nobody is known to pass on.

    Of an audience the share counts that is expected to see one message: of a creator by the
    forecasts of its offers, of who passes on by the average views of its posts, and
    `seen_share` of the settings where neither is known.
    """
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
    known = {**_passers_seen(lake, passers), **_offers_seen(offers)}
    assumed = settings["PortfolioSettings"].seen_share
    seen = np.array([known.get(one, assumed) for one in audience.account_ids])
    people = People(audience.account_ids, audience.ptr, audience.member, audience.weight, seen)
    made = people_spread(
        ids, people, arcs, seed=record.seed, two_step_limits=settings["TwoStepLimits"]
    )
    stated, loaded = (float(pc.sum(sources[c]).as_py() or 0) for c in ("n_stated", "n_loaded"))
    share = min(loaded / stated, 1.0) if stated else None
    n_seen = len(known.keys() & set(audience.account_ids))
    return PlanSpread(made, share, record.seed, n_seen, assumed)


def _offers_seen(offers: Sequence[Offer]) -> dict[str, float]:
    """Of each creator the mean share of the followers that one deliverable is seen by."""
    shares: dict[str, list[float]] = {}
    for one in offers:
        told = one.of("reach") or one.of("views")
        if told is not None and told.middle and one.followers:
            shares.setdefault(one.account_id, []).append(min(told.middle / one.followers, 1.0))
    return {account: sum(each) / len(each) for account, each in shares.items()}


def _passers_seen(lake: Lake, passers: Sequence[str]) -> dict[str, float]:
    """Of each passer the views of a post over its followers, by its latest snapshot."""
    told = lake.read("account_snapshots")
    known = told.filter(
        _.account_id.isin(passers), _.average_views > 0, _.followers > 0
    ).select("account_id", "taken_at", "average_views", "followers")
    return {
        row["account_id"]: min(row["average_views"] / row["followers"], 1.0)
        for row in rows(known.order_by("taken_at"))
    }


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
        found.n_runs, spread.n_seen, spread.assumed_share,
    )  # fmt: skip
