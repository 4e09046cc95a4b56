"""What a brand says of itself, held against the facts that it entered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.vet.safety.claims import CLAIM_KINDS, Condition
from mawj.vet.safety.conflicts import utc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    Row = Mapping[str, Any]


def brand_contradictions(
    brand_claims: pa.Table, brand_facts: pa.Table, *, as_of: datetime
) -> pa.Table:
    """Claims of the brand held against its facts: one row per claim and condition.

    Reads:
        brand_claims, brand_facts: as the brand file gives them.

    Returns:
        status: contradicted, holds, or not_known where a fact is not entered (`missing` names
        it). It says what follows from what was entered, not whether that is true.
    """
    facts = {row["fact"]: row for row in brand_facts.to_pylist()}
    rows = [
        _held(claim, condition, facts, as_of)
        for claim in brand_claims.to_pylist()
        for condition in _conditions(claim)
    ]
    return pa.Table.from_pylist(rows, schema=TABLES["brand_contradictions"].schema)


def _conditions(claim: Row) -> Iterator[Condition]:
    said = claim["is_yes"] if claim["is_yes"] is not None else claim["amount"]
    if claim["about"] == "own":
        yield Condition(claim["fact"], claim["must"], value=said)
        return
    for place, condition in enumerate(CLAIM_KINDS[claim["about"]]):
        # A number that the claim names stands for the usual one of its first condition.
        if place == 0 and said is not None and condition.value is not None:
            yield replace(condition, value=said, by=0.0)
        else:
            yield condition


def _held(claim: Row, condition: Condition, facts: Mapping[str, Row], as_of: datetime) -> Row:
    fact, other = facts.get(condition.fact), facts.get(condition.other)
    observed = _value(fact, condition)
    expected = condition.value if condition.value is not None else _value(other, condition)
    if condition.must == "after":
        expected = utc(as_of)
    missing = [condition.fact] if observed is None else []
    if condition.other and expected is None:
        missing.append(condition.other)
    holds = None if missing else _holds(condition, observed, expected)
    status = {None: "not_known", True: "holds", False: "contradicted"}[holds]
    against = condition.other or _said(condition.value)
    return {
        **{name: claim[name] for name in ("brand_id", "claim_id", "says", "about")},
        "condition": f"{condition.fact} {condition.must} {against}".strip(),
        "status": status,
        "observed": _said(observed),
        "expected": _said(expected),
        "missing": ", ".join(missing),
    }


def _value(fact: Row | None, condition: Condition) -> Any:
    """The fact in the form that the condition asks for; None where it has another."""
    if fact is None:
        return None
    if condition.must == "after":
        return utc(fact["on"]) if fact["on"] is not None else None
    return fact["is_yes"] if isinstance(condition.value, bool) else fact["amount"]


def _holds(condition: Condition, observed: Any, expected: Any) -> bool:
    if condition.must == "is":
        return bool(observed == expected)
    if condition.must == "after":
        return bool(observed >= expected)
    slack = condition.by * abs(expected)
    if condition.must == "at_most":
        return bool(observed <= expected + slack)
    return bool(observed >= expected - slack)


def _said(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float | int) else f"{value:%Y-%m-%d}"
