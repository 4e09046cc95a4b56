"""A creator's own figures, typed in three languages and from files of platforms."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from mawj.sources.own_insights import Figures, figures_in, figures_typed, rows_of_figures
from mawj.sources.reading import open_file


@pytest.mark.parametrize("lines", [
    "Saudi Arabia 62%\nwomen 55%\n18-24 40%\nJeddah: 12 %",
    "السعودية ٦٢٪\nنساء ٥٥٪\n١٨-٢٤ ٤٠٪\nJeddah ٪١٢",
    "عربستان سعودی ۶۲٪\nزنان ۵۵٪\n۱۸-۲۴ ۴۰٪\nJeddah ۱۲٪",
])  # fmt: skip
def test_shares_are_read_in_three_languages(lines: str) -> None:
    found = figures_typed({"followers": "12.3K", "posts": ""}, lines)
    assert found.audience == [
        ("country", "SA", 0.62), ("gender", "female", 0.55), ("age", "18-24", 0.4),
        ("city", "Jeddah", 0.12),
    ]  # fmt: skip
    assert found.counts == {"followers": 12_300.0}
    assert found.faults == []


def test_what_cannot_be_read_is_told_and_the_rest_kept() -> None:
    found = figures_typed({"followers": "many"}, "UAE\nwomen 155%\nmen 45%")
    assert found.audience == [("gender", "male", 0.45)]
    assert len(found.faults) == 3
    assert figures_typed({}, "").is_empty


def test_youtube_studios_counts_become_shares_and_its_totals_go(make: Any) -> None:
    text = "Geography,Views,Watch time (hours)\nTotal,1000,50\nSA,600,30\nEG,200,10\n"
    with open_file(make("Table data.csv", text)) as raw:
        assert figures_in(raw).audience == [("country", "SA", 0.75), ("country", "EG", 0.25)]
    ages = "Viewer age,Views (%)\n18–24 years,41.5\n65+ years,2\n"
    with open_file(make("ages.csv", ages)) as raw:
        assert figures_in(raw).audience == [
            ("age", "18-24", pytest.approx(0.415)), ("age", "65+", pytest.approx(0.02)),
        ]  # fmt: skip


def test_instagrams_insights_are_read(make: Any) -> None:
    part = {"dimension_keys": ["country"], "results": [
        {"dimension_values": ["SA"], "value": 900}, {"dimension_values": ["AE"], "value": 100},
    ]}  # fmt: skip
    answer = {"data": [
        {"name": "follower_demographics", "total_value": {"breakdowns": [part]}},
        {"name": "follower_count", "values": [{"value": 10}, {"value": 1000}]},
    ]}  # fmt: skip
    with open_file(make("insights.json", json.dumps(answer))) as raw:
        found = figures_in(raw)
    assert found.audience == [("country", "SA", 0.9), ("country", "AE", 0.1)]
    assert found.counts == {"followers": 1000.0}


def test_rows_are_first_party_and_bear_their_load() -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    figures = Figures({"followers": 10.0}, [("country", "SA", 0.5)])
    made = rows_of_figures(figures, "x:a", at, "insights-1")
    assert {n: t.num_rows for n, t in made.items()} == {"account_snapshots": 1, "audiences": 1}
    for table in made.values():
        (row,) = table.to_pylist()
        assert (row["basis"], row["load_id"]) == ("first_party", "insights-1")
