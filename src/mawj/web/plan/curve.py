"""The curve of result against budget, and what each stop on it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mawj.web.drawings import FOOT, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Tick, nice_ticks, places_of

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Stop:
    """One budget: what it brings, what it costs, and who comes and goes against the plan.

    Attributes:
        place: its number on the curve, from 0.
        is_plan: whether it is the plan's own budget.
        budget_minor, spent_minor: in minor units.
        value: the result; None where the wishes cannot be met.
        gained_share: against the plan's result.
        comes, goes, stays: names.
    """

    place: int
    is_plan: bool
    budget_minor: int
    spent_minor: int | None
    value: float | None
    gained_share: float | None
    comes: tuple[str, ...]
    goes: tuple[str, ...]
    stays: tuple[str, ...]


@dataclass(frozen=True)
class Curve:
    """The drawing: its path, its points and ticks."""

    path: str
    points: tuple[tuple[float, float, bool], ...]
    ticks: tuple[Tick, ...]
    last_minor: int


def stops(told: Mapping[str, Any]) -> list[Stop]:
    """The budgets of a plan's curve, smallest first."""
    mine = [pick["account_id"] for pick in told["picks"]]
    names, base = told["names"], _value_at(told)

    def called(ids: list[str]) -> tuple[str, ...]:
        return tuple(names.get(one, one) for one in ids)

    found = []
    for place, point in enumerate(told["curve"]):
        then = point["account_ids"]
        value = point["value"]
        found.append(
            Stop(
                place, point["budget_minor"] == told["budget_minor"], point["budget_minor"],
                point["spent_minor"], value,
                value / base - 1 if base and value is not None else None,
                called([one for one in then if one not in mine]),
                called([one for one in mine if one not in then]),
                called([one for one in mine if one in then]),
            )
        )  # fmt: skip
    return found


def curve_drawn(told: Mapping[str, Any]) -> Curve | None:
    """The curve as numbers for inline SVG; None where fewer than two budgets can be met."""
    known = [point for point in told["curve"] if point["value"] is not None]
    if len(known) < 2:
        return None
    ticks = nice_ticks(0.0, max(point["value"] for point in known))
    most = max(point["budget_minor"] for point in known)
    across, up = WIDTH - LEFT - RIGHT, HEIGHT - TOP - FOOT

    def place(budget: float, value: float) -> tuple[float, float]:
        x, y = LEFT + across * budget / most, TOP + up * (1 - value / ticks[-1])
        return round(x, 1), round(y, 1)

    points = [place(point["budget_minor"], point["value"]) for point in known]
    own = [point["budget_minor"] == told["budget_minor"] for point in known]
    return Curve(
        "M" + "L".join(f"{x} {y}" for x, y in points),
        tuple((x, y, is_own) for (x, y), is_own in zip(points, own, strict=True)),
        tuple(Tick(place(0, value)[1], value, places_of(ticks)) for value in ticks),
        most,
    )


def _value_at(told: Mapping[str, Any]) -> float | None:
    return next(
        (p["value"] for p in told["curve"] if p["budget_minor"] == told["budget_minor"]), None
    )
