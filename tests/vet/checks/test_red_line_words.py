"""Words of the brand's own lists."""

from __future__ import annotations

from typing import Any

import pytest

from mawj.vet.checks.red_line_words import red_line_words
from mawj.vet.safety.conflicts import ConflictWeights
from tests.vet.checks.red_lines import NOW, post, read, rows


def term(list_name: str, phrase: str, severity: float = 1.0) -> dict[str, Any]:
    return {"brand_id": "b", "list": list_name, "phrase": phrase, "severity": severity}


def made(posts: list[dict[str, Any]], *terms: dict[str, Any]) -> list[dict[str, Any]]:
    found = red_line_words(
        rows("sensitive_posts", *posts), read(), rows("brand_terms", *terms),
        conflict_weights=ConflictWeights(), as_of=NOW,
    )  # fmt: skip
    return list(found.to_pylist())


def test_a_brand_without_lists_is_not_assessed() -> None:
    assert made([post("hate")]) == []


def test_each_list_has_a_finding_of_its_own() -> None:
    told = made([post("own:recall")], term("recall", "x"), term("rumour", "y"))
    assert {row["about"]: row["observed"] for row in told} == {"recall": 1.0, "rumour": 0.0}


def test_the_gravest_phrase_of_a_list_holds() -> None:
    grave = made([post("own:recall")], term("recall", "x", 0.1), term("recall", "y", 1.0))
    plain = made([post("own:recall")], term("recall", "y", 1.0))
    assert grave[0]["contribution"] == pytest.approx(plain[0]["contribution"])
