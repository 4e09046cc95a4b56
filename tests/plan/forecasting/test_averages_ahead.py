"""What averages given by a source will have changed to."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from mawj.plan.forecasting.averages_ahead import Ahead, AverageSettings, averages_ahead

SCHEMA = pa.schema(
    [
        ("account_id", pa.string()), ("platform", pa.string()),
        ("taken_at", pa.timestamp("us", tz="UTC")), ("followers", pa.float64()),
        ("average_views", pa.float64()), ("average_likes", pa.float64()),
        ("average_comments", pa.float64()), ("average_engagements", pa.float64()),
        ("authentic_engagements", pa.float64()),
    ]
)  # fmt: skip
MOMENTS = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 4, 7, 10)]
DAYS = [moment.timestamp() / 86_400 for moment in MOMENTS]


def row(name: str, moment: datetime, value: float | None, **more: Any) -> dict[str, Any]:
    return {
        "account_id": f"instagram:{name}", "platform": "instagram", "taken_at": moment,
        "followers": 1e6, "average_engagements": value, **more,
    }  # fmt: skip


def panel(
    n: int = 120, *, back: float = 0.5, drift: float = -0.2, seed: int = 1
) -> list[dict[str, Any]]:
    """Averages that fall a part of the way back to 10,000 and drift down every quarter."""
    random = np.random.default_rng(seed)
    rows = []
    for k in range(n):
        log = np.log(10_000) + random.normal()
        for moment in MOMENTS[:3]:
            views = float(np.exp(log) * 10)
            rows.append(
                row(f"a{k:03d}", moment, float(np.exp(log)), average_views=views,
                    average_comments=30.0 + k, followers=1e6 * (1 + k % 5),
                    authentic_engagements=float(np.exp(log - 0.3 * (k % 2))))
            )  # fmt: skip
            log += back * (np.log(10_000) - log) + drift + 0.1 * random.normal()
    return rows


def told(
    rows: list[dict[str, Any]], *, settings: AverageSettings | None = None, at: int = 2
) -> Ahead:
    snapshots = pa.Table.from_pylist(rows, SCHEMA)
    return averages_ahead(
        snapshots,
        "engagements",
        DAYS[at],
        DAYS[at + 1],
        average_settings=settings or AverageSettings(),
    )


def test_large_averages_fall_back_further_than_small_ones() -> None:
    made = told(panel())
    large = made.value > np.quantile(made.value, 0.8)
    small = made.value < np.quantile(made.value, 0.2)
    assert made.move[large].mean() < made.move[small].mean() - 0.05


def test_without_earlier_changes_the_average_stays_and_the_interval_is_wide() -> None:
    made = told([one for one in panel() if one["taken_at"] == MOMENTS[2]])
    assert (made.move == 0).all()
    assert (made.high >= AverageSettings().unknown).all()


def test_a_drift_seen_twice_is_expected_more_than_one_seen_once() -> None:
    late = [one for one in panel(back=0.0) if one["taken_at"] != MOMENTS[0]]
    once, twice = (float(np.median(told(rows).move)) for rows in (late, panel(back=0.0)))
    assert twice < once < 0


def test_others_known_to_have_moved_tell_of_an_account_left_out() -> None:
    rows = panel(back=0.0, drift=-0.6)
    out = {f"instagram:a{k:03d}" for k in range(10)}
    hidden = [r for r in rows if not (r["account_id"] in out and r["taken_at"] > MOMENTS[1])]
    made = told(hidden, at=1)
    moves = [m for a, m in zip(made.accounts, made.move, strict=True) if a in out]
    assert np.mean(moves) == pytest.approx(-0.6, abs=0.15)


def test_a_later_snapshot_of_the_account_itself_is_no_answer() -> None:
    rows = panel()
    odd = [
        row("odd", moment, value)
        for moment, value in zip(MOMENTS[:3], (9e3, 9e3, 9e8), strict=True)
    ]
    with_later, without = (told([*rows, *some], at=1) for some in (odd, odd[:2]))
    places = [one.accounts.index("instagram:odd") for one in (with_later, without)]
    assert with_later.move[places[0]] == pytest.approx(without.move[places[1]], abs=0.02)


def test_averages_that_are_not_known_or_none_are_left_out() -> None:
    assert told([row("a", MOMENTS[2], None), row("b", MOMENTS[2], 0.0)]).accounts == []


def test_likes_and_comments_make_engagements_where_none_are_given() -> None:
    made = told([row("a", MOMENTS[2], None, average_likes=900.0, average_comments=100.0)])
    assert np.exp(made.value) == pytest.approx([1000.0])


CHANGES = {
    "size": 0.0, "rate": 0.0, "other": 3.0, "change": 0.0, "growth": 3.0, "stretch": 9.0,
    "worth": 100.0, "span": 1.001, "drift": 1.0, "drift_spread": 2.0, "least": 1000,
    "unknown": 3.0,
}  # fmt: skip


def test_every_setting_changes_what_is_expected() -> None:
    assert set(CHANGES) == {one.name for one in fields(AverageSettings)}
    grown = [
        dict(r, followers=r["followers"] * (1 + 0.1 * n % 0.7)) for n, r in enumerate(panel())
    ]
    for name, value in CHANGES.items():
        rows = grown[2::3] if name == "unknown" else grown
        plain = told(rows)
        other = told(rows, settings=replace(AverageSettings(), **{name: value}))
        moved = np.array_equal(plain.move, other.move) and np.array_equal(
            plain.high, other.high
        )
        assert not moved, name
