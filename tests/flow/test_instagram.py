"""Instagram, asked in the fields of Meta's reference, within its calls and hashtags."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("httpx", reason="needs the connectors extra: httpx")

from mawj.flow.source_states import ask_for
from mawj.flow.sources_told import sources_told
from mawj.lake.lake import Lake
from mawj.sources.live import SOURCES
from mawj.tables.errors import SourceRefused
from tests.sources.live.loopback import Loopback
from tests.sources.live.rehearsals import SECRET, START, Clock
from tests.sources.live.small_instagram import ME, SmallInstagram, code, refusal
from tests.sources.live.syncing import by_id
from tests.sources.live.syncing import synced as synced_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

synced = partial(synced_with, name="instagram", token=SECRET, user_id=ME)


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with Lake.open(tmp_path / "lake") as lake:
        yield lake


@pytest.fixture
def world() -> Iterator[SmallInstagram]:
    world = SmallInstagram()
    yield world
    assert world.refused == []


@pytest.fixture
def server(world: SmallInstagram) -> Iterator[Loopback]:
    with Loopback(world) as server:
        yield server


def test_accounts_and_posts_come_by_business_discovery(lake: Lake, server: Loopback) -> None:
    ask_for(lake, "instagram", ["@Layla", "https://www.instagram.com/omid/"], [], START)
    done = synced(lake, server, Clock())
    assert (done.n_finished, done.faults, done.n_rejected) == (4, {}, 0)
    counts = by_id(lake, "account_snapshots", "account_id")
    assert counts["instagram:layla"]["followers"] == 100
    posts = by_id(lake, "posts", "post_id")
    assert len(posts) == 14
    post = posts[f"instagram:{code('layla', 1)}"]
    assert (post["account_id"], post["language"], post["kind"]) == (
        "instagram:layla", "ar", "photo",
    )  # fmt: skip
    likes = by_id(lake, "post_snapshots", "post_id")[f"instagram:{code('omid', 6)}"]["likes"]
    assert likes == 6
    assert server.headings[0]["authorization"] == f"Bearer {SECRET}"
    assert SECRET not in repr(server.asked)


def test_later_only_new_posts_and_those_of_the_last_days_are_read(
    lake: Lake, server: Loopback, world: SmallInstagram
) -> None:
    world.n_posts = 40
    ask_for(lake, "instagram", ["layla"], ["posts"], START)
    clock = Clock()
    synced(lake, server, clock)
    n = len(server.asked)
    world.n_posts = 41
    clock.at += timedelta(days=2)
    synced(lake, server, clock)
    assert len(by_id(lake, "posts", "post_id")) == 41
    assert len(server.asked) - n == 4


def test_an_account_without_posts_and_one_that_is_private(
    lake: Lake, server: Loopback, world: SmallInstagram
) -> None:
    world.n_posts = 0
    ask_for(lake, "instagram", ["layla", "nobody"], ["posts"], START)
    done = synced(lake, server, Clock())
    assert done.n_finished == 1
    assert done.faults["nobody"].startswith("SourceGone")


def test_the_thirty_first_hashtag_of_a_week_is_not_asked_for(
    lake: Lake, server: Loopback
) -> None:
    ask_for(lake, "instagram", [f"#tag{n}" for n in range(31)], ["hashtag"], START)
    ask_for(lake, "instagram", ["layla"], ["accounts"], START)
    clock = Clock()
    done = synced(lake, server, clock)
    searches = [params for path, params in server.asked if path.endswith("ig_hashtag_search")]
    assert len(searches) == 30
    assert [fault.split(":")[0] for fault in done.faults.values()] == ["SourceLimited"]
    assert "of 30 hashtags are spent" in next(iter(done.faults.values()))
    assert "instagram:layla" in by_id(lake, "accounts", "account_id")
    # Those that count already may be asked for again; the one that waits comes a week later.
    clock.at += timedelta(days=2)
    done = synced(lake, server, clock)
    assert (done.n_finished, len(done.faults)) == (31, 1)
    clock.at += timedelta(days=6)
    done = synced(lake, server, clock)
    assert "tag30" not in done.faults
    assert len(done.faults) == 1


def test_a_hashtag_brings_counts_without_telling_whose_they_are(
    lake: Lake, server: Loopback
) -> None:
    ask_for(lake, "instagram", ["#قهوة"], ["hashtag"], START)
    done = synced(lake, server, Clock())
    assert (done.faults, done.n_rejected) == ({}, 0)
    assert len(by_id(lake, "post_snapshots", "post_id")) == 7
    assert by_id(lake, "posts", "post_id") == {}


def test_own_insights_are_first_hand(lake: Lake, server: Loopback) -> None:
    ask_for(lake, "instagram", ["own"], ["own_posts", "own_audience", "tags"], START)
    done = synced(lake, server, Clock())
    assert (done.n_finished, done.faults, done.n_rejected) == (3, {}, 0)
    first = by_id(lake, "post_snapshots", "post_id")[f"instagram:{code('layla', 6)}"]
    assert (first["reached"], first["saves"], first["likes"]) == (100, 100, 6)
    assert first["basis"] == "first_party"
    shares = {
        (row["dimension"], row["value"]): (row["share"], row["basis"])
        for row in lake.read("audiences").to_pyarrow().to_pylist()
    }
    assert shares[("gender", "female")] == (0.7, "first_party")
    assert shares[("country", "SA")][0] == 0.8
    assert shares[("city", "Riyadh, Riyadh Region")][0] == 1
    assert ("gender", "U") not in shares
    assert f"instagram:{code('sara', 0)}" in by_id(lake, "posts", "post_id")


def test_usage_in_headings_is_what_is_left_and_stops_in_time(
    lake: Lake, server: Loopback, world: SmallInstagram
) -> None:
    world.usage = {
        "X-App-Usage": {"call_count": 28, "total_time": 5, "total_cputime": 9},
        "X-Business-Use-Case-Usage": {
            ME: [{"type": "instagram", "call_count": 97, "total_cputime": 1, "total_time": 1,
                  "estimated_time_to_regain_access": 0}]
        },
    }  # fmt: skip
    ask_for(lake, "instagram", ["layla", "omid"], ["accounts"], START)
    clock = Clock()
    synced(lake, server, clock)
    [told] = [one for one in sources_told(lake, clock.now()) if one.name == "instagram"]
    assert told.quota_left == 3
    world.usage["X-App-Usage"]["call_count"] = 100
    synced(lake, server, clock, is_all=True)
    n = len(server.asked)
    done = synced(lake, server, clock, is_all=True)
    assert (len(server.asked), done.n_waiting) == (n, 2)
    clock.at += timedelta(hours=2)
    world.usage = {"X-App-Usage": {"call_count": 1}}
    assert synced(lake, server, clock, is_all=True).n_asked == 2


@pytest.mark.parametrize(
    ("codes", "error", "stops"),
    [((4, 0), "SourceLimited", True), ((17, 0), "SourceLimited", True),
     ((32, 0), "SourceLimited", True), ((80002, 0), "SourceLimited", True),
     ((190, 463), "SourceRefused", True), ((10, 0), "SourceRefused", False),
     ((110, 2207013), "SourceGone", False), ((100, 33), "SourceGone", False),
     ((2, 0), "SourceUnreachable", True)],
)  # fmt: skip
def test_codes_go_before_statuses(
    lake: Lake, server: Loopback, codes: tuple[int, int], error: str, stops: bool
) -> None:
    ask_for(lake, "instagram", ["layla"], ["accounts"], START)
    server.always = lambda _: refusal(*codes, "what Meta says")
    done = synced(lake, server, Clock())
    assert done.faults["layla"].startswith(error)
    assert "what Meta says" in done.faults["layla"]
    assert bool(done.stopped_by) == stops
    assert ("connect the source again" in done.stopped_by) == (codes[0] == 190)


def test_without_a_token_nothing_is_asked(lake: Lake, server: Loopback) -> None:
    ask_for(lake, "instagram", ["layla"], ["accounts"], START)
    assert "MAWJ_INSTAGRAM_USER_ID" in synced(lake, server, Clock(), user_id="").stopped_by
    assert server.asked == []


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [("posts", "two words", "no account"), ("posts", "https://x.com/layla/status/1", "account"),
     ("hashtag", "two words", "no hashtag"), ("hashtag", "#☕", "no hashtag")],
)  # fmt: skip
def test_what_is_no_account_or_hashtag_is_refused(kind: str, typed: str, said: str) -> None:
    with pytest.raises(SourceRefused, match=said):
        SOURCES["instagram"].subject_of(kind, typed)
