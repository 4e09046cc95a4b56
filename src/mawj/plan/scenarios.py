"""The articles' dispute on one budget: celebrities, a group of small accounts, or both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj.plan.portfolio import GroupLimit, portfolio
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mawj.plan.choosing.asked import Float64s
    from mawj.plan.choosing.offers import Bools
    from mawj.plan.portfolio import Coverage, Portfolio, PortfolioAsked

RULE = "scenarios-1"
SIDE = "scenario_side"
CLEAR, LEANS = 0.9, 0.7
"""Chances to bring more from which the dispute is called settled, and leaning; ours."""
CHEAPER, TIGHTER, WIDER = 0.8, 0.5, 2.0
"""By what a check changes prices of a side, and the budget; our judgement of what is likely."""


@dataclass(frozen=True)
class Scenarios:
    """The ways side by side.

    Attributes:
        made: portfolios by scenario: celebrity, micro_group, mixed.
        scenarios, pairs, checks: the tables `plan_scenarios`, `plan_scenario_pairs` and
            `plan_scenario_checks`.
    """

    made: Mapping[str, Portfolio]
    scenarios: pa.Table
    pairs: pa.Table
    checks: pa.Table


def scenarios(
    candidates: pa.Table,
    elements: Coverage | None,
    asked: PortfolioAsked,
    *,
    is_large: Bools,
    is_small: Bools,
) -> Scenarios:
    """The best of each way for the same money, and how likely each brings more than the others.

    Candidates, coverage and wishes are those of `portfolio`; `is_large` and `is_small` say
    which candidates are celebrities, and which are small. Wishes that name a group, a number or
    a must-have are left aside: they would decide the dispute before it begins.

    Outcomes are drawn in pairs: an offer that is in two ways, a creator and a platform meet the
    same luck in both. `checks` repeats the comparison of the two pure ways with half and double
    the money, either side a fifth cheaper, and the forecasts drawn towards what prices suggest.
    """
    sides = (np.asarray(is_large, bool), np.asarray(is_small, bool))
    made = ways(candidates, elements, asked, sides)
    rows = [_row(name, one, asked) for name, one in made.items()]
    names = list(made)
    pairs = [_pair(made, one, other) for i, one in enumerate(names) for other in names[i + 1 :]]
    checks = [
        {"check": name, **_told(ways(some, elements, now, sides, is_mixed=False))}
        for name, some, now in _checked(candidates, asked, sides)
    ]
    return Scenarios(
        made,
        _table("plan_scenarios", rows),
        _table("plan_scenario_pairs", pairs),
        _table("plan_scenario_checks", checks),
    )


def ways(
    candidates: pa.Table,
    elements: Coverage | None,
    asked: PortfolioAsked,
    sides: tuple[Bools, Bools],
    *,
    is_mixed: bool = True,
) -> dict[str, Portfolio]:
    """The best portfolio of each way for the same money; nobody picked where it cannot be had.

    Args:
        candidates: as for `portfolio`; must-haves give way.
        elements: as for `portfolio`.
        asked: as for `portfolio`; wishes that name a group or a least number give way: they
            would decide the dispute.
        sides: which candidates are large, and which are small.
        is_mixed: also the way that holds at least one of either.
    """
    asked = replace(asked, least_picks=0, groups=())
    large, small = sides
    open_to: dict[str, tuple[Bools, tuple[GroupLimit, ...]]] = {
        "celebrity": (large, ()),
        "micro_group": (small & ~large, ()),
    }
    if is_mixed:
        both = tuple(GroupLimit(SIDE, name, least=1) for name in ("large", "small"))
        open_to["mixed"] = (large | small, both)
    return {
        name: portfolio(
            _only(candidates, may, sides), elements, replace(asked, groups=groups),
            is_whole=False,
        )
        for name, (may, groups) in open_to.items()
    }  # fmt: skip


def _only(candidates: pa.Table, may: Bools, sides: tuple[Bools, Bools]) -> pa.Table:
    """The candidates with all others excluded, and the side that each is of."""
    never = np.zeros(candidates.num_rows, bool)
    if "is_never" in candidates.schema.names:
        never = np.array([bool(v) for v in candidates["is_never"].to_pylist()], bool)
    side = np.where(sides[0], "large", np.where(sides[1], "small", "other"))
    kept = [n for n in candidates.schema.names if n not in ("is_never", "is_must", SIDE)]
    made = candidates.select(kept).append_column("is_never", pa.array(never | ~may))
    return made.append_column(SIDE, pa.array(side.tolist(), pa.string()))


def _checked(
    candidates: pa.Table, asked: PortfolioAsked, sides: tuple[Bools, Bools]
) -> Iterator[tuple[str, pa.Table, PortfolioAsked]]:
    """What is changed in each check."""
    for name, share in (("half_budget", TIGHTER), ("double_budget", WIDER)):
        yield name, candidates, replace(asked, budget_minor=int(asked.budget_minor * share))
    for name, side in (("celebrity_cheaper", sides[0]), ("micro_group_cheaper", sides[1])):
        yield name, _cheaper(candidates, side), asked
    doubted = replace(asked.settings, correct_luck=True)
    yield "forecasts_doubted", candidates, replace(asked, settings=doubted)


def _cheaper(candidates: pa.Table, side: Bools) -> pa.Table:
    price = candidates["price_minor"].to_pylist()
    now = [
        int(CHEAPER * p) if is_of and p is not None else p
        for p, is_of in zip(price, side.tolist(), strict=True)
    ]
    place = candidates.schema.get_field_index("price_minor")
    return candidates.set_column(place, "price_minor", pa.array(now, pa.int64()))


def _row(name: str, made: Portfolio, asked: PortfolioAsked) -> dict[str, Any]:
    told: dict[str, Any] = {"scenario": name, "currency": asked.currency}
    if not made.picked.num_rows:
        return told
    row = made.result.to_pylist()[0]
    kept = (
        "value", "result", "result_low", "result_high", "of_best_share", "n_picks",
        "spent_minor", "unit_minor",
    )  # fmt: skip
    return {**told, **{key: row[key] for key in kept}}


def _drawn(made: Portfolio) -> Float64s | None:
    """Outcomes of a way; its value for certain where no interval is known; None for nobody."""
    if not made.picked.num_rows:
        return None
    if made.outcomes.size:
        return made.outcomes
    return np.full(1, made.result["value"][0].as_py())


def _compared(one: Portfolio, other: Portfolio) -> dict[str, Any]:
    """How likely the one brings more, and by how much, draw by draw."""
    mine, theirs = _drawn(one), _drawn(other)
    if mine is None or theirs is None:
        return {"verdict": "not_known"}
    more = mine - theirs
    p = float(np.mean(more > 0) + np.mean(more == 0) / 2)
    low, middle, high = (float(x) for x in np.quantile(more, (0.1, 0.5, 0.9)))
    sure = max(p, 1 - p)
    verdict = "clear" if sure >= CLEAR else "leans" if sure >= LEANS else "open"
    return {
        "p_more": p, "more": middle, "more_low": low, "more_high": high, "verdict": verdict,
    }  # fmt: skip


def _pair(made: Mapping[str, Portfolio], one: str, other: str) -> dict[str, Any]:
    return {"scenario": one, "other": other, **_compared(made[one], made[other])}


def _told(made: Mapping[str, Portfolio]) -> dict[str, Any]:
    return _compared(made["celebrity"], made["micro_group"])


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    ruled = [{**row, "rule_version": RULE} for row in rows]
    return pa.Table.from_pylist(ruled, schema=TABLES[name].schema)
