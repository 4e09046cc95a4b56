"""A plan from a brief: find, shortlist, vet, forecast, price, choose, and say why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mawj.flow.plan_audience import plan_audience
from mawj.flow.plan_book import picks_in_book
from mawj.flow.plan_candidates import sought
from mawj.flow.plan_chosen import Beside, Chosen, chosen
from mawj.flow.plan_conflicts import too_few
from mawj.flow.plan_evidence import ads_for, evidence_of
from mawj.flow.plan_offers import OffersAsked, plan_offers
from mawj.flow.plan_spread import plan_spread
from mawj.flow.plan_stages import PlanAsked, Stages
from mawj.flow.plan_told import told
from mawj.flow.plan_trust import TrustAsked, trust
from mawj.flow.vet_kept import keep_vetting
from mawj.plan.asking.brief import checked
from mawj.plan.asking.fit import fit
from mawj.tables.errors import NotEnoughData

if TYPE_CHECKING:
    from mawj.flow.plan_candidates import Sought
    from mawj.flow.plan_trust import Trust
    from mawj.flow.planned import Plan
    from mawj.lake.lake import Lake

__all__ = ["PlanAsked", "plan"]


def plan(lake: Lake, asked: PlanAsked) -> Plan:
    """The plan for a brief on the current run.

    Raises:
        NotEnoughData: when nothing has been run.
        SettingsError: when the brief does not hold, or names what is not there.
    """
    record = lake.current_run()
    if record is None:
        raise NotEnoughData("nothing has been run yet; `mawj run` first", has=0, needs=1)
    checked(asked.brief)
    stages = _stages(lake, asked)
    spent = stages.chosen.result.spent_minor if stages.chosen.result else None
    brief, settings = stages.sought.brief, asked.settings
    ads = ads_for(brief, spent or brief.budget_minor, settings)
    limits: Any = settings["FitLimits"]
    answer = fit(brief, evidence_of(lake, stages, ads), fit_limits=limits)
    made = told(stages, answer, ads, record)
    if not asked.is_kept or not made.picks:
        return made
    return replace(made, book_id=picks_in_book(lake, made.picks, asked))


def _stages(lake: Lake, asked: PlanAsked) -> Stages:
    """Each stage in turn, as far as somebody is left."""
    limits: Any = asked.settings["ShortlistLimits"]
    found = sought(lake, asked.brief, limits)
    accounts, brief = found.shortlist.chosen, found.brief
    if len({one.person_id for one in accounts}) < brief.least_creators:
        return Stages(asked, found, None, (), Chosen(conflicts=too_few(found, None, limits)))
    vetting = _vetted(lake, found, asked)
    passing = {*vetting.credible, *brief.must_have}
    credible = [one for one in accounts if one.account_id in passing]
    if len({one.person_id for one in credible}) < brief.least_creators:
        return Stages(asked, found, vetting, (), Chosen(conflicts=too_few(found, vetting)))
    stars = [one for one in found.celebrities if one.account_id in passing]
    subject = next((one for one in found.subjects if one in found.topic_names), "")
    wanted = OffersAsked(brief, subject, vetting, asked.settings, asked.made_at.date())
    offers = plan_offers(lake, [*credible, *stars], wanted)
    ids = [one.account_id for one in (*credible, *stars)]
    is_among = brief.goal == "awareness_creators"
    audience = plan_audience(lake, ids, asked.settings, only_creators=is_among)
    apart = frozenset(one.account_id for one in stars)
    beside = Beside(apart, plan_spread(lake, ids, offers, brief, asked.settings))
    made = chosen(offers, audience, brief, asked.settings, beside)
    return Stages(asked, found, vetting, offers, made)


def _vetted(lake: Lake, found: Sought, asked: PlanAsked) -> Trust:
    """The vetting of the shortlist, kept where that is asked for."""
    ids = [one.account_id for one in (*found.shortlist.chosen, *found.celebrities)]
    wanted = TrustAsked(found.brief, asked.settings, asked.made_at, asked.vetted, asked.done)
    made = trust(lake, ids, wanted)
    if not asked.is_kept or made.vetted.vetting_id:
        return made
    kept = keep_vetting(lake, made.vetted, asked.settings, made_at=asked.made_at)
    return replace(made, vetted=kept)
