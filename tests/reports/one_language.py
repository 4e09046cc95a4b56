"""Which words of a page are in another language than the page."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

QUOTED = re.compile(r"<(style|script|q|title)\b.*?</\1>", re.DOTALL)
"""What others wrote stands in `q`; a page's own words do not."""
CODE = re.compile(r"mawj \w+( --?\w+)*|--\w+ FILE|[a-z]+:\w+|\([a-z_, .]+\)|https?://\S+")
"""A command, an account's id, a column of a table in brackets, an address."""
TWO_WORDS = re.compile(r"[A-Za-z]{2,}[’'A-Za-z]*[ ,;:–]+[A-Za-z]{2,}")


def foreign(page: str, names: Collection[str] = ()) -> list[str]:
    """Texts of an HTML page with two Latin words in a row that are nobody's name."""
    plain = QUOTED.sub("", page)
    texts = [unescape(text).strip() for text in re.findall(r">([^<]+)<", plain)]
    return sorted({text for text in texts if is_foreign(text, names)})


def is_foreign(text: str, names: Collection[str] = ()) -> bool:
    """Whether a text has two Latin words in a row besides names and code."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "·")
    return TWO_WORDS.search(CODE.sub("·", text)) is not None
