"""Shares with their intervals, and shares held against those of peers."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Z_90 = 1.6448536269514722
"""Standard normal quantile of a 90 % interval."""

Floats = npt.NDArray[np.float64]


def wilson(part: Any, whole: Any) -> tuple[Floats, Floats]:
    """The 90 % interval of `part / whole`; from 0 to 1 where nothing was looked at.

    Source:
        Wilson 1927, JASA 22 (158): holds its level for small samples and shares near 0,
        where the usual interval does not (Brown, Cai, DasGupta 2001).
    """
    k, n = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    some = np.maximum(n, 1.0)
    share = k / some
    middle = share + Z_90**2 / (2.0 * some)
    spread = Z_90 * np.sqrt(share * (1.0 - share) / some + Z_90**2 / (4.0 * some**2))
    scale = 1.0 + Z_90**2 / some
    low = np.where(n > 0, np.maximum((middle - spread) / scale, 0.0), 0.0)
    high = np.where(n > 0, np.minimum((middle + spread) / scale, 1.0), 1.0)
    return low, high
