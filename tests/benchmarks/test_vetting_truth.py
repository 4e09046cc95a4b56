"""Recall and false alarms are counted as they say, on findings written here."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from benchmarks.vetting_truth import SHOULD_RAISE, known_truth
from mawj.flow.vet_steps import part_of
from mawj.vet.checks import CHECKS
from mawj.worlds.cast import GROUPS

TRUTH = {
    "planted": pa.table({"planted": ["copier"] * 3, "account_id": ["a", "b", "gone"]}),
    "accounts": pa.table(
        {
            "account_id": ["a", "b", "gone", "c", "d"],
            "is_clean": [False, False, False, True, True],
            "language": ["ar", "fa", "ar", "en", "en"],
        }
    ),
}


def counted(*rows: tuple[str, str, str]) -> dict[str, dict[str, Any]]:
    names = ("subject_id", "finding", "status")
    findings = pa.table(dict(zip(names, zip(*rows, strict=True), strict=True)))
    return known_truth(findings, TRUTH, {"copier": ("copied_posts", "style_change")})


FOUND = (
    ("a", "copied_posts", "raised"), ("b", "copied_posts", "clear"),
    ("c", "copied_posts", "clear"), ("d", "copied_posts", "raised"),
)  # fmt: skip


def test_a_planted_account_is_found_by_any_of_its_checks_and_only_vetted_ones_count():
    group = counted(*FOUND)["groups"]["copier"]
    assert (group["n"], group["raised"], group["recall"]) == (2, 1, 0.5)
    assert group["by"] == {"copied_posts": 1, "style_change": 0}
    assert group["absent"] == ["style_change"]
    assert group["languages"] == {"ar": (1, 1), "fa": (0, 1)}


def test_false_alarms_are_those_of_clean_accounts_for_whom_the_check_could_be_made():
    checks = counted(*FOUND, ("c", "style_change", "not_assessed"))["checks"]
    assert set(checks) == {"copied_posts"}
    assert (checks["copied_posts"]["raised"], checks["copied_posts"]["n"]) == (1, 2)


@pytest.mark.parametrize("group", SHOULD_RAISE)
def test_every_group_is_planted_and_its_checks_are_made(group: str):
    assert group in GROUPS
    assert {*SHOULD_RAISE[group]} <= {part_of(check, "CHECK").finding for check in CHECKS}
