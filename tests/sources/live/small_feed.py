"""A blog's feed in pages, for a loopback server: RSS 2.0 with pages after RFC 5005."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.sources.live.loopback import Answer

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
TEXTS = (
    '<p>Coffee in the old town</p><p><a href="https://shop.example/x?code=LAYLA">Beans</a></p>',
    "<p>قهوة الصباح<br/>في جدة</p>",
    "<p>قهوه صبح در تهران</p><script>alert(1)</script>",
)


@dataclass
class SmallFeed:
    """A feed of `n_entries`, the newest first; pages of `page` members.

    Attributes:
        about: what the feed says besides, as XML.
        more: what each entry says besides, as XML.
        etag: what tells that it has not changed; "" where it tells nothing.
    """

    n_entries: int = 7
    page: int = 3
    about: str = ""
    more: str = ""
    etag: str = ""

    def __call__(self, _path: str, params: dict[str, list[str]]) -> Answer:
        n = int(params.get("page", ["1"])[0])
        numbers = list(reversed(range(self.n_entries)))[(n - 1) * self.page : n * self.page]
        said = {
            "about": self.about, "entries": [self.entry(k) for k in numbers],
            "next": f"/feed?page={n + 1}" if n * self.page < self.n_entries else "",
        }  # fmt: skip
        headings = {"ETag": self.etag} if self.etag else {}
        return Answer(said, headings=headings, written=as_rss)

    def entry(self, n: int) -> dict[str, Any]:
        at = format_datetime(START + timedelta(days=n), usegmt=True)
        return {
            "guid": f"entry-{n}", "title": f"Entry & {n}", "pubDate": at,
            "link": f"https://blog.example/{n}", "description": TEXTS[n % 3], "more": self.more,
        }  # fmt: skip


def as_rss(said: dict[str, Any]) -> bytes:
    older = f"<atom:link rel='next' href={quoteattr(said['next'])}/>" if said["next"] else ""
    items = "".join(map(_item, said["entries"]))
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
        'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel>'
        "<title>Layla writes</title><link>https://blog.example</link>"
        "<description>&lt;b&gt;Coffee&lt;/b&gt; and towns</description><language>en</language>"
        f"{said['about']}{older}{items}</channel></rss>"
    ).encode()


def _item(entry: dict[str, Any]) -> str:
    told = "".join(
        value if name == "more" else f"<{name}>{escape(str(value))}</{name}>"
        for name, value in entry.items()
    )
    return f"<item>{told}</item>"
