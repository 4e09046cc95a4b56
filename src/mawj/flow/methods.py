"""How numbers are made, in words: reasons of influence, checks, settings, the forecast book."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.flow.forecast_book import record_of, scores
from mawj.flow.sentences import name_of
from mawj.identify import contributions

if TYPE_CHECKING:
    from mawj.lake.lake import Lake
    from mawj.plan.forecasting.forecast_record import PastRecord


@dataclass(frozen=True)
class ReasonMethod:
    """One reason of influence: its name, its sentence with holes, its most points."""

    finding: str
    name: str
    text: str
    about: str


@dataclass(frozen=True)
class Kept:
    """How kept forecasts of one measure on one platform turned out."""

    platform: str
    measure: str
    record: PastRecord


def reason_methods(language: str = "en") -> tuple[ReasonMethod, ...]:
    """Every contribution to influence, in the order in which they are added."""
    found = []
    for contribution in contributions.CONTRIBUTIONS:
        name = contribution.__name__
        text = vars(sys.modules[contribution.__module__])["TEXT"][language]
        about = " ".join((contribution.__doc__ or "").split("\n\n")[0].split())
        found.append(ReasonMethod(name, name_of(name, language), text, about))
    return tuple(found)


def forecasts_kept(lake: Lake) -> tuple[Kept, ...]:
    """How forecasts that were kept turned out, by platform and measure."""
    told = record_of(scores(lake))
    return tuple(Kept(*key, record) for key, record in sorted(told.items()))
