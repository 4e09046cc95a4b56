"""Entries of feeds: blogs and podcasts in RSS, Atom and RDF, as `feedparser` reads them.

Names: RSS 2.0, RFC 4287 (Atom), Apple's podcast tags (`itunes`), as feedparser's reference
names them. A record holds `feed` (what the feed says of itself, with its `address` and
`platform`), and `entry` where it is about one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.kinds import duration_of
from mawj.sources.ready.reading_json import count, member, members, moment, text
from mawj.sources.ready.ready import Fault, Made
from mawj.sources.vocabulary import language_of
from mawj.text.markup import links, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import Record

_KINDS = {"audio": "audio", "video": "video"}


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one item: the feed as an account, or one entry as a post."""
    feed, entry = member(record, "feed"), member(record, "entry")
    platform, address = text(feed, "platform"), text(feed, "address")
    if platform is None or address is None:
        yield Fault("feed", "is nothing of a feed: platform and address are needed")
        return
    if entry is None:
        yield _account(feed, platform, address)
        return
    post_id = entry_id(platform, address, entry)
    if post_id is None:
        yield Fault("id", "is no entry of a feed: it has no id, no link and no title")
        return
    yield _post(entry, feed, post_id)
    comments = count(entry, "slash_comments")
    if comments is not None:
        row = {"post_id": post_id, "taken_at": taken_at, "comments": comments}
        yield Made("post_snapshots", row)


def entry_id(platform: str, address: str, entry: Any) -> str | None:
    """`platform:feed#entry`: an entry's id is its own only within its feed."""
    native = text(entry, "id") or text(entry, "link") or text(entry, "title")
    return f"{platform}:{address}#{native}" if native else None


def _account(feed: Any, platform: str, address: str) -> Made:
    about = text(feed, "subtitle") or text(feed, "summary")
    categories = [text(tag, "term") for tag in members(feed, "tags")]
    return Made(
        "accounts",
        {
            "account_id": f"{platform}:{address}", "platform": platform, "handle": address,
            "name": text(feed, "title"), "bio": plain(about) if about else None,
            "url": text(feed, "link"), "language": _language(feed),
            "category": next(filter(None, categories), None),
            "has_picture": member(feed, "image") is not None,
        },
    )  # fmt: skip


def _post(entry: Any, feed: Any, post_id: str) -> Made:
    body = max(_bodies(entry), key=len, default="")
    title, words = text(entry, "title"), plain(body)
    parts = [plain(title)] if title else []
    parts += [words] if words and words not in parts else []
    return Made(
        "posts",
        {
            "post_id": post_id,
            "account_id": f"{text(feed, 'platform')}:{text(feed, 'address')}",
            "platform": text(feed, "platform"),
            "published_at": moment(entry, "published_at") or moment(entry, "updated_at"),
            "kind": _kind(entry), "text": "\n\n".join(parts) or None,
            "language": _language(entry) or _language(feed), "url": text(entry, "link"),
            "duration_s": _duration(text(entry, "itunes_duration")),
            "hashtags": [tag for one in members(entry, "tags") if (tag := text(one, "term"))],
            "links": links(body),
        },
    )  # fmt: skip


def _bodies(entry: Any) -> Iterator[str]:
    """The body in full and the summary; the longer one is the body."""
    yield from (found for one in members(entry, "content") if (found := text(one, "value")))
    summary = text(entry, "summary")
    if summary:
        yield summary


def _language(told: Any) -> str | None:
    return language_of(text(told, "language") or "")


def _kind(entry: Any) -> str:
    """Sound or film that comes with it, else an article."""
    with_it = (one for one in members(entry, "links") if text(one, "rel") == "enclosure")
    kinds = ((text(one, "type") or "").partition("/")[0] for one in with_it)
    return next((_KINDS[kind] for kind in kinds if kind in _KINDS), "article")


def _duration(told: str | None) -> float | None:
    """Seconds of "3723", "62:03" or "1:02:03"."""
    try:
        return duration_of(told) if told else None
    except ValueError:
        return None
