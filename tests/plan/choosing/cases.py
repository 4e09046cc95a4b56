"""Small cases to choose from, and their best portfolio by trying all."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from mawj.plan.choosing.asked import Coverage, PortfolioAsked, PortfolioSettings
from mawj.plan.choosing.instance import Instance, audience_of, instance_of
from mawj.plan.choosing.limits import Limits, limits_of
from mawj.plan.choosing.offers import Offers, floats, offers_of

PLAIN = PortfolioSettings(correct_luck=False, risk_weight=0.0, alternatives=2, next_best=5)
"""Values as they are given, nothing drawn: what brute force can be held against."""


@dataclass(frozen=True)
class Prepared:
    """A case up to the arrays of its search."""

    offers: Offers
    limits: Limits
    instance: Instance


def prepared(
    candidates: pa.Table, elements: Coverage | None, asked: PortfolioAsked
) -> Prepared:
    offers = offers_of(candidates, elements, asked)
    audience = audience_of(offers, elements, asked.objective)
    instance = instance_of(audience, offers.value, floats(offers.table, "reach"), asked)
    return Prepared(offers, limits_of(offers, asked), instance)


def made_up(
    n: int, n_elements: int = 60, seed: int = 1, **more: object
) -> tuple[pa.Table, Coverage]:
    """Offers with overlapping audiences; larger ones cost more; two platforms."""
    random = np.random.default_rng(seed)
    rows = [
        np.flatnonzero(random.random(n_elements) < random.uniform(0.05, 0.4)).astype(np.int32)
        for _ in range(n)
    ]
    ptr = np.concatenate([[0], np.cumsum([row.size for row in rows])]).astype(np.int64)
    size = np.diff(ptr)
    columns = {
        "account_id": [f"x:{i}" for i in range(n)],
        "deliverable": ["x:post"] * n,
        "price_minor": (10 * size * random.lognormal(0, 0.5, n)).astype(np.int64) + 1,
        "currency": ["SAR"] * n,
        "value": size * random.uniform(0.1, 0.9, n),
        "platform": np.array(["x", "tiktok"])[random.integers(0, 2, n)].tolist(),
        **more,
    }
    return pa.table(columns), Coverage(ptr, np.concatenate(rows), n_elements)


def asked(candidates: pa.Table, share: float = 0.35, **more: object) -> PortfolioAsked:
    """A budget of a share of all prices."""
    budget = int(share * sum(candidates["price_minor"].drop_null().to_pylist()))
    plain = PortfolioAsked(budget, "SAR", settings=PLAIN)
    return replace(plain, **more)


def tried(case: Prepared) -> float | None:
    """The value of the best picks by trying all; None where none obey the limits."""
    best: float | None = None
    for number in range(1 << len(case.offers)):
        picks = np.array([i for i in range(len(case.offers)) if number >> i & 1], np.int32)
        if case.limits.keeps(picks):
            value = case.instance.value(case.limits, picks)
            best = value if best is None else max(best, value)
    return best
