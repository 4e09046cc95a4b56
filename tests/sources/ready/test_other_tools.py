"""Exports of other tools: a sample of each shape, written by hand with made-up people."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mawj.sources.reading import open_file
from mawj.sources.ready import READY, ready_mapping

TOOLS = Path(__file__).parent / "tools"
COUNTS = ("account_id", "followers", "given_engagement_share", "basis")

WHOSE = {
    "modash_report.json": "modash", "modash_search.json": "modash",
    "hypeauditor_instagram.json": "hypeauditor", "hypeauditor_tiktok.json": "hypeauditor",
    "influencers_club_instagram.json": "influencers_club",
    "influencers_club_enriched.csv": "influencers_club",
    "traackr_creator.json": "traackr", "traackr_audience.json": "traackr",
    "traackr_posts.json": "traackr", "creatoriq_roster.csv": "creatoriq",
    "apify_instagram_posts.json": "apify_instagram",
    "apify_instagram_accounts.json": "apify_instagram",
    "apify_instagram_comments.json": "apify_instagram",
    "apify_tiktok.json": "apify_tiktok", "apify_tiktok.csv": "apify_tiktok",
    "apify_youtube.json": "apify_youtube",
}  # fmt: skip


def test_every_sample_is_listed() -> None:
    assert sorted(WHOSE) == sorted(one.name for one in TOOLS.iterdir())


@pytest.mark.parametrize("name", WHOSE)
def test_a_file_is_taken_for_one_tool_only_and_the_right_one(name: str) -> None:
    with open_file(TOOLS / name) as raw:
        assert [one.name for one in READY if one.detect(raw)] == [WHOSE[name]]
        assert ready_mapping(raw) is not None


def test_modash_gives_the_account_its_counts_and_its_audience(read: Any) -> None:
    got = read(TOOLS / "modash_report.json")
    assert got.only("accounts", "account_id", "handle", "country", "language") == [
        ("instagram:noura.bakes", "noura.bakes", "SA", "ar")
    ]
    assert got.only("account_snapshots", *COUNTS) == [
        ("instagram:noura.bakes", 84_000.0, None, "public"),
        ("instagram:noura.bakes", None, 0.025, "estimated"),
    ]
    told = set(got.only("audiences", "slice", "dimension", "value", "share"))
    assert {
        ("followers", "gender", "female", 0.72), ("followers", "country", "SA", 0.63),
        ("followers", "authenticity", "credible", 0.81), ("engaged", "gender", "female", 0.8),
    } <= told  # fmt: skip
    assert set(got.only("audiences", "basis")) == {"estimated"}
    assert got.reasons() == []


def test_modash_search_tells_platforms_by_addresses(read: Any) -> None:
    got = read(TOOLS / "modash_search.json")
    assert got.only("accounts", "account_id") == [
        "tiktok:salem_runs", "youtube:UCabcdefghijklmnopqrstuv",
    ]  # fmt: skip


def test_hypeauditors_per_cents_become_shares_and_its_guesses_are_left(read: Any) -> None:
    got = read(TOOLS / "hypeauditor_instagram.json")
    assert got.only("account_snapshots", *COUNTS)[1][2] == pytest.approx(0.0264)
    told = dict(
        zip(got.only("audiences", "value"), got.only("audiences", "share"), strict=True)
    )
    assert told["suspicious"] == pytest.approx(0.125)
    assert (told["female"], told["SA"]) == (pytest.approx(0.68), pytest.approx(0.551))
    assert set(got.only("audiences", "dimension")) == {
        "authenticity", "gender", "country", "language",
    }  # fmt: skip
    tiktok = read(TOOLS / "hypeauditor_tiktok.json")
    assert tiktok.only("account_snapshots", "followers", "likes_total", "average_views") == [
        (210_000.0, 4_100_000.0, None), (None, None, 65_000.0),
    ]  # fmt: skip
    ages = [r for r in tiktok.tables["audiences"] if r["dimension"] == "age"]
    assert [(r["value"], r["share"]) for r in ages] == [("18-24", pytest.approx(0.42))]


def test_influencers_club_is_read_as_json_and_as_its_csv(read: Any, make: Any) -> None:
    got = read(TOOLS / "influencers_club_instagram.json")
    assert got.only("accounts", "account_id") == [
        "instagram:sara.travels",
        "instagram:ali_home",
    ]
    rates = [r["given_engagement_share"] for r in got.tables["account_snapshots"]]
    assert [one for one in rates if one] == [pytest.approx(0.031), pytest.approx(0.055)]
    text = (TOOLS / "influencers_club_instagram.json").read_text("utf-8")
    unsaid = read(make("results.json", text))
    assert unsaid.tables == {}
    assert "platform is not said" in unsaid.reasons()[0][2]
    enriched = read(TOOLS / "influencers_club_enriched.csv")
    assert enriched.only("accounts", "account_id", "is_verified") == [
        ("instagram:sara.travels", None), ("youtube:saratravels", None),
        ("instagram:ali_home", None),
    ]  # fmt: skip


def test_traackr_tells_not_measured_from_nothing(read: Any) -> None:
    got = read(TOOLS / "traackr_creator.json")
    assert got.only("account_snapshots", *COUNTS) == [
        ("instagram:maha.styles", 120_000.0, None, "public"),
        ("tiktok:mahastyles", 30_000.0, None, "public"),
        ("instagram:maha.styles", None, 0.021, "estimated"),
    ]
    audience = read(TOOLS / "traackr_audience.json")
    assert set(audience.only("audiences", "slice", "dimension", "value", "share")) == {
        ("followers", "authenticity", "credible", 0.83), ("followers", "gender", "female", 0.9),
        ("followers", "age", "25-34", 0.5), ("followers", "country", "SA", 0.7),
        ("engaged", "authenticity", "credible", 0.9),
    }  # fmt: skip


def test_traackrs_posts_whose_account_is_not_named_are_set_aside(read: Any) -> None:
    got = read(TOOLS / "traackr_posts.json")
    assert got.only("posts", "post_id", "account_id") == [
        ("tiktok:7100000000000000001", "tiktok:mahastyles")
    ]
    assert got.only("post_snapshots", "views", "likes", "saves") == [(20_000.0, 800.0, None)]
    assert "does not say which account" in got.reasons()[0][2]


def test_a_roster_with_a_column_a_network_gives_an_account_a_cell(read: Any) -> None:
    got = read(TOOLS / "creatoriq_roster.csv")
    assert got.only("accounts", "account_id", "name", "country", "basis") == [
        ("instagram:noura.bakes", "Noura Al-Harbi", "SA", "typed_in"),
        ("tiktok:nourabakes", "Noura Al-Harbi", "SA", "typed_in"),
        ("youtube:nourabakes", "Noura Al-Harbi", "SA", "typed_in"),
        ("instagram:reza.photo", "Reza Karimi", "IR", "typed_in"),
    ]
    assert [(row, why) for row, _, why in got.reasons()] == [(3, "no social account is given")]


def test_scraped_instagram_gives_posts_comments_and_no_hidden_likes(read: Any) -> None:
    got = read(TOOLS / "apify_instagram_posts.json")
    assert got.only("posts", "post_id", "account_id", "kind", "published_at") == [
        ("instagram:Cdana1", "instagram:dana.fit", "short_video",
         datetime(2026, 4, 1, 6, tzinfo=UTC)),
    ]  # fmt: skip
    assert got.only("post_snapshots", "likes", "comments", "views") == [(None, 2.0, 2400.0)]
    assert got.only("comments", "account_id", "post_id") == [
        ("instagram:fan.one", "instagram:Cdana1")
    ]
    assert "Post does not exist" in got.reasons()[0][2]
    accounts = read(TOOLS / "apify_instagram_accounts.json")
    assert accounts.only("account_snapshots", "followers", "posts") == [(45_000.0, 330.0)]
    assert accounts.only("posts", "kind") == ["photo"]
    comments = read(TOOLS / "apify_instagram_comments.json")
    assert comments.only("comments", "post_id", "likes") == [("instagram:Cdana2", 0.0)]


def test_scraped_tiktok_is_the_same_as_json_and_as_csv(read: Any) -> None:
    columns = ("followers", "likes_total", "posts")
    got = read(TOOLS / "apify_tiktok.json")
    assert got.only("account_snapshots", *columns) == [(80_000.0, 900_000.0, 140.0)]
    assert got.only("posts", "is_labelled_ad", "duration_s", "kind") == [
        (True, 31.0, "short_video")
    ]
    table = read(TOOLS / "apify_tiktok.csv")
    assert table.only("account_snapshots", *columns) == [(80_100.0, None, None)]
    assert table.only("post_snapshots", "views", "saves") == [(900.0, None)]
    assert table.only("accounts", "account_id", "is_verified") == [("tiktok:qahwa.guy", False)]


def test_scraped_youtube_gives_the_channel_and_the_video(read: Any) -> None:
    got = read(TOOLS / "apify_youtube.json")
    assert got.only("accounts", "account_id", "handle") == [
        ("youtube:UCtechbayt00000000000000", "techbayt")
    ]
    assert got.only("posts", "duration_s", "kind") == [(750.0, "video")]


@pytest.mark.parametrize("name", [name for name in WHOSE if name.startswith("apify")])
def test_scraped_data_says_on_what_footing_it_may_be_kept(name: str) -> None:
    with open_file(TOOLS / name) as raw:
        mapping = ready_mapping(raw)
        assert mapping is not None
        assert "legal basis" in mapping.notes[0]
        assert mapping.source.startswith("apify:")
