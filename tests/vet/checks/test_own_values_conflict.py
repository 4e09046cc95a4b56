"""Posts that go against what the brand says it stands for."""

from __future__ import annotations

from typing import Any

from mawj.vet.checks.own_values_conflict import own_values_conflict
from mawj.vet.safety.conflicts import ConflictWeights
from tests.vet.checks.red_lines import NOW, post, read, rows


def value(name: str, subject: str, severity: float = 1.0) -> dict[str, Any]:
    return {"brand_id": "b", "value": name, "known_as": name, "subject": subject,
            "severity": severity}  # fmt: skip


def made(posts: list[dict[str, Any]], *values: dict[str, Any]) -> list[dict[str, Any]]:
    found = own_values_conflict(
        rows("sensitive_posts", *posts), read(), rows("brand_values", *values),
        conflict_weights=ConflictWeights(), as_of=NOW,
    )  # fmt: skip
    return list(found.to_pylist())


def test_a_slur_goes_against_equality_and_not_against_health() -> None:
    told = made([post("hate")], value("equality", "hate"), value("health", "tobacco"))
    assert {row["about"]: row["contribution"] < 0 for row in told} == {
        "equality": True, "health": False,
    }  # fmt: skip


def test_a_post_on_two_subjects_counts_once_as_seen() -> None:
    both = [post("hate"), post("offence")]
    (row,) = made(both, value("equality", "hate"), value("equality", "offence", 0.5))
    assert row["observed"] == 1.0


def test_a_value_that_is_not_understood_is_not_assessed() -> None:
    strange = value("zorblax", "", 0.0) | {"known_as": None}
    assert made([post("hate")], strange) == []
