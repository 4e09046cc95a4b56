"""Data sets of Apify's Instagram scraper: accounts, posts and comments, as JSON.

Field names: README of the actor apify/instagram-scraper: `shortCode`, `ownerUsername`,
`likesCount`, `latestComments`; accounts with `followersCount`, `followsCount`, `latestPosts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.names import native_id_of
from mawj.sources.ready.reading_json import count, flag, members, moment, own_id, text
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping, records_of
from mawj.sources.ready.scraped import FOOTING, not_hidden
from mawj.sources.ready.vendor_rows import account_made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

_FORMS = {"Image": "photo", "Sidecar": "carousel", "Video": "video"}


def detect(raw: RawFile) -> bool:
    """Accounts, posts or comments in the scraper's shape."""
    return any(_is_account(r) or _is_post(r) or _is_comment(r) for r in records_of(raw))


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one item."""
    if _is_account(record):
        yield from _account(record, taken_at)
        for one in members(record, "latestPosts"):
            yield from _post(one, taken_at)
    elif _is_post(record):
        yield from _post(record, taken_at)
    elif _is_comment(record):
        yield from _comment(record, native_id_of(text(record, "postUrl") or "", "instagram"))
    else:
        said = text(record, "errorDescription") or text(record, "error") or "of another shape"
        yield Fault("", f"the item holds no account, post or comment: {said}")


def _is_account(one: Any) -> bool:
    return text(one, "username") is not None and {"followersCount", "followsCount"} <= set(one)


def _is_post(one: Any) -> bool:
    is_named = text(one, "shortCode") is not None and text(one, "ownerUsername") is not None
    return is_named and "likesCount" in one


def _is_comment(one: Any) -> bool:
    return text(one, "postUrl") is not None and text(one, "ownerUsername") is not None


def _account_id(username: str | None) -> str | None:
    return own_id("instagram", username.lower() if username else None)


def _account(one: Any, taken_at: datetime) -> Iterator[Made]:
    handle = text(one, "username")
    yield account_made({
        "account_id": _account_id(handle), "platform": "instagram", "handle": handle,
        "name": text(one, "fullName"), "bio": text(one, "biography"), "url": text(one, "url"),
        "category": text(one, "businessCategoryName"),
        "is_verified": flag(one, "verified"), "is_private": flag(one, "private"),
        "has_picture": text(one, "profilePicUrl") is not None or None,
    })  # fmt: skip
    yield Made("account_snapshots", {
        "account_id": _account_id(handle), "taken_at": taken_at,
        "followers": count(one, "followersCount"), "following": count(one, "followsCount"),
        "posts": count(one, "postsCount"),
    })  # fmt: skip


def _post(one: Any, taken_at: datetime) -> Iterator[Made]:
    handle, post_id = text(one, "ownerUsername"), own_id("instagram", text(one, "shortCode"))
    account_id = _account_id(handle)
    yield account_made({
        "account_id": account_id, "platform": "instagram", "handle": handle,
        "name": text(one, "ownerFullName"),
    })  # fmt: skip
    is_reel = text(one, "productType") == "clips"
    yield Made("posts", {
        "post_id": post_id, "account_id": account_id, "platform": "instagram",
        "published_at": moment(one, "timestamp"), "url": text(one, "url"),
        "kind": "short_video" if is_reel else _FORMS.get(text(one, "type") or ""),
        "text": text(one, "caption"), "is_labelled_ad": flag(one, "isSponsored"),
        "duration_s": count(one, "videoDuration"),
    })  # fmt: skip
    plays = not_hidden(count(one, "videoPlayCount"))
    yield Made("post_snapshots", {
        "post_id": post_id, "taken_at": taken_at,
        "likes": not_hidden(count(one, "likesCount")),
        "comments": not_hidden(count(one, "commentsCount")),
        "views": not_hidden(count(one, "videoViewCount")) if plays is None else plays,
    })  # fmt: skip
    for said in members(one, "latestComments"):
        yield from _comment(said, post_id)


def _comment(one: Any, post_id: str | None) -> Iterator[Made]:
    handle = text(one, "ownerUsername")
    if handle:
        row = {"account_id": _account_id(handle), "platform": "instagram", "handle": handle}
        yield account_made(row)
    yield Made("comments", {
        "comment_id": own_id("instagram", text(one, "id")), "post_id": post_id,
        "account_id": _account_id(handle), "published_at": moment(one, "timestamp"),
        "text": text(one, "text"), "likes": count(one, "likesCount"),
    })  # fmt: skip


READY = Ready(
    "apify_instagram",
    "data sets of Apify's Instagram scraper: accounts, posts, comments (JSON)",
    detect,
    lambda _: RecordMapping("apify_instagram", make, "apify:instagram", notes=(FOOTING,)),
)
