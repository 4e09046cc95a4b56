"""How one contribution becomes rows of the findings' shape, and how a tenfold is read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import ibis
from ibis import _

from mawj.tables.findings import FINDING_COLUMNS
from mawj.tables.portable import log10p

if TYPE_CHECKING:
    import ibis.expr.types as ir

LIST_PLATFORMS = ("x", "bluesky", "mastodon")
"""Platforms where anyone can put another account on a public list.

Source: the platforms' own documentation of lists (X, Bluesky) and of featured lists (Mastodon).
"""

COLUMN_NAMES = tuple(column.name for column in FINDING_COLUMNS)


class TenfoldScale(Protocol):
    """A scale that gives points for each tenfold over a reference."""

    @property
    def points(self) -> float:
        """Points for each tenfold."""

    @property
    def reference(self) -> float:
        """The amount that gives 0 points."""


@dataclass(frozen=True)
class Reason:
    """What is the same in every row of one contribution.

    Attributes:
        score: the score that the rows move.
        finding: the contribution's name.
        unit: unit of observed and expected.
        missing: observed tables to load where it cannot be assessed, with commas between.
        rule: which rule.
    """

    score: str
    finding: str
    unit: str
    missing: str
    rule: str


def real(value: float) -> Any:
    """`value` as a double; DuckDB would take a plain number for a decimal, which overflows."""
    return ibis.literal(repr(float(value))).cast("float64")


def tenfolds(observed: Any, reference: float) -> Any:
    """How many tenfolds `observed` stands over `reference`; 1 is added, so that 0 counts."""
    return log10p(observed) - math.log10(1.0 + reference)


def tenfold_points(observed: Any, scale: TenfoldScale) -> Any:
    """The points of `observed` on `scale`; NULL where it is not known."""
    return scale.points * tenfolds(observed, scale.reference)


def as_findings(rows: ir.Table, reason: Reason) -> ir.Table:
    """`rows` of one contribution in the declared shape of findings.

    Reads:
        rows: account_id, topic_id, observed, expected, contribution, points_each, weight and
            basis; where known also sample_size, from_date, to_date and compared_with. A NULL
            contribution means that it could not be assessed.
    """
    known = rows.contribution.notnull()

    def where_known(name: str, kind: str) -> Any:
        absent = ibis.null(kind)
        return known.ifelse(rows[name].cast(kind), absent) if name in rows.columns else absent

    compared_with = rows.compared_with if "compared_with" in rows.columns else ibis.literal("")
    # One selection and not several steps: every step costs time in making the query.
    columns = {
        "subject_kind": ibis.literal("account"),
        "subject_id": rows.account_id,
        "topic_id": rows.topic_id,
        "score": ibis.literal(reason.score),
        "finding": ibis.literal(reason.finding),
        "status": known.ifelse("counted", "not_assessed"),
        "observed": where_known("observed", "float64"),
        "expected": where_known("expected", "float64"),
        "unit": ibis.literal(reason.unit),
        "contribution": rows.contribution.cast("float64").fill_null(0.0),
        "points_each": where_known("points_each", "float64"),
        "weight": rows.weight.cast("float64"),
        "sample_size": where_known("sample_size", "float64"),
        "basis": known.ifelse(rows.basis, "missing"),
        "from_date": where_known("from_date", "date"),
        "to_date": where_known("to_date", "date"),
        "compared_with": compared_with,
        "missing": known.ifelse("", reason.missing),
        "rule_version": ibis.literal(reason.rule),
    }
    return rows.select(**{name: columns[name] for name in COLUMN_NAMES})


def base_rows(subjects: ir.Table, base: float, reason: Reason) -> ir.Table:
    """Where every score of the kind starts: one row a subject, so that rows alone add up."""
    rows = subjects.select(
        "account_id",
        "topic_id",
        observed=ibis.null("float64"),
        expected=ibis.null("float64"),
        contribution=real(base),
        points_each=ibis.null("float64"),
        weight=real(0.0),
        basis=ibis.literal("rule"),
    )
    return as_findings(rows, Reason(reason.score, "base", "points", "", reason.rule))


def held_rows(findings: ir.Table, reason: Reason) -> ir.Table:
    """The rows that bring a sum below 0 or above 100 back to the scale's end.

    A clamp is a reason like any other, so that the contributions add up to the score.
    """
    sums = findings.group_by("subject_id", "topic_id").agg(total=_.contribution.sum())
    held = []
    for name, out, end in (
        ("held_at_zero", sums.total < 0.0, 0.0),
        ("held_at_hundred", sums.total > 100.0, 100.0),
    ):
        rows = sums.filter(out).select(
            "topic_id",
            account_id=_.subject_id,
            observed=_.total,
            expected=real(end),
            contribution=end - _.total,
            points_each=real(1.0),
            weight=real(0.0),
            basis=ibis.literal("rule"),
        )
        named = Reason(reason.score, name, "points", "", reason.rule)
        held.append(as_findings(rows, named))
    return held[0].union(held[1])
