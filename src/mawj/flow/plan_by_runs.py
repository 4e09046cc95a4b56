"""What a plan reaches in two steps as one figure, wherever it is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mawj.flow.plan_chosen import Chosen


def by_runs(found: Chosen) -> Chosen:
    """Two-step reach as the runs have it, wherever it is told.

    A portfolio is searched on drawn sets and then let run; the two differ by their standard
    errors. The runs know nothing of the search, so theirs is the figure of the plan, and what
    was compared with it on the sets keeps its relation to it.
    """
    if found.spread is None or found.result is None or not found.result.value:
        return found
    times = found.spread.reach / found.result.value
    whole = ("value", "middle", "low", "high", "value_as_forecast")
    return replace(
        found, result=_scaled(found.result, times, *whole),
        picks=tuple(_scaled(one, times, "gain", "alone") for one in found.picks),
        left_out=tuple(_scaled(one, times, "gain") for one in found.left_out),
        alternatives=tuple(_scaled(one, times, "value") for one in found.alternatives),
        curve=tuple(_scaled(one, times, "value") for one in found.curve),
        scenarios=tuple(
            _scaled(one, times, "value", "middle", "low", "high") for one in found.scenarios
        ),
    )  # fmt: skip


def _scaled(one: Any, times: float, *names: str) -> Any:
    """Numbers of `names` so many times as much, and the price of a unit so much less."""
    factors = dict.fromkeys(names, times)
    if hasattr(one, "unit_minor"):
        factors["unit_minor"] = 1.0 / times
    known = {name: getattr(one, name) for name in factors}
    return replace(one, **{k: v * factors[k] for k, v in known.items() if v is not None})
