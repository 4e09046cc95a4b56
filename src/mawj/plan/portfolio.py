"""The best portfolio under a budget and wishes, what it may bring, and why it is so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj.plan.choosing.asked import (
    CERTAIN,
    Coverage,
    GroupLimit,
    PortfolioAsked,
    PortfolioSettings,
)
from mawj.plan.choosing.bound import guarantee, most_possible
from mawj.plan.choosing.conflicts import Conflict, conflict_of
from mawj.plan.choosing.exact import proved
from mawj.plan.choosing.instance import audience_of, instance_of
from mawj.plan.choosing.limits import Limit, limits_of
from mawj.plan.choosing.lines import Case, lines, reasons
from mawj.plan.choosing.offers import floats, offers_of
from mawj.plan.choosing.risk import corrected, outcomes_drawn, shares, steadied
from mawj.plan.choosing.search import best_found
from mawj.plan.choosing.variants import budget_curve, near_alternatives, without_each
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mawj.plan.choosing.asked import Float64s
    from mawj.plan.choosing.limits import Limits
    from mawj.plan.choosing.lines import Row
    from mawj.plan.choosing.search import Found

__all__ = [
    "Coverage", "GroupLimit", "Portfolio", "PortfolioAsked", "PortfolioSettings", "portfolio",
]  # fmt: skip

RULE = "portfolio-1"
OUTCOMES = 2_000
"""Outcomes drawn of the portfolio chosen: its interval's ends then vary by a few per cent."""
ENDS = (0.1, 0.9)
"""Quantiles of the outcomes that are given as the interval: 80 %, as for forecasts."""


@dataclass(frozen=True)
class Portfolio:
    """A portfolio, in the declared shapes; `conflicts` has rows where the wishes cannot be met.

    Attributes:
        is_possible: whether any picks meet the wishes; else only `conflicts` has rows.
        result, lines, reasons, alternatives, curve, declines, conflicts: the tables `plan_…`.
        outcomes: outcomes drawn of the portfolio, 80 % of which are in its interval; empty
            where no interval of a forecast is known.
    """

    is_possible: bool
    result: pa.Table
    lines: pa.Table
    reasons: pa.Table
    alternatives: pa.Table
    curve: pa.Table
    declines: pa.Table
    conflicts: pa.Table
    outcomes: Float64s

    @property
    def picked(self) -> pa.Table:
        """The lines that are in."""
        return self.lines.filter(self.lines["is_in"])


def portfolio(
    candidates: pa.Table,
    elements: Coverage | None,
    asked: PortfolioAsked,
    *,
    is_whole: bool = True,
) -> Portfolio:
    """The best portfolio that is found, how good it is, and why.

    Args:
        candidates: one row an offer: account_id, deliverable, price_minor, currency, and value
            (not needed for `unique` and `spread`); where known value_low, value_high, level,
            person_id, platform, is_must, is_never, n_own (own posts behind the forecast), reach
            and columns that groups name. NULL is not known.
        elements: whom each offer covers, in the order of the candidates; None where audiences
            are not known: then results add up.
        asked: what is wished.
        is_whole: with alternatives, curve, declines and reasons; else lines and result only.

    The values are corrected for luck where the settings ask for it (`risk.corrected`), searched
    (`search.best_found`), proved or bounded, and the picks steadied against what forecasts do
    not know. Ties are broken by price, value, size of audience, and only among equals by
    account and deliverable, so that neither names nor the order of rows change the result's
    value.

    Raises:
        MissingColumn, DuplicateKey, OutOfRange: when the candidates do not hold; see
            `offers.offers_of`.
    """
    offers = offers_of(candidates, elements, asked)
    limits = limits_of(offers, asked)
    audience = audience_of(offers, elements, asked.objective)
    right = corrected(offers, asked.settings)
    reach = floats(offers.table, "reach")
    instance = instance_of(audience, right.values, reach, asked)
    best = best_found(instance, limits, asked.settings)
    if best is None:
        return _impossible(instance, limits, asked)
    curve = list(budget_curve(instance, limits, best, asked.settings)) if is_whole else []
    best = max(
        [best, *(now for n, now in curve if now and n == asked.budget_minor)], key=_worth
    )
    best, bound = _settled(instance, limits, best, asked.settings)
    if asked.objective not in CERTAIN and right.spread.any() and asked.settings.risk_weight > 0:
        best = steadied(
            instance, limits, best,
            lambda which: outcomes_drawn(
                offers, right.spread, which, asked.settings.draws, asked=asked
            ),
            asked.settings,
        )  # fmt: skip
    case = Case(offers, instance, limits, best, right)
    given = instance_of(audience, offers.value, reach, asked)
    outcomes = _outcomes(case, asked)
    result = _result(case, asked, (bound, given.value(limits, best.picks)), outcomes)
    return _told(case, candidates, asked, (result, outcomes, curve), is_whole=is_whole)


