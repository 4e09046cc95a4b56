"""What a measure is of another where the user's own data do not show it."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

OWN_HALF_AT = 3.0
"""The user's own results at which they weigh as much as what others publish. Our judgement."""
OWN_SPREAD = 1.0
"""Half-width, on the log scale, of a rate seen once by the user; it shrinks with the root of
the results. Our judgement: orders per click differ threefold between posts of one creator."""


@dataclass(frozen=True)
class Rate:
    """What one measure is of another.

    Attributes:
        measure, of: what is forecast, and of what.
        platform, by: where it holds, and how a link is followed; empty for everywhere.
        rate, low, high: the middle and the range that most campaigns fall into.
        source, dated: who says so and when.
        n: the user's own results in it.
    """

    measure: str
    of: str
    platform: str
    by: str
    rate: float
    low: float
    high: float
    source: str
    dated: str
    n: int = 0


@cache
def published_rates() -> tuple[Rate, ...]:
    """The rates of `rates.toml`, the most specific first."""
    text = (resources.files(__package__) / "rates.toml").read_text(encoding="utf-8")
    made = [Rate(**row | {"dated": str(row["dated"])}) for row in tomllib.loads(text)["rate"]]
    return tuple(sorted(made, key=lambda one: -bool(one.platform) - bool(one.by)))


def rate_for(rates: Sequence[Rate], measure: str, platform: str, by: str) -> Rate | None:
    """The most specific rate that holds for a measure; None where there is none."""
    fits = [
        one
        for one in rates
        if one.measure == measure and one.platform in ("", platform) and one.by in ("", by)
    ]
    return max(fits, key=lambda one: (bool(one.platform) + bool(one.by), one.by), default=None)


def rates_with_results(
    rates: Sequence[Rate], results: Sequence[dict[str, Any]]
) -> tuple[Rate, ...]:
    """The rates moved towards the user's own results, as far as there are enough of them.

    Args:
        rates: what others publish.
        results: rows of `campaign_results` with platform, by and the measures; a measure that
            is not known is None and takes no part. A result of 0 counts as half of one.
    """
    return tuple(_moved(one, results) for one in rates)


def _moved(rate: Rate, results: Sequence[dict[str, Any]]) -> Rate:
    seen = sorted(
        math.log(max(row[rate.measure], 0.5) / row[rate.of])
        for row in results
        if rate.platform in ("", row["platform"]) and rate.by in ("", row["by"])
        if row.get(rate.measure) is not None and (row.get(rate.of) or 0) > 0
    )
    n = len(seen)
    if not n:
        return rate
    own = (seen[(n - 1) // 2] + seen[n // 2]) / 2
    trust = n / (n + OWN_HALF_AT)
    middle = trust * own + (1 - trust) * math.log(rate.rate)
    half = OWN_SPREAD / math.sqrt(n)
    down = trust * half + (1 - trust) * math.log(rate.rate / rate.low)
    up = trust * half + (1 - trust) * math.log(rate.high / rate.rate)
    low, high = math.exp(middle - down), math.exp(middle + up)
    return replace(rate, n=n, rate=math.exp(middle), low=low, high=high)
