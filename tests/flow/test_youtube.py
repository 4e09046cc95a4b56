"""YouTube, asked through the client's own discovery document."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("googleapiclient", reason="needs the connectors extra: googleapiclient")

from mawj.flow.source_states import ask_for, states
from mawj.flow.sources_told import sources_told
from mawj.flow.syncing import Asking, Synced, SyncSettings, sync
from mawj.lake.lake import Lake
from mawj.lake.raw import raw_loads
from mawj.sources.live import SOURCES
from mawj.sources.live.live import Access
from mawj.sources.live.polite import Manners, Polite
from tests.sources.live.loopback import Loopback
from tests.sources.live.rehearsals import SECRET, START, Clock
from tests.sources.live.small_youtube import SmallYouTube, channel_id, refusal, video_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAYLA, OMID, SARA = (channel_id(name) for name in ("layla", "omid", "sara"))


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with Lake.open(tmp_path / "lake") as lake:
        yield lake


@pytest.fixture
def world() -> Iterator[SmallYouTube]:
    world = SmallYouTube()
    yield world
    assert world.discovery.refused == []


@pytest.fixture
def server(world: SmallYouTube) -> Iterator[Loopback]:
    with Loopback(world) as server:
        yield server


def synced(lake: Lake, server: Loopback, clock: Clock, **more: Any) -> Synced:
    """One sync of what is due; `is_all` of all."""
    is_all = more.pop("is_all", False)
    told = {"address": server.address, "key": SECRET}
    told |= {field.name: field.default for field in SOURCES["youtube"].fields} | told | more
    polite = Polite(Manners(2.0, 3), clock.seconds, clock.sleep, lambda: 0.5)
    connection = SOURCES["youtube"].connect(Access(told), polite)
    asking = Asking(lake, connection, polite, clock.now, SyncSettings(load_items=4))
    try:
        return sync(asking, "youtube", is_all=is_all)
    finally:
        connection.close()


def by_id(lake: Lake, table: str, column: str) -> dict[str, dict[str, Any]]:
    return {row[column]: row for row in lake.read(table).to_pyarrow().to_pylist()}


def paths(server: Loopback) -> list[str]:
    return [path.removeprefix("/youtube/v3/") for path, _ in server.asked]


def test_channels_are_stored_and_a_hidden_count_is_unknown_not_zero(
    lake: Lake, server: Loopback
) -> None:
    ask_for(lake, "youtube", ["@layla", SARA, "user/oldomid"], ["accounts"], START)
    done = synced(lake, server, Clock())
    assert (done.n_finished, done.faults) == (3, {})
    accounts = by_id(lake, "accounts", "account_id")
    assert accounts[f"youtube:{LAYLA}"]["handle"] == "layla"
    assert accounts[f"youtube:{LAYLA}"]["country"] == "SA"
    counts = by_id(lake, "account_snapshots", "account_id")
    assert counts[f"youtube:{LAYLA}"]["followers"] == 1230
    assert counts[f"youtube:{SARA}"]["followers"] is None
    assert counts[f"youtube:{SARA}"]["views_total"] == 123456


def test_the_key_goes_in_a_heading_and_never_into_an_address(
    lake: Lake, server: Loopback
) -> None:
    ask_for(lake, "youtube", ["layla"], ["accounts"], START)
    synced(lake, server, Clock())
    assert server.headings[0]["x-goog-api-key"] == SECRET
    assert SECRET not in repr(server.asked)


def test_known_handles_are_asked_for_by_id_in_one_request(lake: Lake, server: Loopback) -> None:
    ask_for(lake, "youtube", ["layla", "omid"], ["accounts"], START)
    clock = Clock()
    synced(lake, server, clock)
    assert len(server.asked) == 2
    synced(lake, server, clock, is_all=True)
    [(_, params)] = server.asked[2:]
    assert sorted(params["id"]) == sorted([LAYLA, OMID])


def test_one_channel_that_is_not_there_does_not_stop_those_asked_with_it(
    lake: Lake, server: Loopback
) -> None:
    nobody = channel_id("nobody")
    ask_for(lake, "youtube", ["layla", "no.such", nobody], ["accounts"], START)
    done = synced(lake, server, Clock())
    assert {name: fault.split(":")[0] for name, fault in done.faults.items()} == {
        "no.such": "SourceGone", nobody: "SourceGone",
    }  # fmt: skip
    assert set(by_id(lake, "accounts", "account_id")) == {f"youtube:{LAYLA}"}
    assert {one.subject for one in states(lake) if one.error} == {"no.such", nobody}


def test_videos_come_with_counts_length_language_and_paid_promotion(
    lake: Lake, server: Loopback
) -> None:
    ask_for(lake, "youtube", ["layla", SARA], ["catalogue"], START)
    done = synced(lake, server, Clock())
    assert (done.n_finished, done.n_rejected) == (2, 0)
    posts = by_id(lake, "posts", "post_id")
    first, second = (posts[f"youtube:{video_id('layla', n)}"] for n in (0, 1))
    assert (first["duration_s"], first["is_labelled_ad"], first["language"]) == (
        253,
        True,
        "en",
    )
    assert (second["is_labelled_ad"], second["language"]) == (False, "ar")
    assert second["text"].startswith("قهوة الصباح")
    counts = by_id(lake, "post_snapshots", "post_id")
    assert counts[f"youtube:{video_id('layla', 0)}"]["likes"] == 0
    hidden = counts[f"youtube:{video_id('sara', 0)}"]
    assert (hidden["views"], hidden["likes"], hidden["comments"]) == (1000, None, None)


def test_a_video_that_is_deleted_goes_and_one_shown_again_comes_back(
    lake: Lake, server: Loopback, world: SmallYouTube
) -> None:
    ask_for(lake, "youtube", ["layla"], ["catalogue"], START)
    clock = Clock()
    synced(lake, server, clock)
    lost = f"youtube:{video_id('layla', 4)}"
    world.gone = {video_id("layla", 4)}
    clock.at += timedelta(days=1)
    done = synced(lake, server, clock, is_all=True)
    assert done.n_taken_out >= 2
    assert lost not in by_id(lake, "posts", "post_id")
    assert lost not in by_id(lake, "post_snapshots", "post_id")
    world.gone = set()
    clock.at += timedelta(days=1)
    synced(lake, server, clock, is_all=True)
    assert lost in by_id(lake, "posts", "post_id")


def test_new_videos_alone_are_fetched_later(
    lake: Lake, server: Loopback, world: SmallYouTube
) -> None:
    world.n_videos = 40
    ask_for(lake, "youtube", ["layla"], ["posts"], START)
    clock = Clock()
    synced(lake, server, clock)
    assert paths(server) == ["channels", "playlistItems", "videos"]
    world.n_videos = 42
    clock.at += timedelta(hours=13)
    synced(lake, server, clock)
    found = by_id(lake, "posts", "post_id")
    assert f"youtube:{video_id('layla', 41)}" in found
    # The two new ones and the seven days before the last newest, three a page.
    assert paths(server)[3:].count("playlistItems") == 4


def test_a_page_that_is_too_old_to_go_on_from_is_begun_anew(
    lake: Lake, server: Loopback
) -> None:
    ask_for(lake, "youtube", ["layla"], ["catalogue"], START)
    server.faults = dict.fromkeys(range(6, 9), lambda _: refusal(500, "backendError"))
    clock = Clock()
    assert synced(lake, server, clock).stopped_by.startswith("SourceUnreachable")
    assert states(lake)[0].cursor
    n = len(server.asked)
    server.faults = {n + 2: lambda _: refusal(400, "invalidPageToken")}
    assert synced(lake, server, clock).faults == {}
    assert len(by_id(lake, "posts", "post_id")) == 7


def test_comments_come_with_all_replies_and_each_by_itself(
    lake: Lake, server: Loopback, world: SmallYouTube
) -> None:
    world.n_replies = 7
    video = video_id("layla", 3)
    ask_for(lake, "youtube", [video], ["comments"], START)
    done = synced(lake, server, Clock())
    assert (done.n_rejected, done.n_finished) == (0, 1)
    comments = by_id(lake, "comments", "comment_id")
    assert len(comments) == 5 * (1 + 7)
    reply = comments[f"youtube:{video}.0.r6"]
    assert (reply["post_id"], reply["parent_comment_id"]) == (
        f"youtube:{video}", f"youtube:{video}.0",
    )  # fmt: skip
    [load_id, *_] = raw_loads(lake)
    raw = lake.read_raw(load_id).to_pyarrow().to_pylist()
    assert all(row["record"].count("said ") == 1 for row in raw)


def test_comments_that_are_switched_off_do_not_stop_the_others(
    lake: Lake, server: Loopback
) -> None:
    off, on = video_id("sara", 0), video_id("layla", 0)
    ask_for(lake, "youtube", [off, on], ["comments"], START)
    done = synced(lake, server, Clock())
    assert "commentsDisabled" in done.faults[off]
    assert done.faults[off].startswith("SourceGone")
    assert len(by_id(lake, "comments", "comment_id")) == 5


def test_searches_have_a_limit_of_their_own_and_the_rest_goes_on(
    lake: Lake, server: Loopback
) -> None:
    ask_for(lake, "youtube", ["coffee", "قهوة", "قهوه"], ["search"], START)
    ask_for(lake, "youtube", ["layla"], ["accounts"], START + timedelta(seconds=1))
    clock = Clock()
    done = synced(lake, server, clock, searches_a_day="2")
    assert paths(server).count("search") == 2
    [(_, fault)] = done.faults.items()
    assert "of 2 searches are spent" in fault
    assert not done.stopped_by
    assert f"youtube:{LAYLA}" in by_id(lake, "accounts", "account_id")
    counts = by_id(lake, "post_snapshots", "post_id")
    assert counts[f"youtube:{video_id('layla', 6)}"]["views"] == 1006


def test_a_sync_stops_before_the_units_of_the_day_are_spent_and_the_next_knows(
    lake: Lake, server: Loopback
) -> None:
    ask_for(lake, "youtube", ["layla"], ["catalogue"], START)
    clock = Clock()
    # Eight hours behind: the day that began at 08:00 UTC ends a day later.
    clock.at = datetime(2026, 2, 1, 20, tzinfo=UTC)
    done = synced(lake, server, clock, units_a_day="5")
    assert done.stopped_by.startswith("SourceLimited")
    assert len(server.asked) == 5
    assert abs(done.retry_after_s - 12 * 3600) < 60
    [told] = [one for one in sources_told(lake, clock.now()) if one.name == "youtube"]
    assert (told.quota_left, told.resets_at) == (0, datetime(2026, 2, 2, 8, tzinfo=UTC))
    synced(lake, server, clock, units_a_day="5")
    assert len(server.asked) == 5
    clock.at = datetime(2026, 2, 2, 8, 1, tzinfo=UTC)
    synced(lake, server, clock, units_a_day="5")
    assert len(by_id(lake, "posts", "post_id")) == 7


def test_when_the_source_says_that_the_day_is_spent_it_is_left_alone_until_midnight(
    lake: Lake, server: Loopback
) -> None:
    ask_for(lake, "youtube", ["layla"], ["accounts"], START)
    server.faults = {1: lambda _: refusal(403, "quotaExceeded", "spent by another program")}
    clock = Clock()
    done = synced(lake, server, clock)
    assert done.stopped_by.startswith("SourceLimited")
    assert synced(lake, server, clock).stopped_by.startswith("SourceLimited")
    assert len(server.asked) == 1
    clock.at += timedelta(days=1)
    assert synced(lake, server, clock).faults == {}


@pytest.mark.parametrize(
    ("status", "reason", "error"),
    [(400, "keyInvalid", "SourceRefused"), (403, "accessNotConfigured", "SourceRefused"),
     (403, "API_KEY_SERVICE_BLOCKED", "SourceRefused"), (404, "channelNotFound", "SourceGone")],
)  # fmt: skip
def test_reasons_go_before_statuses(
    lake: Lake, server: Loopback, status: int, reason: str, error: str
) -> None:
    ask_for(lake, "youtube", ["layla"], ["accounts"], START)
    server.faults = {1: lambda _: refusal(status, reason)}
    done = synced(lake, server, Clock())
    assert done.faults["layla"].startswith(error)
    assert bool(done.stopped_by) == (error == "SourceRefused")
    assert ("connect the source again" in done.stopped_by) == (error == "SourceRefused")


def test_without_a_key_nothing_is_asked_and_it_says_what_is_missing(
    lake: Lake, server: Loopback
) -> None:
    ask_for(lake, "youtube", ["layla"], ["accounts"], START)
    done = synced(lake, server, Clock(), key="")
    assert "MAWJ_YOUTUBE_KEY" in done.stopped_by
    assert server.asked == []


def test_what_was_not_fetched_again_within_thirty_days_is_taken_out(
    lake: Lake, server: Loopback, world: SmallYouTube
) -> None:
    ask_for(lake, "youtube", ["layla", "omid"], ["accounts"], START)
    clock = Clock()
    synced(lake, server, clock)
    world.names = ("layla",)
    for _ in range(31):
        clock.at += timedelta(days=1)
        synced(lake, server, clock)
    assert set(by_id(lake, "accounts", "account_id")) == {f"youtube:{LAYLA}"}
    snapshots = lake.read("account_snapshots").to_pyarrow()["taken_at"].to_pylist()
    assert min(snapshots) > clock.at - timedelta(days=31)
    assert len(raw_loads(lake)) <= 31


def test_the_world_refuses_what_the_document_does_not_know() -> None:
    world = SmallYouTube()
    path, part = "/youtube/v3/channels", ["snippet"]
    for params in (
        {"part": part, "colour": ["red"]}, {"id": [LAYLA]}, {"part": ["nothing"]},
        {"part": part, "maxResults": ["51"]}, {"part": part, "forHandle": ["@a", "@b"]},
    ):  # fmt: skip
        assert world(path, params).status == 400
    assert len(world.discovery.refused) == 5
    said = world(path, {"part": part, "forHandle": ["@layla"]}).said
    with pytest.raises(AssertionError, match="colour is not in the document"):
        world.discovery.check("ChannelListResponse", said | {"colour": "red"})
    spoilt = replace(world, names=("layla",)).channel("layla")
    spoilt["statistics"]["viewCount"] = 5
    with pytest.raises(AssertionError, match="viewCount"):
        world.discovery.check("Channel", spoilt)
