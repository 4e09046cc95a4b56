"""Scores of trust: the sum of their findings, how much of it could be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute

from mawj.tables.declared import TABLES
from mawj.vet.check_rows import Check

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute

RULE = "vetting-1"
NO_CHECK = ("base", "held_at_zero", "held_at_hundred")


@dataclass(frozen=True)
class VetScale:
    """Where each score starts, and what it takes to be read as a verdict.

    Attributes:
        trusted: points at which credibility, audience quality and brand safety start; each
            check takes from it. Nobody is suspected before something is found; our judgement.
        harmless: points at which risk starts; each check adds to it. Our judgement.
        least_coverage: coverage from which a score is a verdict and not a beginning of one;
            as for influence, 0.5, our judgement.
        slight: points away from the start up to which nothing grave was found; our judgement.
        marked: points away from the start up to which the signs call for a look, and beyond
            which they are serious; our judgement.
    """

    trusted: float = 100.0
    harmless: float = 0.0
    least_coverage: float = 0.5
    slight: float = 15.0
    marked: float = 35.0

    def base(self, score: str) -> float:
        """Where a score starts."""
        return self.harmless if score == "risk" else self.trusted


def base_findings(subjects: pa.Table, scale: VetScale, scores: Sequence[str]) -> pa.Table:
    """Where each score of each subject starts: one row a subject and score."""
    return pa.concat_tables(
        [
            _rule_rows(subjects["account_id"], (score, "base"), {"contribution": base})
            for score in scores
            for base in [scale.base(score)]
        ]
    )


def held_findings(findings: pa.Table) -> pa.Table:
    """The rows that bring a sum below 0 or above 100 back to the scale's end."""
    sums = findings.group_by(["subject_id", "score"]).aggregate([("contribution", "sum")])
    held = [TABLES["vet_findings"].schema.empty_table()]
    for name, end, out in (
        ("held_at_zero", 0.0, pc.less(sums["contribution_sum"], 0.0)),
        ("held_at_hundred", 100.0, pc.greater(sums["contribution_sum"], 100.0)),
    ):
        beyond = sums.filter(out)
        for score in pc.unique(beyond["score"]).to_pylist():
            rows = beyond.filter(pc.equal(beyond["score"], score))
            total = rows["contribution_sum"]
            told = {
                "observed": total,
                "expected": pa.array([end] * len(total)),
                "contribution": pc.subtract(end, total),
            }
            held.append(_rule_rows(rows["subject_id"], (score, name), told))
    return pa.concat_tables(held)


def vet_scores(vet_findings: pa.Table, *, vet_scale: VetScale) -> pa.Table:
    """The sum of the findings of each score: one row per account and score.

    Reads:
        vet_findings: all of it.

    Returns:
        value, the sum of the contributions; coverage, the weight of the checks that could be
        made over the weight of all; how many checks raised something, found nothing, or could
        not be made (a check that gives several rows counts once, by its gravest).
    """
    keys = ["subject_id", "score"]
    sums = vet_findings.group_by(keys).aggregate([("contribution", "sum")])
    checks = _checks(vet_findings).group_by(keys).aggregate(
        [(name, "sum") for name in ("weight", "made", "raised", "clear", "silent")]
    )  # fmt: skip
    joined = sums.join(checks, keys).sort_by([(key, "ascending") for key in keys])
    weight = pc.max_element_wise(pc.fill_null(joined["weight_sum"], 0.0), 1e-9)
    coverage = pc.divide(pc.fill_null(joined["made_sum"], 0.0), weight)
    coverage = pc.min_element_wise(coverage, 1.0)
    counts = {
        name: pc.fill_null(joined[f"{column}_sum"], 0).cast(pa.int64())
        for name, column in (
            ("n_raised", "raised"), ("n_clear", "clear"), ("n_not_assessed", "silent"),
        )
    }  # fmt: skip
    columns: Mapping[str, Any] = {
        "account_id": joined["subject_id"],
        "score": joined["score"],
        "value": _on_scale(joined["contribution_sum"]),
        "coverage": coverage,
        "is_scored": pc.greater_equal(coverage, vet_scale.least_coverage),
        **counts,
        "rule_version": pa.array([RULE] * joined.num_rows, pa.string()),
    }
    schema = TABLES["vet_scores"].schema
    return pa.table([columns[name] for name in schema.names], schema=schema)


def _checks(findings: pa.Table) -> pa.Table:
    """One row per subject, score and check: its weight, and its gravest status as 0 or 1."""
    checks = findings.filter(
        pc.invert(pc.is_in(findings["finding"], pa.array(NO_CHECK, pa.string())))
    )
    flags = checks.select(["subject_id", "score", "finding", "weight"])
    for status in ("raised", "clear"):
        flag = pc.equal(checks["status"], status).cast(pa.int64())
        flags = flags.append_column(f"is_{status}", flag)
    one = flags.group_by(["subject_id", "score", "finding"]).aggregate(
        [("weight", "max"), ("is_raised", "max"), ("is_clear", "max")]
    )
    raised = one["is_raised_max"]
    clear = pc.multiply(pc.subtract(1, raised), one["is_clear_max"])
    made = pc.add(raised, clear)
    columns: Mapping[str, Any] = {
        "subject_id": one["subject_id"],
        "score": one["score"],
        "weight": one["weight_max"],
        "made": pc.multiply(one["weight_max"], made.cast(pa.float64())),
        "raised": raised,
        "clear": clear,
        "silent": pc.subtract(1, made),
    }
    return pa.table(columns)


def _on_scale(sums: Any) -> Any:
    """The sums without the last bits that adding in another order leaves beyond the ends."""
    return pc.max_element_wise(pc.min_element_wise(sums, 100.0), 0.0)


def _rule_rows(ids: Any, named: tuple[str, str], told: Mapping[str, Any]) -> pa.Table:
    """Rows that no check gives: where a score starts, and where it is held."""
    score, finding = named
    n, schema = len(ids), TABLES["vet_findings"].schema
    contribution = told["contribution"]
    if isinstance(contribution, float):
        contribution = pa.array([contribution] * n, pa.float64())
    fixed = Check(score, finding, "points", "", RULE, 0.0)
    columns = {
        "subject_kind": ["account"] * n, "subject_id": ids, "topic_id": [""] * n,
        "score": [fixed.score] * n, "finding": [fixed.finding] * n, "about": [""] * n,
        "status": ["counted"] * n, "unit": [fixed.unit] * n, "contribution": contribution,
        "observed": told.get("observed"), "expected": told.get("expected"),
        "weight": [0.0] * n, "basis": ["rule"] * n, "compared_with": [""] * n,
        "missing": [""] * n, "rule_version": [fixed.rule] * n,
    }  # fmt: skip
    made = [_column(columns.get(name), n, schema.field(name).type) for name in schema.names]
    return pa.table(made, schema=schema)


def _column(values: Any, n: int, kind: Any) -> Any:
    if values is None:
        return pa.nulls(n, kind)
    return pa.array(values, kind) if isinstance(values, list) else values
