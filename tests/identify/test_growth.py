"""Growth of followers: slope, interval, largest step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import theilslopes

from mawj.identify.growth import GrowthLimits, growth
from mawj.identify.window import Window

AS_OF = datetime(2024, 12, 31, tzinfo=UTC)
HEAD = "account_id | taken_at | followers\n"


def grown(table_of, points, limits=None, **window):
    lines = [
        f"a | {AS_OF - timedelta(days=ago):%Y-%m-%d} | {'' if f is None else f}"
        for ago, f in points
    ]
    return growth(
        table_of("account_snapshots", HEAD + "\n".join(lines)),
        window=Window(**window),
        limits=limits or GrowthLimits(),
        as_of=AS_OF,
    )


SHARES = ("growth_30d_share", "growth_30d_share_low", "growth_30d_share_high")


def test_steady_growth_is_told_as_growth_over_thirty_days(table_of, rows_of):
    found = grown(table_of, [(90, 1000), (60, 1100), (30, 1210), (0, 1331)])
    assert rows_of(
        "growth", found, "growth_30d_share", "n_snapshots", "from_date", "to_date"
    ) == ["0.1 | 4 | 2024-10-02 | 2024-12-31"]


def test_one_jump_moves_the_slope_little_and_shows_as_the_largest_step(table_of, rows_of):
    steady = [(84 - 7 * n, 1000 + n) for n in range(12)]
    jumped = [(ago, f * (2 if ago < 14 else 1)) for ago, f in steady]
    rows = rows_of("growth", grown(table_of, jumped), "growth_30d_share", "largest_step_share")
    assert rows == ["0.004276 | 1.002"]


def test_the_first_and_last_counts_are_those_of_the_window(table_of, rows_of):
    found = grown(table_of, [(400, 5), (60, 100), (30, None), (0, 300)])
    assert rows_of("growth", found, "followers_first", "followers_last") == ["100 | 300"]
    longer = grown(table_of, [(400, 5), (60, 100), (0, 300)], days=500)
    assert rows_of("growth", longer, "followers_first") == ["5"]


def test_an_account_with_one_snapshot_or_none_a_week_apart_has_no_row(table_of, rows_of):
    assert rows_of("growth", grown(table_of, [(0, 100)]), "account_id") == []
    assert rows_of("growth", grown(table_of, [(4, 100), (0, 200)]), "account_id") == []


def test_a_shorter_step_uses_nearer_snapshots(table_of, rows_of):
    found = grown(table_of, [(4, 100), (0, 200)], GrowthLimits(step_days=2))
    assert rows_of("growth", found, "n_snapshots") == ["2"]


def test_snapshots_without_followers_have_no_rate(table_of, rows_of):
    assert rows_of("growth", grown(table_of, [(60, 0), (30, 10), (0, 20)]), "n_snapshots") == [
        "2"
    ]


def test_too_few_snapshots_give_no_interval_unless_the_settings_say_so(table_of, rows_of):
    points = [(90, 1000), (60, 1300), (30, 1200), (0, 1331)]
    assert rows_of("growth", grown(table_of, points), *SHARES[1:]) == ["- | -"]
    told = grown(table_of, points, GrowthLimits(least_snapshots=4))
    assert rows_of("growth", told, *SHARES[1:]) == ["-0.07692 | 0.3"]


@settings(max_examples=5, deadline=None)
@given(st.lists(st.integers(1_000, 9_999), min_size=5, max_size=25))
def test_slope_and_interval_are_scipys(table_of, con, followers):
    points = [(7 * n, f) for n, f in enumerate(followers)]
    row = con.to_pyarrow(grown(table_of, points)).to_pylist()[0]
    ours = np.log1p([row[name] for name in SHARES])
    months = [-ago / 30 for ago, _f in points]
    slope, _mean, low, high = theilslopes(np.log(followers), months, alpha=0.9)
    assert np.isclose(ours[0], slope, atol=1e-6)
    # Ties make scipy's variance a little smaller; ranks are rounded outwards here.
    assert ours[1] <= low + 1e-6
    assert ours[2] >= high - 1e-6
