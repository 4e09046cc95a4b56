"""What is asked of planning, and what each of its stages found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from mawj.flow.plan_candidates import Sought
    from mawj.flow.plan_chosen import Chosen
    from mawj.flow.plan_trust import Trust
    from mawj.flow.planned_offers import Offer
    from mawj.flow.runner import StepDone
    from mawj.flow.vetting import Vetted
    from mawj.plan.asking.brief import Brief


@dataclass(frozen=True)
class PlanAsked:
    """What to plan.

    Attributes:
        brief: what is wanted.
        settings: settings objects by class name.
        made_at: when; the day of asking, and what a kept vetting is named by.
        is_kept: keep the vetting of the shortlist in the lake.
        vetted: a vetting made before, used where it holds the whole shortlist: a plan for
            another budget then takes seconds.
        done: called after each step.
    """

    brief: Brief
    settings: Mapping[str, Any]
    made_at: datetime
    is_kept: bool = False
    vetted: Vetted | None = None
    done: Callable[[StepDone], None] = lambda _: None


@dataclass(frozen=True)
class Stages:
    """What each stage of a plan found, for whatever tells it.

    Attributes:
        asked: what was asked.
        sought: the shortlist.
        trust: its vetting; None where nobody was there to vet.
        offers: what the credible could publish.
        chosen: the portfolio, or why there is none.
    """

    asked: PlanAsked
    sought: Sought
    trust: Trust | None
    offers: tuple[Offer, ...]
    chosen: Chosen
