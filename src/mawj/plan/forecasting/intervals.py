"""Intervals from past errors: weighted quantiles by class, with what one more case allows.

Conformal prediction: if the errors of past forecasts and the next one are exchangeable, a share
`level` of outcomes falls between the quantiles. Classes have quantiles of their own (Mondrian),
shrunk to those of all where they are few; recent errors weigh more.

Source: Vovk, Gammerman & Shafer, Algorithmic Learning in a Random World, 2005 (split and
Mondrian); Barber, Candès, Ramdas & Tibshirani, Annals of Statistics 51, 2023 (weights).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

CLASS_CASES = 40.0
"""Cases at which a class's own quantiles count half against those of all. Our judgement."""
UNKNOWN = 1.6
"""Half-width in spreads where no error is known: a normal 80 % interval is 1.28, and a level
that is itself uncertain by 0.75 spreads makes it 1.6. Our judgement."""


@dataclass(frozen=True)
class Errors:
    """Past errors of forecasts, in spreads of their account.

    Attributes:
        error: outcome less forecast on the log scale, divided by the account's spread.
        group: the class of each, 0 up.
        weight: how much each counts.
    """

    error: Floats
    group: Ints
    weight: Floats


def ends(errors: Errors, group: Ints, level: float) -> tuple[Floats, Floats, Ints]:
    """Lower and upper end for forecasts of each class, in spreads, and the errors behind them.

    Returns:
        The lower end (at most 0), the upper end (at least 0) and the number of errors of the
        class.
    """
    tail = (1.0 - level) / 2.0
    whole = _pair(errors.error, errors.weight, tail)
    low, high = np.empty(group.size), np.empty(group.size)
    count = np.zeros(group.size, np.int64)
    for g in np.unique(group):
        mine = errors.group == g
        n = int(mine.sum())
        own = _pair(errors.error[mine], errors.weight[mine], tail) if n else whole
        trust = n / (n + CLASS_CASES)
        here = group == g
        low[here] = min(trust * own[0] + (1 - trust) * whole[0], 0.0)
        high[here] = max(trust * own[1] + (1 - trust) * whole[1], 0.0)
        count[here] = n
    return low, high, count


def weighted_quantile(values: Floats, weights: Floats, share: float) -> float:
    """The least value up to which at least `share` of the weight lies."""
    order = np.argsort(values, kind="stable")
    passed = np.cumsum(weights[order])
    place = np.searchsorted(passed, share * passed[-1], side="left")
    return float(values[order][min(int(place), values.size - 1)])


def _pair(error: Floats, weight: Floats, tail: float) -> tuple[float, float]:
    """Both ends, with one more case of the usual weight added beyond each end."""
    if not error.size or weight.sum() <= 0:
        return -UNKNOWN, UNKNOWN
    n = weight.sum() ** 2 / (weight**2).sum()
    # The next case may lie beyond all others: (n + 1) / n more weight must be covered.
    outer = tail * (1 + 1 / n) - 1 / n
    if outer <= 0:
        widest = max(UNKNOWN, float(np.abs(error).max()))
        return -widest, widest
    return (
        weighted_quantile(error, weight, outer),
        -weighted_quantile(-error, weight, outer),
    )
