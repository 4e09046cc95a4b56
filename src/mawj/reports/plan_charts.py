"""Pictures of a plan as SVG without any letters, so that no font and no script can spoil them.

Letters inside a picture are set unjoined or not at all by some of the programs that show it;
figures are safe. Names and numbers of the axes therefore stand in the page beside the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, log10, pi, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.flow.planned import CurvePoint, Plan, Shared

WIDTH, HEIGHT, EDGE = 640.0, 240.0, 14.0
NET, RING = 420.0, 150.0
LEAST_R, MOST_R = 14.0, 34.0


@dataclass(frozen=True)
class Span:
    """Where an interval stands on a track, in per cent from its start."""

    start: float
    length: float
    mark: float


def spans(
    values: Sequence[tuple[float | None, float | None, float | None]],
) -> list[Span | None]:
    """Intervals (middle, low, high) on one logarithmic scale; None where one is not known.

    Logarithmic, since a large account would leave the small ones no room to be told apart.
    """
    known = [
        (max(low if low is not None else mid, 0.5), max(mid, 0.5),
         max(high if high is not None else mid, 0.5))
        if mid is not None else None
        for mid, low, high in values
    ]  # fmt: skip
    told = [one for one in known if one is not None]
    if not told:
        return [None for _ in values]
    least, most = log10(min(t[0] for t in told)), log10(max(t[2] for t in told))
    room = max(most - least, 0.3)

    def place(value: float) -> float:
        return 2.0 + 96.0 * (log10(value) - least) / room

    return [
        None if one is None
        else Span(place(one[0]), place(one[2]) - place(one[0]), place(one[1]))
        for one in known
    ]  # fmt: skip


def ticks(values: Sequence[tuple[float | None, float | None, float | None]]) -> list[float]:
    """The two ends of the scale of `spans`; nothing where nothing is known."""
    ends = [v for one in values if one[0] is not None for v in one if v is not None]
    return [min(ends), max(ends)] if ends else []


def budget_curve(curve: Sequence[CurvePoint], budget_minor: int) -> str:
    """Result against budget as a line with its points, the plan's own budget ringed."""
    told = [(p.budget_minor, p.value) for p in curve if p.value is not None]
    if len(told) < 2:
        return ""
    most_x, most_y = max(x for x, _ in told), max(y for _, y in told) or 1.0

    def at(x: float, y: float) -> tuple[float, float]:
        across = EDGE + (WIDTH - 2 * EDGE) * x / most_x
        return round(across, 1), round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * y / most_y, 1)

    points = [at(x, y) for x, y in told]
    line = " ".join(f"{x},{y}" for x, y in points)
    first, last = points[0], points[-1]
    fill = f"{first[0]},{HEIGHT - EDGE} {line} {last[0]},{HEIGHT - EDGE}"
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="4" fill="#0b7a75"/>' for x, y in points)
    here = min(range(len(told)), key=lambda i: abs(told[i][0] - budget_minor))
    ring = points[here]
    return _svg(
        WIDTH, HEIGHT,
        f'<polygon points="{fill}" fill="#e3f3f1"/>'
        f'<line x1="{EDGE}" y1="{HEIGHT - EDGE}" x2="{WIDTH - EDGE}" y2="{HEIGHT - EDGE}" '
        'stroke="#cbd2d9"/>'
        f'<polyline points="{line}" fill="none" stroke="#0b7a75" stroke-width="2"/>{dots}'
        f'<circle cx="{ring[0]}" cy="{ring[1]}" r="9" fill="none" stroke="#b5533c" '
        'stroke-width="2.5"/>',
    )  # fmt: skip


def network(plan: Plan, figures: Sequence[str]) -> str:
    """The picks on a ring, sized by followers, joined by what their audiences share.

    Args:
        plan: whose picks.
        figures: the place of each pick as the language writes it.
    """
    if len(plan.picks) < 2:
        return ""
    spots = _ring(len(plan.picks))
    ids = [pick.offer.account_id for pick in plan.picks]
    lines = "".join(_tie(one, spots, ids) for one in plan.shared)
    sizes = [sqrt(pick.offer.followers or 0.0) for pick in plan.picks]
    most = max(sizes) or 1.0
    circles = "".join(
        f'<circle cx="{x}" cy="{y}" r="{LEAST_R + (MOST_R - LEAST_R) * size / most:.1f}" '
        'fill="#0b7a75" fill-opacity="0.92" stroke="#fff" stroke-width="2"/>'
        f'<text x="{x}" y="{y + 5}" text-anchor="middle" font-size="15" font-weight="700" '
        f'fill="#fff" font-family="DejaVu Sans, sans-serif">{figure}</text>'
        for (x, y), size, figure in zip(spots, sizes, figures, strict=True)
    )
    return _svg(NET, NET, lines + circles)


def _ring(n: int) -> list[tuple[float, float]]:
    turns = [2 * pi * i / n - pi / 2 for i in range(n)]
    middle = NET / 2
    return [(round(middle + RING * cos(t), 1), round(middle + RING * sin(t), 1)) for t in turns]


def _tie(one: Shared, spots: Sequence[tuple[float, float]], ids: Sequence[str]) -> str:
    share = max(one.share_left or 0.0, one.share_right or 0.0)
    if share < 0.005 or one.left not in ids or one.right not in ids:
        return ""
    (x1, y1), (x2, y2) = (spots[ids.index(end)] for end in (one.left, one.right))
    width = 1.0 + 14.0 * min(share, 1.0)
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#b5533c" '
        f'stroke-opacity="{0.25 + 0.6 * min(share * 2, 1.0):.2f}" stroke-width="{width:.1f}"/>'
    )


def _svg(width: float, height: float, drawn: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'role="img" aria-hidden="true">{drawn}</svg>'
    )
