from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from mawj.vet.checks.machine_rhythm import (
    CHECK,
    MachineRhythm,
    evidence,
    machine_rhythm,
    same_gap,
    same_minute,
    sleepless,
)
from tests.vet.posting import posts

LIMITS = MachineRhythm()
START = datetime(2024, 1, 1, tzinfo=UTC)


def human(n: int, seed: int = 1) -> list[datetime]:
    dice = random.Random(seed)
    days = sorted(dice.uniform(0, 200) // 1 for _ in range(n))
    return sorted(
        START + timedelta(days=day, hours=dice.triangular(8, 23, 20), seconds=dice.random())
        for day in days
    )


def every(minutes: float, n: int) -> list[datetime]:
    return [START + timedelta(minutes=11 + minutes * k) for k in range(n)]


def row(moments: list[datetime], limits: MachineRhythm = LIMITS) -> Any:
    rows = machine_rhythm(posts(["x"] * len(moments), moments), rhythm=limits).to_pylist()
    return rows[0] if rows else None


def test_people_are_clear_and_machines_are_not() -> None:
    assert [row(human(250, seed))["contribution"] for seed in range(8)] == [0.0] * 8
    assert row(every(60, 100))["contribution"] == -CHECK.weight
    assert row(every(97, 300))["contribution"] < 0


def test_more_posts_at_one_minute_never_raise_the_score() -> None:
    free, fixed = human(100), [at.replace(minute=0) for at in human(100)]
    made = [row(fixed[:n] + free[n:])["contribution"] for n in (0, 20, 60, 100)]
    assert made[:2] == [0.0, 0.0]
    assert made == sorted(made, reverse=True)
    assert made[-1] < made[2] < 0


def test_the_signs_are_counted() -> None:
    assert same_minute(every(60, 10)) == 10
    assert same_gap(every(97, 10)) == 9
    assert same_gap([START + timedelta(seconds=20 * k) for k in range(9)]) == 0
    assert sleepless(every(60, 48)) == 12
    assert sleepless(human(250)) == 0


def test_few_posts_and_bare_dates_are_not_judged() -> None:
    assert row(every(60, LIMITS.least_posts - 1)) is None
    assert row([START + timedelta(days=k) for k in range(100)]) is None


def test_every_setting_changes_something() -> None:
    hourly = [at + timedelta(minutes=k % 5) for k, at in enumerate(every(60, 240))]
    mixed = [at.replace(minute=0) if k % 5 < 3 else at for k, at in enumerate(human(100))]
    spread = [at + timedelta(minutes=k * k % 50) for k, at in enumerate(hourly)]
    cases = (
        ("minute_floor", 0.5, mixed), ("full", 0.9, mixed), ("points", 1.0, mixed),
        ("most_posts", 70, mixed), ("least_posts", 101, mixed), ("gap_floor", 0.9, hourly),
        ("sleep_floor", 0.2, spread),
        ("least_for_sleep", 241, spread),
    )  # fmt: skip
    for name, value, moments in cases:
        assert row(moments, replace(LIMITS, **{name: value})) != row(moments), name


def test_days_at_the_most_used_minute_are_shown() -> None:
    table = posts(["x"] * 60, every(60, 60))
    shown = evidence(table, rhythm=LIMITS).to_pylist()
    assert (shown[0]["evidence_id"], shown[0]["amount"]) == ("2024-01-01", 24.0)
