"""How far posts cross red lines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.tables.declared import TABLES
from mawj.vet.safety.conflicts import ConflictWeights, Line, conflict_rows, crossings

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LINE = Line("", {"hate": 1.0})


def posts(*told: dict[str, Any]) -> pa.Table:
    plain = {
        "account_id": "x:1", "subject": "hate", "strength": 1.0, "is_about": False,
        "words": ["w"], "published_at": NOW, "quote": "w", "url": None,
    }  # fmt: skip
    rows = [{**plain, "post_id": f"x:p{n}", **one} for n, one in enumerate(told)]
    return pa.Table.from_pylist(rows, schema=TABLES["sensitive_posts"].schema)


def read(n: int = 50) -> pa.Table:
    row = {"account_id": "x:1", "n_read": n, "n_other": 0, "from_at": NOW, "to_at": NOW}
    return pa.Table.from_pylist([row], schema=TABLES["read_posts"].schema)


def points(
    table: pa.Table, *lines: Line, n: int = 50, weights: ConflictWeights | None = None
) -> Any:
    weights = weights or ConflictWeights()
    asked = list(lines) or [LINE]
    found = crossings(table, asked, NOW, weights)
    rows = conflict_rows(found, asked, read(n), weights, 30.0).to_pylist()
    return [row["contribution"] for row in rows]


def test_one_plain_post_of_today_takes_its_share_of_the_points() -> None:
    assert points(posts({})) == [pytest.approx(-12.0)]


def test_a_post_of_a_year_ago_counts_half() -> None:
    old = posts({"published_at": NOW - timedelta(days=365)})
    assert points(old) == [pytest.approx(-6.0)]


def test_talk_about_a_subject_takes_nothing() -> None:
    assert points(posts({"is_about": True})) == [0.0]


def test_a_weak_sign_takes_nothing() -> None:
    assert points(posts({"strength": 0.4})) == [0.0]


def test_what_lies_before_the_look_back_takes_nothing() -> None:
    old = posts({"published_at": NOW - timedelta(days=400)})
    assert points(old, Line("", {"hate": 1.0}, 365.0)) == [0.0]


def test_what_the_brand_allows_is_clear() -> None:
    assert points(posts({}), Line("", {"hate": 0.0})) == [0.0]


def test_nothing_found_in_too_few_posts_is_no_verdict() -> None:
    assert points(posts(), n=4) == [None]


def test_something_found_in_few_posts_is_told() -> None:
    assert points(posts({}), n=1) == [pytest.approx(-12.0)]


def test_several_lines_of_one_check_stay_within_its_points() -> None:
    many = [{"subject": s} for s in ("hate", "offence") for _ in range(30)]
    made = points(posts(*many), Line("a", {"hate": 1.0}), Line("b", {"offence": 1.0}))
    assert sum(made) == pytest.approx(-30.0)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(0.5, 1.0), st.integers(0, 2000)), max_size=12))
def test_one_more_post_never_raises_the_score(told: list[tuple[float, int]]) -> None:
    rows = [
        {"strength": strength, "published_at": NOW - timedelta(days=days)}
        for strength, days in told
    ]
    assert points(posts(*rows, {}))[0] <= points(posts(*rows))[0]


@pytest.mark.parametrize(
    "weights",
    [
        ConflictWeights(half_life_days=30.0),
        ConflictWeights(one_post=0.9),
        ConflictWeights(least_strength=0.9),
        ConflictWeights(least_posts=1000),
    ],
)
def test_every_setting_changes_a_result(weights: ConflictWeights) -> None:
    week = NOW - timedelta(days=90)
    shown = posts({"strength": 0.8, "published_at": week})
    usual, other = (
        (points(shown, weights=w), points(posts(), weights=w))
        for w in (ConflictWeights(), weights)
    )
    assert usual != other
