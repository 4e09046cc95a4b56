"""Intervals of shares, for checks that counted something."""

from __future__ import annotations

from typing import Any

import ibis

NORMAL_95 = 1.6448536269514722
"""The 0.95 quantile of the normal distribution: 5 % lie above, 5 % below its negative."""


def share_interval(hits: Any, n: Any) -> tuple[Any, Any]:
    """The ends of the 90 % interval of the share of `hits` in `n`; NULL where `n` is 0.

    Source:
        Wilson 1927, JASA 22, 209-212.
    """
    z2 = NORMAL_95**2
    hits, n = hits.cast("float64"), n.cast("float64").nullif(0.0)
    total = n + z2
    middle = (hits + z2 / 2) / total
    inside = ibis.greatest(hits * (n - hits), 0.0)
    width = NORMAL_95 * (inside / n + z2 / 4).sqrt() / total
    return ibis.greatest(middle - width, 0.0), ibis.least(middle + width, 1.0)
