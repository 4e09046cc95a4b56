"""What a brand says of itself, held against what it entered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from mawj.tables.declared import TABLES
from mawj.vet.brand_contradictions import brand_contradictions

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def statuses(claim: dict[str, Any], *facts: dict[str, Any]) -> list[str]:
    told = {"brand_id": "b", "claim_id": "claim-1", "says": "we do", **claim}
    claims = pa.Table.from_pylist([told], schema=TABLES["brand_claims"].schema)
    entered = [{"brand_id": "b", **fact} for fact in facts]
    made = pa.Table.from_pylist(entered, schema=TABLES["brand_facts"].schema)
    return brand_contradictions(claims, made, as_of=NOW)["status"].to_pylist()  # type: ignore[return-value]


def amount(name: str, value: float) -> dict[str, Any]:
    return {"fact": name, "amount": value}


@pytest.mark.parametrize(
    ("women", "said"), [(100.0, "holds"), (99.0, "holds"), (92.0, "contradicted")]
)
def test_equal_pay_is_held_against_both_wages(women: float, said: str) -> None:
    facts = amount("women_pay", women), amount("men_pay", 100.0)
    assert statuses({"about": "equal_pay"}, *facts) == [said]


def test_a_fact_that_is_not_entered_is_asked_for_and_nothing_is_said() -> None:
    assert statuses({"about": "equal_pay"}, amount("women_pay", 1.0)) == ["not_known"]


def test_each_condition_of_a_claim_is_told_apart() -> None:
    facts = (
        {"fact": "tests_on_animals", "is_yes": False},
        {"fact": "suppliers_test_on_animals", "is_yes": True},
    )
    assert statuses({"about": "cruelty_free"}, *facts) == ["holds", "contradicted"]


def test_a_certificate_must_not_have_run_out() -> None:
    yes = {"fact": "halal_certified", "is_yes": True}
    old = {"fact": "halal_certificate_until", "on": datetime(2025, 5, 1, tzinfo=UTC)}
    assert statuses({"about": "halal"}, yes, old) == ["holds", "contradicted"]


def test_a_number_in_the_claim_stands_for_the_usual_one() -> None:
    share = amount("recycled_share", 0.6)
    assert statuses({"about": "recycled"}, share) == ["contradicted"]
    assert statuses({"about": "recycled", "must": "at_least", "amount": 0.5}, share) == [
        "holds"
    ]


def test_a_claim_of_its_own_says_what_must_hold() -> None:
    own = {"about": "own", "fact": "trees", "must": "at_most", "amount": 10.0}
    assert statuses(own, amount("trees", 11.0)) == ["contradicted"]


def test_a_fact_of_another_kind_is_not_known() -> None:
    own = {"about": "own", "fact": "vegan", "must": "is", "is_yes": True}
    assert statuses(own, amount("vegan", 1.0)) == ["not_known"]
