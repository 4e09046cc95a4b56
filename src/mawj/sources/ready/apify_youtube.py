"""Data sets of Apify's YouTube scraper: videos with their channels, as JSON.

Field names: README of the actor streamers/youtube-scraper: `channelUrl`, `channelId`,
`channelUsername`, `numberOfSubscribers`, `viewCount`, `likes`, `commentsCount`, `date`, `text`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.kinds import duration_of
from mawj.sources.names import account_id_of
from mawj.sources.ready.reading_json import count, moment, own_id, text
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping, records_of
from mawj.sources.ready.scraped import FOOTING
from mawj.sources.ready.vendor_rows import account_made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record


def detect(raw: RawFile) -> bool:
    """Videos that name their channel and its subscribers."""
    return any(_is_ours(one) for one in records_of(raw))


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one video."""
    if not _is_ours(record):
        yield Fault("", "the item holds no video with its channel")
        return
    native = text(record, "channelId") or text(record, "channelUrl") or ""
    account_id = account_id_of(native, "youtube")
    yield account_made({
        "account_id": account_id, "platform": "youtube",
        "handle": text(record, "channelUsername"), "name": text(record, "channelName"),
        "bio": text(record, "channelDescription"), "url": text(record, "channelUrl"),
        "created_at": moment(record, "channelJoinedDate"),
    })  # fmt: skip
    yield Made("account_snapshots", {
        "account_id": account_id, "taken_at": taken_at,
        "followers": count(record, "numberOfSubscribers"),
        "posts": count(record, "channelTotalVideos"),
        "views_total": count(record, "channelTotalViews"),
    })  # fmt: skip
    yield from _video(record, account_id, taken_at)


def _is_ours(one: Any) -> bool:
    return text(one, "channelUrl") is not None and {"numberOfSubscribers", "viewCount"} <= set(
        one
    )


def _video(one: Any, account_id: str | None, taken_at: datetime) -> Iterator[Made]:
    post_id, words = own_id("youtube", text(one, "id")), [text(one, "title"), text(one, "text")]
    yield Made("posts", {
        "post_id": post_id, "account_id": account_id, "platform": "youtube",
        "published_at": moment(one, "date"), "url": text(one, "url"),
        "kind": "short_video" if "/shorts/" in (text(one, "url") or "") else "video",
        "text": "\n".join(word for word in words if word) or None,
        "duration_s": _duration(text(one, "duration")),
    })  # fmt: skip
    yield Made("post_snapshots", {
        "post_id": post_id, "taken_at": taken_at, "views": count(one, "viewCount"),
        "likes": count(one, "likes"), "comments": count(one, "commentsCount"),
    })  # fmt: skip


def _duration(said: str | None) -> float | None:
    try:
        return duration_of(said) if said else None
    except ValueError:
        return None


READY = Ready(
    "apify_youtube",
    "data sets of Apify's YouTube scraper: videos with their channels (JSON)",
    detect,
    lambda _: RecordMapping("apify_youtube", make, "apify:youtube", notes=(FOOTING,)),
)
