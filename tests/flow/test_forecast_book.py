"""Forecasts frozen, results brought in, and what that teaches."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from mawj.flow.forecast_book import (
    keep_forecasts,
    kept_books,
    kept_rows,
    own_rates,
    record_of,
    scores,
)
from mawj.flow.forecasting import ForecastWanted, forecasts_for
from mawj.flow.settings import settings_in_force
from mawj.lake.lake import Lake
from mawj.tables.declared import TABLES
from mawj.tables.errors import NotEnoughData, NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from mawj.flow.opened import OpenLake

SETTINGS = settings_in_force()
NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)


def creator(lake: Lake) -> str:
    """An account with many posts with views."""
    reach = lake.read("reach").to_pyarrow().to_pylist()
    most = sorted(
        (r for r in reach if r["account_id"].startswith("tiktok")),
        key=lambda r: (-r["n_posts"], r["account_id"]),
    )
    return str(most[0]["account_id"])


def forecast(lake: Lake, on: date, **more: Any) -> Any:
    wanted = ForecastWanted([on], ["tiktok:video"], **more)
    return forecasts_for(lake, [creator(lake)], wanted, SETTINGS)


def result(account: str, on: date, **counts: float) -> pa.Table:
    row = {
        "result_id": f"{account}{on}", "account_id": account, "deliverable": "tiktok:video",
        "published_on": on, "source": "file:test", "fetched_at": NOW, "basis": "first_party",
        "load_id": "test", **counts,
    }  # fmt: skip
    return pa.Table.from_pylist([row], TABLES["campaign_results"].schema)


def test_forecasts_of_the_world_add_up_and_rest_on_own_posts(opened: OpenLake) -> None:
    made = forecast(opened.lake, NOW.date())
    views = next(r for r in made.rows.to_pylist() if r["measure"] == "views")
    assert views["n_own"] > 5
    assert views["forecast_low"] < views["forecast"] < views["forecast_high"]
    parts = [r["factor"] for r in made.lines.to_pylist() if r["measure"] == "views"]
    product = 1.0
    for factor in parts:
        product *= factor
    assert product == pytest.approx(views["forecast"])


def test_an_unknown_account_is_refused(opened: OpenLake) -> None:
    with pytest.raises(NotEnoughData, match="tiktok:nobody"):
        forecasts_for(opened.lake, ["tiktok:nobody"], ForecastWanted([NOW.date()]), SETTINGS)


def test_a_book_is_frozen_scored_and_teaches_the_next_forecast(own_lake: Path) -> None:
    lake = Lake.open(own_lake)
    on = (NOW + timedelta(days=14)).date()
    made = forecast(lake, on)
    book_id = keep_forecasts(lake, made, SETTINGS, made_at=NOW)
    (note,) = kept_books(lake)
    assert (note["book_id"], note["run_id"]) == (book_id, made.run_id)
    assert '"posts"' in note["versions"]
    kept = kept_rows(lake, book_id)
    assert [row["forecast"] for row in kept] == made.rows["forecast"].to_pylist()
    assert scores(lake).num_rows == 0

    views = next(row for row in kept if row["measure"] == "views")
    came = views["forecast"] / 100
    lake.upsert("campaign_results", result(creator(lake), on + timedelta(days=3), views=came))
    (score,) = scores(lake).to_pylist()
    assert (score["measure"], score["is_inside"]) == ("views", False)
    assert score["out"] > 1
    record = record_of(scores(lake))[("tiktok", "views")]
    assert (record.n, record.inside) == (1, 0.0)

    after = forecast(lake, on).rows.to_pylist()
    learned = next(row for row in after if row["measure"] == "views")
    assert learned["forecast"] < views["forecast"]
    span = [row["forecast_high"] / row["forecast_low"] for row in (views, learned)]
    assert span[1] > span[0]
    # What was kept stays as it was given.
    assert kept_rows(lake, book_id) == kept


def test_what_a_record_taught_is_taken_out_before_it_teaches_again(own_lake: Path) -> None:
    """The same outcome speaks of the same forecast, whatever an earlier record did to it."""
    lake = Lake.open(own_lake)
    on = (NOW + timedelta(days=14)).date()
    made = forecast(lake, on)
    book_id = keep_forecasts(lake, made, SETTINGS, made_at=NOW)
    views = next(row for row in made.rows.to_pylist() if row["measure"] == "views")
    lake.upsert("campaign_results", result(creator(lake), on, views=views["forecast"] / 100))
    record = record_of(scores(lake))[("tiktok", "views")]
    again = keep_forecasts(lake, forecast(lake, on), SETTINGS, made_at=NOW + timedelta(hours=1))
    told = {row["book_id"]: row for row in scores(lake).to_pylist()}
    assert told[book_id]["taught"] == 0.0
    assert told[again]["taught"] < 0.0
    assert told[again]["taught_width"] > 1.0
    assert told[again]["error"] > told[book_id]["error"]
    one = record_of(scores(lake))[("tiktok", "views")]
    assert one.n == 1
    assert (one.bias, one.width) == pytest.approx((record.bias, record.width), rel=1e-6)


def test_a_forecast_made_after_the_fact_is_not_scored(own_lake: Path) -> None:
    lake = Lake.open(own_lake)
    made = forecast(lake, NOW.date())
    keep_forecasts(lake, made, SETTINGS, made_at=NOW)
    early = (NOW - timedelta(days=2)).date()
    lake.upsert("campaign_results", result(creator(lake), early, views=10.0))
    far = (NOW + timedelta(days=60)).date()
    lake.upsert("campaign_results", result(creator(lake), far, views=10.0))
    assert scores(lake).num_rows == 0


def test_own_results_move_the_published_rates(own_lake: Path) -> None:
    lake = Lake.open(own_lake)
    published = own_rates(lake)
    for k in range(6):
        on = NOW.date() + timedelta(days=k)
        lake.upsert(
            "campaign_results", result(creator(lake), on, clicks=100.0, conversions=30.0)
        )
    moved = own_rates(lake)
    orders = [
        (a, b)
        for a, b in zip(published, moved, strict=True)
        if a.measure == "conversions" and not a.platform
    ]
    assert orders
    assert all(b.rate > 3 * a.rate and b.n == 6 for a, b in orders)


def test_a_book_that_is_not_kept_is_named(opened: OpenLake) -> None:
    with pytest.raises(NotFound, match="nothing-here"):
        kept_rows(opened.lake, "nothing-here")
