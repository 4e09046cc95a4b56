"""Bluesky answers: records in the shape of its lexicons, invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Path]


def who(name: str, **more: Any) -> dict[str, Any]:
    return {"did": f"did:plc:{name}", "handle": f"{name}.example", "displayName": name} | more


def post(key: str, by: str, text: str, **record: Any) -> dict[str, Any]:
    return {
        "uri": f"at://did:plc:{by}/app.bsky.feed.post/{key}", "cid": "c", "author": who(by),
        "record": {"text": text, "createdAt": "2024-05-01T10:00:00Z", "langs": ["fa"]} | record,
        "replyCount": 1, "repostCount": 2, "likeCount": 3, "quoteCount": 4, "bookmarkCount": 5,
    }  # fmt: skip


def at(by: str, key: str) -> str:
    return f"bluesky:at://did:plc:{by}/app.bsky.feed.post/{key}"


def answer(make: Make, read: Any, *records: dict[str, Any]) -> Any:
    return read(make("answer.jsonl", "\n".join(map(json.dumps, records))))


def test_accounts_are_read_alone_and_in_lists(make: Make, read: Any) -> None:
    anna = who(
        "anna", followersCount=7, followsCount=3, postsCount=2, avatar="a", description="b"
    )
    got = answer(make, read, anna, {"profiles": [who("bob", followersCount=9)]})
    assert got.only("accounts", "account_id", "handle", "has_picture") == [
        ("bluesky:did:plc:anna", "anna.example", True),
        ("bluesky:did:plc:bob", "bob.example", None),
    ]
    assert got.only("account_snapshots", "followers", "following", "posts") == [
        (7.0, 3.0, 2.0), (9.0, None, None),
    ]  # fmt: skip


def test_a_feed_gives_posts_counts_and_reposts(make: Make, read: Any) -> None:
    said = "سلام @bob.example"
    start = len(said.encode()) - len("@bob.example")
    facet = {
        "index": {"byteStart": start, "byteEnd": len(said.encode())},
        "features": [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:bob"}],
    }
    own = post("1", "anna", said, facets=[facet], embed={"$type": "app.bsky.embed.images"})
    answered = {"uri": "at://did:plc:bob/app.bsky.feed.post/2"}
    reply = post(
        "3", "anna", "بله", reply={"parent": answered, "root": answered}, langs=["fa", "en"],
        embed={"$type": "app.bsky.embed.record", "record": answered},
    )  # fmt: skip
    passed_on = {
        "post": post("4", "carla", "hello"),
        "reason": {
            "$type": "app.bsky.feed.defs#reasonRepost", "by": who("anna"),
            "indexedAt": "2024-05-02T00:00:00Z",
        },
    }  # fmt: skip
    got = answer(
        make, read, {"feed": [{"post": own}, {"post": reply}, passed_on], "cursor": "x"}
    )
    posts = {row["post_id"]: row for row in got.tables["posts"]}
    first, second = posts[at("anna", "1")], posts[at("anna", "3")]
    assert (first["kind"], first["language"], first["language_basis"]) == (
        "photo",
        "fa",
        "given",
    )
    assert first["url"] == "https://bsky.app/profile/anna.example/post/1"
    assert (
        second["reply_to_account_id"] == second["quote_of_account_id"] == "bluesky:did:plc:bob"
    )
    assert second["language_basis"] != "given"
    assert got.only("post_snapshots", "likes", "reposts", "comments", "quotes", "saves")[0] == (
        3.0, 2.0, 1.0, 4.0, 5.0,
    )  # fmt: skip
    assert got.only("interactions", "kind", "actor_id", "target_id", "post_id", "at") == [
        (
            "repost", "bluesky:did:plc:anna", "bluesky:did:plc:carla", at("carla", "4"),
            datetime(2024, 5, 2, tzinfo=UTC),
        )
    ]  # fmt: skip
    handles = dict(got.only("accounts", "account_id", "handle"))
    assert handles["bluesky:did:plc:bob"] == "bob.example"


def test_followers_follows_likes_and_lists_give_ties(make: Make, read: Any) -> None:
    uri = "at://did:plc:anna/app.bsky.feed.post/1"
    about = {
        "uri": "at://did:plc:bob/app.bsky.graph.list/9",
        "name": "قهوه",
        "creator": who("bob"),
    }
    got = answer(
        make,
        read,
        {"subject": who("anna"), "followers": [who("bob")]},
        {"subject": who("anna"), "follows": [who("carla")]},
        {"uri": uri, "likes": [{"actor": who("bob"), "createdAt": "2024-05-01T00:00:00Z"}]},
        {"uri": uri, "repostedBy": [who("carla")]},
        {"list": about, "items": [{"uri": "x", "subject": who("anna")}]},
    )
    assert got.only("follows", "follower_id", "followed_id") == [
        ("bluesky:did:plc:bob", "bluesky:did:plc:anna"),
        ("bluesky:did:plc:anna", "bluesky:did:plc:carla"),
    ]
    assert got.only("interactions", "kind", "actor_id", "target_id") == [
        ("like", "bluesky:did:plc:bob", "bluesky:did:plc:anna"),
        ("repost", "bluesky:did:plc:carla", "bluesky:did:plc:anna"),
    ]
    (listing,) = got.tables["listings"]
    assert (listing["account_id"], listing["name"]) == ("bluesky:did:plc:anna", "قهوه")
    assert len(listing["terms"]) == 1


def test_search_results_and_single_posts_are_posts(make: Make, read: Any) -> None:
    got = answer(make, read, {"posts": [post("1", "anna", "a b")]}, post("2", "anna", "c d"))
    assert got.only("posts", "post_id") == [at("anna", "1"), at("anna", "2")]


def test_what_is_not_blueskys_is_set_aside(make: Make, read: Any) -> None:
    got = answer(make, read, who("anna"), {"error": "RateLimitExceeded"})
    assert got.reasons() == [(2, "", "is no account, post, feed or list of Bluesky")]
