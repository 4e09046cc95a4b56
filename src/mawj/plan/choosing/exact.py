"""The best picks proved by integer programming, for cases small enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, csr_array, diags_array, eye_array, hstack, vstack

from mawj.plan.choosing.search import constraints_of, found
from mawj.plan.kernels.picking import FULL

if TYPE_CHECKING:
    from mawj.plan.choosing.asked import Float64s, Int32s, PortfolioSettings
    from mawj.plan.choosing.instance import Instance
    from mawj.plan.choosing.limits import Limits
    from mawj.plan.choosing.search import Found

MOST_ROUNDS = 25
"""Integer programs solved one after the other at most, each with more cuts."""
CLOSE = 1e-6
"""Share of the value below which the gap counts as closed."""


@dataclass(frozen=True)
class Proved:
    """The best picks found and what the best could be at most.

    Attributes:
        found: the picks.
        bound: no picks are worth more; equals the value where it is proved.
    """

    found: Found
    bound: float


def is_small(instance: Instance, settings: PortfolioSettings) -> bool:
    """Whether the case is small enough to be proved."""
    return (
        0 < instance.n_offers <= settings.exact_offers
        and instance.weight.size <= settings.exact_elements
    )


def proved(
    instance: Instance, limits: Limits, start: Found, settings: PortfolioSettings
) -> Proved:
    """The best picks by cutting planes, from picks that a search found.

    Variables: each offer (0 or 1), and how far each element is covered. That is bounded by
    planes which are right at some picks and nowhere too low: at picks S, cover of S plus what
    each other offer adds to S by itself (Nemhauser & Wolsey 1981). With a chance of 1 the first
    plane, the sum of the offers, is enough. The program is solved, planes are added at its
    picks, and again, until its bound is the value of picks that are known.
    """
    planes = _Planes(instance, limits)
    best, bound = start, np.inf
    planes.add(np.empty(0, np.int32))
    planes.add(start.picks)
    for _ in range(MOST_ROUNDS):
        solved = planes.solve(settings.exact_nodes)
        if solved.mip_dual_bound is not None and np.isfinite(solved.mip_dual_bound):
            bound = min(bound, -float(solved.mip_dual_bound) * planes.scale)
        if solved.x is None:
            break
        picks = np.flatnonzero(solved.x[: instance.n_offers] > 0.5).astype(np.int32)
        now = found(instance, limits, picks)
        if now.value > best.value and limits.keeps(picks):
            best = now
        if bound <= best.value * (1 + CLOSE) or not planes.add(picks):
            break
    # What the solver's own tolerance leaves open is not told apart from a proof.
    is_closed = bound <= best.value * (1 + CLOSE)
    return Proved(best, best.value if is_closed else max(bound, best.value))


class _Planes:
    """The program: limits, and planes over the cover of each element."""

    def __init__(self, instance: Instance, limits: Limits) -> None:
        self.instance = instance
        n, n_elements = instance.n_offers, instance.weight.size
        self.cover = csc_array(
            (
                np.repeat(instance.chance, np.diff(instance.ptr)),
                instance.member,
                instance.ptr,
            ),
            (n_elements, n),
        ).tocsr()
        self.limits = constraints_of(limits, n_elements)
        self.rows: list[Any] = []
        self.tops: list[Float64s] = []
        self.seen: set[tuple[int, ...]] = set()
        whole = np.concatenate([instance.alone, instance.weight])
        self.scale = max(float(instance.alone.sum() + instance.weight.sum()), 1e-12)
        self.objective = -whole / self.scale

    def add(self, picks: Int32s) -> bool:
        """Add the planes at some picks; False where they are there already."""
        key = tuple(picks.tolist())
        if key in self.seen:
            return False
        self.seen.add(key)
        n_elements = self.instance.weight.size
        left = self._left(picks)
        # z <= 1 - left + sum over others of chance * left * x
        other = np.ones(self.instance.n_offers)
        other[picks] = 0.0
        slopes = diags_array(left) @ self.cover @ diags_array(other)
        self.rows.append(_beside(-slopes, n_elements))
        self.tops.append(1.0 - left)
        return True

    def _left(self, picks: Int32s) -> Float64s:
        mine = self.cover[:, picks]
        kept = np.log1p(-np.minimum(mine.data, FULL))
        logs = csr_array((kept, mine.indices, mine.indptr), mine.shape)
        made = np.exp(np.asarray(logs.sum(axis=1)).ravel())
        return np.where(made < 2 * (1 - FULL), 0.0, made)

    def solve(self, nodes: int) -> Any:
        """Solve the program as it stands."""
        n, n_elements = self.instance.n_offers, self.instance.weight.size
        constraints = list(self.limits)
        if n_elements:
            tops = np.concatenate(self.tops)
            constraints.append(
                LinearConstraint(
                    vstack(self.rows, format="csr"), np.full(tops.size, -np.inf), tops
                )
            )
        integral = np.concatenate([np.ones(n), np.zeros(n_elements)])
        return milp(
            self.objective, integrality=integral, bounds=Bounds(0.0, 1.0),
            constraints=constraints, options={"node_limit": nodes, "mip_rel_gap": 0.0},
        )  # fmt: skip


def _beside(slopes: Any, n_elements: int) -> Any:
    """Slopes of offers with a 1 for each element's own variable."""
    return hstack([slopes, eye_array(n_elements)], format="csr")
