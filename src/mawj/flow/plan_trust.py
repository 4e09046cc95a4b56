"""Who of a shortlist can be trusted enough for a brief: vetting, and the brief's bar."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mawj.flow.brand_file import brand_file
from mawj.flow.vet_report import vet_report
from mawj.flow.vetting import VetAsked, Vetted, vet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from mawj.flow.brand_file import BrandFile
    from mawj.flow.runner import StepDone
    from mawj.flow.vet_report import VetAccount
    from mawj.lake.lake import Lake
    from mawj.plan.asking.brief import Brief


@dataclass(frozen=True)
class Trust:
    """How far the accounts of a shortlist can be believed.

    Attributes:
        accounts: the vetted accounts by id, with their scores and what weighs most.
        credible: ids of those that pass the bar, in the order asked for.
        reasons: why each of the others does not: `least_credibility` or `not_assessed`.
        brand: what the brand wrote down; None where no file is named.
        vetted: the tables, to be kept.
    """

    accounts: Mapping[str, VetAccount]
    credible: tuple[str, ...]
    reasons: Mapping[str, str]
    brand: BrandFile | None
    vetted: Vetted

    def credibility(self, account_id: str) -> float | None:
        """The score; None where too little could be checked for one."""
        score = self.accounts[account_id].score("credibility")
        return score.value if score is not None and score.is_scored else None


@dataclass(frozen=True)
class TrustAsked:
    """What to vet a shortlist by.

    Attributes:
        brief: its bar and the brand's file.
        settings: settings objects by class name.
        made_at: when.
        vetted: a vetting that was made before; asked again only for who is not in it.
        done: called after each step.
    """

    brief: Brief
    settings: Mapping[str, object]
    made_at: datetime
    vetted: Vetted | None = None
    done: Callable[[StepDone], None] = lambda _: None


def trust(lake: Lake, account_ids: Sequence[str], asked: TrustAsked) -> Trust:
    """The vetting of a shortlist, held against the brief's bar.

    An account of which too little could be checked does not pass a bar: that it is credible is
    then not known.

    Raises:
        SettingsError: when the brand's file cannot be read.
    """
    brand = brand_file(Path(asked.brief.brand_file)) if asked.brief.brand_file else None
    before = asked.vetted
    if before is not None and set(account_ids) <= set(before.accounts):
        vetted = before
    else:
        given = brand.tables if brand else {}
        wanted = VetAsked(account_ids, asked.settings, given, brand.name if brand else "")
        vetted = vet(lake, wanted, done=asked.done)
    scale: Any = asked.settings["VetScale"]
    report = vet_report(lake, vetted, scale=scale, made_at=asked.made_at, detailed=0)
    accounts = {line.account_id: line for line in report.lines}
    made = Trust(accounts, (), {}, brand, vetted)
    bar = asked.brief.least_credibility
    reasons = {one: why for one in account_ids if (why := _below(made.credibility(one), bar))}
    credible = tuple(one for one in account_ids if one not in reasons)
    return Trust(accounts, credible, reasons, brand, vetted)


def _below(credibility: float | None, bar: float | None) -> str | None:
    if bar is None:
        return None
    if credibility is None:
        return "not_assessed"
    return "least_credibility" if credibility < bar else None
