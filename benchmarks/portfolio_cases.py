"""Made-up candidates and audiences to choose from, small and large."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from numba import njit

from mawj.plan.choosing.asked import Coverage, GroupLimit, PortfolioAsked, PortfolioSettings
from mawj.plan.choosing.instance import Instance, audience_of, instance_of
from mawj.plan.choosing.limits import Limits, limits_of
from mawj.plan.choosing.offers import floats, offers_of

PLAIN = PortfolioSettings(correct_luck=False, risk_weight=0.0)
OBJECTIVES = ("reach", "unique", "engagements", "views")


@dataclass(frozen=True)
class Prepared:
    """A case up to the arrays of its search."""

    limits: Limits
    instance: Instance


def prepared(table: pa.Table, elements: Coverage, asked: PortfolioAsked) -> Prepared:
    """The arrays that the product makes of a case."""
    offers = offers_of(table, elements, asked)
    audience = audience_of(offers, elements, asked.objective)
    instance = instance_of(audience, offers.value, floats(offers.table, "reach"), asked)
    return Prepared(limits_of(offers, asked), instance)


def tried(case: Prepared) -> float | None:
    """The value of the best picks by trying all; None where none obey the limits."""
    best: float | None = None
    n = case.instance.n_offers
    for number in range(1 << n):
        picks = np.array([i for i in range(n) if number >> i & 1], np.int32)
        if case.limits.keeps(picks):
            value = case.instance.value(case.limits, picks)
            best = value if best is None else max(best, value)
    return best


def covered(rows: list[npt.NDArray[np.int32]], n_elements: int) -> Coverage:
    """Coverage of some rows."""
    ptr = np.concatenate([[0], np.cumsum([row.size for row in rows])]).astype(np.int64)
    return Coverage(ptr, np.concatenate(rows).astype(np.int32), n_elements)


def priced(
    size: npt.NDArray[Any], random: np.random.Generator, more: dict[str, Any]
) -> pa.Table:
    """Offers whose price grows with the audience, and as much by chance."""
    n = size.size
    return pa.table(
        {
            "account_id": [f"x:{i}" for i in range(n)],
            "deliverable": ["x:post"] * n,
            "price_minor": (100 * size**0.8 * random.lognormal(0, 0.5, n)).astype(np.int64) + 1,
            "currency": ["SAR"] * n,
            "value": pa.array(size * random.uniform(0.05, 0.6, n)),
            **more,
        }
    )


def small_case(seed: int) -> tuple[pa.Table, Coverage, PortfolioAsked]:
    """Up to 13 offers with every kind of wish in turn."""
    random = np.random.default_rng(seed)
    n, n_elements = int(random.integers(6, 14)), int(random.integers(30, 400))
    density = random.uniform(0.05, 0.5)
    rows = [
        np.flatnonzero(random.random(n_elements) < density * random.uniform(0.3, 1.7))
        for _ in range(n)
    ]
    elements = covered([row.astype(np.int32) for row in rows], n_elements)
    more: dict[str, Any] = {"tier": [str(t) for t in random.integers(0, 3, n)]}
    wishes: dict[str, Any] = {"objective": OBJECTIVES[seed % 4]}
    if seed % 3 == 1:
        more["person_id"] = [f"p{i // 2}" for i in range(n)]
        wishes["groups"] = (GroupLimit("tier", "1", least=1, most=2, most_share=0.7),)
    if seed % 3 == 2:
        more["is_must"] = [i == 1 for i in range(n)]
        wishes |= {"most_picks": 5, "least_picks": 2}
    table = priced(np.diff(elements.ptr), random, more)
    budget = int(random.uniform(0.15, 0.6) * sum(table["price_minor"].to_pylist()))
    return table, elements, replace(PortfolioAsked(budget, "SAR", settings=PLAIN), **wishes)


def segments(n: int, n_elements: int, seed: int) -> tuple[pa.Table, Coverage, PortfolioAsked]:
    """Segments of different weight, audiences of different size, 25 picks."""
    random = np.random.default_rng(seed)
    popular = 1.0 / np.arange(1, n_elements + 1) ** 0.6
    popular /= popular.sum()
    sizes = np.minimum(20 + random.pareto(1.3, n) * 20, n_elements / 4).astype(int)
    rows = [random.choice(n_elements, size, replace=False, p=popular) for size in sizes]
    elements = replace(
        covered([row.astype(np.int32) for row in rows], n_elements),
        weight=random.lognormal(0, 1, n_elements),
    )
    table = priced(sizes, random, {})
    budget = int(np.sort(table["price_minor"].to_numpy())[-n // 20] * 12)
    asked = PortfolioAsked(budget, "SAR", "unique", most_picks=25, settings=PLAIN)
    return table, elements, asked


@njit(cache=True)
def _audiences(
    seed: int, sizes: npt.NDArray[np.int64], towns: npt.NDArray[np.int64], n_members: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Each audience: seven in ten of its own town, popular first; others from everywhere."""
    np.random.seed(seed)
    ptr = np.zeros(sizes.size + 1, np.int64)
    member = np.empty(sizes.sum(), np.int32)
    stamp = np.full(n_members, -1, np.int32)
    at = 0
    for i in range(sizes.size):
        town = np.random.randint(0, towns.size - 1)
        low, wide = towns[town], towns[town + 1] - towns[town]
        for _ in range(sizes[i]):
            u = np.random.random()
            is_near = np.random.random() < 0.7
            e = low + int(wide * u**1.5) if is_near else int(n_members * u)
            if stamp[e] != i:
                stamp[e] = i
                member[at] = e
                at += 1
        ptr[i + 1] = at
    return ptr, member[:at].copy()


def towns(n: int, n_members: int, seed: int = 1) -> tuple[pa.Table, Coverage, int]:
    """Audiences with a heavy tail (hundreds to hundreds of thousands) in towns of all sizes."""
    random = np.random.default_rng(seed)
    sizes = np.minimum(150 * (1 + random.pareto(1.25, n)), n_members / 30).astype(np.int64)
    wide = random.pareto(1.2, 2_000) + 0.2
    edges = np.concatenate([[0], np.cumsum(wide) / wide.sum() * n_members]).astype(np.int64)
    ptr, member = _audiences(seed, sizes, edges, n_members)
    elements = Coverage(ptr, member, n_members)
    persons = [f"p{i // 2}" if i % 10 < 2 else f"q{i}" for i in range(n)]
    table = priced(np.diff(ptr), random, {"person_id": persons})
    budget = int(np.median(table["price_minor"].to_numpy()) * 500)
    return table, elements, budget
