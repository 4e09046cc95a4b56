"""Scores of trust are the sum of their findings, whatever the checks give."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.vet.check_rows import Check, finding_rows
from mawj.vet.vet_scores import VetScale, base_findings, held_findings, vet_scores

SCALE = VetScale()
SUBJECTS = pa.table({"account_id": ["x:1"]})


def scored(points: dict[str, float | None], score: str = "credibility") -> dict[str, object]:
    """The score of one account whose checks, of weight 10 each, gave these points."""
    tables = [base_findings(SUBJECTS, SCALE, [score])]
    for finding, contribution in points.items():
        check = Check(score, finding, "posts", "posts", "rule-1", 10.0)
        rows = pa.table(
            {"account_id": ["x:1"], "contribution": pa.array([contribution], pa.float64())}
        )
        tables.append(finding_rows(rows, check, SUBJECTS))
    findings = pa.concat_tables(tables)
    findings = pa.concat_tables([findings, held_findings(findings)])
    row = vet_scores(findings, vet_scale=SCALE).to_pylist()[0]
    total = sum(one["contribution"] for one in findings.to_pylist())
    assert row["value"] == pytest.approx(total, abs=1e-9)
    return row


@given(
    st.lists(st.one_of(st.none(), st.floats(-200, 200)), max_size=6),
    st.sampled_from(["credibility", "risk"]),
)
def test_a_score_is_the_sum_of_its_findings_and_stays_on_the_scale(
    points: list[float | None], score: str
) -> None:
    row = scored({f"check_{place}": value for place, value in enumerate(points)}, score)
    assert 0 <= row["value"] <= 100  # type: ignore[operator]


def test_coverage_is_the_weight_of_the_checks_that_could_be_made() -> None:
    row = scored({"one": -4.0, "two": 0.0, "three": None, "four": None})
    assert row["coverage"] == pytest.approx(0.5)
    assert row["is_scored"] is True
    assert (row["n_raised"], row["n_clear"], row["n_not_assessed"]) == (1, 1, 2)


def test_below_half_there_is_no_verdict() -> None:
    row = scored({"one": -4.0, "two": None, "three": None})
    assert row["is_scored"] is False


def test_trust_starts_full_and_risk_empty() -> None:
    assert scored({"one": 0.0})["value"] == 100
    assert scored({"one": 0.0}, "risk")["value"] == 0


def test_a_sum_beyond_the_scale_is_held_there_by_a_row() -> None:
    assert scored({"one": -70.0, "two": -60.0})["value"] == 0
    assert scored({"one": 70.0, "two": 60.0}, "risk")["value"] == 100
