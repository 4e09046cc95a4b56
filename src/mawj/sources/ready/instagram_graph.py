"""Instagram Graph API: business discovery of an account with its media, or one's own media.

Ids that the interface gives are scoped to the app that asked, so accounts are named by their
handles and posts by the short code in their address. Field names: Instagram Graph API reference
(IG User `business_discovery`, IG Media).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.names import native_id_of
from mawj.sources.ready.reading_json import count, member, members, moment, own_id, text
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping, records_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

_FORMS = {"IMAGE": "photo", "VIDEO": "video", "CAROUSEL_ALBUM": "carousel"}


def detect(raw: RawFile) -> bool:
    """Answers with `business_discovery`, or accounts or media in that shape."""
    return any(_account_in(one) is not None or _is_media(one) for one in records_of(raw))


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one answer."""
    account = _account_in(record)
    if account is not None:
        yield from _account(account, taken_at)
        for media in members(account, "media", "data"):
            yield from _media(media, text(account, "username"), taken_at)
    elif _is_media(record):
        yield from _media(record, text(record, "username"), taken_at)
    else:
        said = (
            text(record, "error", "message") or "no account and no media in Instagram's shape"
        )
        yield Fault("", f"Instagram gave nothing to load: {said}")


def _account_in(record: Any) -> Any:
    inner = member(record, "business_discovery")
    found = inner if isinstance(inner, dict) else record
    is_account = text(found, "username") and "followers_count" in found
    return found if is_account and ("media_count" in found or "media" in found) else None


def _is_media(record: Any) -> bool:
    return text(record, "media_type") in _FORMS and text(record, "permalink") is not None


def _account(account: Any, taken_at: datetime) -> Iterator[Made]:
    handle = (text(account, "username") or "").lower()
    yield Made(
        "accounts",
        {
            "account_id": own_id("instagram", handle), "platform": "instagram",
            "handle": handle, "name": text(account, "name"),
            "bio": text(account, "biography"), "url": f"https://www.instagram.com/{handle}/",
            "has_picture": text(account, "profile_picture_url") is not None or None,
        },
    )  # fmt: skip
    yield Made(
        "account_snapshots",
        {
            "account_id": own_id("instagram", handle), "taken_at": taken_at,
            "followers": count(account, "followers_count"),
            "following": count(account, "follows_count"),
            "posts": count(account, "media_count"),
        },
    )  # fmt: skip


def _media(media: Any, username: str | None, taken_at: datetime) -> Iterator[Made | Fault]:
    if not username:
        yield Fault("username", "the media does not say whose it is; ask for `username` too")
        return
    address = text(media, "permalink")
    post_id = native_id_of(address or text(media, "id") or "", "instagram")
    yield Made(
        "posts",
        {
            "post_id": post_id, "account_id": own_id("instagram", username.lower()),
            "platform": "instagram", "published_at": moment(media, "timestamp"),
            "kind": _form(media), "text": text(media, "caption"), "url": address,
        },
    )  # fmt: skip
    yield Made(
        "post_snapshots",
        {
            "post_id": post_id, "taken_at": taken_at, "likes": count(media, "like_count"),
            "comments": count(media, "comments_count"), "views": count(media, "view_count"),
        },
    )  # fmt: skip


def _form(media: Any) -> str | None:
    if text(media, "media_product_type") == "REELS":
        return "short_video"
    if text(media, "media_product_type") == "STORY":
        return "story"
    return _FORMS.get(text(media, "media_type") or "")


READY = Ready(
    "instagram_graph",
    "Instagram Graph API: business_discovery with media, or media with `username`",
    detect,
    lambda _: RecordMapping("instagram_graph", make, "instagram:graph-api"),
)
