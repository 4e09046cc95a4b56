"""What a plan says of the second step, in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.flow.plan_words import rounded, span
from mawj.flow.sentences import isolated, number, percent, say

if TYPE_CHECKING:
    from mawj.flow.planned import Plan, Spread


def second_step(plan: Plan, language: str) -> list[str]:
    """What is reached directly and by the second step, how surely, and what it rests on."""
    told = plan.spread
    if told is None:
        return []
    part = isolated(percent(told.passes_loaded_share, language, 1))
    known = "loaded_unknown" if told.passes_loaded_share is None else "loaded"
    return [
        say(
            language, "plan_spread", "reached", reach=rounded(told.reach, language),
            direct=rounded(told.direct, language), second=rounded(told.second, language),
            between=span(told.second_low, told.second_high, language),
            error=number(told.standard_error, language, 1),
            runs=number(told.n_runs, language, 0),
        ),
        say(
            language, "plan_spread", "viewers", n=number(told.n_seen, language, 0),
            share=isolated(percent(told.assumed_share, language, 0)),
        ),
        say(
            language, "plan_spread", "proof",
            share=isolated(percent(told.certain_share, language, 0)),
            sets=number(told.n_sets, language, 0), beside=_beside(told, language),
        ),
        say(
            language, "plan_spread", known, share=part,
            passers=number(told.n_passers, language, 0),
        ),
    ]  # fmt: skip


def _beside(told: Spread, language: str) -> str:
    comma = ", " if language == "en" else "، "
    return comma.join(
        f"{say(language, 'plan_spread', name)} {rounded(reach, language)}"
        for name, reach in told.beside.items()
    )
