"""How the few columns that a check gives become rows of the declared shape of findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute

from mawj.tables.declared import TABLES
from mawj.tables.errors import TableError

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute

GIVEN = ("account_id", "contribution")
"""What every check gives; `contribution` is NULL where it could not be made."""

MAY_GIVE = (
    "status", "observed", "expected", "observed_low", "observed_high", "sample_size",
    "from_date", "to_date", "compared_with", "about", "missing", "basis",
)  # fmt: skip
"""What a check may give besides. `status` only where a reason gives no points."""


@dataclass(frozen=True)
class Check:
    """What is the same in every row of one check.

    Attributes:
        score: the score that its rows move: credibility, audience_quality, brand_safety, risk.
        finding: the check's name, which is that of its file and function.
        unit: unit of observed and expected.
        missing: observed tables to load where it cannot be made, with commas between.
        rule: which rule; a changed rule gets a new name.
        weight: the most points that it can take or give; how much it counts in coverage.
    """

    score: str
    finding: str
    unit: str
    missing: str
    rule: str
    weight: float


def finding_rows(rows: pa.Table, check: Check, subjects: pa.Table) -> pa.Table:
    """The rows of one check in the declared shape of `vet_findings`.

    Reads:
        rows: GIVEN and some of MAY_GIVE, in any order; one row an account, or one for each
            thing that `about` names.
        subjects: account_id of all accounts that are vetted.

    Returns:
        One row at least for every subject: one without a row of the check, or whose
        contribution is NULL, is not assessed and gets no points. A contribution of 0 is clear
        and any other is raised, unless `status` says which.

    Raises:
        TableError: for a column that no check may give, or one of GIVEN that is not there.
    """
    _check_names(rows, check)
    rows = _with_silent(rows, subjects)
    known = pc.is_valid(rows["contribution"])
    n = rows.num_rows

    def given(name: str) -> Any:
        kind = TABLES["vet_findings"].schema.field(name).type
        return rows[name].cast(kind) if name in rows.column_names else pa.nulls(n, kind)

    def where_known(name: str) -> Any:
        values = given(name)
        return pc.if_else(known, values, pa.scalar(None, values.type))

    def text(name: str, otherwise: Any) -> Any:
        return pc.fill_null(given(name), otherwise)

    points = pc.fill_null(rows["contribution"].cast(pa.float64()), 0.0)
    plain = pc.if_else(pc.equal(points, 0.0), "clear", "raised")
    told = pc.coalesce(given("status"), plain)
    missing = pc.if_else(known, "", text("missing", check.missing))
    columns = {
        "subject_kind": pa.array(["account"] * n),
        "subject_id": rows["account_id"],
        "topic_id": pa.array([""] * n),
        "score": pa.array([check.score] * n),
        "finding": pa.array([check.finding] * n),
        "about": text("about", ""),
        "status": pc.if_else(known, told, "not_assessed"),
        "unit": pa.array([check.unit] * n),
        "contribution": points,
        "points_each": pa.nulls(n, pa.float64()),
        "weight": pa.array([check.weight] * n, pa.float64()),
        "basis": pc.if_else(known, text("basis", "events"), "missing"),
        "compared_with": text("compared_with", ""),
        "missing": missing,
        "rule_version": pa.array([check.rule] * n),
    }
    schema = TABLES["vet_findings"].schema
    made = [columns[name] if name in columns else where_known(name) for name in schema.names]
    return pa.table(made, schema=schema)


def _check_names(rows: pa.Table, check: Check) -> None:
    lacking = [name for name in GIVEN if name not in rows.column_names]
    strange = [name for name in rows.column_names if name not in (*GIVEN, *MAY_GIVE)]
    if lacking or strange:
        raise TableError(
            f"check {check.finding}: columns {lacking} are not given, {strange} are not known; "
            "see mawj.vet.check_rows"
        )


def _with_silent(rows: pa.Table, subjects: pa.Table) -> pa.Table:
    """`rows` of the subjects, and one without anything for each subject that has none."""
    ids = subjects["account_id"]
    mine = rows.filter(pc.is_in(rows["account_id"], ids.combine_chunks()))
    seen = mine["account_id"].combine_chunks()
    silent: Any = ids.filter(pc.invert(pc.is_in(ids, seen)))
    return pa.concat_tables(
        [mine, pa.table({"account_id": silent})], promote_options="permissive"
    )
