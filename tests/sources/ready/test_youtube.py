"""YouTube Data API answers: records in the provider's shape, invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Path]

UC = "UCaaaaaaaaaaaaaaaaaaaaaa"
CHANNEL = {
    "kind": "youtube#channel", "id": UC,
    "snippet": {
        "title": "مطبخ نورة", "description": "وصفات", "customUrl": "@NouraCooks",
        "publishedAt": "2015-01-01T00:00:00Z", "country": "SA", "defaultLanguage": "ar",
    },
    "statistics": {
        "viewCount": "900000", "subscriberCount": "12300", "hiddenSubscriberCount": False,
        "videoCount": "210",
    },
}  # fmt: skip
VIDEO = {
    "kind": "youtube#video", "id": "vid1",
    "snippet": {
        "publishedAt": "2024-05-01T10:00:00Z", "channelId": UC, "title": "كبسة سريعة",
        "description": "الوصفة #كبسة", "channelTitle": "مطبخ نورة",
        "defaultAudioLanguage": "ar-SA",
    },
    "contentDetails": {"duration": "PT4M13S"},
    "statistics": {"viewCount": "5000", "likeCount": "300", "commentCount": "20"},
    "paidProductPlacementDetails": {"hasPaidProductPlacement": True},
}  # fmt: skip


def comment(native: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": "youtube#comment", "id": native,
        "snippet": {
            "authorDisplayName": "@Sami", "authorChannelId": {"value": "UCsami"},
            "textDisplay": f"<b>{text}</b>", "textOriginal": text, "likeCount": 2,
            "publishedAt": "2024-05-02T00:00:00Z",
        } | more,
    }  # fmt: skip


def page(kind: str, *items: Any) -> dict[str, Any]:
    return {"kind": f"youtube#{kind}ListResponse", "etag": "e", "items": list(items)}


def answer(make: Make, read: Any, *records: Any) -> Any:
    return read(make("answer.json", "\n".join(json.dumps(r, indent=1) for r in records)))


def test_channels_become_accounts_with_counts(make: Make, read: Any) -> None:
    got = answer(make, read, page("channel", CHANNEL))
    (row,) = got.tables["accounts"]
    assert [row[n] for n in ("account_id", "handle", "country", "language")] == [
        f"youtube:{UC}", "nouracooks", "SA", "ar",
    ]  # fmt: skip
    assert got.only("account_snapshots", "followers", "posts", "views_total") == [
        (12_300.0, 210.0, 900_000.0)
    ]


def test_hidden_subscribers_are_not_known(make: Make, read: Any) -> None:
    hidden = CHANNEL | {
        "statistics": {"viewCount": "9", "subscriberCount": "0", "hiddenSubscriberCount": True}
    }
    got = answer(make, read, page("channel", hidden))
    assert got.only("account_snapshots", "followers", "views_total") == [(None, 9.0)]


def test_videos_become_posts_with_counts(make: Make, read: Any) -> None:
    got = answer(make, read, page("video", VIDEO))
    (row,) = got.tables["posts"]
    assert row["text"] == "كبسة سريعة\nالوصفة #كبسة"
    names = ("post_id", "kind", "duration_s", "is_labelled_ad", "language")
    assert [row[name] for name in names] == [
        "youtube:vid1", "video", 253.0, True, "ar-SA",
    ]  # fmt: skip
    assert row["published_at"] == datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert got.only("post_snapshots", "views", "likes", "comments") == [(5000.0, 300.0, 20.0)]
    assert got.only("accounts", "account_id", "name") == [(f"youtube:{UC}", "مطبخ نورة")]


def test_hidden_likes_and_disabled_comments_are_not_known(make: Make, read: Any) -> None:
    got = answer(make, read, page("video", VIDEO | {"statistics": {"viewCount": "5000"}}))
    assert got.only("post_snapshots", "views", "likes", "comments") == [(5000.0, None, None)]


def test_search_results_give_posts_without_counts(make: Make, read: Any) -> None:
    result = {
        "kind": "youtube#searchResult", "id": {"kind": "youtube#video", "videoId": "vid2"},
        "snippet": VIDEO["snippet"],
    }  # fmt: skip
    channel = {
        "kind": "youtube#searchResult", "id": {"kind": "youtube#channel", "channelId": UC},
        "snippet": {"channelId": UC, "title": "مطبخ نورة", "channelTitle": "مطبخ نورة"},
    }  # fmt: skip
    got = answer(make, read, page("search", result, channel))
    assert got.only("posts", "post_id") == ["youtube:vid2"]
    assert got.only("accounts", "account_id") == [f"youtube:{UC}"]
    assert "post_snapshots" not in got.tables


def test_threads_give_comments_and_their_replies(make: Make, read: Any) -> None:
    thread = {
        "kind": "youtube#commentThread", "id": "t1",
        "snippet": {"videoId": "vid1", "topLevelComment": comment("c1", "خیلی خوب بود")},
        "replies": {"comments": [comment("c1.r", "thank you so much", parentId="c1")]},
    }  # fmt: skip
    got = answer(make, read, page("commentThread", thread))
    assert got.only("comments", "comment_id", "post_id", "parent_comment_id", "likes") == [
        ("youtube:c1", "youtube:vid1", None, 2.0),
        ("youtube:c1.r", "youtube:vid1", "youtube:c1", 2.0),
    ]
    assert got.only("comments", "text")[0] == "خیلی خوب بود"
    assert got.only("comments", "language") == ["fa", "en"]
    assert got.only("accounts", "account_id", "handle") == [("youtube:UCsami", "sami")]


def test_items_one_a_line_are_read_and_unknown_kinds_told(make: Make, read: Any) -> None:
    path = make("i.jsonl", "\n".join(map(json.dumps, [VIDEO, {"kind": "youtube#playlist"}])))
    got = read(path)
    assert got.only("posts", "post_id") == ["youtube:vid1"]
    assert got.reasons() == [(2, "kind", "playlist is not loaded")]


def test_an_answer_that_is_an_error_says_so(make: Make, read: Any) -> None:
    failed = {
        "error": {"code": 403, "message": "quotaExceeded"},
        "kind": "youtube#error",
        "items": [],
    }
    got = answer(make, read, page("video", VIDEO), failed)
    assert got.reasons() == [(2, "error", "YouTube answered with an error: quotaExceeded")]
