from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import ibis

from mawj.vet.checks.style_change import CHECK, StyleChange, evidence, style_change
from tests.vet.posting import posts

if TYPE_CHECKING:
    from collections.abc import Callable

LIMITS = StyleChange()


def changes(size: float = 0.6, chance: float = 0.005, sudden: float = 0.9) -> str:
    told = {
        "account_id": "x:me", "n_posts": "60", "n_before": "30", "size": str(size),
        "first_post_id": "x:me:p0030", "last_post_id": "x:me:p0029", "from_at": "2024-01-01",
        "changed_at": "2024-03-01", "to_at": "2024-06-01", "p_chance": str(chance),
        "suddenness": str(sudden),
    }  # fmt: skip
    return " | ".join(told) + "\n" + " | ".join(told.values())


def points(table_of: Callable[..., Any], text: str, limits: StyleChange = LIMITS) -> float:
    made = style_change(table_of("style_changes", text), style=limits).to_pyarrow().to_pylist()
    return float(made[0]["contribution"])


def test_a_larger_change_never_raises_the_score(table_of: Callable[..., Any]) -> None:
    made = [points(table_of, changes(size)) for size in (0.0, 0.2, 0.4, 0.7, 2.0)]
    assert made[:2] == [0.0, 0.0]
    assert made == sorted(made, reverse=True)
    assert made[-1] == -CHECK.weight


def test_chance_and_drift_are_no_change_of_hand(table_of: Callable[..., Any]) -> None:
    assert points(table_of, changes(chance=0.05)) == 0.0
    assert points(table_of, changes(sudden=0.2)) == 0.0


def test_every_setting_changes_something(table_of: Callable[..., Any]) -> None:
    usual = points(table_of, changes())
    for name, value in {
        "floor": 0.5, "full": 0.9, "points": 1.0, "most_chance": 0.001, "least_sudden": 0.95,
        "least_days": 80.0,
    }.items():  # fmt: skip
        assert points(table_of, changes(), replace(LIMITS, **{name: value})) != usual, name


def test_the_posts_on_both_sides_are_shown(table_of: Callable[..., Any]) -> None:
    table = ibis.memtable(posts([f"post {n}" for n in range(40)]))
    shown = evidence(table_of("style_changes", changes()), table).to_pyarrow().to_pylist()
    assert sorted((r["evidence_id"], r["quote"]) for r in shown) == [
        ("x:me:p0029", "post 29"), ("x:me:p0030", "post 30"),
    ]  # fmt: skip
