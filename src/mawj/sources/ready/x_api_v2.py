"""X (Twitter) API v2 as twarc writes it: pages of posts or users, whole or flattened.

A page is one line: `data` (posts, or users), `includes` (the users, posts and media that they
name), `errors`, `meta` and twarc's own `__twarc`. Flattened, each line is one post that carries
its `author`, `referenced_tweets` and `attachments.media` inside. Field names: X API v2 data
dictionary (tweet, user, media objects); twarc2 documentation, "flatten".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mawj.sources.ready.reading_json import count, flag, member, members, moment, own_id, text
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping, records_of
from mawj.sources.vocabulary import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

_FOLLOWS = re.compile(r"/users/(\d+)/(followers|following)\b")
_FORMS = {"photo": "photo", "video": "video", "animated_gif": "video"}


def detect(raw: RawFile) -> bool:
    """Pages with posts or users, or flattened posts."""
    return any(_is_page(one) or _is_tweet(one) for one in records_of(raw))


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one line."""
    taken_at = moment(record, "__twarc", "retrieved_at") or taken_at
    if _is_tweet(record):
        yield from _flattened(record, taken_at)
        return
    listed = list(members(record, "data")) or [one for one in [record.get("data")] if one]
    included = list(members(record, "includes", "tweets"))
    media = {text(one, "media_key"): one for one in members(record, "includes", "media")}
    authors = {text(t, "id"): text(t, "author_id") for t in (*listed, *included)}
    handles = {text(u, "id"): text(u, "username") for u in members(record, "includes", "users")}
    for user in (*filter(_is_user, listed), *members(record, "includes", "users")):
        yield from _user(user, taken_at)
    for tweet in filter(_is_tweet, (*listed, *included)):
        attached = [media.get(key) for key in member(tweet, "attachments", "media_keys") or []]
        handle = handles.get(text(tweet, "author_id"))
        yield from _tweet(tweet, taken_at, authors, (handle, attached))
    yield from _followers(record, [one for one in listed if _is_user(one)])
    yield from _errors(record)


def _is_page(record: Record) -> bool:
    data = record.get("data")
    listed = data if isinstance(data, list) else [data]
    return any(_is_tweet(one) or _is_user(one) for one in listed if isinstance(one, dict))


def _is_tweet(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and isinstance(one.get("id"), str)
        and isinstance(one.get("text"), str)
        and ("author_id" in one or "edit_history_tweet_ids" in one)
    )


def _is_user(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and isinstance(one.get("id"), str)
        and isinstance(one.get("username"), str)
        and "text" not in one
    )


