"""How forecasts that were kept turned out: what their errors teach the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from mawj.plan.forecasting.intervals import weighted_quantile

if TYPE_CHECKING:
    from mawj.plan.forecasting.forecast_settings import ForecastSettings

Floats = npt.NDArray[np.float64]

FURTHEST = 10.0
"""An outcome further out than so many half-widths counts as that far: one slip in a file, of a
thousandfold, must not make every later interval useless. Our judgement."""


@dataclass(frozen=True)
class PastRecord:
    """How earlier forecasts that were kept turned out, for one platform and measure.

    Attributes:
        n: forecasts scored.
        bias: median of the logarithm of outcome / forecast.
        width: how many times as wide intervals would have had to be to hold as often as said.
        median_error: median of |forecast - outcome| / outcome.
        inside: share of outcomes inside their interval.
    """

    n: int
    bias: float
    width: float
    median_error: float = 0.0
    inside: float = 0.0


def past_record(error: Floats, out: Floats, level: float) -> PastRecord | None:
    """What scored forecasts teach; None where none was scored.

    Args:
        error: logarithm of outcome / forecast of each.
        out: the same in half-widths of its interval on that side: 1 lies on its end.
        level: how often the intervals should hold.
    """
    known = np.isfinite(error) & np.isfinite(out)
    if not known.any():
        return None
    n = int(known.sum())
    held = np.clip(out[known], 1.0 / FURTHEST, FURTHEST)
    # One more forecast may lie beyond all that are known: (n + 1) / n of the share is covered.
    share = min(level * (n + 1) / n, 1.0)
    width = weighted_quantile(held, np.ones(n), share)
    off = float(np.median(np.abs(np.expm1(-error[known]))))
    inside = float(np.mean(out[known] <= 1.0))
    return PastRecord(n, float(np.median(error[known])), width, off, inside)


def effect_of(record: PastRecord | None, settings: ForecastSettings) -> tuple[float, float]:
    """What to add to the logarithm of a forecast, and how many times as wide it shall be."""
    if record is None:
        return 0.0, 1.0
    trust = record.n / (record.n + settings.record_forecasts)
    return trust * record.bias, float(record.width**trust)


def half_widths_out(outcome: Floats, forecast: Floats, low: Floats, high: Floats) -> Floats:
    """How far each outcome lies from its forecast: 1 is on the end of its interval."""
    error = np.log(outcome / forecast)
    side = np.where(error < 0, np.log(forecast / low), np.log(high / forecast))
    made: Floats = np.abs(error) / np.maximum(side, 1e-9)
    return made