def _worth(one: Found) -> float:
    return one.value


def _settled(
    instance: Any, limits: Limits, best: Found, settings: PortfolioSettings
) -> tuple[Found, float]:
    """The best picks and what cannot be exceeded: proved where small, bounded where not."""
    done = proved(instance, limits, best, settings)
    if done.bound <= done.found.value:
        return done.found, done.bound
    bound = most_possible(instance, limits, done.found, rounds=settings.bound_rounds)
    return done.found, min(done.bound, bound)


def _outcomes(case: Case, asked: PortfolioAsked) -> Float64s:
    """Outcomes of the portfolio; empty where no interval is known."""
    picks = case.best.picks
    if asked.objective in CERTAIN or not picks.size or not case.corrected.spread[picks].any():
        return np.empty(0)
    drawn = outcomes_drawn(case.offers, case.corrected.spread, picks, OUTCOMES, asked=asked)
    mine, _ = shares(case.instance, case.limits, picks)
    return np.asarray(drawn @ mine)


def _result(
    case: Case, asked: PortfolioAsked, known: tuple[float, float], outcomes: Float64s
) -> Row:
    bound, as_forecast = known
    value, spent = case.best.value, int(case.limits.price[case.best.picks].sum())
    ends = np.quantile(outcomes, (0.5, *ENDS)) if outcomes.size else (None, None, None)
    goal = asked.goal if outcomes.size else None
    is_proved = bound <= value * (1 + 1e-9)
    return {
        "objective": asked.objective, "value": value, "value_as_forecast": as_forecast,
        "result": ends[0], "result_low": ends[1], "result_high": ends[2], "bound": bound,
        "of_best_share": min(value / bound, 1.0) if bound > 0 else 1.0,
        "guarantee_share": guarantee(case.limits), "how": "proved" if is_proved else "bounded",
        "n_picks": int(case.best.picks.size), "n_candidates": len(case.offers),
        "spent_minor": spent, "budget_minor": asked.budget_minor, "currency": asked.currency,
        "unit_minor": spent / value if value > 0 else None, "goal": asked.goal,
        "p_goal": float(np.mean(outcomes >= goal)) if goal is not None else None,
    }  # fmt: skip


def _told(
    case: Case,
    candidates: pa.Table,
    asked: PortfolioAsked,
    known: tuple[Row, Float64s, list[Any]],
    *,
    is_whole: bool,
) -> Portfolio:
    made = lines(case, asked.settings)
    out = [
        {**{n: row.get(n) for n in _KEPT}, "is_in": False, "why": why}
        for place, why in case.offers.left_out
        for row in candidates.slice(place, 1).to_pylist()
    ]
    told = {
        "plan_results": [known[0]],
        "plan_lines": [*made, *out],
        "plan_reasons": reasons(case, made) if is_whole else [],
        "plan_alternatives": list(_alternative_rows(case, asked)) if is_whole else [],
        "plan_curve": list(_curve_rows(case, known[2])),
        "plan_declines": list(_decline_rows(case, asked)) if is_whole else [],
        "plan_conflicts": [],
    }
    return _shaped(told, asked, known[1])


_KEPT = ("account_id", "deliverable", "person_id", "price_minor", "value")


def _shaped(told: dict[str, list[Row]], asked: PortfolioAsked, outcomes: Float64s) -> Portfolio:
    tables = {
        name: pa.Table.from_pylist(
            [{**row, "currency": asked.currency, "rule_version": RULE} for row in rows],
            schema=TABLES[name].schema,
        )
        for name, rows in told.items()
    }
    return Portfolio(
        bool(told["plan_results"]), tables["plan_results"], tables["plan_lines"],
        tables["plan_reasons"], tables["plan_alternatives"], tables["plan_curve"],
        tables["plan_declines"], tables["plan_conflicts"], outcomes,
    )  # fmt: skip


