"""An audience elsewhere than it is said to be."""

from __future__ import annotations

from typing import Any

import pytest

from mawj.vet.checks.audience_place import AudiencePlace, audience_place


def found(arrow_of: Any, here: int, away: int, claim: str = "0.8", **limits: Any) -> Any:
    text = (
        "account_id | slice | dimension | value | n | claimed_share\n"
        f"x:star | followers | country | SA | {here} | {claim}\n"
        f"x:star | followers | country | IN | {away} | "
    )
    made = audience_place(
        arrow_of("audience_makeup", text), audience_place=AudiencePlace(**limits)
    )
    return made.to_pylist()


def test_what_is_given_and_seen_alike_is_clear(arrow_of: Any) -> None:
    (row,) = found(arrow_of, 300, 100)
    assert (row["observed"], row["expected"], row["contribution"]) == (0.75, 0.8, 0.0)
    assert row["compared_with"] == "SA"


def test_a_wide_gap_is_raised_and_more_than_given_is_not(arrow_of: Any) -> None:
    assert found(arrow_of, 40, 360)[0]["contribution"] == -6.0
    assert found(arrow_of, 400, 0)[0]["contribution"] == 0.0


def test_without_a_claim_or_a_sample_nothing_is_said(arrow_of: Any) -> None:
    assert found(arrow_of, 40, 360, claim="") == []
    assert found(arrow_of, 4, 20) == []


@pytest.mark.parametrize(
    ("name", "value"), [("apart", 0.4), ("full", 0.9), ("most", 3.0), ("least", 500)]
)
def test_every_setting_changes_something(arrow_of: Any, name: str, value: float) -> None:
    assert found(arrow_of, 120, 280) != found(arrow_of, 120, 280, **{name: value})
