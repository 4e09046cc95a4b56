"""What a report of a vetting holds, for every door: scores, reasons, and what shows them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute
from ibis import _

from mawj.flow.accounts import rows
from mawj.flow.vet_beside import NOTHING_BESIDE, Beside, beside_of, contradicted
from mawj.flow.vet_evidence_links import linked
from mawj.tables.derived_vetting import VET_SCORES_KNOWN
from mawj.tables.errors import NotFound
from mawj.vet.vet_scores import NO_CHECK, VetScale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from mawj.flow.vetting import Vetted
    from mawj.lake.lake import Lake

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute

STRONGEST = 3
"""Reasons shown beside an account in a list; the rest stands in its own part. Our judgement."""
MOST_DETAILED = 50
"""Accounts of a list that a report tells in full unless more are asked for. Our judgement."""


@dataclass(frozen=True)
class VetEvidence:
    """One post, comment, account or day behind a finding."""

    kind: str
    evidence_id: str
    amount: float | None
    at: datetime | None
    quote: str | None
    url: str | None


@dataclass(frozen=True)
class VetReason:
    """One finding: a bar of the waterfall, or a check that found nothing or was not made."""

    finding: str
    about: str
    status: str
    contribution: float
    observed: float | None
    expected: float | None
    observed_low: float | None
    observed_high: float | None
    unit: str
    sample_size: float | None
    basis: str
    compared_with: str
    missing: str
    weight: float
    from_date: date | None
    to_date: date | None
    rule_version: str
    evidence: tuple[VetEvidence, ...] = ()


@dataclass(frozen=True)
class VetScore:
    """One score of one account, and how far it can be believed.

    Attributes:
        score: which one.
        value: the sum of its reasons, 0 to 100.
        value_low, value_high: where it would stand if every check that could not be made found
            the worst, or nothing: what is not known, as points.
        coverage: share of its checks, by weight, that could be made.
        is_scored: coverage is high enough for a verdict.
        verdict: calm, caution or serious by points moved; unknown where it is no verdict.
        n_raised, n_clear, n_not_assessed: checks.
        rule_version: the rule that adds up.
        reasons: where it starts, what was raised (the gravest first), where it was held, then
            what is clear and what could not be made; empty in a list.
    """

    score: str
    value: float
    value_low: float
    value_high: float
    coverage: float
    is_scored: bool
    verdict: str
    n_raised: int
    n_clear: int
    n_not_assessed: int
    rule_version: str
    reasons: tuple[VetReason, ...] = ()

    def of_status(self, *statuses: str) -> tuple[VetReason, ...]:
        """The reasons that are raised, clear or not_assessed; `counted` are the rule's own."""
        return tuple(reason for reason in self.reasons if reason.status in statuses)

    @property
    def added(self) -> tuple[VetReason, ...]:
        """The rows that add up to the value: its start, what moves it, where it is held."""
        return tuple(
            reason
            for reason in self.reasons
            if reason.status in ("counted", "raised") or reason.contribution != 0
        )


@dataclass(frozen=True)
class VetAccount:
    """One vetted account: who it is, its scores, the reasons that weigh most.

    `beside` is filled for accounts that are told in full: its brands and how it writes.
    """

    account_id: str
    name: str | None
    handle: str | None
    platform: str
    url: str | None
    language: str | None
    country: str | None
    followers: float | None
    scores: tuple[VetScore, ...]
    strongest: tuple[VetReason, ...]
    beside: Beside = NOTHING_BESIDE

    def score(self, name: str) -> VetScore | None:
        """The score called `name`; None where no check of it is in force."""
        return next((one for one in self.scores if one.score == name), None)


@dataclass(frozen=True)
class VetReport:
    """A vetting as it is shown.

    Attributes:
        vetting_id: its name among those kept; empty where it is not kept.
        run_id, as_of: the run whose tables were read, and where its windows end.
        made_at: when.
        brand: the brand whose values were asked for; empty for none.
        lines: every account, in the order asked for, without reasons in full.
        accounts: those told in full.
        contradictions: where the brand's own claims and facts contradict each other.
    """

    vetting_id: str
    run_id: str
    as_of: datetime
    made_at: datetime
    brand: str
    lines: tuple[VetAccount, ...]
    accounts: tuple[VetAccount, ...]
    contradictions: tuple[Mapping[str, str], ...] = ()

    @property
    def scores(self) -> tuple[str, ...]:
        """The names of the scores in order of display."""
        there = {score.score for line in self.lines for score in line.scores}
        return tuple(name for name in VET_SCORES_KNOWN if name in there)


def vet_report(
    lake: Lake, vetted: Vetted, *, scale: VetScale, made_at: datetime, detailed: int
) -> VetReport:
    """The report of a vetting, in the order in which the accounts were asked for.

    Args:
        lake: where the accounts and the addresses of posts are read.
        vetted: the tables of the vetting.
        scale: what a score's distance from its start means.
        made_at: when.
        detailed: how many accounts, the first ones, are told in full.
    """
    ids = list(dict.fromkeys(vetted.accounts))
    faces = _faces(lake, vetted.run_id, ids)
    scores = _scores(vetted, scale)
    strongest = _strongest(vetted.findings)
    lines = tuple(
        VetAccount(**faces[one], scores=scores.get(one, ()), strongest=strongest.get(one, ()))
        for one in ids
    )
    reasons = _reasons(lake, vetted, ids[:detailed])
    beside = beside_of(vetted.beside, ids[:detailed])
    whole = tuple(
        replace(_in_full(line, reasons), beside=beside[line.account_id])
        for line in lines[:detailed]
    )
    return VetReport(
        vetted.vetting_id, vetted.run_id, vetted.as_of, made_at, vetted.brand, lines, whole,
        contradicted(vetted.beside),
    )  # fmt: skip


