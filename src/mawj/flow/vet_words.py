"""Scores and findings of a vetting in words, the same for every door."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from mawj.flow.sentences import (
    amount,
    compared_words,
    holds,
    isolated,
    number,
    percent,
    say,
    sentence,
)
from mawj.flow.vet_steps import part_of
from mawj.vet.checks import CHECKS

if TYPE_CHECKING:
    from mawj.flow.vet_report import VetEvidence, VetReason, VetScore


def verdict_line(score: VetScore, language: str) -> str:
    """A score's value and what it means in words."""
    name = say(language, "vet", score.score)
    value = say(language, "vet", "value", value=isolated(number(score.value, language, 0)))
    return f"{name}: {value} · {say(language, 'vet', score.verdict)}"


def sure_lines(score: VetScore, language: str) -> list[str]:
    """How far a score can be believed: what was checked, and where it could still go."""
    low, high = (number(v, language, 0) for v in (score.value_low, score.value_high))
    is_whole = score.value_low == score.value_high
    span = (
        say(language, "vet", "no_range")
        if is_whole
        else say(language, "vet", "range", low=isolated(low), high=isolated(high))
    )
    share = isolated(percent(score.coverage, language, 0))
    return [say(language, "vet", "coverage", coverage=share), span]


def told(reason: VetReason, language: str) -> list[str]:
    """A reason in words, then what it is held against and how much was looked at."""
    lines = [sentence(reason, language)]
    if reason.status == "counted":
        return lines
    more = []
    low, high = (amount(v, reason.unit, language)
                 for v in (reason.observed_low, reason.observed_high))  # fmt: skip
    is_sampled = reason.observed_low is not None and reason.observed_high is not None
    if is_sampled and not holds(reason.finding, "observed_low"):
        more.append(say(language, "vet", "interval", low=isolated(low), high=isolated(high)))
    if reason.compared_with and not holds(reason.finding, "compared_with"):
        group = isolated(compared_words(reason.compared_with, language))
        more.append(say(language, "vet", "compared_with", group=group))
    if reason.sample_size is not None and not holds(reason.finding, "sample_size"):
        more.append(say(language, "vet", "sample", n=number(reason.sample_size, language, 0)))
    if reason.from_date is not None and reason.to_date is not None:
        start, end = reason.from_date.isoformat(), reason.to_date.isoformat()
        more.append(say(language, "vet", "dates", start=isolated(start), end=isolated(end)))
    return [*lines, " ".join(more)] if more else lines


def shows(one: VetEvidence, finding: str, language: str) -> str:
    """How much a piece of evidence shows, in the unit that its check gives it; else nothing.

    Where a check gives none (EVIDENCE_UNIT), the amount only puts the evidence in order.
    """
    unit = _of_checks("EVIDENCE_UNIT").get(finding)
    return amount(one.amount, unit, language) if unit and one.amount is not None else ""


def quoted(one: VetEvidence, finding: str, language: str) -> str:
    """The words behind a finding: as written, or the check's own, in the reader's language."""
    quote = one.quote or ""
    words = _of_checks("QUOTE_WORDS").get(finding) or {}
    for plain, translated in words.get(language, {}).items():
        quote = quote.replace(plain, translated)
    return quote


@cache
def _of_checks(name: str) -> dict[str, Any]:
    return {check.__name__: part_of(check, name) for check in CHECKS}
