"""The articles' dispute on one budget: celebrities, a group of small accounts, or both (M3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mawj.flow.plan_candidates import LARGE_TIERS
from mawj.flow.planned import Compared, Scenario
from mawj.plan.scenarios import scenarios, ways

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt
    import pyarrow as pa

    from mawj.plan.portfolio import Coverage, Portfolio, PortfolioAsked
    from mawj.plan.scenarios import Scenarios

PURE = ("celebrity", "micro_group")
"""The two sides of the dispute, on which the checks are made."""
SMALL = ("nano", "micro")
"""Tiers that count as small, under whichever scheme the brief names."""


def scenarios_of(
    candidates: pa.Table,
    elements: Coverage | None,
    asked: PortfolioAsked,
    best: Portfolio,
) -> tuple[tuple[Scenario, ...], tuple[Compared, ...]]:
    """The best of each way for the same money, and how likely each brings more than the others.

    `mixed` holds at least one large and one small account. The wishes that name a number of
    creators or a group are left aside: they would decide the dispute before it begins. Where no
    interval of the result is known, nothing can be said of chances and nothing is compared.
    """
    large, small = _is_large(candidates), _is_tier(candidates, SMALL)
    if best.outcomes.size:
        whole = scenarios(candidates, elements, asked, is_large=large, is_small=small)
        made, compared = whole.made, _compared(whole)
    else:
        made, compared = ways(candidates, elements, asked, (large, small)), ()
    told = {name: found for name, found in made.items() if found.picked.num_rows}
    told["plan"] = best
    chances = _chances({name: found.outcomes for name, found in told.items()})
    shown = tuple(_scenario(name, told.get(name), chances) for name in (*made, "plan"))
    return shown, compared


def _compared(whole: Scenarios) -> tuple[Compared, ...]:
    """The ways two by two, then the pure ones with one thing changed at a time."""
    pairs = [(row["scenario"], row["other"], "", row) for row in whole.pairs.to_pylist()]
    checks = [(*PURE, row["check"], row) for row in whole.checks.to_pylist()]
    return tuple(
        Compared(
            one, other, row["p_more"], row["more"], row["more_low"], row["more_high"],
            row["verdict"], check,
        )
        for one, other, check, row in (*pairs, *checks)
    )  # fmt: skip


def _is_large(candidates: pa.Table) -> npt.NDArray[np.bool_]:
    kinds = candidates["kind"].to_pylist()
    is_celebrity = np.array([kind in ("celebrity", "both") for kind in kinds], bool)
    return _is_tier(candidates, LARGE_TIERS) | is_celebrity & ~_is_tier(candidates, SMALL)


def _is_tier(candidates: pa.Table, tiers: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    return np.array([tier in tiers for tier in candidates["tier"].to_pylist()], bool)


def _chances(
    outcomes: Mapping[str, npt.NDArray[np.float64]],
) -> dict[str, tuple[float, dict[str, float]]]:
    """For each scenario the chance to bring the most, and to bring more than each other."""
    known = {name: drawn for name, drawn in outcomes.items() if drawn.size}
    if len(known) < 2:
        return {}
    n = min(drawn.size for drawn in known.values())
    cut = {name: drawn[:n] for name, drawn in known.items()}
    most = np.max(list(cut.values()), axis=0)
    return {
        name: (
            float(np.mean(drawn >= most)),
            {other: float(np.mean(drawn > d)) for other, d in cut.items() if other != name},
        )
        for name, drawn in cut.items()
    }


def _scenario(
    name: str, found: Portfolio | None, chances: Mapping[str, tuple[float, dict[str, float]]]
) -> Scenario:
    if found is None:
        return Scenario(name, missing="nobody")
    row: dict[str, Any] = found.result.to_pylist()[0]
    best, beats = chances.get(name, (None, {}))
    ids = tuple(str(one) for one in found.picked["account_id"].to_pylist())
    return Scenario(
        name, ids, row["value"], row["result"], row["result_low"], row["result_high"],
        row["spent_minor"], best, beats,
    )  # fmt: skip
