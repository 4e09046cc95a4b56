"""Public tables: their headings and their dirt, with invented names and figures."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mawj.sources.reading import open_file
from mawj.sources.ready import READY, ready_mapping

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Path]

TABLES = Path(__file__).parent / "tables"
TIKTOK = ("tiktok_2022-06.csv", "tiktok_early2022.csv", "tiktok_2022-09.csv")
YOUTUBE = ("youtube_2022-06.csv", "youtube_2022-09.csv", "youtube_early2022.csv")


def table(name: str) -> str:
    return (TABLES / name).read_text("utf-8")


def test_slipped_headings_are_read_by_what_they_hold(read: Any) -> None:
    got = read(TABLES / "instagram_2022-06.csv")
    snapshots = got.tables["account_snapshots"]
    columns = ("followers", "authentic_engagements", "average_engagements")
    assert got.only("account_snapshots", *columns) == [
        (50.7e6, 274_900.0, 456_700.0), (3.6e6, 449_400.0, 592_700.0), (1e6, 2000.0, 3000.0),
        (2e6, 4000.0, 5000.0), (3.6e6, None, None),
    ]  # fmt: skip
    assert {r["taken_at"] for r in snapshots} == {datetime(2022, 6, 1, tzinfo=UTC)}
    assert all(r["average_likes"] is None and r["average_comments"] is None for r in snapshots)
    assert got.only("accounts", "name")[:2] == ["Noura", None]
    assert got.only("accounts", "country") == [None] * 5
    assert [(row, field) for row, field, _ in got.reasons()] == [(5, "average_engagements")]


def test_headings_that_have_not_slipped_are_left_to_the_guess(make: Make) -> None:
    with open_file(
        make(
            "instagram.csv",
            table("instagram_2022-06.csv").replace("Spain", "5").replace("Egypt", "6"),
        )
    ) as raw:
        assert ready_mapping(raw) is None


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("instagram_2022-09.csv", (477.9e6, 6.2e6, datetime(2022, 9, 1, tzinfo=UTC))),
        ("instagram_early2022.csv", (48.5e6, 637e3, datetime(2022, 2, 1, tzinfo=UTC))),
    ],
)
def test_the_other_instagram_tables_are_read(read: Any, name: str, counts: Any) -> None:
    got = read(TABLES / name)
    assert got.only("accounts", "account_id", "name", "category", "country") == [
        ("instagram:noura_k", "Noura", "Food", None)
    ]
    assert got.only("account_snapshots", "followers", "average_engagements", "taken_at") == [
        counts
    ]


@pytest.mark.parametrize("name", TIKTOK)
def test_tiktok_tables_are_read(read: Any, name: str) -> None:
    got = read(TABLES / name)
    assert got.only("accounts", "account_id", "handle", "name") == [
        ("tiktok:.noura.k", ".noura.k", "Noura")
    ]
    columns = (
        "followers",
        "average_views",
        "average_likes",
        "average_comments",
        "average_reposts",
    )
    assert got.only("account_snapshots", *columns) == [(1.3e6, 1.9e6, 225_300.0, 1700.0, 0.0)]
    assert got.tables["account_snapshots"][0]["taken_at"].year == 2022


@pytest.mark.parametrize("name", YOUTUBE)
def test_youtube_tables_are_read_whichever_column_holds_the_handle(
    read: Any, name: str
) -> None:
    got = read(TABLES / name)
    assert got.only("accounts", "account_id", "handle", "name") == [
        ("youtube:nourakitchen", "nourakitchen", "Noura's Kitchen"),
        ("youtube:sami & sons - cars", None, "Sami & Sons - Cars"),
    ]
    assert got.only("account_snapshots", "followers", "average_likes", "average_comments") == [
        (30.5e6, 8700.0, None), (9.7e6, 3.0, 0.0),
    ]  # fmt: skip
    assert got.only("accounts", "country") == [None, None]
    assert got.rejected == []


def test_the_table_of_200_gets_its_units_back_and_its_score_is_no_truth(
    read: Any,
) -> None:
    path = TABLES / "top_200.csv"
    got = read(path)
    columns = ("followers", "posts", "average_likes", "likes_total", "given_engagement_share")
    assert got.only("account_snapshots", *columns) == [
        (475.8e6, 3300.0, 8.7e6, 29e9, pytest.approx(0.0139)),
        (357.3e6, 890.0, 190e3, 140e6, pytest.approx(0.0502)),
    ]
    assert got.only("accounts", "handle", "country") == [("noura_k", None), (None, None)]
    stored = [v for rows in got.tables.values() for row in rows for v in row.values()]
    assert 92.0 not in stored
    assert 91.0 not in stored
    assert got.raw[0]["influence_score"] == "92"
    with open_file(path) as raw:
        mapping = ready_mapping(raw)
    assert mapping is not None
    assert any("never taken for a truth" in note for note in mapping.notes)


def test_the_same_headings_with_whole_followers_are_another_table(make: Make) -> None:
    text = table("top_200.csv").replace("475.8", "475800000").replace("357.3", "357300000")
    with open_file(make("top.csv", text)) as raw:
        assert ready_mapping(raw) is None


def test_names_lost_in_latin_1_are_not_known(read: Any) -> None:
    got = read(TABLES / "tiktok_saudi.csv")
    assert got.only("accounts", "handle", "name", "country") == [
        ("noura", "Noura K", "SA"), ("sami_1", None, "SA"), ("cafe..sa", "Café ???", "SA"),
    ]  # fmt: skip
    assert got.only("account_snapshots", "followers", "given_engagement_share") == [
        (4.3e6, None), (4e6, 0.001), (3e6, 0.002),
    ]  # fmt: skip


def test_every_ready_mapping_has_its_own_name_and_says_what_it_is_for() -> None:
    assert len({one.name for one in READY}) == len(READY)
    assert all(one.about for one in READY)


@pytest.mark.parametrize("content", ["a,b\n1,2\n", '{"a": 1}\n', '[{"id": 1, "text": 2}]'])
def test_no_ready_mapping_claims_what_it_does_not_know(make: Make, content: str) -> None:
    with open_file(make("any.dat", content)) as raw:
        assert [one.name for one in READY if one.detect(raw)] == []