def _flattened(tweet: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    referenced = list(members(tweet, "referenced_tweets"))
    authors = {text(t, "id"): text(t, "author_id") for t in (tweet, *referenced)}
    people = [tweet.get("author"), tweet.get("in_reply_to_user")]
    for user in (*people, *(one.get("author") for one in referenced)):
        if _is_user(user):
            yield from _user(user, taken_at)
    for one in (tweet, *filter(_is_tweet, referenced)):
        attached = list(members(one, "attachments", "media"))
        handle = text(one, "author", "username")
        yield from _tweet(one, taken_at, authors, (handle, attached))


def _user(user: Any, taken_at: datetime) -> Iterator[Made]:
    account_id, handle = own_id("x", text(user, "id")), text(user, "username")
    picture = text(user, "profile_image_url")
    yield Made(
        "accounts",
        {
            "account_id": account_id, "platform": "x",
            "handle": handle.lower() if handle else None,
            "name": text(user, "name"), "bio": text(user, "description"),
            "url": f"https://x.com/{handle}" if handle else None,
            "place": text(user, "location"), "created_at": moment(user, "created_at"),
            "is_verified": flag(user, "verified"), "is_private": flag(user, "protected"),
            "has_picture": None if picture is None else "default_profile" not in picture,
        },
    )  # fmt: skip
    yield Made(
        "account_snapshots",
        {
            "account_id": account_id, "taken_at": taken_at,
            "followers": count(user, "public_metrics", "followers_count"),
            "following": count(user, "public_metrics", "following_count"),
            "posts": count(user, "public_metrics", "tweet_count"),
            "lists": count(user, "public_metrics", "listed_count"),
        },
    )  # fmt: skip


def _tweet(
    tweet: Any,
    taken_at: datetime,
    authors: dict[str | None, str | None],
    shown: tuple[str | None, list[Any]],
) -> Iterator[Made]:
    handle, attached = shown
    post_id, account_id = own_id("x", text(tweet, "id")), own_id("x", text(tweet, "author_id"))
    repost_of, quote_of = _reference(tweet, "retweeted"), _reference(tweet, "quoted")
    yield Made(
        "posts",
        {
            "post_id": post_id, "account_id": account_id, "platform": "x",
            "published_at": moment(tweet, "created_at"), "kind": _form(attached),
            "text": text(tweet, "note_tweet", "text") or text(tweet, "text"),
            "language": language_of(text(tweet, "lang") or "und"),
            "url": f"https://x.com/{handle or 'i'}/status/{text(tweet, 'id')}",
            "reply_to_post_id": own_id("x", _reference(tweet, "replied_to")),
            "reply_to_account_id": own_id("x", text(tweet, "in_reply_to_user_id")),
            "repost_of_post_id": own_id("x", repost_of),
            "repost_of_account_id": own_id("x", authors.get(repost_of)),
            "quote_of_post_id": own_id("x", quote_of),
            "quote_of_account_id": own_id("x", authors.get(quote_of)),
            "duration_s": _duration(attached),
            "is_labelled_ad": flag(tweet, "paid_partnership"),
        },
    )  # fmt: skip
    yield from _mentioned(tweet)
    # The counts on a repost are those of the post passed on; that post brings them itself.
    if repost_of is None:
        yield Made("post_snapshots", _counts(tweet, taken_at) | {"post_id": post_id})


def _counts(tweet: Any, taken_at: datetime) -> dict[str, Any]:
    names = {
        "impressions": "impression_count", "likes": "like_count", "comments": "reply_count",
        "reposts": "retweet_count", "quotes": "quote_count", "saves": "bookmark_count",
    }  # fmt: skip
    found = {ours: count(tweet, "public_metrics", theirs) for ours, theirs in names.items()}
    return {"taken_at": taken_at, **found}


def _mentioned(tweet: Any) -> Iterator[Made]:
    """The accounts a post mentions: their ids stand beside their handles."""
    for one in members(tweet, "entities", "mentions"):
        native, handle = text(one, "id"), text(one, "username")
        if native and handle:
            row = {"account_id": f"x:{native}", "platform": "x", "handle": handle.lower()}
            yield Made("accounts", row)


def _reference(tweet: Any, kind: str) -> str | None:
    for one in members(tweet, "referenced_tweets"):
        if one.get("type") == kind:
            return text(one, "id")
    return None


def _form(attached: list[Any]) -> str:
    return next(
        (_FORMS[kind] for one in attached if (kind := text(one, "type")) in _FORMS), "text"
    )


def _duration(attached: list[Any]) -> float | None:
    lengths = [ms for one in attached if (ms := count(one, "duration_ms")) is not None]
    return max(lengths) / 1000 if lengths else None


def _followers(record: Record, users: list[Any]) -> Iterator[Made]:
    """Who follows whom, where twarc noted the address that was asked for."""
    asked = _FOLLOWS.search(text(record, "__twarc", "url") or "")
    if asked is None:
        return
    whose = f"x:{asked[1]}"
    for user in users:
        other = own_id("x", text(user, "id"))
        pair = (other, whose) if asked[2] == "followers" else (whose, other)
        yield Made("follows", {"follower_id": pair[0], "followed_id": pair[1]})


def _errors(record: Record) -> Iterator[Fault]:
    for one in members(record, "errors"):
        said = text(one, "detail") or text(one, "title") or "no reason given"
        yield Fault("errors", f"X could not give all that was asked for: {said}")


READY = Ready(
    "x_api_v2",
    "X (Twitter) API v2 as twarc writes it: pages or flattened posts, JSON lines",
    detect,
    lambda _: RecordMapping("x_api_v2", make, "x:api-v2"),
)
