"""X (Twitter) API v1.1 posts, one a line, as older collections hold them.

Field names: Twitter API v1.1 data dictionary (tweet and user objects).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.ready.reading_json import count, flag, member, members, moment, own_id, text
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping, records_of
from mawj.sources.vocabulary import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record


def detect(raw: RawFile) -> bool:
    """Posts with a text id and their author inside."""
    return any(_is_tweet(one) or _is_user(one) for one in records_of(raw))


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one post, with the posts it quotes or passes on; or of one account."""
    if _is_user(record):
        yield from _user(record, taken_at)
        return
    if not _is_tweet(record):
        yield Fault("", "is neither a post nor an account of X API v1.1")
        return
    for inner in ("retweeted_status", "quoted_status"):
        if _is_tweet(record.get(inner)):
            yield from make(record[inner], taken_at)
    yield from _user(record["user"], taken_at)
    yield from _tweet(record, taken_at)


def _is_tweet(one: Any) -> bool:
    return isinstance(one, dict) and "id_str" in one and "id_str" in (one.get("user") or {})


def _is_user(one: Any) -> bool:
    return isinstance(one, dict) and "id_str" in one and "screen_name" in one


def _user(user: Any, taken_at: datetime) -> Iterator[Made]:
    account_id, handle = own_id("x", text(user, "id_str")), text(user, "screen_name")
    plain = flag(user, "default_profile_image")
    yield Made(
        "accounts",
        {
            "account_id": account_id, "platform": "x",
            "handle": handle.lower() if handle else None,
            "name": text(user, "name"), "bio": text(user, "description"),
            "url": f"https://x.com/{handle}" if handle else None,
            "place": text(user, "location"), "created_at": moment(user, "created_at"),
            "is_verified": flag(user, "verified"), "is_private": flag(user, "protected"),
            "has_picture": None if plain is None else not plain,
        },
    )  # fmt: skip
    yield Made(
        "account_snapshots",
        {
            "account_id": account_id, "taken_at": taken_at,
            "followers": count(user, "followers_count"),
            "following": count(user, "friends_count"),
            "posts": count(user, "statuses_count"), "lists": count(user, "listed_count"),
        },
    )  # fmt: skip


def _tweet(tweet: Record, taken_at: datetime) -> Iterator[Made]:
    post_id, repost = own_id("x", text(tweet, "id_str")), tweet.get("retweeted_status")
    handle = text(tweet, "user", "screen_name")
    quote = tweet.get("quoted_status")
    yield Made(
        "posts",
        {
            "post_id": post_id, "account_id": own_id("x", text(tweet, "user", "id_str")),
            "platform": "x", "published_at": moment(tweet, "created_at"),
            "kind": _form(tweet), "text": _words(tweet),
            "language": language_of(text(tweet, "lang") or "und"),
            "url": f"https://x.com/{handle}/status/{tweet['id_str']}",
            "reply_to_post_id": own_id("x", text(tweet, "in_reply_to_status_id_str")),
            "reply_to_account_id": own_id("x", text(tweet, "in_reply_to_user_id_str")),
            "repost_of_post_id": own_id("x", text(repost, "id_str")),
            "repost_of_account_id": own_id("x", text(repost, "user", "id_str")),
            "quote_of_post_id": own_id("x", text(tweet, "quoted_status_id_str")),
            "quote_of_account_id": own_id("x", text(quote, "user", "id_str")),
        },
    )  # fmt: skip
    for one in members(tweet, "entities", "user_mentions"):
        native, handle = text(one, "id_str"), text(one, "screen_name")
        if native and handle:
            row = {"account_id": f"x:{native}", "platform": "x", "handle": handle.lower()}
            yield Made("accounts", row)
    if repost is None:
        yield Made(
            "post_snapshots",
            {
                "post_id": post_id, "taken_at": taken_at,
                "likes": count(tweet, "favorite_count"),
                "reposts": count(tweet, "retweet_count"),
                "quotes": count(tweet, "quote_count"),
                "comments": count(tweet, "reply_count"),
            },
        )  # fmt: skip


def _words(tweet: Record) -> str | None:
    return (
        text(tweet, "extended_tweet", "full_text")
        or text(tweet, "full_text")
        or text(tweet, "text")
    )


def _form(tweet: Record) -> str:
    entities = member(tweet, "extended_entities") or tweet.get("entities")
    kinds = {text(one, "type") for one in members(entities, "media")}
    if kinds & {"video", "animated_gif"}:
        return "video"
    return "photo" if "photo" in kinds else "text"


READY = Ready(
    "x_api_v1",
    "X (Twitter) API v1.1 posts or accounts, JSON lines",
    detect,
    lambda _: RecordMapping("x_api_v1", make, "x:api-v1.1"),
)
