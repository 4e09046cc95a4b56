"""The one shape of a reason: a row with what was observed, what was expected and its points."""

from __future__ import annotations

from mawj.tables.column import Column, Table

STATUSES = ("raised", "clear", "not_assessed")
NOT_ASSESSED = "the check could not be made"

FINDING_COLUMNS = (
    Column("subject_kind", "string", "account, placement, campaign…"),
    Column("subject_id", "string", "which one"),
    Column("topic_id", "string", "the topic scored; empty for the whole account"),
    Column("score", "string", "which score the row moves"),
    Column("finding", "string", "name of the contribution or check"),
    Column("status", "string", "counted or raised, clear, or not assessed", one_of=("counted", *STATUSES)),
    Column("observed", "float64", "what was seen", null_means=NOT_ASSESSED),
    Column("expected", "float64", "the reference it is held against", null_means=NOT_ASSESSED),
    Column("unit", "string", "unit of observed and expected"),
    Column("contribution", "float64", "points added to the score; 0 when not assessed", "points"),
    Column("points_each", "float64", "points for one step of the reading: a tenfold, a whole share", "points", NOT_ASSESSED),
    Column("weight", "float64", "the most that the row usually counts, for coverage", "points", least=0),
    Column("sample_size", "float64", "how much was looked at", null_means=NOT_ASSESSED),
    Column("basis", "string", "events loaded, counts given by the platform or a vendor, or missing",
           one_of=("events", "counted", "missing", "rule")),
    Column("from_date", "date", "first day looked at", null_means="no dates"),
    Column("to_date", "date", "last day looked at", null_means="no dates"),
    Column("compared_with", "string", "the comparison group in words"),
    Column("missing", "string", "what would have to be loaded to assess it; empty when assessed"),
    Column("rule_version", "string", "which rule"),
)  # fmt: skip


def findings_table(name: str, grain: str) -> Table:
    """A table of the findings' shape, one a score."""
    return Table(name, grain, ("subject_id", "topic_id", "score", "finding"), FINDING_COLUMNS)