def of_score(report: VetReport, score: str) -> VetReport:
    """The report with one score only.

    Raises:
        NotFound: when no check of that score is in force.
    """
    if score not in report.scores:
        raise NotFound(f"no score is called {score!r}; there are {', '.join(report.scores)}")

    def cut(accounts: tuple[VetAccount, ...]) -> tuple[VetAccount, ...]:
        return tuple(
            replace(one, scores=tuple(s for s in one.scores if s.score == score))
            for one in accounts
        )

    return replace(report, lines=cut(report.lines), accounts=cut(report.accounts))


def verdict_of(score: str, value: float, *, is_scored: bool, scale: VetScale) -> str:
    """calm, caution or serious by how far a score was moved from where it starts."""
    if not is_scored:
        return "unknown"
    moved = abs(value - scale.base(score))
    if moved <= scale.slight:
        return "calm"
    return "caution" if moved <= scale.marked else "serious"


def _faces(lake: Lake, run_id: str, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    accounts = lake.read("accounts", run_id=run_id).filter(_.account_id.isin(list(ids)))
    standing = lake.read("standing", run_id=run_id).select("account_id", "followers")
    shown = accounts.select(
        "account_id", "name", "handle", "platform", "url", "language", "country"
    )
    joined = shown.left_join(standing, "account_id").drop("account_id_right")
    return {row["account_id"]: row for row in rows(joined)}


def _scores(vetted: Vetted, scale: VetScale) -> dict[str, tuple[VetScore, ...]]:
    unknown = _weight_unknown(vetted.findings)
    found: dict[str, list[VetScore]] = defaultdict(list)
    for row in vetted.scores.to_pylist():
        account_id, name = row.pop("account_id"), row["score"]
        open_points = unknown.get((account_id, name), 0.0)
        worst = row["value"] + (open_points if scale.base(name) == 0.0 else -open_points)
        low, high = sorted((row["value"], min(max(worst, 0.0), 100.0)))
        verdict = verdict_of(name, row["value"], is_scored=row["is_scored"], scale=scale)
        found[account_id].append(
            VetScore(**row, value_low=low, value_high=high, verdict=verdict)
        )
    return {
        account_id: tuple(sorted(scores, key=lambda s: VET_SCORES_KNOWN.index(s.score)))
        for account_id, scores in found.items()
    }


def _weight_unknown(findings: pa.Table) -> dict[tuple[str, str], float]:
    """Points that the checks which could not be made may still move, by account and score."""
    keys = ["subject_id", "score"]
    silent = findings.filter(pc.equal(findings["status"], "not_assessed"))
    checks = silent.group_by([*keys, "finding"]).aggregate([("weight", "max")])
    sums = checks.group_by(keys).aggregate([("weight_max", "sum")])
    return {
        (row["subject_id"], row["score"]): row["weight_max_sum"] for row in sums.to_pylist()
    }


def _strongest(findings: pa.Table) -> dict[str, tuple[VetReason, ...]]:
    raised = findings.filter(pc.equal(findings["status"], "raised"))
    found: dict[str, list[VetReason]] = defaultdict(list)
    for row in raised.to_pylist():
        found[row["subject_id"]].append(_reason(row))
    return {
        account_id: tuple(sorted(reasons, key=_gravest_first)[:STRONGEST])
        for account_id, reasons in found.items()
    }


def _reasons(
    lake: Lake, vetted: Vetted, ids: Sequence[str]
) -> Mapping[tuple[str, str], list[VetReason]]:
    """Every reason of the accounts told in full, with its evidence."""
    wanted = pa.array(ids, pa.string())
    shown = vetted.evidence.filter(pc.is_in(vetted.evidence["account_id"], wanted))
    evidence: dict[tuple[str, str, str], list[VetEvidence]] = defaultdict(list)
    for row in linked(lake, vetted.run_id, shown).sort_by("place").to_pylist():
        key = (row["account_id"], row["finding"], row["about"])
        names = VetEvidence.__dataclass_fields__
        evidence[key].append(VetEvidence(**{name: row[name] for name in names}))
    told = vetted.findings.filter(pc.is_in(vetted.findings["subject_id"], wanted))
    found: dict[tuple[str, str], list[VetReason]] = defaultdict(list)
    for row in told.to_pylist():
        key = (row["subject_id"], row["finding"], row["about"])
        reason = replace(_reason(row), evidence=tuple(evidence.get(key, ())))
        found[row["subject_id"], row["score"]].append(reason)
    return found


def _in_full(
    line: VetAccount, reasons: Mapping[tuple[str, str], list[VetReason]]
) -> VetAccount:
    scores = tuple(
        replace(
            score,
            reasons=tuple(sorted(reasons[line.account_id, score.score], key=_in_order)),
        )
        for score in line.scores
    )
    return replace(line, scores=scores)


def _reason(row: Mapping[str, Any]) -> VetReason:
    names = VetReason.__dataclass_fields__.keys() - {"evidence"}
    return VetReason(**{name: row[name] for name in names})


def _gravest_first(reason: VetReason) -> tuple[float, str, str]:
    return (-abs(reason.contribution), reason.finding, reason.about)


def _in_order(reason: VetReason) -> tuple[int, float, str, str]:
    """Where it starts, raised, held, clear, not assessed; the gravest first within each."""
    places = {"raised": 1, "clear": 3, "not_assessed": 4}
    own = 0 if reason.finding == "base" else 2
    place = own if reason.finding in NO_CHECK else places.get(reason.status, 1)
    return (place, *_gravest_first(reason))
