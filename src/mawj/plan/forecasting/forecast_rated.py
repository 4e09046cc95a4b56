"""Forecasts taken of another measure by a rate, where neither own posts nor peers show it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from mawj.plan.forecasting.rates import rate_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mawj.plan.forecasting.forecast_record import PastRecord
    from mawj.plan.forecasting.forecast_rows import Told
    from mawj.plan.forecasting.rates import Rate


def rated(
    told: Told,
    found: Mapping[str, Told],
    rates: Sequence[Rate],
    record: Mapping[tuple[str, str], PastRecord],
) -> Told:
    """`told` with what it lacks taken of a measure in `found`, where a rate says how.

    The parts of the other measure stay as they are, so that the sum still explains the number;
    the range of the rate goes into the interval as an error of its own.
    """
    platform = told.wanted[0].platform
    chosen = [rate_for(rates, told.measure, platform, one.clicks) for one in told.wanted]
    of = next((found[one.of] for one in chosen if one is not None and one.of in found), None)
    if of is None:
        return told
    place = told.place
    known = [(one.rate, one.rate / one.low, one.high / one.rate) if one else (1.0, 1.0, 1.0)
             for one in chosen]  # fmt: skip
    log, down, up = np.log(np.array(known, float)).T[:, place]
    has_rate = np.array([one is not None for one in chosen])[place]
    take = told.lacking & has_rate & np.isfinite(of.total)
    made = replace(
        told.made,
        **{
            name: np.where(take, getattr(of.made, name), getattr(told.made, name))
            for name in vars(told.made)
        },
    )
    # A rate taken of a rate: both stand in one line, with being a part of a whole.
    other = of.line("rate") + of.line("part")
    return replace(
        told,
        made=made,
        low=np.where(take, -np.hypot(of.low * of.width, down), told.low),
        high=np.where(take, np.hypot(of.high * of.width, up), told.high),
        n_errors=np.where(take, of.n_errors, told.n_errors),
        rates=chosen,
        by_rate=take,
        rate_log=np.where(take, log + other, 0.0),
        inherited=np.where(take, of.line("past_error"), 0.0),
        record=record.get((platform, told.measure)),
    )
