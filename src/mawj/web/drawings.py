"""Drawings as numbers for inline SVG: they need no script, print well, and move nothing.

A drawing runs from left to right in every language, as the field does for time; its box is
`dir="ltr"`, and its numbers are written by the template in the reader's digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, cos, floor, log10, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mawj.flow.creator import Neighbour, Neighbourhood, Point
    from mawj.flow.why import Why

WIDTH, HEIGHT = 640, 180
LEFT, RIGHT, TOP, FOOT = 56, 8, 10, 24


@dataclass(frozen=True)
class Tick:
    """A line across a drawing, its value, and the decimals that tell it from others."""

    at: float
    value: float
    places: int = 1


@dataclass(frozen=True)
class Line:
    """A line over time: its path, its points, and where values stand."""

    path: str
    points: tuple[tuple[float, float], ...]
    ticks: tuple[Tick, ...]
    first: datetime
    last: datetime
    start: float
    end: float


def line(points: Sequence[Point], *, from_zero: bool = False) -> Line | None:
    """The line through points in time; None where there are fewer than two moments."""
    if len(points) < 2 or points[0].at == points[-1].at:
        return None
    values = [point.value for point in points]
    low, high = (0.0 if from_zero else min(values)), max(values)
    ticks = nice_ticks(low, high)
    low, high = min(low, ticks[0]), max(high, ticks[-1])
    began, ended = points[0].at.timestamp(), points[-1].at.timestamp()
    across, up = WIDTH - LEFT - RIGHT, HEIGHT - TOP - FOOT

    def place(at: datetime, value: float) -> tuple[float, float]:
        x = LEFT + across * (at.timestamp() - began) / (ended - began)
        return round(x, 1), round(TOP + up * (1 - (value - low) / (high - low)), 1)

    drawn = tuple(place(point.at, point.value) for point in points)
    return Line(
        "M" + "L".join(f"{x} {y}" for x, y in drawn),
        drawn,
        tuple(
            Tick(place(points[0].at, value)[1], value, places_of(ticks)) for value in ticks
        ),
        points[0].at, points[-1].at, values[0], values[-1],
    )  # fmt: skip


def nice_ticks(low: float, high: float, most: int = 4) -> tuple[float, ...]:
    """Round values (1, 2 or 5 times a power of 10) that enclose low and high, some `most`."""
    if high <= low:
        high = low + 1.0
    rough = (high - low) / most
    power = 10.0 ** floor(log10(rough))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= rough)
    first = floor(low / step) * step
    found = [first]
    while found[-1] < high:
        found.append(found[-1] + step)
    return tuple(found)


def places_of(ticks: Sequence[float]) -> int:
    """Decimals by which ticks said shortly differ: 2.42M and 2.44M, where 0.3M and 0.4M do."""
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 0.0
    most = max(abs(value) for value in ticks)
    if step <= 0 or most < 1000:
        return 1
    unit = 1000.0 ** floor(log10(most) / 3)
    return max(1, ceil(log10(unit / step) - 1e-9))


@dataclass(frozen=True)
class Bar:
    """One bar of a waterfall, in per cent of 0 to 100, and the way it goes."""

    start: float
    length: float
    is_down: bool
    is_base: bool


def waterfall(why: Why) -> list[Bar]:
    """The bars of a score, each beginning where the one before ended."""
    reached = 0.0
    drawn = []
    for reason in why.reasons:
        start, reached = reached, reached + reason.contribution
        low, high = sorted((_held(start), _held(reached)))
        drawn.append(Bar(low, high - low, reason.contribution < 0, reason.finding == "base"))
    return drawn


@dataclass(frozen=True)
class Node:
    """One neighbour on the drawing: its place, its size and the side that it stands on."""

    x: float
    y: float
    size: float
    name: str
    account_id: str
    n_acts: int


def network(found: Neighbourhood) -> tuple[list[Node], list[Node]]:
    """Those who turn to a creator on one half circle, those it turns to on the other."""
    return _half(found.moved, -1), _half(found.moves_it, 1)


def _half(neighbours: Sequence[Neighbour], side: int) -> list[Node]:
    most = max((n.n_acts for n in neighbours), default=1)
    drawn = []
    for place, one in enumerate(neighbours):
        turn = pi * (place + 0.5) / len(neighbours)
        x = 320 + side * 190 * sin(turn)
        y = 150 - 130 * cos(turn)
        size = 4 + 8 * (one.n_acts / most) ** 0.5
        name = one.name or one.account_id.split(":", 1)[-1]
        where = (round(x, 1), round(y, 1), round(size, 1))
        drawn.append(Node(*where, name, one.account_id, one.n_acts))
    return drawn


def _held(value: float) -> float:
    return min(max(value, 0.0), 100.0)
