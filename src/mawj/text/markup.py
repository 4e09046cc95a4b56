"""Plain text of HTML: what a reader sees, with its lines, without scripts and markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNSEEN = frozenset(("script", "style", "template", "noscript", "iframe", "object", "svg"))
_BLOCKS = frozenset(
    (
        "p", "div", "ul", "ol", "li", "blockquote", "pre", "table", "tr", "figure",
        "figcaption", "section", "article", "header", "footer", "h1", "h2", "h3", "h4", "h5",
        "h6",
    )
)  # fmt: skip
_PARAGRAPHS = frozenset(("p", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"))
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_MANY_LINES = re.compile(r"\n{3,}")


class _Reader(HTMLParser):
    """Gathers the text between tags."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.names = names
        self.parts: list[str] = []
        self.links: list[str] = []
        self.unseen: list[str] = []
        self.is_named = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen.append(tag)
        elif tag == "br":
            self.parts.append("\n")
        elif tag in _BLOCKS:
            self.parts.append("\n• " if tag == "li" else "\n")
        elif tag == "a" and not self.unseen:
            address = dict(attrs).get("href") or ""
            self.links.append(address)
            name = self.names.get(address)
            self.is_named = name is not None
            self.parts.append(name or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unseen:
            del self.unseen[self.unseen.index(tag) :]
        elif tag == "a":
            self.is_named = False
        elif tag in _BLOCKS:
            self.parts.append("\n\n" if tag in _PARAGRAPHS else "\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen and not self.is_named:
            self.parts.append(data.replace("\n", " "))


def links(markup: str) -> list[str]:
    """The addresses of the web that HTML links to, each once, in their order."""
    reader = _Reader({})
    reader.feed(markup)
    reader.close()
    found = (address for address in reader.links if address.startswith(("http://", "https://")))
    return list(dict.fromkeys(found))


def plain(markup: str, names: Mapping[str, str] | None = None) -> str:
    """What a reader sees of HTML: paragraphs apart, line breaks kept, nothing of scripts.

    Args:
        markup: HTML, whole or a piece, well-formed or not; text without tags stays as it is
            but for its blanks.
        names: what stands in place of a link's own words, by its address.
    """
    reader = _Reader(names or {})
    reader.feed(markup)
    reader.close()
    lines = _BLANKS.sub(" ", "".join(reader.parts)).split("\n")
    return _MANY_LINES.sub("\n\n", "\n".join(line.strip() for line in lines)).strip()
