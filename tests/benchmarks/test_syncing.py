"""The simulated two weeks: quotas hold, and plans stay fresh where others would not."""

from __future__ import annotations

from benchmarks.syncing import oldest, ours, simulated


def test_where_quota_is_short_plans_stay_fresh() -> None:
    mine, queue = (simulated(way, 0.05, 10_000, 14, 1) for way in (ours, oldest))
    assert mine["fresh_plan"] > 0.99
    assert queue["fresh_plan"] < 0.5
    assert all(mine[f"used_{name}"] <= 1.0 for name in ("instagram", "youtube", "bluesky"))


def test_where_there_is_enough_all_stay_fresh_with_a_third_of_the_calls() -> None:
    mine, queue = (simulated(way, 0.5, 10_000, 14, 1) for way in (ours, oldest))
    for name in ("plan", "list", "watched", "other"):
        assert mine[f"fresh_{name}"] > 0.99
    assert mine["used_instagram"] < queue["used_instagram"] / 3
