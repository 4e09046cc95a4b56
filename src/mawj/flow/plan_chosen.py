"""The portfolio of a plan: chosen, told with its reasons, beside what else could be had."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING, Any

from mawj.flow.plan_by_runs import by_runs
from mawj.flow.plan_conflicts import of_portfolio
from mawj.flow.plan_scenarios import scenarios_of
from mawj.flow.plan_spread import spread_of
from mawj.flow.plan_wishes import asked_of, candidates_of, objective_of, objectives_of
from mawj.flow.planned import (
    Alternative,
    Compared,
    Conflict,
    CurvePoint,
    Decline,
    LeftOut,
    Pick,
    Result,
    Scenario,
    Shared,
    Spread,
    Total,
)
from mawj.plan.asking.deliverables import MEASURES
from mawj.plan.portfolio import Coverage, portfolio

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from mawj.flow.plan_audience import PlanAudience
    from mawj.flow.plan_spread import PlanSpread
    from mawj.flow.planned_offers import Offer
    from mawj.plan.asking.brief import Brief
    from mawj.plan.portfolio import Portfolio, PortfolioSettings

BY_SUM = ("views",)
"""Objectives for which nobody's audience matters: they simply add up."""


@dataclass(frozen=True)
class Chosen:
    """What was chosen; only `conflicts` where nothing could be.

    Attributes:
        picks … shared, compared: as in `Plan`.
        loaded_share: part of the followers that overlap rests on.
        cheapest_minor: what the fewest creators wanted cost at least; None where not known.
        spread: what it reaches in two steps; None where that is not chosen by.
        is_other_objective: whether the measure that the goal asks for first was not known.
    """

    picks: tuple[Pick, ...] = ()
    result: Result | None = None
    totals: tuple[Total, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    shared: tuple[Shared, ...] = ()
    loaded_share: float | None = None
    cheapest_minor: int | None = None
    is_other_objective: bool = False
    spread: Spread | None = None
    compared: tuple[Compared, ...] = ()


@dataclass(frozen=True)
class Beside:
    """What is known besides offers and audiences.

    Attributes:
        apart: accounts that stand in the scenarios only.
        spread: the second step; None where only direct reach counts.
    """

    apart: Collection[str] = ()
    spread: PlanSpread | None = None


def chosen(
    offers: Sequence[Offer],
    audience: PlanAudience,
    brief: Brief,
    settings: Mapping[str, Any],
    beside: Beside,
) -> Chosen:
    """The best portfolio of the offers under the brief, with its reasons.

    Args:
        offers: what could be agreed.
        audience: whom each account reaches.
        brief: what is wanted.
        settings: settings objects by class name.
        beside: who stands in the scenarios only, and the second step.
    """
    apart, spread = beside.apart, beside.spread
    own = [one for one in offers if one.account_id not in apart]
    usual = objective_of(brief, own, has_audience=audience.is_known)
    objective = "spread" if spread else usual
    judged: PortfolioSettings = settings["PortfolioSettings"]
    candidates = candidates_of(offers, brief, objective, apart=apart)
    asked = asked_of(brief, candidates, objective, judged)
    covered = spread.coverage(offers) if spread else coverage_of(offers, audience)
    covered = None if objective in BY_SUM else covered
    made = portfolio(candidates, covered, asked)
    account_of = {one.person_id: one.account_id for one in reversed(offers)}
    lowest = cheapest(own, brief)
    if not made.is_possible:
        return Chosen(
            conflicts=of_portfolio(made.conflicts, account_of), cheapest_minor=lowest,
            left_out=tuple(_unusable(own)),
        )  # fmt: skip
    by_key = {(one.account_id, one.deliverable): one for one in offers}
    picks = _picks(made, by_key)
    ids = {pick.offer.account_id for pick in picks}
    ways, compared = scenarios_of(candidates_of(offers, brief, objective), covered, asked, made)
    found = Chosen(
        picks=picks,
        result=_result(made, picks),
        totals=totals(picks, judged.platform_share),
        left_out=tuple(_left_out(made, by_key, {*ids, *apart})),
        alternatives=_alternatives(made),
        curve=tuple(_curve(made)),
        scenarios=ways,
        shared=tuple(_shared(audience, ids)),
        loaded_share=audience.loaded_share,
        cheapest_minor=lowest,
        is_other_objective=objective not in ("spread", objectives_of(brief)[0]),
        spread=spread_of(spread, made, picks, (own, brief), settings) if spread else None,
        compared=compared,
    )
    return by_runs(found)


def coverage_of(offers: Sequence[Offer], audience: PlanAudience) -> Coverage | None:
    """Whom each offer covers; None where no follower is loaded."""
    if not audience.is_known:
        return None
    ptr, member = audience.rows([one.account_id for one in offers])
    return Coverage(ptr, member, audience.n_members, audience.weight)


def cheapest(offers: Sequence[Offer], brief: Brief) -> int | None:
    """What the fewest creators wanted cost at least, each by the cheapest of their offers."""
    least: dict[str, int] = {}
    for one in offers:
        if one.price_minor is not None:
            before = least.get(one.person_id, one.price_minor)
            least[one.person_id] = min(before, one.price_minor)
    if len(least) < brief.least_creators:
        return None
    return sum(sorted(least.values())[: brief.least_creators])


def totals(picks: Sequence[Pick], shared_error: float) -> tuple[Total, ...]:
    """Each measure added up over the picks.

    Half-widths add up as squares as far as errors are each pick's own, and as they are in the
    share that is common to all.
    """
    found = []
    for measure in MEASURES:
        told = [one for pick in picks if (one := pick.offer.of(measure)) is not None]
        known = [one for one in told if one.middle is not None]
        if known:
            middle = sum(one.middle for one in known if one.middle is not None)
            down = [one.middle - one.low for one in known
                    if one.middle is not None and one.low is not None]  # fmt: skip
            up = [one.high - one.middle for one in known
                  if one.middle is not None and one.high is not None]  # fmt: skip
            is_whole = len(down) == len(up) == len(known)
            low = max(middle - _together(down, shared_error), 0.0) if is_whole else None
            high = middle + _together(up, shared_error) if is_whole else None
            found.append(Total(measure, middle, low, high, len(known), len(picks)))
    return tuple(found)


def _together(halves: Sequence[float], shared: float) -> float:
    alone, added = sum(half**2 for half in halves), sum(halves) ** 2
    return sqrt((1.0 - shared) * alone + shared * added)


def _picks(made: Portfolio, by_key: Mapping[tuple[str, str], Offer]) -> tuple[Pick, ...]:
    declines = {_key(row): row for row in made.declines.to_pylist()}
    reasons = {
        _key(row): row["other"]
        for row in made.reasons.to_pylist()
        if row["reason"] == "overlaps_with"
    }
    found = []
    for row in sorted(made.picked.to_pylist(), key=lambda r: r["place"] or 0):
        key = _key(row)
        other = row["other"] if row["why"] == "needed" else reasons.get(key) or row["other"]
        found.append(
            Pick(
                by_key[key], row["gain"], row["alone"], row["overlap_share"],
                row["unit_minor"], row["why"], other, _decline(declines.get(key)),
            )
        )  # fmt: skip
    return tuple(found)


def _decline(row: Mapping[str, Any] | None) -> Decline | None:
    if row is None:
        return None
    return Decline(row["lost_share"], tuple(row["replaced_by"] or ()), row["spent_minor"])


def _result(made: Portfolio, picks: Sequence[Pick]) -> Result:
    row = made.result.to_pylist()[0]
    ends = [
        [getattr(pick.offer, f"price_{end}_minor") for pick in picks] for end in ("low", "high")
    ]
    low, high = (None if None in some else sum(some) for some in ends)
    return Result(
        row["objective"], row["value"], row["result"], row["result_low"], row["result_high"],
        row["value_as_forecast"], row["of_best_share"], row["how"], row["spent_minor"], low,
        high, row["unit_minor"],
    )  # fmt: skip


def _left_out(
    made: Portfolio, by_key: Mapping[tuple[str, str], Offer], picked: set[str]
) -> Iterator[LeftOut]:
    for row in made.lines.to_pylist():
        if not row["is_in"] and row["account_id"] not in picked:
            offer = by_key[_key(row)]
            yield LeftOut(
                offer.account_id, offer.name, "portfolio", row["why"], offer.deliverable,
                offer.price_minor, row["gain"], row["other"],
            )  # fmt: skip


def _unusable(offers: Sequence[Offer]) -> Iterator[LeftOut]:
    for one in offers:
        if one.price_minor is None:
            yield LeftOut(one.account_id, one.name, "portfolio", "no_price", one.deliverable)


def _alternatives(made: Portfolio) -> tuple[Alternative, ...]:
    found: dict[int, Alternative] = {}
    for row in made.alternatives.to_pylist():
        new = (row["account_id"],) if row["is_new"] else ()
        before = found.get(row["alternative"])
        if before is None:
            found[row["alternative"]] = Alternative(
                (row["account_id"],),
                new,
                row["value"],
                row["of_best_share"],
                row["spent_minor"],
            )
        else:
            found[row["alternative"]] = replace(
                before, account_ids=(*before.account_ids, row["account_id"]),
                new_ids=(*before.new_ids, *new),
            )  # fmt: skip
    return tuple(found.values())


def _curve(made: Portfolio) -> Iterator[CurvePoint]:
    """The curve in the unit of the result.

    A portfolio is searched by the middle of each forecast; what several bring together has a
    higher middle than their middles added up, since they err upward further than downward.
    Each point is raised by the same share as the plan's own, so that both say one number.
    """
    told = made.result.to_pylist()[0]
    is_known = told["result"] is not None and (told["value"] or 0.0) > 0.0
    raised = told["result"] / told["value"] if is_known else 1.0
    for row in made.curve.sort_by("budget_minor").to_pylist():
        value = None if row["value"] is None else row["value"] * raised
        yield CurvePoint(
            row["budget_minor"], value, row["spent_minor"], row["n_picks"],
            tuple(row["account_ids"] or ()),
        )  # fmt: skip


def _key(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["account_id"], row["deliverable"]


def _shared(audience: PlanAudience, ids: set[str]) -> Iterator[Shared]:
    for row in audience.overlap.to_pylist():
        if row["account_id_l"] in ids and row["account_id_r"] in ids:
            yield Shared(
                row["account_id_l"], row["account_id_r"], row["shared_share_l"],
                row["shared_share_r"],
            )  # fmt: skip
