"""The table of contents of planning: what may ask for settings, in the order of the work.

A function of `mawj.plan` that a person's settings steer is one word here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.plan.asking.fit import fit
from mawj.plan.asking.shortlisting import shortlisted
from mawj.plan.choosing.asked import judged_by
from mawj.plan.forecasting.averages_ahead import averages_ahead
from mawj.plan.forecasting.backtest import backtest
from mawj.plan.forecasting.forecasts import forecasts
from mawj.plan.passing.audience_members import audience_sample
from mawj.plan.passing.cascade_sizes import cascade_sizes
from mawj.plan.passing.next_adopters import next_adopters
from mawj.plan.passing.next_passers import passer_weights
from mawj.plan.passing.passing_on import passing_priors
from mawj.plan.passing.two_step_spread import spread_sketch
from mawj.plan.pricing.comparables import comparables
from mawj.plan.pricing.pay_gap import pay_audit
from mawj.plan.pricing.price_lines import price_lines

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN_STEPS: tuple[Callable[..., Any], ...] = (
    fit, shortlisted,                                         # whether, and whom to look at
    forecasts, averages_ahead, backtest,                      # what a post may bring
    audience_sample,                                          # whose audiences are the same
    spread_sketch,                                            # whom messages reach in two steps
    judged_by,                                                # how a portfolio is searched
    price_lines, comparables, pay_audit,                      # what it should cost
    passing_priors, cascade_sizes,                            # who passes on whose messages
    next_adopters, passer_weights,                            # and who does next
)  # fmt: skip
