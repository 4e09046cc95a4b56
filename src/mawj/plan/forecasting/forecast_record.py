"""How forecasts that were kept turned out: what their errors teach the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

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
        bias: median of the logarithm of outcome / forecast, earlier records apart.
        width: how many times as wide intervals would have had to be to hold as often as said,
            earlier records apart.
        median_error: median of |forecast - outcome| / outcome, of the forecasts as given.
        inside: share of outcomes inside their interval as given.
    """

    n: int
    bias: float
    width: float
    median_error: float = 0.0
    inside: float = 0.0


@dataclass(frozen=True)
class Scored:
    """Forecasts beside what came of them: logarithms of outcome, forecast and its ends.

    Attributes:
        outcome: what came.
        forecast, low, high: as they were given.
        taught: what the record as it then was had added.
        width: how many times as wide it had made the interval.
    """

    outcome: Floats
    forecast: Floats
    low: Floats
    high: Floats
    taught: Floats
    width: Floats

    def error(self, *, is_bare: bool) -> Floats:
        """Logarithm of outcome / forecast; `is_bare`: as if no record had been there."""
        error = self.outcome - self.forecast
        return error + self.taught if is_bare else error

    def out(self, *, is_bare: bool) -> Floats:
        """The same in half-widths of the interval on that side: 1 lies on its end."""
        error = self.error(is_bare=is_bare)
        side = np.where(error < 0, self.forecast - self.low, self.high - self.forecast)
        half = side / self.width if is_bare else side
        made: Floats = np.abs(error) / np.maximum(half, 1e-9)
        return made


def past_record(scored: Scored, level: float) -> PastRecord | None:
    """What scored forecasts teach; None where none was scored.

    Bias and width are those of the forecasts without what earlier records taught them, to which
    they will be added: else every record would undo half of what the one before it taught.

    The width is no bound but an estimate, drawn to 1 where the record is short (`effect_of`);
    the interval that it is applied to allows for one more case already (`intervals.ends`). So
    it is the median-unbiased quantile (Hyndman & Fan, American Statistician 50, 1996, type 8).

    Args:
        scored: the forecasts; those with an outcome or end that is not known are left out.
        level: how often the intervals should hold.
    """
    error, out = scored.error(is_bare=True), scored.out(is_bare=True)
    known = np.isfinite(error) & np.isfinite(out)
    if not known.any():
        return None
    held = np.clip(out[known], 1.0 / FURTHEST, FURTHEST)
    width = float(np.quantile(held, level, method="median_unbiased"))
    given = scored.error(is_bare=False)[known]
    off = float(np.median(np.abs(np.expm1(-given))))
    inside = float(np.mean(scored.out(is_bare=False)[known] <= 1.0))
    return PastRecord(int(known.sum()), float(np.median(error[known])), width, off, inside)


def effect_of(record: PastRecord | None, settings: ForecastSettings) -> tuple[float, float]:
    """What to add to the logarithm of a forecast, and how many times as wide it shall be."""
    if record is None:
        return 0.0, 1.0
    trust = record.n / (record.n + settings.record_forecasts)
    return trust * record.bias, float(record.width**trust)
