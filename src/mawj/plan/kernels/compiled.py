"""Compiles the kernels of planning ahead of time: `python -m mawj.plan.kernels.compiled`.

Compiled code is kept where `NUMBA_CACHE_DIR` points, or beside the source files.
"""

import sys
import time

import numpy as np
import pyarrow as pa

from mawj.plan.choosing.asked import Coverage, GroupLimit, Objective, PortfolioAsked
from mawj.plan.kernels.like import centres_of, segment_medians, slopes_of
from mawj.plan.portfolio import portfolio

OBJECTIVES: tuple[Objective, ...] = ("reach", "unique", "engagements")
N, FEW = 60, 8
"""Offers: of so many the best is not proven at once, so that bounds are compiled too; of so
few it is proven by trying."""


def compile_kernels() -> float:
    """Choose from a few offers, and forecast from a few cases; the seconds that took."""
    begin = time.perf_counter()
    for n in (N, FEW):
        _choose(n)
    _forecast()
    return time.perf_counter() - begin


def _choose(n: int) -> None:
    """One choice among `n` offers by each kind of objective."""
    places = np.arange(n)
    candidates = pa.table(
        {
            "account_id": [f"x:{i}" for i in places],
            "deliverable": ["x:post"] * n,
            "platform": ["x"] * n,
            "price_minor": pa.array(places + 3),
            "currency": ["SAR"] * n,
            "value": pa.array(1.0 + places % 4),
            "value_low": pa.array(0.5 + places % 4),
            "value_high": pa.array(3.0 + places % 4),
        }
    )
    # Each offer covers two of its neighbours' elements.
    member = np.stack([places, (places + 1) % n, (places + 2) % n], axis=1)
    elements = Coverage(np.arange(n + 1) * 3, member.ravel().astype(np.int32), n)
    groups = (GroupLimit("platform", "x", least=2, most=5),)
    for objective in OBJECTIVES:
        asked = PortfolioAsked(40, "SAR", objective, groups=groups, most_picks=4)
        portfolio(candidates, elements, asked)


def _forecast() -> None:
    """Each loop of likeness once, over one group of cases in the kinds that forecasts give."""
    values, ptr = np.arange(N, dtype=np.float64), np.array([0, N])
    whole, traits = np.zeros(N, np.int64), np.ones((N, 2))
    asked, limits = np.ones((1, 2)), tuple(np.array([end]) for end in (0, 0, N, -2))
    centres_of(traits, (values, whole, whole, values + 1), ptr, asked, limits, np.ones((2, 3)))
    slopes_of(values, values, ptr, limits[:3], N)
    segment_medians(values, ptr)


if __name__ == "__main__":
    sys.stdout.write(f"kernels of planning ready after {compile_kernels():.1f} s\n")
