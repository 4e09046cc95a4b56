"""A feed read by `feedparser`: what it says of itself, and its entries, as plain JSON."""

from __future__ import annotations

import io
import re
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from mawj.sources.live.libraries import needed
from mawj.sources.ready.reading_json import members, text
from mawj.tables.errors import SourceChanged, SourceUnreachable

# Reading marks alone is enough to tell whether a document was cut off.
_FIRST = re.compile(rb"<([A-Za-z_][\w:.\-]*)[\s>/]")
_AFTER = rb"\s*>(?:\s|<!--(?:(?!-->).)*+-->)*+$"
_TAIL = 4_096
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_REPEATED = ("_detail", "_parsed")


def read_feed(content: bytes, address: str) -> tuple[dict[str, Any], list[Any]]:
    """What a feed says of itself, and its entries.

    Feeds that are not well-formed are read as far as they can be; one that was cut off is not.
    Entities of their own are not expanded and nothing is fetched for them: feedparser takes
    declarations out of a document before it reads it.

    Raises:
        SourceChanged: it is no feed.
    """
    # Bytes in a stream: a text could be taken for an address or a file, and fetched.
    parsed = needed("feedparser").parse(
        io.BytesIO(content),
        response_headers={"Content-Location": address},
        # Nothing of it is shown as markup, and both take long over what is made to be slow.
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.get("version"):
        elsewhere = _feed_named_by(parsed.feed, address)
        hint = (
            f"its feed is {elsewhere}: connect that" if elsewhere else "give the feed's address"
        )
        raise SourceChanged(f"{address} is no feed of entries; {hint}", field="version")
    feed, entries = as_json(parsed.feed), as_json(parsed.entries)
    return feed, entries


def look_whether_whole(content: bytes, address: str) -> None:
    """Nothing, where the first element that is opened is closed at the end.

    Raises:
        SourceUnreachable: it is not, or there is none: the document breaks off.
    """
    if content.startswith(_UTF16):
        content = content.decode("utf-16", errors="replace").encode()
    marks = re.sub(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE.*?>", b"", content[:_TAIL], flags=re.S)
    first = _FIRST.search(marks)
    closing = rb"</" + re.escape(first[1]) + _AFTER if first else b""
    if first is None or not re.search(closing, content[-_TAIL:], re.S | re.I):
        raise SourceUnreachable(f"{address}: the document breaks off, or is none")


def _feed_named_by(page: Any, address: str) -> str | None:
    """The feed that a page of HTML names (`link rel="alternate"`)."""
    for link in members(page, "links"):
        kind = text(link, "type") or ""
        if text(link, "rel") == "alternate" and kind.endswith(("rss+xml", "atom+xml")):
            return urljoin(address, text(link, "href") or "")
    return None


def as_json(value: Any) -> Any:
    """A value of feedparser as JSON: moments as ISO 8601, what stands there twice once."""
    if isinstance(value, dict):
        told = {
            str(name): as_json(inner)
            for name, inner in value.items()
            if not str(name).endswith(_REPEATED)
        }
        return told | _moments(value)
    if isinstance(value, (list, tuple)):
        return [as_json(inner) for inner in value]
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)


def _moments(value: dict[str, Any]) -> dict[str, str]:
    """Moments that feedparser understood, in UTC."""
    found = {}
    for name in ("published", "updated"):
        told = value.get(f"{name}_parsed") if f"{name}_parsed" in value else None
        if isinstance(told, time.struct_time):
            found[f"{name}_at"] = datetime(*told[:6], tzinfo=UTC).isoformat()
    return found
