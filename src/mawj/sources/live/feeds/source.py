"""Feeds of blogs and podcasts (RSS, Atom, RDF): what their authors give out to be fetched.

`feedparser` reads them; they are asked for by ourselves, politely, and only where they changed
(ETag and Last-Modified, RFC 9110). Feeds in several pages: RFC 5005.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin, urlsplit

from mawj.sources.live.addresses import INSIDE
from mawj.sources.live.documents import Reader
from mawj.sources.live.feeds.reading import look_whether_whole, read_feed
from mawj.sources.live.live import Item, Kind, LiveSource, Named, Page
from mawj.sources.live.web import Web
from mawj.sources.ready.feeds import entry_id, make
from mawj.sources.ready.reading_json import member, members, text
from mawj.sources.ready.ready import RecordMapping
from mawj.tables.errors import SourceGone, SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.sources.live.documents import Document
    from mawj.sources.live.live import Access, Wanted
    from mawj.sources.live.polite import Polite

KINDS = {"entries": Kind("the feed and its entries", "account", 3)}
WEB = ("http", "https")
FURTHER = ("next", "prev-archive")
"""How RFC 5005 names the page of older entries."""
MOST_PAGES = 500


@dataclass(frozen=True)
class _Asked:
    """One feed in this pass.

    Attributes:
        key: its address without what may change: no protocol, no www.
        at: the cursor.
    """

    platform: str
    key: str
    at: dict[str, str]


class Feeds:
    """Feeds, opened."""

    def __init__(self, platform: str, access: Access, polite: Polite) -> None:
        self.platform, self.mapping = platform, RecordMapping(platform, make, platform)
        self._web = Web(polite)
        self._reader = Reader(self._web, access, polite, look_whether_whole)

    def pages(self, wanted: Wanted) -> Iterator[Page]:
        """The feed and its entries, the newest first; later what changed since.

        The cursor holds, from a whole pass, what tells that nothing changed and when its newest
        entry was published; within one the next page.
        """
        address, at = wanted.subjects[0], json.loads(wanted.cursor or "{}")
        asked = _Asked(self.platform, key_of(address), at)
        page, seen = at.get("page") or address, set[str]()
        for _ in range(MOST_PAGES):
            found = self._reader.document(page, {} if "page" in at else _if_changed(at))
            if found.content is None:
                yield Page((), wanted.cursor, is_last=True)
                return
            feed, entries = read_feed(found.content, found.address)
            _keep_out_of(feed, address)
            at = _further(at, found, entries)
            seen.add(page)
            older = _older(feed, found.address, entries, at)
            is_last = older is None or older in seen
            at = _done(at) if is_last else at | {"page": older or ""}
            yield Page(tuple(_items(asked, feed, entries)), json.dumps(at), is_last)
            if is_last:
                return
            page = older or ""

    def close(self) -> None:
        """Let go of connections."""
        self._web.close()


def _items(asked: _Asked, feed: dict[str, Any], entries: list[Any]) -> Iterator[Item]:
    short = {"address": asked.key, "platform": asked.platform}
    own = {name: value for name, value in feed.items() if name not in short}
    yield Item({"feed": short | own})
    named = short | {name: feed[name] for name in ("title", "language") if name in feed}
    for entry in entries:
        record_id = entry_id(asked.platform, asked.key, entry)
        yield Item({"feed": named, "entry": entry}, record_id)


def _if_changed(at: dict[str, str]) -> dict[str, str]:
    names = {"If-None-Match": "etag", "If-Modified-Since": "modified"}
    return {heading: at[name] for heading, name in names.items() if name in at}


def _further(at: dict[str, str], found: Document, entries: list[Any]) -> dict[str, str]:
    """The cursor with what the first page of a pass tells of the feed."""
    if "page" in at:
        return at
    named = {"new_etag": "etag", "new_modified": "last-modified"}
    told = {own: found.headings[name] for own, name in named.items() if name in found.headings}
    newest = max(_moments(entries), default=at.get("newest", ""))
    return at | told | {"new_newest": newest}


def _done(at: dict[str, str]) -> dict[str, str]:
    return {name.removeprefix("new_"): at[name] for name in at if name.startswith("new_")}


def _older(
    feed: dict[str, Any], address: str, entries: list[Any], at: dict[str, str]
) -> str | None:
    """The page of older entries, where this one does not reach down to the last pass."""
    moments = list(_moments(entries))
    if at.get("newest") and moments and min(moments) <= at["newest"]:
        return None
    named = {text(one, "rel"): text(one, "href") for one in members(feed, "links")}
    found = next((named[rel] for rel in FURTHER if named.get(rel)), None)
    return urljoin(address, found) if found else None


def _moments(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        when = text(entry, "published_at") or text(entry, "updated_at")
        if when:
            yield when


def _keep_out_of(feed: dict[str, Any], address: str) -> None:
    """Raises SourceGone where a podcast asks directories to leave it out (`itunes:block`)."""
    if member(feed, "itunes_block"):
        raise SourceGone(f"{address} asks to be left out of directories (itunes:block)")


def subject_of(_kind: str, typed: str) -> str:
    """The address of a feed.

    Raises:
        SourceRefused: it is no address of the web.
    """
    typed = re.sub(r"^(feed:(//)?(?=http)|(feed|pcast|itpc)://)", "", typed.strip())
    address = urldefrag(typed if "://" in typed else f"https://{typed}").url
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in WEB or "." not in (parts.hostname or "") or parts.username:
        raise SourceRefused(f"{typed!r} is no address of a feed: give it as https://…")
    return parts._replace(netloc=parts.netloc.lower()).geturl()


def key_of(address: str) -> str:
    """An address without protocol and www: a feed is the same by either."""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def _named(platform: str, subject: str) -> Named:
    return Named(key_of(subject), f"{platform}:{key_of(subject)}")


def host_of(subject: str) -> str:
    """The host of the feed."""
    return urlsplit(subject).netloc


def _source(platform: str) -> LiveSource:
    return LiveSource(
        name=platform,
        platform=platform,
        basis="given out by its author to be fetched and read elsewhere",
        kinds=KINDS,
        usual=("entries",),
        fields=(INSIDE,),
        subject_of=subject_of,
        connect=partial(Feeds, platform),
        named=partial(_named, platform),
        host_of=host_of,
    )


BLOG, PODCAST = _source("blog"), _source("podcast")
