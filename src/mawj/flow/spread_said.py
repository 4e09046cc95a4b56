"""What an answer about spread says, in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.flow.sentences import number, percent, say

if TYPE_CHECKING:
    from mawj.plan.passing.two_step_spread import SpreadAnswer


def spread_said(answer: SpreadAnswer, language: str = "en") -> list[str]:
    """What is reached and how surely, what is proved, and what simple rankings reach."""

    def told(value: float, places: int = 0) -> str:
        return number(value, language, places)

    lines = [
        say(
            language, "spread", "reached",
            n=told(len(answer.account_ids)), reach=told(answer.reach),
            low=told(answer.reach_low), high=told(answer.reach_high),
            error=told(answer.standard_error, 1), runs=told(answer.n_runs),
        ),
        say(
            language, "spread", "proof",
            share=percent(answer.certain_share, language, 0), sets=told(answer.n_sets),
        ),
    ]  # fmt: skip
    comma = "، " if language in ("ar", "fa") else ", "
    beside = comma.join(
        f"{say(language, 'spread', name)} {told(reach)}"
        for name, reach in answer.beside.items()
    )
    lines.append(say(language, "spread", "beside", beside=beside))
    if answer.was_swapped:
        ranking = say(language, "spread", answer.how)
        lines.append(say(language, "spread", "swapped", ranking=ranking))
    return lines
