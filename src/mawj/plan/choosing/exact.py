"""The best picks proved, for cases small enough: branch and bound, and integer programming."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, eye_array, hstack

from mawj.plan.choosing.search import constraints_of, found
from mawj.plan.kernels.branching import branch, order_of
from mawj.plan.kernels.picking import FULL

if TYPE_CHECKING:
    from mawj.plan.choosing.asked import PortfolioSettings
    from mawj.plan.choosing.instance import Instance
    from mawj.plan.choosing.limits import Limits
    from mawj.plan.choosing.search import Found

CLOSE = 1e-6
"""Share of the value below which the gap counts as closed."""
MOST_WORK = 2_000_000_000
"""Elements looked at by branch and bound at most: a few seconds on one core."""


@dataclass(frozen=True)
class Proved:
    """The best picks found and what the best could be at most.

    Attributes:
        found: the picks.
        bound: no picks are worth more; equals the value where it is proved.
    """

    found: Found
    bound: float


def proved(
    instance: Instance, limits: Limits, start: Found, settings: PortfolioSettings
) -> Proved:
    """The best picks and a bound on them, from picks that a search found.

    Up to `exact_offers` offers by branch and bound. Where that does not end, and an element is
    covered for certain by any of its offers, by integer programming: each offer is 0 or 1, an
    element is covered at most once and at most by its picks.
    """
    best, bound = start, np.inf
    if 0 < instance.n_offers <= settings.exact_offers:
        best, is_done = _branched(instance, limits, start, settings)
        if is_done:
            return Proved(best, best.value)
    if is_certain(instance) and instance.weight.size <= settings.exact_elements:
        return _programmed(instance, limits, best, settings)
    return Proved(best, bound)


def is_certain(instance: Instance) -> bool:
    """Whether an offer covers each of its elements for certain, and the case is not huge."""
    used = instance.chance[np.diff(instance.ptr) > 0]
    return bool(0 < instance.n_offers <= 300 and np.all(used >= FULL))


def _branched(
    instance: Instance, limits: Limits, start: Found, settings: PortfolioSettings
) -> tuple[Found, bool]:
    singles = instance.by_themselves(limits)
    most = min([one.most for one in limits.limits if one.key == "picks"], default=2**40)
    work = max(int(instance.ptr[-1]) + instance.n_offers, 1)
    nodes = min(settings.exact_nodes, MOST_WORK // work)
    chosen = np.zeros(instance.n_offers, bool)
    counts = np.array([0, nodes, min(most, 2**40)], np.int64)
    kept = (np.array([start.value]), chosen, counts)
    order = order_of(singles, limits.price)
    branch(instance.arrays, limits.arrays, instance.state(limits), order, (0, 0.0), kept)
    picks = np.flatnonzero(chosen).astype(np.int32)
    better = found(instance, limits, picks) if picks.size else start
    return (better if better.value > start.value else start), bool(counts[0] <= nodes)


def _programmed(
    instance: Instance, limits: Limits, start: Found, settings: PortfolioSettings
) -> Proved:
    n, n_elements = instance.n_offers, instance.weight.size
    scale = max(float(instance.alone.sum() + instance.weight.sum()), 1e-12)
    covers = csc_array(
        (np.ones(instance.member.size), instance.member, instance.ptr), (n_elements, n)
    )
    constraints = constraints_of(limits, n_elements)
    if n_elements:
        rows = hstack([-covers, eye_array(n_elements)], format="csr")
        constraints.append(LinearConstraint(rows, -np.inf, 0.0))
    solved = milp(
        -np.concatenate([instance.alone, instance.weight]) / scale,
        integrality=np.concatenate([np.ones(n, np.int8), np.zeros(n_elements, np.int8)]),
        bounds=Bounds(0.0, 1.0), constraints=constraints,
        options={"node_limit": max(settings.exact_nodes // 1_000, 1), "mip_rel_gap": 0.0},
    )  # fmt: skip
    best, bound = start, np.inf
    if solved.mip_dual_bound is not None and np.isfinite(solved.mip_dual_bound):
        bound = -float(solved.mip_dual_bound) * scale
    if solved.x is not None:
        picks = np.flatnonzero(solved.x[:n] > 0.5).astype(np.int32)
        if limits.keeps(picks):
            best = max(best, found(instance, limits, picks), key=lambda one: one.value)
    # What the solver's own tolerance leaves open is not told apart from a proof.
    is_closed = bound <= best.value * (1 + CLOSE)
    return Proved(best, best.value if is_closed else max(bound, best.value))
