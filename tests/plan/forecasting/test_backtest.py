"""Forecasting the past again."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import numpy as np

from mawj.plan.forecasting.backtest import BacktestSettings, backtest
from mawj.plan.forecasting.forecast_settings import ForecastSettings
from mawj.tables.declared import TABLES
from tests.plan.forecast_world import AS_OF, crowd, post, posts_of

TIERS = {f"youtube:peer{k:03d}": "small" if k % 2 else "large" for k in range(60)}


def told(
    rows: list[dict[str, Any]], settings: BacktestSettings | None = None
) -> list[dict[str, Any]]:
    made = backtest(
        posts_of(*rows), TIERS, AS_OF, backtest_settings=settings or BacktestSettings(),
        forecast_settings=ForecastSettings(),
    )  # fmt: skip
    assert made.schema.equals(TABLES["backtest"].schema)
    return made.to_pylist()


def test_known_noise_is_forecast_better_than_by_the_last_value() -> None:
    rows = {
        row["way"]: row
        for row in told(crowd(60, 20))
        if not row["tier"] and row["measure"] == "views"
    }
    assert rows["mawj"]["median_error"] < rows["last"]["median_error"]
    assert rows["mawj"]["median_error"] < 1.05 * rows["median"]["median_error"]
    n = rows["mawj"]["n"]
    assert abs(rows["mawj"]["coverage"] - 0.8) < 4 * np.sqrt(0.16 / n)
    assert rows["last"]["coverage"] is None


def test_tiers_are_told_apart_and_ways_are_scored_on_the_same_posts() -> None:
    rows = [row for row in told(crowd(60, 20)) if row["measure"] == "views"]
    assert {row["tier"] for row in rows} == {"", "small", "large"}
    for tier in ("", "small", "large"):
        assert len({row["n"] for row in rows if row["tier"] == tier}) == 1


def test_posts_too_young_to_have_settled_are_no_outcome() -> None:
    fresh = [post("peer001", 1.0, 1.0) for _ in range(30)]
    assert told(crowd(60, 20)) == told([*crowd(60, 20), *fresh])


def test_nothing_is_said_of_too_few_posts() -> None:
    assert told(crowd(2, 4)) == []


def test_every_setting_changes_the_answer() -> None:
    changes = {
        "origins": 1, "apart_days": 5.0, "ahead_days": 10.0, "most_posts": 25,
        "least_posts": 400, "level": 0.5,
    }  # fmt: skip
    assert set(changes) == {one.name for one in fields(BacktestSettings)}
    world = crowd(60, 20)
    plain = told(world)
    for name, value in changes.items():
        assert told(world, replace(BacktestSettings(), **{name: value})) != plain, name


def test_no_later_post_reaches_an_earlier_forecast() -> None:
    world = crowd(60, 20)
    settings = BacktestSettings(origins=1, ahead_days=20.0)
    opens = AS_OF - timedelta(days=27)
    changed = [
        dict(r, views=r["views"] * 10) if r["published_at"] > opens else r for r in world
    ]
    plain, moved = (
        next(r for r in told(rows, settings) if r["way"] == "mawj" and not r["tier"])
        for rows in (world, changed)
    )
    # Tenfold outcomes against the same forecasts: errors near 90 %.
    assert plain["width"] == moved["width"]
    assert 0.8 < moved["median_error"] < 1.0
