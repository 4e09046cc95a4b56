"""Intervals of shares, the same for arrays and for tables."""

from __future__ import annotations

from typing import Any

import ibis
import numpy as np
import numpy.typing as npt

Z_90 = 1.6448536269514722
"""Standard normal quantile of a 90 % interval: 5 % lie above it, 5 % below its negative."""

Floats = npt.NDArray[np.float64]


def wilson(part: Any, whole: Any, z: float = Z_90) -> tuple[Floats, Floats]:
    """The 90 % interval of `part / whole`; from 0 to 1 where nothing was looked at.

    Source:
        Wilson 1927, JASA 22, 209-212: holds its level for small samples and shares near 0,
        where the usual interval does not (Brown, Cai, DasGupta 2001).
    """
    part, whole = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    n = np.maximum(whole, 1.0)
    middle, half = _middle_and_half(part, n, np.maximum(part * (n - part), 0.0), z)
    is_seen = whole > 0
    low = np.where(is_seen, np.maximum(middle - half, 0.0), 0.0)
    high = np.where(is_seen, np.minimum(middle + half, 1.0), 1.0)
    return low, high


def share_interval(part: Any, whole: Any) -> tuple[Any, Any]:
    """The same of columns of a table.

    Both may be sums of weights: `whole` is then Kish's effective size, and `part` the weighted
    share of it (Kish 1965, Survey Sampling, 11.7).
    """
    part, n = part.cast("float64"), whole.cast("float64").nullif(0.0)
    middle, half = _middle_and_half(part, n, ibis.greatest(part * (n - part), 0.0), Z_90)
    return ibis.greatest(middle - half, 0.0), ibis.least(middle + half, 1.0)


def _middle_and_half(part: Any, n: Any, inside: Any, z: float) -> tuple[Any, Any]:
    """Middle and half width; `inside` is part * (n - part), never below 0."""
    total = n + z**2
    half = (inside / n + z**2 / 4.0) ** 0.5 * z / total
    return (part + z**2 / 2.0) / total, half
