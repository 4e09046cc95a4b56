"""Whether marketing through creators suits a brief at all: yes, with care, or don't.

The answer is a sum like every other score: 100, less the points of what was found. What lacks
its data is not assessed and takes nothing. The sentences stand in `fit_sentences.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mawj.plan.asking import fit_findings
from mawj.plan.asking.fit_evidence import FitEvidence, FitFinding, FitLimits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mawj.plan.asking.brief import Brief

ANSWERS = ("yes", "with_care", "dont")

QUESTIONS: tuple[Callable[[Brief, FitEvidence, FitLimits], Iterable[FitFinding]], ...] = (
    fit_findings.sector_rules,
    fit_findings.sector_suits,
    fit_findings.against_own_lines,
    fit_findings.own_contradictions,
    fit_findings.dates_ahead,
    fit_findings.time_for_goal,
    fit_findings.mourning_days,
    fit_findings.audience_here,
    fit_findings.bar_passed,
    fit_findings.budget_suffices,
    fit_findings.kind_for_function,
    fit_findings.whom,
    fit_findings.cheaper_elsewhere,
    fit_findings.sales_pay,
)
"""Every question asked of a brief, in the order of the answer."""


@dataclass(frozen=True)
class Fit:
    """The answer with its reasons.

    Attributes:
        answer: yes, with_care or dont.
        points: 100 plus the contributions, and no less than 0.
        findings: each question's finding; the last is a clamp where one was needed.
    """

    answer: str
    points: float
    findings: tuple[FitFinding, ...] = field(default_factory=tuple)

    @property
    def raised(self) -> tuple[FitFinding, ...]:
        """What speaks against it, the weightiest first."""
        found = [one for one in self.findings if one.status == "raised"]
        return tuple(sorted(found, key=lambda one: one.contribution))


def fit(brief: Brief, evidence: FitEvidence, *, fit_limits: FitLimits) -> Fit:
    """Whether this way of marketing suits the brief, as far as the evidence goes."""
    asked = (question(brief, evidence, fit_limits) for question in QUESTIONS)
    findings = list(chain.from_iterable(asked))
    points = fit_limits.base + sum(one.contribution for one in findings)
    if points < 0:
        findings.append(FitFinding("clamp", "clear", contribution=-points))
        points = 0.0
    if points < fit_limits.dont_below:
        answer = "dont"
    else:
        answer = "with_care" if points < fit_limits.care_below else "yes"
    return Fit(answer, points, tuple(findings))


@cache
def fit_sentences() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """What each finding is called and says, by finding, then case, then language."""
    text = (resources.files(__package__) / "fit_sentences.toml").read_text(encoding="utf-8")
    told: dict[str, Any] = tomllib.loads(text)
    return MappingProxyType(told)
