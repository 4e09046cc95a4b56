"""What a brief can name: trades, deliverables and the days that matter, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.flow.plan_words import countries as countries_said
from mawj.flow.plan_words import day_in_three
from mawj.flow.sentences import say
from mawj.plan.asking.deliverables import deliverables, placements
from mawj.plan.asking.occasions import occasions_between
from mawj.plan.asking.sectors import sector_rules, sectors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def known_sectors(language: str) -> list[tuple[str, str, str]]:
    """Each trade: key, name, and where a rule forbids or limits its advertising."""
    found = []
    for key, one in sectors().items():
        rules = [
            f"{say(language, 'plan', f'answer_{rule.says}')}: "
            f"{countries_said(rule.countries, language)}"
            for rule in sector_rules()
            if key in rule.sectors
        ]
        found.append((key, one.names[language], "\n".join(rules)))
    return found


def known_deliverables(language: str) -> list[tuple[str, str, str]]:
    """Each deliverable and placement: key, name, and what is counted of it."""
    whats = [
        (key, one.names[language],
         ", ".join(say(language, "plan", f"measure_{m}") for m in one.measures))
        for key, one in deliverables().items()
    ]  # fmt: skip
    ways = [(key, one.names[language], "") for key, one in placements().items()]
    return [*whats, *ways]


def known_occasions(
    starts_on: date, ends_on: date, countries: Sequence[str], language: str
) -> list[tuple[str, str, str]]:
    """Each occasion in a span of days: first day, name, and it in three calendars."""
    codes = [code.upper() for code in countries]
    return [
        (
            f"{one.starts_on}" + ("±1" if one.uncertain_days else ""),
            one.occasion.names[language],
            f"{day_in_three(one.starts_on, language)}\n"
            f"{say(language, 'plan', f'kind_{one.occasion.kind}')}",
        )
        for one in occasions_between(starts_on, ends_on, codes)
    ]
