"""YouTube Data API v3: channels, videos, search results and comments, as pages or item by item.

Field names: YouTube Data API reference (channel, video, searchResult, commentThread, comment).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.kinds import duration_of
from mawj.sources.ready.reading_json import count, flag, member, members, moment, own_id, text
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping, records_of
from mawj.sources.vocabulary import country_of, language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record


def detect(raw: RawFile) -> bool:
    """Records whose `kind` is one of YouTube's."""
    return any((text(one, "kind") or "").startswith("youtube#") for one in records_of(raw))


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one answer or of one item."""
    items = list(members(record, "items")) if "items" in record else [record]
    for item in items:
        kind = (text(item, "kind") or "").removeprefix("youtube#")
        if kind in _ITEMS:
            yield from _ITEMS[kind](item, taken_at)
        else:
            yield Fault("kind", f"{kind or 'an item without a kind'} is not loaded")
    said = text(record, "error", "message")
    if said:
        yield Fault("error", f"YouTube answered with an error: {said}")


def _channel(item: Any, taken_at: datetime) -> Iterator[Made]:
    account_id, handle = own_id("youtube", text(item, "id")), text(item, "snippet", "customUrl")
    is_hidden = flag(item, "statistics", "hiddenSubscriberCount")
    yield Made(
        "accounts",
        {
            "account_id": account_id, "platform": "youtube",
            "handle": handle.lstrip("@").lower() if handle else None,
            "name": text(item, "snippet", "title"), "bio": text(item, "snippet", "description"),
            "url": f"https://www.youtube.com/channel/{text(item, 'id')}",
            "language": language_of(text(item, "snippet", "defaultLanguage") or "und"),
            "country": country_of(text(item, "snippet", "country") or ""),
            "created_at": moment(item, "snippet", "publishedAt"),
        },
    )  # fmt: skip
    yield Made(
        "account_snapshots",
        {
            "account_id": account_id, "taken_at": taken_at,
            "followers": None if is_hidden else count(item, "statistics", "subscriberCount"),
            "posts": count(item, "statistics", "videoCount"),
            "views_total": count(item, "statistics", "viewCount"),
        },
    )  # fmt: skip


def _video(item: Any, taken_at: datetime) -> Iterator[Made]:
    native = text(item, "id")
    yield _author(item)
    yield Made(
        "posts",
        _published(item, native)
        | {
            "kind": "live" if member(item, "liveStreamingDetails") else "video",
            "duration_s": _duration(text(item, "contentDetails", "duration")),
            "is_labelled_ad": flag(
                item, "paidProductPlacementDetails", "hasPaidProductPlacement"
            ),
            "language": language_of(
                text(item, "snippet", "defaultAudioLanguage")
                or text(item, "snippet", "defaultLanguage")
                or "und"
            ),
        },
    )
    yield Made(
        "post_snapshots",
        {
            "post_id": own_id("youtube", native), "taken_at": taken_at,
            "views": count(item, "statistics", "viewCount"),
            "likes": count(item, "statistics", "likeCount"),
            "comments": count(item, "statistics", "commentCount"),
        },
    )  # fmt: skip


def _found(item: Any, _: datetime) -> Iterator[Made]:
    """A search result: a video or a channel, without counts."""
    video = text(item, "id", "videoId")
    if text(item, "snippet", "channelId"):
        yield _author(item)
    if video:
        yield Made("posts", _published(item, video) | {"kind": "video"})


def _author(item: Any) -> Made:
    return Made(
        "accounts",
        {
            "account_id": own_id("youtube", text(item, "snippet", "channelId")),
            "platform": "youtube", "name": text(item, "snippet", "channelTitle"),
        },
    )  # fmt: skip


def _published(item: Any, native: str | None) -> dict[str, Any]:
    title, about = text(item, "snippet", "title"), text(item, "snippet", "description")
    return {
        "post_id": own_id("youtube", native), "platform": "youtube",
        "account_id": own_id("youtube", text(item, "snippet", "channelId")),
        "published_at": moment(item, "snippet", "publishedAt"),
        "text": "\n".join(part for part in (title, about) if part) or None,
        "url": f"https://www.youtube.com/watch?v={native}",
    }  # fmt: skip


def _thread(item: Any, taken_at: datetime) -> Iterator[Made]:
    video = text(item, "snippet", "videoId")
    top = member(item, "snippet", "topLevelComment")
    if isinstance(top, dict):
        yield from _comment(top, taken_at, video)
    for reply in members(item, "replies", "comments"):
        yield from _comment(reply, taken_at, video)


def _comment(item: Any, _: datetime, video: str | None = None) -> Iterator[Made]:
    account_id = own_id("youtube", text(item, "snippet", "authorChannelId", "value"))
    name = text(item, "snippet", "authorDisplayName")
    if account_id:
        handle = name.lstrip("@").lower() if name and name.startswith("@") else None
        row = {"account_id": account_id, "platform": "youtube", "name": name, "handle": handle}
        yield Made("accounts", row)
    yield Made(
        "comments",
        {
            "comment_id": own_id("youtube", text(item, "id")),
            "post_id": own_id("youtube", text(item, "snippet", "videoId") or video),
            "account_id": account_id,
            "parent_comment_id": own_id("youtube", text(item, "snippet", "parentId")),
            "published_at": moment(item, "snippet", "publishedAt"),
            "text": text(item, "snippet", "textOriginal")
            or text(item, "snippet", "textDisplay"),
            "likes": count(item, "snippet", "likeCount"),
        },
    )


def _duration(said: str | None) -> float | None:
    try:
        return duration_of(said) if said else None
    except ValueError:
        return None


_ITEMS: dict[str, Callable[[Any, datetime], Iterator[Made]]] = {
    "channel": _channel, "video": _video, "searchResult": _found, "commentThread": _thread,
    "comment": _comment,
}  # fmt: skip

READY = Ready(
    "youtube",
    "YouTube Data API v3: channels, videos, search and commentThreads lists",
    detect,
    lambda _: RecordMapping("youtube", make, "youtube:data-api-v3"),
)
