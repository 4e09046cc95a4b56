"""What Ramadan and other days do to posts, on made-up posts with a known effect."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
import pytest

from mawj.plan.asking.occasions import occasions, occasions_between
from mawj.plan.forecasting.forecast_settings import ForecastSettings
from mawj.plan.forecasting.occasion_effects import (
    EPOCH_ORDINAL,
    KEPT,
    NOT_KEPT,
    PERHAPS,
    days_of_occasions,
    kept_by,
)
from tests.plan.forecast_world import AS_OF, account, accounts_of, post, posts_of, told

TWICE = float(np.log(2.0))
IN_RAMADAN, AFTER = date(2027, 2, 15), date(2027, 3, 25)
"""Ramadan 1448 is from 8 February to 9 March 2027; both days are more than a month ahead."""
ASKED = {"as_of": datetime(2027, 1, 20, tzinfo=UTC), "rates": ()}


@cache
def is_on(key: str, day: date) -> bool:
    return any(
        one.occasion.key == key and one.starts_on <= day <= one.ends_on
        for one in occasions_between(day, day)
    )


def peers(
    n: int = 60, *, key: str = "ramadan", country: str | None = None, effect: float = TWICE
) -> list[dict[str, Any]]:
    """Accounts that post each five days for two years, twice as well on the days of `key`."""
    random = np.random.default_rng(3)
    rows = []
    for place in range(n):
        level = np.log(5_000.0) + 0.6 * random.standard_normal()
        for step in range(140):
            ago = 5.0 * step + float(random.uniform(0, 4)) - 90.0
            day = (AS_OF - timedelta(days=ago)).date()
            value = level + 0.3 * random.standard_normal() + effect * is_on(key, day)
            name = f"peer{place:03d}{country or ''}"
            rows.append(post(name, ago, float(np.exp(value)), country=country))
    return rows


def with_country(rows: list[dict[str, Any]]) -> Any:
    table = posts_of(*rows)
    return table.append_column("country", [[row.get("country") for row in rows]])


@pytest.fixture(scope="module")
def ramadan() -> list[dict[str, Any]]:
    return peers()


def part(lines: list[dict[str, Any]], name: str = "occasion") -> list[dict[str, Any]]:
    return [x for x in lines if x["line"] == name and x["measure"] == "views"]


def test_what_ramadan_did_twice_is_expected_again_and_shrunk(ramadan) -> None:
    rows, lines = told(
        accounts_of(account("peer000")), posts_of(*ramadan), on=[IN_RAMADAN, AFTER], **ASKED
    )
    (line,) = [x for x in part(lines) if x["on"] == IN_RAMADAN]
    assert line["source"] == "ramadan"
    assert not [x for x in part(lines) if x["on"] == AFTER and "ramadan" in x["source"]]
    assert line["n"] > 500
    # A part goes to the weeks before Nowruz, which Ramadan has lain in: no country is known.
    assert 0.4 * TWICE < line["contribution"] < 0.9 * TWICE
    inside, outside = (x["forecast"] for x in rows if x["measure"] == "views")
    assert inside > 1.25 * outside


def test_ramadan_does_not_raise_the_level_of_other_days(ramadan) -> None:
    """What is known ends in Ramadan: without its part the level would be taken for a rise."""
    kept = [x for x in ramadan if x["published_at"].date() <= date(2026, 3, 10)]
    how = ASKED | {"as_of": datetime(2026, 3, 20, tzinfo=UTC), "on": [date(2026, 4, 20)]}
    (views,), _ = (
        [x for x in rows if x["measure"] == "views"]
        for rows in told(accounts_of(account("peer000")), posts_of(*kept), **how)
    )
    (before,), _ = (
        [x for x in rows if x["measure"] == "views"]
        for rows in told(
            accounts_of(account("peer000")), posts_of(*kept), **how,
            settings=ForecastSettings(occasion_log=1e-9),
        )
    )  # fmt: skip
    assert abs(views["forecast"] - 15_000) < abs(before["forecast"] - 15_000)


def test_nothing_is_made_of_days_like_all_others() -> None:
    _, lines = told(
        accounts_of(account("peer000")), posts_of(*peers(effect=0.0)), on=[IN_RAMADAN], **ASKED
    )
    for line in part(lines):
        assert abs(line["contribution"]) < 0.05


def test_an_occasion_counts_where_it_is_kept() -> None:
    """Nowruz is no day of a Saudi account; one without a country may be anybody's."""
    rows = [
        *peers(40, key="nowruz", country="IR"),
        *peers(40, key="nowruz", country="SA", effect=0.0),
        *peers(40, key="nowruz", effect=TWICE / 2),
    ]
    accounts = accounts_of(account("peer000IR"), account("peer000SA"), account("peer000"))
    _, lines = told(accounts, with_country(rows), on=[date(2027, 3, 29)], **ASKED)
    found = {x["account_id"]: x["contribution"] for x in part(lines)}
    assert set(found) == {"youtube:peer000IR", "youtube:peer000"}
    assert found["youtube:peer000IR"] > 1.5 * found["youtube:peer000"] > 0


def test_who_keeps_what() -> None:
    keys = list(occasions())
    kept = kept_by(["SA", "IR", None])
    assert kept[:, keys.index("founding_day_sa")].tolist() == [KEPT, NOT_KEPT, PERHAPS]
    assert kept[:, keys.index("ramadan")].tolist() == [KEPT, KEPT, PERHAPS]


def test_each_time_is_told_apart() -> None:
    first, last = (
        float(day.toordinal() - EPOCH_ORDINAL) for day in (date(2025, 1, 1), date(2026, 12, 31))
    )
    days = days_of_occasions(np.array([first, last]))
    ramadan = days.taken[:, list(occasions()).index("ramadan")]
    assert np.unique(ramadan).tolist() == [0, 1, 2]
    assert np.count_nonzero(ramadan == 1) in (29, 30)
