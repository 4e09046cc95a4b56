"""A plan as plain values, with its sentences in three languages: what is kept and shown.

name, currency, budget_minor, goal, answer, made_at, run_id, objective
result      value, middle, low, high, spent_minor, of_best_share, how; or null
picks       account_id, name, platform, deliverable, price_minor and its ends, publish_on,
gain, overlap_share, followers, credibility, measures {name: [middle, low, high]},
why and declined {language: sentence}
curve       budget_minor, value, spent_minor, account_ids
names       account_id to name, of all that the curve and the scenarios speak of
scenarios   name, middle, low, high, spent_minor, p_best, account_ids, missing
dispute     {language: [sentences]}: the scenarios two by two, and what that depends on
left_out    account_id, name, why {language: sentence}
alternatives, conflicts   {language: [sentences]}
shared      left, right (account_id), share_left, share_right; loaded_share of followers
second_step {language: [sentences]}, where messages passed on are counted
ads         channel, measure, bought, bought_low, bought_high, source, dated_on, date_basis
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from mawj.flow import plan_sentences as said
from mawj.flow.plan_dispute_said import dispute
from mawj.flow.plan_spread_said import second_step
from mawj.flow.sentences import LANGUAGES
from mawj.plan.asking.deliverables import MEASURES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mawj.flow.planned import Pick, Plan

MOST_LEFT_OUT = 12
"""Offers named that fit but are not in (as in the report)."""


def told(plan: Plan, names: Mapping[str, str]) -> dict[str, Any]:
    """The plan as plain values; `names` of accounts that are in no pick."""
    result = plan.result
    return {
        "name": plan.brief.name, "currency": plan.brief.currency, "goal": plan.brief.goal,
        "budget_minor": plan.brief.budget_minor, "answer": plan.fit.answer,
        "made_at": plan.made_at.isoformat(), "run_id": plan.run_id,
        "objective": result.objective if result else "",
        "result": _fields(result, "value middle low high spent_minor spent_low_minor "
                          "spent_high_minor of_best_share how unit_minor") if result else None,
        "picks": [_pick(pick, plan) for pick in plan.picks],
        "curve": [_fields(p, "budget_minor value spent_minor account_ids") for p in plan.curve],
        "names": _names(plan, names),
        "scenarios": [_fields(s, "name middle low high value spent_minor p_best account_ids "
                              "missing") for s in plan.scenarios],
        "left_out": [
            {"account_id": one.account_id, "name": one.name,
             "why": _in_each(partial(said.why_out, one, plan))}
            for one in plan.left_out if one.stage == "portfolio"
        ][:MOST_LEFT_OUT],
        "alternatives": _in_each(
            lambda lang: [said.alternative_said(a, plan, lang) for a in plan.alternatives]
        ),
        "conflicts": _in_each(
            lambda lang: [*said.conflict_core(plan, lang), *said.conflict_ways(plan, lang)]
            if plan.conflicts else []
        ),
        "shared": [_fields(s, "left right share_left share_right") for s in plan.shared],
        "loaded_share": plan.loaded_share,
        "dispute": _in_each(partial(dispute, plan)),
        "second_step": _in_each(partial(second_step, plan)),
        "ads": [
            _fields(ad, "channel measure bought bought_low bought_high source date_basis")
            | {"dated_on": ad.dated_on.isoformat() if ad.dated_on else None}
            for ad in plan.ads
        ],
    }  # fmt: skip


def _pick(pick: Pick, plan: Plan) -> dict[str, Any]:
    offer = pick.offer
    measures = {}
    for name in MEASURES:
        one = offer.of(name)
        if one is not None and one.middle is not None:
            measures[name] = [one.middle, one.low, one.high]
    return {
        "account_id": offer.account_id, "name": offer.called, "platform": offer.platform,
        "deliverable": offer.deliverable, "price_minor": offer.price_minor,
        "price_low_minor": offer.price_low_minor, "price_high_minor": offer.price_high_minor,
        "publish_on": offer.publish_on.isoformat(),
        "followers": offer.followers,
        "gain": pick.gain, "overlap_share": pick.overlap_share,
        "credibility": offer.credibility, "measures": measures,
        "why": _in_each(lambda lang: said.why_in(pick, plan, lang)),
        "declined": _in_each(lambda lang: said.declined(pick, plan, lang)),
    }  # fmt: skip


def _names(plan: Plan, names: Mapping[str, str]) -> dict[str, str]:
    ids = {one for point in plan.curve for one in point.account_ids}
    ids |= {one for scenario in plan.scenarios for one in scenario.account_ids}
    ids |= {pick.offer.account_id for pick in plan.picks}
    own = {pick.offer.account_id: pick.offer.called for pick in plan.picks}
    left = {one.account_id: one.name for one in plan.left_out if one.name}
    return {one: own.get(one) or names.get(one) or left.get(one) or one for one in ids}


def _in_each(say: Callable[[str], Any]) -> dict[str, Any]:
    return {language: say(language) for language in LANGUAGES}


def _fields(of: object, names: str) -> dict[str, Any]:
    found = {name: getattr(of, name) for name in names.split()}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in found.items()}
