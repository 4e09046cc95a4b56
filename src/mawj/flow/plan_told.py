"""The stages of a plan put together as it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.flow.planned import LeftOut, Plan
from mawj.plan.asking.occasions import occasions_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mawj.flow.plan_chosen import Chosen
    from mawj.flow.plan_stages import Stages
    from mawj.flow.planned import AdBuy
    from mawj.lake.run_log import RunRecord
    from mawj.plan.asking.brief import Brief
    from mawj.plan.asking.fit import Fit

SMALL_SAMPLE = 0.1
"""Part of the followers below which overlap is said to be an estimate; our judgement."""


OWN = ("", "own_quote", "own_fees")
"""Sources that are the user's own rows."""


def told(stages: Stages, answer: Fit, ads: Sequence[AdBuy], record: RunRecord) -> Plan:
    """The plan as it is shown."""
    brief, chosen = stages.sought.brief, stages.chosen
    return Plan(
        brief=brief,
        fit=answer,
        occasions=occasions_between(brief.starts_on, brief.ends_on, brief.audience.countries),
        picks=chosen.picks,
        result=chosen.result,
        totals=chosen.totals,
        conflicts=chosen.conflicts,
        left_out=tuple(_left_out(stages)),
        alternatives=chosen.alternatives,
        curve=chosen.curve,
        scenarios=chosen.scenarios,
        shared=chosen.shared,
        loaded_share=chosen.loaded_share,
        ads=tuple(ads),
        subjects=stages.sought.subjects,
        topic_names=stages.sought.topic_names,
        counts=_counts(stages),
        notes=tuple(_notes(stages)),
        run_id=record.run_id,
        as_of=record.as_of,
        made_at=stages.asked.made_at,
        vetting_id=stages.trust.vetted.vetting_id if stages.trust else "",
        sources=_sources(stages, ads),
        spread=chosen.spread,
        compared=chosen.compared,
    )


def _counts(stages: Stages) -> dict[str, int]:
    shortlist, trust = stages.sought.shortlist, stages.trust
    priced = [
        one
        for one in stages.offers
        if one.price_minor is not None and any(e.middle is not None for e in one.expected)
    ]
    return {
        "found": stages.sought.n_found,
        "fitting": shortlist.n_fitting,
        "shortlisted": len(shortlist.chosen),
        "credible": sum(one.account_id in trust.credible for one in shortlist.chosen)
        if trust
        else 0,
        "offers": len(priced),
        "picks": len(stages.chosen.picks),
    }


def _left_out(stages: Stages) -> Iterator[LeftOut]:
    """Who is out, those nearest to being in first."""
    yield from stages.chosen.left_out
    names = {one.account_id: one.name for one in stages.sought.candidates}
    trust = stages.trust
    if trust is not None:
        for account_id, why in trust.reasons.items():
            yield LeftOut(account_id, names.get(account_id), "vetting", why,
                          observed=trust.credibility(account_id))  # fmt: skip
    for left in stages.sought.shortlist.left_out:
        yield LeftOut(left.account_id, names.get(left.account_id), "brief", left.reason)


def _notes(stages: Stages) -> Iterator[str]:
    chosen, brief = stages.chosen, stages.sought.brief
    if not chosen.picks:
        return
    if not chosen.shared and len(chosen.picks) > 1:
        yield "no_overlap"
    elif chosen.loaded_share is not None and chosen.loaded_share < SMALL_SAMPLE:
        yield "small_sample"
    yield from _judged(chosen, brief)
    if stages.trust and any(one in stages.trust.reasons for one in brief.must_have):
        yield "must_below_bar"
    if brief.audience.countries and any(p.offer.country is None for p in chosen.picks):
        yield "unknown_country"
    if all(pick.offer.price_basis == "rate_card" for pick in chosen.picks):
        yield "rate_cards"


def _judged(chosen: Chosen, brief: Brief) -> Iterator[str]:
    """What was not known of what the portfolio should be chosen by."""
    if brief.is_two_step and chosen.spread is None:
        yield "direct_only"
    if chosen.is_other_objective:
        yield "other_objective"


def _sources(stages: Stages, ads: Sequence[AdBuy]) -> tuple[str, ...]:
    """Whose figures prices and ads rest on, each once."""
    lines = [line.source for pick in stages.chosen.picks for line in pick.offer.receipt]
    named = [*lines, *(one.source for one in ads)]
    parts = [part.strip() for source in named if source for part in source.split(";")]
    return tuple(dict.fromkeys(part for part in parts if part not in OWN))
