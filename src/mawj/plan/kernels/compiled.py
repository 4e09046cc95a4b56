"""Compiles the kernels of choosing ahead of time: `python -m mawj.plan.kernels.compiled`.

Compiled code is kept where `NUMBA_CACHE_DIR` points, or beside the source files.
"""

import sys
import time

import numpy as np
import pyarrow as pa

from mawj.plan.choosing.asked import Coverage, GroupLimit, Objective, PortfolioAsked
from mawj.plan.portfolio import portfolio

OBJECTIVES: tuple[Objective, ...] = ("reach", "unique", "engagements")
N = 12


def compile_kernels() -> float:
    """Choose from a dozen offers by each kind of objective; the seconds that took."""
    begin = time.perf_counter()
    places = np.arange(N)
    candidates = pa.table(
        {
            "account_id": [f"x:{i}" for i in places],
            "deliverable": ["x:post"] * N,
            "platform": ["x"] * N,
            "price_minor": pa.array(places + 3),
            "currency": ["SAR"] * N,
            "value": pa.array(1.0 + places % 4),
            "value_low": pa.array(0.5 + places % 4),
            "value_high": pa.array(3.0 + places % 4),
        }
    )
    # Each offer covers two of its neighbours' elements.
    member = np.stack([places, (places + 1) % N, (places + 2) % N], axis=1)
    elements = Coverage(np.arange(N + 1) * 3, member.ravel().astype(np.int32), N)
    groups = (GroupLimit("platform", "x", least=2, most=5),)
    for objective in OBJECTIVES:
        asked = PortfolioAsked(40, "SAR", objective, groups=groups, most_picks=4)
        portfolio(candidates, elements, asked)
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.stdout.write(f"kernels of planning ready after {compile_kernels():.1f} s\n")
