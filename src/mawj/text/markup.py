"""Plain text of HTML: what a reader sees, with its lines, without scripts and markup.

Read by expressions that pass over a text once: the standard library's parser takes minutes
over some hundred thousand signs that are made to keep it busy (CVE-2025-6069).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_UNSEEN = frozenset(("script", "style", "template", "noscript", "iframe", "object", "svg"))
_PARAGRAPHS = frozenset(("p", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"))
_LINES = frozenset(
    (
        "div", "ul", "ol", "li", "table", "tr", "figure", "figcaption", "section", "article",
        "header", "footer",
    )
)  # fmt: skip
_MARK = re.compile(
    r"<!--.*?-->|<!--.*|<[!?][^<>]*>"
    r"|<(?P<end>/?)(?P<tag>[a-z][\w:\-]*)"
    r"(?P<told>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+|[^<>]*)>",
    re.DOTALL | re.IGNORECASE,
)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"&#x?[0-9a-f]{9,}+;?", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_MANY_LINES = re.compile(r"\n{3,}")


def links(markup: str) -> list[str]:
    """The addresses of the web that HTML links to, each once, in their order."""
    found = (_href(mark) for mark in _MARK.finditer(markup) if _is(mark, "a"))
    return list(dict.fromkeys(one for one in found if one.startswith(("http://", "https://"))))


def plain(markup: str, names: Mapping[str, str] | None = None) -> str:
    """What a reader sees of HTML: paragraphs apart, line breaks kept, nothing of scripts.

    Args:
        markup: HTML, whole or a piece, well-formed or not; text without tags stays as it is
            but for its blanks.
        names: what stands in place of a link's own words, by its address.
    """
    lines = _BLANKS.sub(" ", "".join(_seen(markup, names or {}))).split("\n")
    return _MANY_LINES.sub("\n\n", "\n".join(line.strip() for line in lines)).strip()


def _seen(markup: str, names: Mapping[str, str]) -> Iterator[str]:
    """The pieces of text that are seen, and the breaks between them."""
    at, hidden_by = 0, ""
    for mark in _MARK.finditer(markup):
        if not hidden_by:
            yield _text(markup[at : mark.start()])
            yield _break(mark)
        at = mark.end()
        if hidden_by:
            hidden_by = "" if _is(mark, hidden_by, "/") else hidden_by
        elif mark["tag"] and not mark["end"] and mark["tag"].lower() in _UNSEEN:
            hidden_by = mark["tag"].lower()
        elif _is(mark, "a") and (name := names.get(_href(mark))) is not None:
            yield name
            hidden_by = "a"
    if not hidden_by:
        yield _text(markup[at:])


def _is(mark: re.Match[str], tag: str, end: str = "") -> bool:
    return (mark["tag"] or "").lower() == tag and mark["end"] == end


def _href(mark: re.Match[str]) -> str:
    found = _HREF.search(mark["told"])
    return _unescaped(next(filter(None, found.groups()), "")) if found else ""


def _break(mark: re.Match[str]) -> str:
    tag = (mark["tag"] or "").lower()
    if tag == "br":
        return "\n"
    if tag == "li" and not mark["end"]:
        return "\n• "
    if tag in _PARAGRAPHS:
        return "\n\n" if mark["end"] else "\n"
    return "\n" if tag in _LINES else ""


def _text(piece: str) -> str:
    return _unescaped(piece.replace("\n", " "))


def _unescaped(piece: str) -> str:
    # A number of some thousand digits is none that Python reads, and no letter either.
    return html.unescape(_LONG_NUMBER.sub("\ufffd", piece)) if "&" in piece else piece
