"""TikTok, asked in the fields of its reference: one's own account, and for research."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("httpx", reason="needs the connectors extra: httpx")

from mawj.flow.source_states import ask_for
from mawj.lake.lake import Lake
from mawj.sources.live import SOURCES
from mawj.tables.errors import SourceRefused
from tests.sources.live.loopback import Loopback
from tests.sources.live.rehearsals import SECRET, START, Clock
from tests.sources.live.small_tiktok import SmallTikTok, refusal, video_id
from tests.sources.live.syncing import by_id
from tests.sources.live.syncing import synced as synced_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEYS = {"client_key": "k", "client_secret": SECRET}
research = partial(synced_with, name="tiktok_research", **KEYS)


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with Lake.open(tmp_path / "lake") as lake:
        yield lake


@pytest.fixture
def world() -> Iterator[SmallTikTok]:
    world = SmallTikTok(keys=KEYS)
    yield world
    assert world.refused == []


@pytest.fixture
def server(world: SmallTikTok) -> Iterator[Loopback]:
    with Loopback(world) as server:
        yield server


def routes(server: Loopback) -> list[str]:
    return [path.removeprefix("/v2/").rstrip("/") for path, _ in server.asked]


def test_our_own_account_and_videos_are_first_hand(lake: Lake, server: Loopback) -> None:
    ask_for(lake, "tiktok", ["own"], [], START)
    done = synced_with(lake, server, Clock(), "tiktok", **KEYS, refresh_token="r")
    assert (done.n_finished, done.faults, done.n_rejected) == (2, {}, 0)
    counts = by_id(lake, "account_snapshots", "account_id")["tiktok:layla"]
    assert (counts["followers"], counts["likes_total"], counts["basis"]) == (
        100, 9, "first_party",
    )  # fmt: skip
    posts = by_id(lake, "posts", "post_id")
    assert len(posts) == 7
    assert posts[f"tiktok:{video_id('layla', 1)}"]["duration_s"] == 13
    assert posts[f"tiktok:{video_id('layla', 1)}"]["language"] == "ar"


def test_a_token_that_is_too_old_is_got_anew_once(lake: Lake, server: Loopback) -> None:
    ask_for(lake, "tiktok", ["own"], ["own_account"], START)
    server.faults = {2: lambda _: refusal(401, "access_token_invalid")}
    done = synced_with(lake, server, Clock(), "tiktok", **KEYS, refresh_token="r")
    assert done.faults == {}
    assert routes(server) == ["oauth/token", "user/info"] * 2
    given = [one.get("authorization") for one in server.headings]
    assert given == [None, "Bearer clt.1"] * 2


def test_a_secret_that_is_wrong_stops_the_source(lake: Lake, server: Loopback) -> None:
    ask_for(lake, "tiktok_research", ["layla"], ["accounts"], START)
    done = research(lake, server, Clock(), client_secret="wrong")
    assert "connect the source again" in done.stopped_by
    assert routes(server) == ["oauth/token"]
    assert "wrong" not in done.stopped_by


def test_without_keys_nothing_is_asked(lake: Lake, server: Loopback) -> None:
    ask_for(lake, "tiktok", ["own"], ["own_account"], START)
    ask_for(lake, "tiktok_research", ["layla"], ["accounts"], START)
    for name in ("tiktok", "tiktok_research"):
        done = synced_with(lake, server, Clock(), name)
        assert done.stopped_by.startswith("SourceRefused")
    assert server.asked == []


def test_research_brings_accounts_videos_comments_and_ties(
    lake: Lake, server: Loopback
) -> None:
    ask_for(lake, "tiktok_research", ["@Layla"], ["accounts", "posts", "followers"], START)
    ask_for(lake, "tiktok_research", [video_id("layla", 2)], ["comments"], START)
    done = research(lake, server, Clock())
    assert (done.n_finished, done.faults, done.n_rejected) == (4, {}, 0)
    assert by_id(lake, "account_snapshots", "account_id")["tiktok:layla"]["posts"] == 7
    assert len(by_id(lake, "posts", "post_id")) == 7
    comments = by_id(lake, "comments", "comment_id")
    video = f"tiktok:{video_id('layla', 2)}"
    assert {one["post_id"] for one in comments.values()} == {video}
    assert [one["parent_comment_id"] for _, one in sorted(comments.items())] == [
        *[None] * 4, f"{video}0",
    ]  # fmt: skip
    pairs = {row["follower_id"] for row in lake.read("follows").to_pyarrow().to_pylist()}
    assert pairs == {"tiktok:omid", "tiktok:sara"}


def test_videos_are_read_in_windows_of_thirty_days_and_later_from_last_week(
    lake: Lake, server: Loopback, world: SmallTikTok
) -> None:
    world.page = 100
    ask_for(lake, "tiktok_research", ["layla"], ["posts"], START)
    clock = Clock()
    research(lake, server, clock, days_back="90")
    assert routes(server).count("research/video/query") == 4
    n = len(server.asked)
    clock.at += timedelta(days=2)
    research(lake, server, clock, days_back="90")
    assert routes(server)[n:].count("research/video/query") == 1
    assert '"start_date":"20260125"' in server.asked[-1][1]["body"][0].replace(" ", "")


def test_a_search_finds_words_in_descriptions(lake: Lake, server: Loopback) -> None:
    ask_for(lake, "tiktok_research", ["قهوة"], ["search"], START)
    assert research(lake, server, Clock(), days_back="29").faults == {}
    texts = {post["text"] for post in by_id(lake, "posts", "post_id").values()}
    assert texts == {"قهوة الصباح في جدة #قهوة"}


def test_the_requests_of_a_day_are_counted_and_the_next_sync_knows(
    lake: Lake, server: Loopback
) -> None:
    ask_for(lake, "tiktok_research", ["layla", "omid", "sara"], ["accounts"], START)
    clock = Clock()
    research(lake, server, clock, requests_a_day="2")
    assert routes(server).count("research/user/info") == 2
    research(lake, server, clock, requests_a_day="2")
    assert routes(server).count("research/user/info") == 2
    clock.at += timedelta(days=1)
    research(lake, server, clock, requests_a_day="2")
    assert routes(server).count("research/user/info") == 4


@pytest.mark.parametrize(
    ("told", "error", "stops"),
    [((429, "daily_quota_limit_exceeded"), "SourceLimited", True),
     ((401, "scope_not_authorized"), "SourceRefused", False),
     ((404, "user_not_found"), "SourceGone", False),
     ((500, "internal_error"), "SourceUnreachable", True)],
)  # fmt: skip
def test_names_of_errors_go_before_statuses(
    lake: Lake, server: Loopback, told: tuple[int, str], error: str, stops: bool
) -> None:
    ask_for(lake, "tiktok_research", ["layla"], ["accounts"], START)
    server.faults = dict.fromkeys(range(2, 6), lambda _: refusal(*told))
    done = research(lake, server, Clock())
    assert done.faults["layla"].startswith(error)
    assert bool(done.stopped_by) == stops


def test_what_was_not_fetched_again_within_fifteen_days_is_taken_out(
    lake: Lake, server: Loopback
) -> None:
    ask_for(lake, "tiktok_research", ["layla"], ["accounts"], START)
    clock = Clock()
    research(lake, server, clock)
    assert "tiktok:layla" in by_id(lake, "accounts", "account_id")
    server.always = lambda _: refusal(500, "internal_error")
    clock.at += timedelta(days=16)
    research(lake, server, clock)
    assert by_id(lake, "accounts", "account_id") == {}


@pytest.mark.parametrize(
    ("kind", "typed", "subject"),
    [("posts", "https://www.tiktok.com/@layla.films", "layla.films"),
     ("posts", "@Layla", "layla"),
     ("comments", "https://www.tiktok.com/@layla/video/7123", "7123")],
)  # fmt: skip
def test_accounts_and_videos_are_known_by_address(kind: str, typed: str, subject: str) -> None:
    assert SOURCES["tiktok_research"].subject_of(kind, typed) == subject


@pytest.mark.parametrize(("kind", "typed"), [("posts", "two words"), ("comments", "@layla")])
def test_what_is_no_account_or_video_is_refused(kind: str, typed: str) -> None:
    with pytest.raises(SourceRefused, match="of TikTok"):
        SOURCES["tiktok_research"].subject_of(kind, typed)
