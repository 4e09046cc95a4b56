"""Mastodon: what is kept of accounts and statuses, and what is left alone because they ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("mastodon", reason="needs the connectors extra: Mastodon.py")

from mawj.flow.source_states import ask_for, states
from mawj.flow.syncing import Asking, Synced, sync
from mawj.lake.lake import Lake
from mawj.sources.live import SOURCES
from mawj.sources.live.live import Access
from mawj.sources.live.polite import Manners, Polite
from mawj.tables.errors import SourceRefused
from tests.sources.live.loopback import Answer, Loopback
from tests.sources.live.rehearsals import SECRET, START, Clock
from tests.sources.live.small_mastodon import SmallMastodon

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAYLA = "layla@example.social"
CLOCK = Clock()
OF_LAYLA = "mastodon:https://example.social/users/layla/statuses"


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with Lake.open(tmp_path / "lake") as lake:
        yield lake


@pytest.fixture
def world() -> SmallMastodon:
    return SmallMastodon()


@pytest.fixture
def server(world: SmallMastodon) -> Iterator[Loopback]:
    with Loopback(world) as server:
        yield server


def synced(
    lake: Lake, server: Loopback, kind: str, subject: str = LAYLA, **access: str
) -> Synced:
    ask_for(lake, "mastodon", [subject], [kind], START)
    clock = CLOCK
    polite = Polite(Manners(2.0, 2), clock.seconds, clock.sleep, lambda: 0.5)
    told = Access({"address": server.address, "inside": "127.0.0.0/8"} | access)
    connection = SOURCES["mastodon"].connect(told, polite)
    try:
        asking = Asking(lake, connection, polite, clock.now)
        return sync(asking, "mastodon", kinds=[kind], is_all=True)
    finally:
        connection.close()


def rows(lake: Lake, table: str) -> list[dict[str, Any]]:
    return lake.read(table).to_pyarrow().to_pylist()


def post_ids(lake: Lake) -> set[str]:
    return {row["post_id"] for row in rows(lake, "posts")}


def raw(lake: Lake) -> str:
    ids = [row["load_id"] for row in rows(lake, "loads")]
    found = [row for one in ids for row in lake.read_raw(one).to_pyarrow().to_pylist()]
    return "\n".join(row["record"] for row in found)


def test_an_account_is_kept_with_its_counts_and_the_rules_of_its_instance(
    lake: Lake, server: Loopback
) -> None:
    assert synced(lake, server, "accounts").faults == {}
    [account] = rows(lake, "accounts")
    assert account["account_id"] == f"mastodon:{LAYLA}"
    assert (account["handle"], account["name"]) == (LAYLA, "Layla")
    assert account["bio"] == "layla writes"
    assert (account["has_picture"], account["has_banner"]) == (True, False)
    assert (account["source"], account["basis"]) == ("mastodon", "public")
    [counts] = rows(lake, "account_snapshots")
    assert (counts["followers"], counts["following"], counts["posts"]) == (100, 0, 7)
    assert "Be kind" in raw(lake)


def test_statuses_are_read_as_a_reader_sees_them(lake: Lake, server: Loopback) -> None:
    synced(lake, server, "posts")
    found = {row["post_id"]: row for row in rows(lake, "posts")}
    english, arabic, persian = (found[f"{OF_LAYLA}/{n}"] for n in (101, 102, 103))
    assert english["text"] == "Coffee in the old town #riyadh"
    assert english["hashtags"] == ["riyadh"]
    assert arabic["text"] == "قهوة الصباح\nفي جدة #قهوة"
    assert persian["text"] == "قهوه صبح با @omid@example.social\n\n#قهوه"
    assert persian["mentions"] == ["omid@example.social"]
    assert [row["language"] for row in (english, arabic, persian)] == ["en", "ar", "fa"]
    counts = {row["post_id"]: row for row in rows(lake, "post_snapshots")}
    told = counts[f"{OF_LAYLA}/104"]
    assert (told["likes"], told["reposts"], told["comments"]) == (3, 1, 0)


def test_a_boost_is_an_act_and_what_is_boosted_stays_its_authors(
    lake: Lake, server: Loopback, world: SmallMastodon
) -> None:
    boosted = world.status("omid", 203)
    boost = world.status("layla", 150) | {"reblog": boosted, "content": boosted["content"]}
    world.extra = [boost]
    synced(lake, server, "posts")
    [act] = rows(lake, "interactions")
    assert (act["kind"], act["actor_id"]) == ("repost", f"mastodon:{LAYLA}")
    assert act["target_id"] == "mastodon:omid@example.social"
    assert act["post_id"] == f"mastodon:{boosted['uri']}"
    assert act["record_id"] == f"{OF_LAYLA}/150"
    assert act["post_id"] in post_ids(lake)
    assert f"{OF_LAYLA}/150" not in post_ids(lake)
    # Taken back, the boost goes; the post of another stays.
    world.extra = []
    assert synced(lake, server, "posts").n_taken_back == 1
    assert rows(lake, "interactions") == []
    assert f"mastodon:{boosted['uri']}" in post_ids(lake)


def test_later_only_what_is_new_and_the_last_days_are_asked_for(
    lake: Lake, server: Loopback, world: SmallMastodon
) -> None:
    world.n_posts = 30
    synced(lake, server, "posts")
    n_first = len(server.asked)
    world.n_posts = 31
    synced(lake, server, "posts")
    assert len(post_ids(lake)) == 31
    asked = [params for path, params in server.asked[n_first:] if path.endswith("/statuses")]
    # Day 29 was the newest: 22 is the first day that is looked at again.
    assert {one["since_id"][0] for one in asked} == {"122"}
    assert len(asked) == 3


def test_a_status_deleted_within_the_last_days_is_taken_back(
    lake: Lake, server: Loopback, world: SmallMastodon
) -> None:
    world.n_posts = 12
    synced(lake, server, "posts")
    world.deleted = {"110", "101"}
    assert synced(lake, server, "posts").n_taken_back == 1
    assert f"{OF_LAYLA}/110" not in post_ids(lake)
    # What is older than a week is not looked at again.
    assert f"{OF_LAYLA}/101" in post_ids(lake)
    assert "statuses/110" not in raw(lake)


WISHES = {
    "noindex": {"noindex": True},
    "discoverable": {"discoverable": False},
    "suspended": {"suspended": True},
    "#nobot": {"note": '<p>Hi <a href="#">#<span>nobot</span></a></p>'},
    "#NoIndex": {"fields": [{"name": "Please", "value": "<p>#NoIndex</p>"}]},
    "#noai": {"note": "<p>صحفية #noai</p>"},
}


@pytest.mark.parametrize("wish", WISHES)
def test_one_who_opts_out_is_left_out_and_what_was_stored_is_taken_back(
    lake: Lake, server: Loopback, world: SmallMastodon, wish: str
) -> None:
    synced(lake, server, "accounts")
    synced(lake, server, "posts")
    assert len(post_ids(lake)) == 7
    world.about = {"layla": WISHES[wish]}
    done = synced(lake, server, "posts")
    assert wish.lower() in done.faults[LAYLA].lower()
    assert not done.stopped_by
    for table in ("accounts", "account_snapshots", "posts", "post_snapshots"):
        assert rows(lake, table) == []
    assert "layla" not in raw(lake)
    # And it is not fetched anew.
    assert list(synced(lake, server, "accounts").faults) == [LAYLA]
    assert rows(lake, "accounts") == []
    # One who allows it is fetched again.
    world.about = {}
    synced(lake, server, "posts")
    assert len(post_ids(lake)) == 7


def test_one_who_does_not_want_posts_searched_keeps_only_the_account(
    lake: Lake, server: Loopback, world: SmallMastodon
) -> None:
    synced(lake, server, "accounts")
    synced(lake, server, "posts")
    world.about = {"layla": {"indexable": False}}
    assert "indexable" in synced(lake, server, "posts").faults[LAYLA]
    assert synced(lake, server, "accounts").faults == {}
    assert post_ids(lake) == set()
    assert [row["handle"] for row in rows(lake, "accounts")] == [LAYLA]


def test_what_an_account_allowed_us_is_kept(
    lake: Lake, server: Loopback, world: SmallMastodon
) -> None:
    world.about = {"layla": {"indexable": False, "note": "<p>#nobot</p>"}}
    assert synced(lake, server, "posts", permitted=f"other.example {LAYLA}").faults == {}
    assert len(post_ids(lake)) == 7


def test_others_in_an_answer_who_opt_out_are_left_out(
    lake: Lake, server: Loopback, world: SmallMastodon
) -> None:
    world.about = {"omid": {"noindex": True}}
    world.extra = [world.status("layla", 150) | {"reblog": world.status("omid", 203)}]
    synced(lake, server, "posts")
    synced(lake, server, "followers")
    assert rows(lake, "interactions") == []
    assert {row["account_id"] for row in rows(lake, "accounts")} == {
        f"mastodon:{LAYLA}", "mastodon:sara@else.example",
    }  # fmt: skip
    assert "users/omid" not in raw(lake)


@pytest.mark.parametrize("visibility", ["unlisted", "private", "direct"])
def test_a_status_that_is_not_for_everybody_is_not_kept(
    lake: Lake, server: Loopback, world: SmallMastodon, visibility: str
) -> None:
    world.extra = [world.status("layla", 150) | {"visibility": visibility}]
    synced(lake, server, "posts")
    assert len(post_ids(lake)) == 7
    assert "statuses/150" not in raw(lake)


def test_a_deleted_account_is_taken_back_and_a_wrong_name_is_told(
    lake: Lake, server: Loopback, world: SmallMastodon
) -> None:
    unknown = "nobody@example.social"
    assert "SourceGone" in synced(lake, server, "posts", unknown).faults[unknown]
    synced(lake, server, "posts")
    world.deleted = {"layla"}
    assert "SourceGone" in synced(lake, server, "posts").faults[LAYLA]
    assert post_ids(lake) == set()


def test_a_404_that_says_nothing_of_the_account_takes_nothing_back(
    lake: Lake, server: Loopback
) -> None:
    synced(lake, server, "posts")
    server.always = lambda a: a if isinstance(a.said, list) else Answer(b"<html>", 404)
    assert "SourceGone" in synced(lake, server, "posts").faults[LAYLA]
    assert len(post_ids(lake)) == 7


def test_one_who_moved_is_kept_and_where_to_is_told(
    lake: Lake, server: Loopback, world: SmallMastodon
) -> None:
    world.about = {"layla": {"moved": world.account("sara@else.example")}}
    done = synced(lake, server, "posts")
    assert "has moved to sara@else.example" in done.faults[LAYLA]
    assert len(post_ids(lake)) == 7


@pytest.mark.parametrize(
    "rule",
    ["No scraping or data mining of our members", "لا يسمح بجمع البيانات",
     "جمع‌آوری داده‌های کاربران ممنوع است", "Automated collection is forbidden"],
)  # fmt: skip
def test_an_instance_whose_rules_forbid_collecting_is_left_alone(
    lake: Lake, server: Loopback, world: SmallMastodon, rule: str
) -> None:
    world.rules = ("Be kind", rule)
    done = synced(lake, server, "posts")
    assert rule in done.faults[LAYLA]
    assert [path for path, _ in server.asked] == ["/api/v2/instance/"]
    assert synced(lake, server, "posts", permitted="example.social").faults == {}


def test_who_follows_whom_who_acted_and_who_answered(lake: Lake, server: Loopback) -> None:
    address = "https://example.social/@layla/101"
    for kind in ("followers", "follows"):
        assert synced(lake, server, kind).faults == {}
    for kind in ("likes", "reposts", "replies"):
        assert synced(lake, server, kind, address).faults == {}
    layla, omid, sara = (
        f"mastodon:{name}" for name in (LAYLA, "omid@example.social", "sara@else.example")
    )
    assert {(row["follower_id"], row["followed_id"]) for row in rows(lake, "follows")} == {
        (omid, layla), (sara, layla), (layla, omid), (layla, sara),
    }  # fmt: skip
    assert {
        (row["kind"], row["actor_id"], row["target_id"], row["post_id"])
        for row in rows(lake, "interactions")
    } == {(kind, omid, layla, f"{OF_LAYLA}/101") for kind in ("like", "repost")}
    [reply] = rows(lake, "posts")
    assert (reply["account_id"], reply["reply_to_account_id"]) == (omid, layla)
    assert reply["reply_to_post_id"] == f"{OF_LAYLA}/101"


def test_followers_come_page_by_page_and_only_where_they_are_shown(
    lake: Lake, server: Loopback, world: SmallMastodon
) -> None:
    world.page = 1
    assert synced(lake, server, "followers").n_items == 2
    asked = [params for path, params in server.asked if path.endswith("/followers")]
    assert [one.get("max_id") for one in asked] == [None, ["899"]]
    world.about = {"layla": {"hide_collections": True}}
    assert "does not show" in synced(lake, server, "followers").faults[LAYLA]


def test_a_tag_brings_what_is_new_since(lake: Lake, server: Loopback) -> None:
    synced(lake, server, "tag", "#قهوة@example.social")
    assert any(path.endswith("/tag/%D9%82%D9%87%D9%88%D8%A9") for path, _ in server.asked)
    assert len(post_ids(lake)) == 7
    n_first = len(server.asked)
    synced(lake, server, "tag", "#قهوة@example.social")
    [again] = [params for path, params in server.asked[n_first:] if "/tag/" in path]
    assert again["since_id"] == ["207"]


def test_a_search_needs_a_token_and_the_token_is_no_file(
    lake: Lake, server: Loopback, tmp_path: Path
) -> None:
    words = "coffee@example.social"
    assert "MAWJ_MASTODON_TOKEN" in synced(lake, server, "search", words).faults[words]
    file = tmp_path / "secret"
    file.write_text(SECRET)
    assert synced(lake, server, "search", words, token=str(file)).faults == {}
    assert [row["handle"] for row in rows(lake, "accounts")] == ["omid@example.social"]
    assert {one.get("authorization") for one in server.headings} == {None, f"Bearer {file}"}


def test_what_is_left_is_told_by_a_moment_of_the_instances_clock(
    lake: Lake, world: SmallMastodon
) -> None:
    told = {
        "X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "250",
        "X-RateLimit-Reset": "2026-01-01T00:05:00.123456Z",
        "Date": "Thu, 01 Jan 2026 00:00:00 GMT",
    }  # fmt: skip

    def answer(path: str, params: dict[str, list[str]]) -> Answer:
        found = world(path, params)
        return replace(found, headings=found.headings | told)

    with Loopback(answer) as server:
        synced(lake, server, "accounts")
    [quota] = rows(lake, "source_quotas")
    assert quota["left"] == 250
    to_go = quota["resets_at"] - quota["told_at"]
    assert timedelta(seconds=290) < to_go <= timedelta(seconds=301)


def test_nobody_sends_us_on_to_another_address(lake: Lake, world: SmallMastodon) -> None:
    with Loopback(world) as inner:
        there = {"Location": f"{inner.address}/api/v2/instance"}
        with Loopback(lambda *_: Answer({}, 302, there)) as outer:
            done = synced(lake, outer, "accounts")
        assert inner.asked == []
    assert "SourceUnreachable" in done.faults[LAYLA]


def test_an_instance_inside_our_network_is_not_asked(lake: Lake) -> None:
    with Loopback(SmallMastodon()) as server:
        host = server.address.removeprefix("http://")
        for address in (server.address, ""):
            access = {"address": address, "inside": ""}
            done = synced(lake, server, "accounts", f"layla@{host}", **access)
            assert "is not a public address" in done.faults[f"layla@{host}"]
        assert server.asked == []


def test_an_instance_that_fails_says_nothing_of_the_others(
    lake: Lake, server: Loopback
) -> None:
    hosts = (server.address.removeprefix("http://"), "127.0.0.2:9")
    asked = [f"{name}@{host}" for name in ("layla", "omid") for host in hosts]
    ask_for(lake, "mastodon", asked[1:], ["accounts"], START)
    done = synced(lake, server, "accounts", asked[0], address="")
    # Nobody speaks TLS there: each instance is asked about one account, then left alone.
    assert sorted(one.partition("@")[2] for one in done.faults) == sorted(hosts)
    assert not done.stopped_by


@pytest.mark.parametrize("said", [[], {}, "text", 5, [5], [[]], None, {"id": 5}, [{}]])
@pytest.mark.parametrize("kind", ["accounts", "posts", "followers", "tag"])
def test_an_answer_of_another_shape_is_a_word_not_a_crash(
    lake: Lake, server: Loopback, world: SmallMastodon, kind: str, said: Any
) -> None:
    subject = f"coffee@{LAYLA.partition('@')[2]}" if kind == "tag" else LAYLA
    server.faults = {n: lambda a: replace(a, said=said) for n in range(2, 9)}
    done = synced(lake, server, kind, subject)
    [state] = states(lake)
    assert bool(done.faults) == (state.error is not None)
    assert done.faults or not rows(lake, "posts")


@pytest.mark.parametrize(
    ("kind", "typed", "subject"),
    [
        ("posts", "@Layla@Example.social", LAYLA),
        ("posts", "https://example.social/@layla", LAYLA),
        ("posts", "https://example.social/users/layla", LAYLA),
        ("posts", "https://example.social/@sara@else.example", "sara@else.example"),
        ("likes", "https://example.social/@layla/101", "101@example.social"),
        ("tag", "#قهوة@example.social", "قهوة@example.social"),
        ("search", "old  town@example.social", "old town@example.social"),
    ],
)
def test_what_a_person_pastes_is_understood(kind: str, typed: str, subject: str) -> None:
    assert SOURCES["mastodon"].subject_of(kind, typed) == subject


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("posts", "layla"), ("posts", "@layla@local"), ("likes", "https://example.social/@layla"),
     ("tag", "coffee"), ("tag", "#@example.social"), ("posts", "https://example.social/")],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(kind: str, typed: str) -> None:
    with pytest.raises(SourceRefused):
        SOURCES["mastodon"].subject_of(kind, typed)
