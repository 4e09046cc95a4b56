"""Data sets of Apify's TikTok scraper: videos with their authors, as JSON or CSV.

Field names: README of the actor clockworks/tiktok-scraper: `authorMeta` (name, fans, following,
heart, video), `playCount`, `diggCount`, `shareCount`, `collectCount`, `createTimeISO`; in its
CSV the same as `authorMeta.name` or `authorMeta/name`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.ready.reading_json import count, member, moment, own_id, text
from mawj.sources.ready.reading_nested import nested, nested_of
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping
from mawj.sources.ready.scraped import FOOTING
from mawj.sources.ready.vendor_rows import account_made
from mawj.sources.vocabulary import country_of, flag_of, language_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record


def detect(raw: RawFile) -> bool:
    """Items with `authorMeta.name` and plays or fans."""
    return any(_is_ours(one) for one in nested_of(raw))


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one item: the author with their counts, and the video."""
    one = nested(record)
    if not _is_ours(one):
        yield Fault("", f"the item holds no video: {text(one, 'error') or 'another shape'}")
        return
    yield from _author(one["authorMeta"], taken_at)
    if text(one, "webVideoUrl") and text(one, "id"):
        yield from _video(one, taken_at)


def _is_ours(one: Any) -> bool:
    author = member(one, "authorMeta")
    return text(author, "name") is not None and ("fans" in author or "playCount" in one)


def _said(one: Any, *path: str) -> bool | None:
    """Yes or no, as JSON or as a cell says it."""
    found = member(one, *path)
    return found if isinstance(found, bool) else flag_of(str(found or ""))


def _author(author: Any, taken_at: datetime) -> Iterator[Made]:
    handle = text(author, "name")
    account_id = own_id("tiktok", handle.lower() if handle else None)
    yield account_made({
        "account_id": account_id, "platform": "tiktok", "handle": handle,
        "name": text(author, "nickName"), "bio": text(author, "signature"),
        "url": f"https://www.tiktok.com/@{handle}",
        "country": country_of(text(author, "region") or ""),
        "is_verified": _said(author, "verified"),
        "is_private": _said(author, "privateAccount"),
    })  # fmt: skip
    yield Made("account_snapshots", {
        "account_id": account_id, "taken_at": taken_at, "followers": count(author, "fans"),
        "following": count(author, "following"), "posts": count(author, "video"),
        "likes_total": count(author, "heart"),
    })  # fmt: skip


def _video(one: Any, taken_at: datetime) -> Iterator[Made]:
    handle, post_id = text(one, "authorMeta", "name") or "", own_id("tiktok", text(one, "id"))
    yield Made("posts", {
        "post_id": post_id, "account_id": own_id("tiktok", handle.lower()),
        "platform": "tiktok", "url": text(one, "webVideoUrl"), "text": text(one, "text"),
        "published_at": moment(one, "createTimeISO") or moment(one, "createTime"),
        "kind": "carousel" if _said(one, "isSlideshow") else "short_video",
        "language": language_of(text(one, "textLanguage") or "und"),
        "is_labelled_ad": _said(one, "isAd"),
        "duration_s": count(one, "videoMeta", "duration"),
    })  # fmt: skip
    yield Made("post_snapshots", {
        "post_id": post_id, "taken_at": taken_at, "views": count(one, "playCount"),
        "likes": count(one, "diggCount"), "comments": count(one, "commentCount"),
        "reposts": count(one, "shareCount"), "saves": count(one, "collectCount"),
    })  # fmt: skip


READY = Ready(
    "apify_tiktok",
    "data sets of Apify's TikTok scraper: videos with their authors (JSON or CSV)",
    detect,
    lambda _: RecordMapping("apify_tiktok", make, "apify:tiktok", notes=(FOOTING,)),
)
