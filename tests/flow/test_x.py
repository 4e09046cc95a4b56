"""X, asked in the parameters of its reference, within what a month may bring."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("httpx", reason="needs the connectors extra: httpx")

from mawj.flow.source_states import ask_for, states, stop_asking
from mawj.flow.sources_told import sources_told
from mawj.lake.lake import Lake
from mawj.sources.live import SOURCES
from mawj.tables.errors import SourceRefused
from tests.sources.live.loopback import Answer, Loopback
from tests.sources.live.rehearsals import SECRET, START, Clock
from tests.sources.live.small_x import SmallX, problem
from tests.sources.live.syncing import by_id
from tests.sources.live.syncing import synced as synced_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

synced = partial(synced_with, name="x", token=SECRET)


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with Lake.open(tmp_path / "lake") as lake:
        yield lake


@pytest.fixture
def word() -> str:
    """How fields name a post where a test does not say it."""
    return "tweet"


@pytest.fixture
def world(word: str) -> Iterator[SmallX]:
    world = SmallX(word=word)
    yield world
    assert world.refused == []


@pytest.fixture
def server(world: SmallX) -> Iterator[Loopback]:
    with Loopback(world) as server:
        world.address = server.address
        yield server


@pytest.mark.parametrize("word", ["tweet", "post"])
def test_accounts_come_by_handle_and_by_id_with_counts(
    lake: Lake, server: Loopback, world: SmallX
) -> None:
    ask_for(lake, "x", ["@Layla", "https://x.com/omid", "1003", "nobody"], ["accounts"], START)
    done = synced(lake, server, Clock(), kinds=["accounts"], word=world.word)
    assert {name: fault.split(":")[0] for name, fault in done.faults.items()} == {
        "nobody": "SourceGone"
    }
    assert [path for path, _ in server.asked] == ["/2/users", "/2/users/by"]
    assert set(by_id(lake, "accounts", "handle")) == {"layla", "omid", "sara"}
    counts = by_id(lake, "account_snapshots", "account_id")["x:1001"]
    assert (counts["followers"], counts["posts"]) == (100, 7)
    assert server.headings[0]["authorization"] == f"Bearer {SECRET}"
    assert SECRET not in repr(server.asked)


@pytest.mark.parametrize("word", ["tweet", "post"])
def test_posts_come_with_counts_and_what_they_pass_on_quote_and_answer(
    lake: Lake, server: Loopback, world: SmallX
) -> None:
    ask_for(lake, "x", ["layla"], ["posts"], START)
    done = synced(lake, server, Clock(), kinds=["posts"], word=world.word)
    assert (done.faults, done.n_rejected) == ({}, 0)
    posts = by_id(lake, "posts", "post_id")
    assert posts["x:10010000"]["repost_of_post_id"] == "x:10020000"
    assert posts["x:10010000"]["repost_of_account_id"] == "x:1002"
    assert posts["x:10010001"]["quote_of_account_id"] == "x:1003"
    assert posts["x:10010002"]["reply_to_post_id"] == "x:10030000"
    assert [posts[f"x:1001000{n}"]["is_labelled_ad"] for n in (0, 1)] == [False, True]
    counts = by_id(lake, "post_snapshots", "post_id")
    assert (counts["x:10010003"]["likes"], counts["x:10010003"]["reposts"]) == (3, 1)
    # The counts on a repost are those of the post passed on.
    assert "x:10010000" not in counts
    raw = [
        row["record"]
        for one in by_id(lake, "loads", "load_id")
        for row in lake.read_raw(one).to_pyarrow().to_pylist()
    ]
    assert len(raw) == 9
    assert all(record.count('"text"') == 1 for record in raw)


def test_later_the_last_seven_days_are_read_again(
    lake: Lake, server: Loopback, world: SmallX
) -> None:
    world.n_posts = 20
    ask_for(lake, "x", ["layla"], ["posts"], START)
    clock = Clock()
    synced(lake, server, clock, kinds=["posts"], word=world.word)
    n = len(server.asked)
    world.n_posts = 21
    clock.at += timedelta(days=1)
    synced(lake, server, clock, kinds=["posts"], word=world.word)
    assert {params["start_time"][0] for _, params in server.asked[n:]} == {
        "2026-01-17T12:00:00Z"
    }
    assert "x:10010020" in by_id(lake, "posts", "post_id")


def test_a_first_pass_reads_no_more_than_the_settings_say(
    lake: Lake, server: Loopback, world: SmallX
) -> None:
    ask_for(lake, "x", ["1002"], ["posts"], START)
    synced(lake, server, Clock(), kinds=["posts"], word=world.word, posts_at_first="4")
    assert len(by_id(lake, "posts", "post_id")) == 6


def test_ties_tell_who_follows_whom(lake: Lake, server: Loopback, world: SmallX) -> None:
    ask_for(lake, "x", ["layla"], ["followers", "follows"], START)
    synced(lake, server, Clock(), kinds=["followers", "follows"], word=world.word)
    pairs = {
        (row["follower_id"], row["followed_id"])
        for row in lake.read("follows").to_pyarrow().to_pylist()
    }
    assert pairs == {
        ("x:1002", "x:1001"), ("x:1003", "x:1001"), ("x:1001", "x:1002"), ("x:1001", "x:1003"),
    }  # fmt: skip


def test_searches_replies_and_quotes_bring_posts(
    lake: Lake, server: Loopback, world: SmallX
) -> None:
    ask_for(lake, "x", ["coffee lang:ar"], ["search"], START)
    ask_for(lake, "x", ["https://x.com/layla/status/10010001"], ["replies", "quotes"], START)
    kinds = ["search", "replies", "quotes"]
    done = synced(lake, server, Clock(), kinds=kinds, word=world.word)
    assert (done.n_finished, done.faults) == (3, {})
    queries = {params["query"][0] for _, params in server.asked if "query" in params}
    assert queries == {"coffee lang:ar", "conversation_id:10010001"}
    assert len(by_id(lake, "posts", "post_id")) == 21


def test_what_is_deleted_there_is_deleted_here(
    lake: Lake, server: Loopback, world: SmallX
) -> None:
    ask_for(lake, "x", ["layla"], ["posts"], START)
    clock = Clock()
    synced(lake, server, clock, kinds=["posts"], word=world.word)
    world.gone, world.job_status = {"10010004"}, "in_progress"
    synced(lake, server, clock, word=world.word)
    assert "10010004" in world.uploaded
    assert len(world.uploaded) == 9
    assert "x:10010004" in by_id(lake, "posts", "post_id")
    world.job_status = "complete"
    done = synced(lake, server, clock, word=world.word)
    assert (done.n_taken_back, done.faults) == (1, {})
    for table in ("posts", "post_snapshots"):
        assert "x:10010004" not in by_id(lake, table, "post_id")
    # The list is left where X said, without our token.
    uploads = [n for n, (path, _) in enumerate(server.asked) if path == "/files/in"]
    assert "authorization" not in server.headings[uploads[0]]


def test_it_is_asked_what_is_gone_whatever_else_is_asked_for(lake: Lake) -> None:
    found = ask_for(lake, "x", ["layla"], [], START)
    assert {one.kind for one in states(lake)} == {"accounts", "posts", "compliance"}
    stop_asking(lake, found)
    assert [one.kind for one in states(lake) if not one.is_stopped] == ["compliance"]


def test_a_month_brings_no_more_posts_than_the_settings_say(
    lake: Lake, server: Loopback, world: SmallX
) -> None:
    world.n_posts = 40
    ask_for(lake, "x", ["1002", "1003"], ["posts"], START)
    clock = Clock()
    done = synced(lake, server, clock, kinds=["posts"], word=world.word, posts_a_month="20")
    assert done.stopped_by.startswith("SourceLimited")
    assert 10 <= len(by_id(lake, "posts", "post_id")) <= 20
    [told] = [one for one in sources_told(lake, clock.now()) if one.name == "x"]
    assert (told.quota_left or 0) < 10
    n = len(server.asked)
    synced(lake, server, clock, kinds=["posts"], word=world.word, posts_a_month="20")
    assert len(server.asked) == n
    clock.at = clock.at.replace(month=3)
    synced(lake, server, clock, kinds=["posts"], word=world.word, posts_a_month="2000")
    assert len(by_id(lake, "posts", "post_id")) == 80


def test_a_window_that_is_spent_puts_off_that_kind_alone(
    lake: Lake, server: Loopback, world: SmallX
) -> None:
    ask_for(lake, "x", ["1001", "1002"], ["followers"], START)
    ask_for(lake, "x", ["1001"], ["accounts"], START)
    reset = "1769904900"
    spent = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": reset}
    told = {"Date": "Sun, 01 Feb 2026 00:00:00 GMT"}
    server.answer = lambda path, params: (
        Answer({}, 429, spent | told) if "followers" in path else world(path, params)
    )
    done = synced(lake, server, Clock(), kinds=["followers", "accounts"], word=world.word)
    assert [path for path, _ in server.asked].count("/2/users/1001/followers") == 1
    assert not any("1002/followers" in path for path, _ in server.asked)
    assert (done.stopped_by, done.n_waiting) == ("", 1)
    assert "x:1001" in by_id(lake, "accounts", "account_id")


def test_types_of_problems_go_before_statuses(
    lake: Lake, server: Loopback, world: SmallX
) -> None:
    ask_for(lake, "x", ["1001"], ["posts"], START)
    for status, kind, error in (
        (429, "usage-capped", "SourceLimited"),
        (403, "client-forbidden", "SourceRefused"),
        (404, "resource-not-found", "SourceGone"),
    ):
        server.faults = {len(server.asked) + 1: lambda _, s=status, k=kind: problem(s, k)}
        done = synced(lake, server, Clock(), kinds=["posts"], word=world.word)
        assert done.faults["1001"].startswith(error)


def test_an_account_that_is_protected_is_gone_and_the_others_go_on(
    lake: Lake, server: Loopback, world: SmallX
) -> None:
    ask_for(lake, "x", ["1009", "1001"], ["posts"], START)
    done = synced(lake, server, Clock(), kinds=["posts"], word=world.word)
    assert done.faults["1009"].startswith("SourceGone")
    assert "x:10010000" in by_id(lake, "posts", "post_id")


def test_without_a_token_nothing_is_asked(lake: Lake, server: Loopback) -> None:
    ask_for(lake, "x", ["layla"], ["accounts"], START)
    assert "MAWJ_X_TOKEN" in synced(lake, server, Clock(), token="").stopped_by
    assert server.asked == []


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("posts", "no such handle"),
        ("posts", "much_too_long_a_handle"),
        ("posts", "https://youtube.com/@layla"),
        ("quotes", "layla"),
    ],
)
def test_what_is_no_account_or_post_of_x_is_refused(kind: str, typed: str) -> None:
    with pytest.raises(SourceRefused, match="of X"):
        SOURCES["x"].subject_of(kind, typed)


def test_figures_alone_are_an_id() -> None:
    assert SOURCES["x"].named("1001").account_id == "x:1001"
    assert SOURCES["x"].named("layla").handle == "layla"
