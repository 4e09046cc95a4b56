"""X API v2 pages and flattened posts, v1.1 posts: records in the provider's shape, invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Path]

AT = "2024-05-01T10:00:00.000Z"


def user(native: str, handle: str, followers: int = 10) -> dict[str, Any]:
    return {
        "id": native, "username": handle, "name": handle.title(), "description": "قهوة",
        "created_at": "2015-01-01T00:00:00.000Z", "verified": False, "protected": False,
        "profile_image_url": "https://example.org/default_profile_normal.png",
        "public_metrics": {
            "followers_count": followers, "following_count": 5, "tweet_count": 70,
            "listed_count": 2, "like_count": 999,
        },
    }  # fmt: skip


def tweet(native: str, by: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "id": native, "author_id": by, "text": text, "created_at": AT, "lang": "ar",
        "edit_history_tweet_ids": [native],
        "public_metrics": {
            "retweet_count": 3, "reply_count": 1, "like_count": 20, "quote_count": 0,
            "bookmark_count": 4, "impression_count": 900,
        },
    } | more  # fmt: skip


PAGE = {
    "data": [
        tweet(
            "11", "1", "صباح القهوة @Layla #قهوة",
            entities={"mentions": [{"id": "3", "username": "Layla"}]},
            attachments={"media_keys": ["m1"]},
        ),
        tweet("12", "2", "RT @Anna: hi", referenced_tweets=[{"type": "retweeted", "id": "9"}]),
        tweet(
            "13", "2", "yes, short form", lang="qme", in_reply_to_user_id="1",
            note_tweet={"text": "yes, the whole long text"},
            referenced_tweets=[
                {"type": "replied_to", "id": "11"}, {"type": "quoted", "id": "8"},
            ],
        ),
    ],
    "includes": {
        "users": [user("1", "Anna", 100), user("2", "bob")],
        "tweets": [tweet("9", "1", "hello", lang="en")],
        "media": [{"media_key": "m1", "type": "video", "duration_ms": 9500}],
    },
    "errors": [{"title": "Not Found Error", "detail": "Could not find tweet 8."}],
    "meta": {"result_count": 3},
    "__twarc": {"retrieved_at": "2024-05-02T00:00:00+00:00", "url": "https://api.x.com/2/x"},
}  # fmt: skip


def lines(*records: dict[str, Any]) -> str:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records)


def test_a_page_gives_posts_with_what_they_answer_and_pass_on(make: Make, read: Any) -> None:
    posts = {row["post_id"]: row for row in read(make("t.jsonl", lines(PAGE))).tables["posts"]}
    assert set(posts) == {"x:9", "x:11", "x:12", "x:13"}
    first, repost, reply = posts["x:11"], posts["x:12"], posts["x:13"]
    assert (first["account_id"], first["kind"], first["duration_s"]) == ("x:1", "video", 9.5)
    assert first["url"] == "https://x.com/Anna/status/11"
    assert first["mentions"] == ["layla"]
    assert (first["language"], first["language_basis"]) == ("ar", "given")
    assert (repost["repost_of_post_id"], repost["repost_of_account_id"]) == ("x:9", "x:1")
    assert (reply["reply_to_post_id"], reply["reply_to_account_id"]) == ("x:11", "x:1")
    assert (reply["quote_of_post_id"], reply["quote_of_account_id"]) == ("x:8", None)
    assert reply["text"] == "yes, the whole long text"
    assert (reply["language"], reply["language_basis"]) == ("en", "detected")


def test_a_page_gives_accounts_and_counts_at_the_moment_twarc_notes(
    make: Make, read: Any
) -> None:
    got = read(make("t.jsonl", lines(PAGE)))
    taken = datetime(2024, 5, 2, tzinfo=UTC)
    columns = ("account_id", "taken_at", "followers", "lists")
    assert sorted(got.only("account_snapshots", *columns)) == [
        ("x:1", taken, 100.0, 2.0), ("x:2", taken, 10.0, 2.0),
    ]  # fmt: skip
    accounts = {row["account_id"]: row for row in got.tables["accounts"]}
    assert set(accounts) == {"x:1", "x:2", "x:3"}
    assert (accounts["x:3"]["handle"], accounts["x:3"]["bio"]) == ("layla", None)
    assert (accounts["x:1"]["has_picture"], accounts["x:1"]["is_verified"]) == (False, False)
    assert got.tables["accounts"][0]["source"] == "x:api-v2"


def test_counts_of_a_repost_are_left_to_the_post_passed_on(make: Make, read: Any) -> None:
    got = read(make("t.jsonl", lines(PAGE)))
    assert sorted(got.only("post_snapshots", "post_id")) == ["x:11", "x:13", "x:9"]
    row = got.tables["post_snapshots"][0]
    assert [row[n] for n in ("impressions", "likes", "comments", "reposts", "saves")] == [
        900.0, 20.0, 1.0, 3.0, 4.0,
    ]  # fmt: skip


def test_what_x_could_not_give_is_told(make: Make, read: Any) -> None:
    got = read(make("t.jsonl", lines(PAGE)))
    assert got.reasons() == [
        (1, "errors", "X could not give all that was asked for: Could not find tweet 8.")
    ]
    assert got.n_lost == 0


def test_a_record_names_its_accounts_for_erasing(make: Make, read: Any) -> None:
    (raw,) = read(make("t.jsonl", lines(PAGE))).raw
    assert {"x:1", "x:2", "x:3"} <= set(raw["account_ids"])
    assert json.loads(raw["record"]) == PAGE


def test_flattened_posts_give_the_same_rows(make: Make, read: Any) -> None:
    original = tweet("9", "1", "hello", lang="en", author=user("1", "Anna", 100))
    flat = tweet(
        "12", "2", "RT @Anna: hello", author=user("2", "bob"),
        referenced_tweets=[{"type": "retweeted"} | original],
        attachments={"media": [{"type": "photo"}]},
        __twarc={"retrieved_at": "2024-05-02T00:00:00+00:00"},
    )  # fmt: skip
    got = read(make("flat.jsonl", lines(flat)))
    posts = {row["post_id"]: row for row in got.tables["posts"]}
    assert posts["x:12"]["repost_of_account_id"] == "x:1"
    assert posts["x:12"]["kind"] == "photo"
    assert posts["x:9"]["url"] == "https://x.com/Anna/status/9"
    assert set(got.only("account_snapshots", "account_id")) == {"x:1", "x:2"}


def test_pages_of_followers_give_who_follows_whom(make: Make, read: Any) -> None:
    followers = {
        "data": [user("2", "bob"), user("3", "carla")],
        "__twarc": {"url": "https://api.x.com/2/users/1/followers", "retrieved_at": AT},
    }
    following = {
        "data": [user("4", "dina")],
        "__twarc": {"url": "https://api.x.com/2/users/1/following?max_results=9"},
    }
    got = read(make("f.jsonl", lines(followers, following)))
    assert sorted(got.only("follows", "follower_id", "followed_id")) == [
        ("x:1", "x:4"), ("x:2", "x:1"), ("x:3", "x:1"),
    ]  # fmt: skip


def test_pages_repeat_users_and_each_is_given_once(make: Make, read: Any) -> None:
    got = read(make("t.jsonl", lines(PAGE, PAGE)))
    ids = got.only("accounts", "account_id")
    assert len(ids) == len(set(ids))
    assert len(got.only("posts", "post_id")) == 4


def test_a_line_of_another_kind_is_set_aside(make: Make, read: Any) -> None:
    got = read(make("t.jsonl", lines(PAGE, {"meta": {"result_count": 0}}) + "\nnot json"))
    assert [(row, field) for row, field, _ in got.reasons()] == [
        (3, ""),
        (1, "errors"),
        (2, ""),
    ]
    assert got.n_lost == 2


def old_user(native: str, handle: str) -> dict[str, Any]:
    return {
        "id_str": native, "screen_name": handle, "name": handle, "description": "",
        "followers_count": 8, "friends_count": 4, "statuses_count": 2, "listed_count": 1,
        "favourites_count": 500, "verified": True, "protected": False,
        "default_profile_image": False, "location": "جدة",
        "created_at": "Mon Mar 02 10:00:00 +0000 2015",
    }  # fmt: skip


def test_posts_of_the_older_interface_are_read(make: Make, read: Any) -> None:
    original = {
        "id_str": "5", "user": old_user("1", "Anna"), "lang": "ar",
        "full_text": "أهلا وسهلا بكم",
        "created_at": "Wed May 01 10:00:00 +0000 2024", "favorite_count": 7, "retweet_count": 2,
        "entities": {"media": [{"type": "photo"}]},
    }  # fmt: skip
    repost = {
        "id_str": "6", "user": old_user("2", "bob"), "text": "RT @Anna: …", "lang": "in",
        "created_at": "Wed May 01 11:00:00 +0000 2024", "retweeted_status": original,
        "entities": {"user_mentions": [{"id_str": "1", "screen_name": "Anna"}]},
    }  # fmt: skip
    got = read(make("old.jsonl", lines(repost)))
    posts = {row["post_id"]: row for row in got.tables["posts"]}
    assert posts["x:5"]["published_at"] == datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert (posts["x:5"]["kind"], posts["x:6"]["repost_of_account_id"]) == ("photo", "x:1")
    assert posts["x:6"]["language"] == "id"
    assert got.only("post_snapshots", "post_id", "likes", "reposts") == [("x:5", 7.0, 2.0)]
    assert got.tables["accounts"][0]["place"] == "جدة"
    assert "likes_total" not in {k for k, v in got.tables["account_snapshots"][0].items() if v}