def _accounts(case: Case, picks: Iterable[int]) -> list[str]:
    return [case.offers.table["account_id"][int(i)].as_py() for i in picks]


def _alternative_rows(case: Case, asked: PortfolioAsked) -> Iterable[Row]:
    mine = set(case.offers.creator[case.best.picks].tolist())
    others = near_alternatives(
        case.offers, case.instance, case.limits, case.best, asked.settings
    )
    for n, other in enumerate(others, 1):
        spent = int(case.limits.price[other.picks].sum())
        for place in other.picks:
            row = case.offers.table.slice(int(place), 1).to_pylist()[0]
            yield {
                "alternative": n, "account_id": row["account_id"],
                "deliverable": row["deliverable"], "value": other.value,
                "is_new": int(case.offers.creator[place]) not in mine,
                "of_best_share": min(other.value / case.best.value, 1.0), "spent_minor": spent,
            }  # fmt: skip


def _curve_rows(case: Case, curve: list[tuple[int, Found | None]]) -> Iterable[Row]:
    before: tuple[int, float] | None = None
    for budget, now in curve:
        if now is None:
            yield {"budget_minor": budget}
            continue
        spent = int(case.limits.price[now.picks].sum())
        more = None
        if before is not None and now.value > before[1] and spent >= before[0]:
            more = (spent - before[0]) / (now.value - before[1])
        yield {
            "budget_minor": budget, "value": now.value, "spent_minor": spent,
            "n_picks": int(now.picks.size), "more_unit_minor": more,
            "account_ids": _accounts(case, now.picks),
        }  # fmt: skip
        before = spent, now.value


def _decline_rows(case: Case, asked: PortfolioAsked) -> Iterable[Row]:
    picks = case.best.picks
    left = without_each(case.offers, case.instance, case.limits, case.best, asked.settings)
    for one in left:
        row = case.offers.table.slice(one.offer, 1).to_pylist()[0]
        told: Row = {"account_id": row["account_id"], "deliverable": row["deliverable"]}
        if one.found is not None:
            now = one.found
            creator = case.offers.creator
            came = np.setdiff1d(now.picks, picks)
            gone = np.setdiff1d(picks, now.picks)
            gone = gone[creator[gone] != creator[one.offer]]
            lost = 1 - now.value / case.best.value if case.best.value > 0 else 0.0
            told |= {
                "value": now.value, "lost_share": min(max(lost, 0.0), 1.0),
                "replaced_by": _accounts(case, came), "also_out": _accounts(case, gone),
                "spent_minor": int(case.limits.price[now.picks].sum()),
            }  # fmt: skip
        yield told


def _impossible(instance: Any, limits: Limits, asked: PortfolioAsked) -> Portfolio:
    """No portfolio: which wishes exclude each other, and each nearest way out."""
    conflict = conflict_of(limits)
    rows: list[Row] = [] if conflict is None else list(_core_rows(conflict))
    for n, way in enumerate(conflict.ways_out if conflict else (), 1):
        nearest = best_found(instance, way.limits, asked.settings)
        for wished, can in zip(way.wishes, way.nearest, strict=True):
            for side in ("most", "least", "most_minor", "least_minor"):
                if getattr(wished, side) != getattr(can, side):
                    rows.append({
                        **_wish(wished, side), "way": n, "nearest": getattr(can, side),
                        **_reached(nearest, limits),
                    })  # fmt: skip
    empty: dict[str, list[Row]] = {
        name: []
        for name in (
            "plan_results", "plan_lines", "plan_reasons", "plan_alternatives", "plan_curve",
            "plan_declines",
        )
    }  # fmt: skip
    return _shaped({**empty, "plan_conflicts": rows}, asked, np.empty(0))


def _reached(nearest: Found | None, limits: Limits) -> Row:
    if nearest is None:
        return {}
    return {"value": nearest.value, "spent_minor": int(limits.price[nearest.picks].sum())}


def _core_rows(conflict: Conflict) -> Iterable[Row]:
    for wish in conflict.wishes:
        for side, free in (
            ("most", None),
            ("least", 0),
            ("most_minor", None),
            ("least_minor", 0),
        ):
            bound = getattr(wish, side)
            if bound != free and bound < 2**61:
                yield {**_wish(wish, side), "way": 0}


def _wish(limit: Limit, side: str) -> Row:
    return {"wish": limit.key, "name": limit.name, "side": side, "wished": getattr(limit, side)}
