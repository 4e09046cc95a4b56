"""Whose audiences are the same people: the picks on a ring, and the shares as a table."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NET, RING = 420, 150.0
LEAST_R, MOST_R = 14.0, 34.0
LEAST_SHARE = 0.005
"""Below half of one per cent a line would say more than is known (our judgement)."""


@dataclass(frozen=True)
class Circle:
    """One pick: where it stands, how large by its followers, and its place in the plan."""

    x: float
    y: float
    r: float
    place: int


@dataclass(frozen=True)
class Tie:
    """What two picks share, as a line; `share` of the audience that shares more of itself."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    share: float


@dataclass(frozen=True)
class Overlap:
    """The picture and its table.

    Attributes:
        circles, ties: the picture; ties stand under circles.
        rows: for each pick its name and, for each pick, the share of its audience that also
            follows that one; None where it is not known, and for itself.
        loaded_share: part of the followers on which this rests; None where not known.
    """

    circles: tuple[Circle, ...]
    ties: tuple[Tie, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]
    loaded_share: float | None


def overlap(told: Mapping[str, Any]) -> Overlap | None:
    """The overlap of a plan's picks; None where no follower of two of them is loaded."""
    picks, shared = told["picks"], told.get("shared", [])
    known: dict[tuple[str, str], float | None] = {}
    for one in shared:
        known[one["left"], one["right"]] = one["share_left"]
        known[one["right"], one["left"]] = one["share_right"]
    ids = [pick["account_id"] for pick in picks]
    if len(set(ids)) < 2 or all(share is None for share in known.values()):
        return None
    circles = _circles([pick.get("followers") for pick in picks])
    rows = tuple(
        (pick["name"], tuple(known.get((pick["account_id"], other)) for other in ids))
        for pick in picks
    )
    return Overlap(circles, tuple(_ties(circles, rows)), rows, told.get("loaded_share"))


def _circles(followers: Sequence[float | None]) -> tuple[Circle, ...]:
    sizes = [sqrt(n or 0.0) for n in followers]
    most, middle = max(sizes) or 1.0, NET / 2
    turns = [2 * pi * place / len(sizes) - pi / 2 for place in range(len(sizes))]
    return tuple(
        Circle(
            round(middle + RING * cos(turn), 1), round(middle + RING * sin(turn), 1),
            round(LEAST_R + (MOST_R - LEAST_R) * size / most, 1), place,
        )
        for place, (turn, size) in enumerate(zip(turns, sizes, strict=True), start=1)
    )  # fmt: skip


def _ties(
    circles: Sequence[Circle], rows: Sequence[tuple[str, Sequence[float | None]]]
) -> list[Tie]:
    found = []
    for i, a in enumerate(circles):
        for j, b in enumerate(circles[i + 1 :], start=i + 1):
            share = max(rows[i][1][j] or 0.0, rows[j][1][i] or 0.0)
            if share >= LEAST_SHARE:
                width = round(1.0 + 14.0 * min(share, 1.0), 1)
                found.append(Tie(a.x, a.y, b.x, b.y, width, share))
    return found
