"""Rows of what TikTok's interfaces tell: accounts, videos, comments, who follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.ready.reading_json import count, flag, member, moment, own_id, text
from mawj.sources.ready.ready import Fault, Made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import Record


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one item."""
    name = text(record, "username")
    if text(record, "comment", "id"):
        yield _comment(record["comment"])
    elif text(record, "of"):
        yield from _tie(record)
    elif name and text(record, "id"):
        yield _named(name)
        yield from _video(record, name, taken_at)
    elif name and "follower_count" in record:
        yield from _account(record, name, taken_at)
    else:
        yield Fault("", "is no account, video or comment of TikTok")


def _named(handle: str, **more: Any) -> Made:
    row = {"account_id": _account_id(handle), "platform": "tiktok", "handle": handle.lower()}
    return Made("accounts", row | {"url": f"https://www.tiktok.com/@{handle}"} | more)


def _account_id(handle: str) -> str:
    return f"tiktok:{handle.lower()}"


def _account(user: Record, name: str, taken_at: datetime) -> Iterator[Made]:
    yield _named(
        name, name=text(user, "display_name"), bio=text(user, "bio_description"),
        is_verified=flag(user, "is_verified"),
    )  # fmt: skip
    yield Made(
        "account_snapshots",
        {
            "account_id": _account_id(name), "taken_at": taken_at,
            "followers": count(user, "follower_count"),
            "following": count(user, "following_count"), "posts": count(user, "video_count"),
            "likes_total": count(user, "likes_count"),
        },
    )  # fmt: skip


def _video(video: Record, name: str, taken_at: datetime) -> Iterator[Made]:
    post_id = own_id("tiktok", text(video, "id"))
    length = count(video, "duration")
    yield Made(
        "posts",
        {
            "post_id": post_id, "account_id": _account_id(name), "platform": "tiktok",
            "published_at": moment(video, "create_time"), "kind": "short_video",
            "text": text(video, "video_description") or text(video, "title"),
            "url": f"https://www.tiktok.com/@{name}/video/{text(video, 'id')}",
            "duration_s": count(video, "video_duration") if length is None else length,
        },
    )  # fmt: skip
    yield Made(
        "post_snapshots",
        {
            "post_id": post_id, "taken_at": taken_at, "views": count(video, "view_count"),
            "likes": count(video, "like_count"), "comments": count(video, "comment_count"),
            "reposts": count(video, "share_count"),
        },
    )  # fmt: skip


def _comment(comment: Record) -> Made:
    parent, video = text(comment, "parent_comment_id"), text(comment, "video_id")
    return Made(
        "comments",
        {
            "comment_id": own_id("tiktok", text(comment, "id")),
            "post_id": own_id("tiktok", video),
            # A comment upon the video itself names the video as its parent.
            "parent_comment_id": own_id("tiktok", None if parent == video else parent),
            "published_at": moment(comment, "create_time"), "text": text(comment, "text"),
            "likes": count(comment, "like_count"),
        },
    )  # fmt: skip


def _tie(record: Record) -> Iterator[Made]:
    whose = _account_id(record["of"])
    for word in ("followers", "following"):
        other = text(member(record, word), "username")
        if other is not None:
            yield _named(other, name=text(record[word], "display_name"))
            pair = (_account_id(other), whose)
            pair = pair if word == "followers" else (whose, pair[0])
            yield Made("follows", {"follower_id": pair[0], "followed_id": pair[1]})
