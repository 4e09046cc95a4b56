"""What a hostile hand would write, a world full of it, and a reader that finds it in pages."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.worlds.world import small_world

if TYPE_CHECKING:
    from collections.abc import Mapping

WORD = "zlo"
"""The word by which the reader knows what is hostile."""
TURNS = re.compile("[\u202d\u202e]")
HELD = re.compile("\u2068[^\u2069]*\u2069")
"""Text between the marks of an isolate: what turns in it ends with it."""
MARKS = (
    "<script>zlo()</script>",
    '"><img src=x onerror=zlo()>',
    "' onmouseover='zlo()' x='",
    "</script></title></textarea><svg onload=zlo()>",
    "\u202ezlo gnp.exe",
    "{{ zlo }}{% zlo %}",
    "<!-- zlo",
    "<img src=http://192.0.2.1/zlo.png>",
)
EVIL = " ".join(MARKS)
URLS = (
    "javascript:zlo()",
    "JaVa\tScript:zlo()//https://example.org",
    "data:text/html,<script>zlo()</script>",
    'https://example.org/"onclick="zlo()',
    "http://192.0.2.1/zlo",
)
SPOILT = {
    "accounts": ("name", "bio", "place", "category", "source"),
    "posts": ("text", "source"),
    "comments": ("text",),
    "listings": ("name",),
}
N_IDS = 12
"""Accounts of which the identifier and the handle are hostile too."""
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
APART = {"bdi", "title", "option", "textarea", "script"}
"""Elements beyond which a turned direction does not reach."""
LEADS = {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcdoc"}


def spoilt_tables(known: Mapping[str, pa.Table] | None = None) -> dict[str, pa.Table]:
    """The small world with hostile text behind every name, bio, post, comment and address."""
    tables = dict(known or small_world(1).tables)
    ids = tables["accounts"]["account_id"].to_pylist()
    renamed = {key: key + MARKS[i % len(MARKS)] for i, key in enumerate(ids[:N_IDS])}
    made = {name: _spoilt(name, table, renamed) for name, table in tables.items()}
    handles = made["accounts"]["handle"].to_pylist()
    handles[:N_IDS] = [h + MARKS[i % len(MARKS)] for i, h in enumerate(handles[:N_IDS])]
    return made | {"accounts": _with(made["accounts"], "handle", handles)}


def _spoilt(name: str, table: pa.Table, renamed: Mapping[str, str]) -> pa.Table:
    for column in table.column_names:
        if not pa.types.is_string(table.schema.field(column).type):
            continue
        values = table[column].to_pylist()
        if column.endswith("_id"):
            values = [renamed.get(value, value) for value in values]
        elif column == "url":
            values = [URLS[i % len(URLS)] for i in range(len(values))]
        elif column in SPOILT.get(name, ()):
            values = [f"{v or ''} {MARKS[i % len(MARKS)]}" for i, v in enumerate(values)]
        table = _with(table, column, values)
    return table


def _with(table: pa.Table, column: str, values: list[Any]) -> pa.Table:
    field_ = table.schema.field(column)
    made = pa.array(values, field_.type)
    return table.set_column(table.schema.get_field_index(column), field_, made)


@dataclass
class Found:
    """What the reader saw: whether hostile text is shown at all, and what came through."""

    n_shown: int = 0
    faults: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """Reads a page as a browser does and notes where hostile text is more than text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Found()
        self._open: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self._look_at(tag, name.lower(), value or "")
        if tag not in VOID:
            self._open.append((tag, dict(attrs)))

    def _look_at(self, tag: str, name: str, value: str) -> None:
        plain = "".join(c for c in value if c > " ").lower()
        self.found.n_shown += WORD in plain
        if name.startswith(("on", "hx-on")) or WORD in name:
            self.found.faults.append(f"<{tag} {name}={value[:60]!r}>")
        is_address = name in LEADS or name.startswith("hx-")
        if is_address and plain.startswith(("javascript:", "vbscript:", "data:")):
            self.found.faults.append(f"<{tag} {name}={value[:60]!r}>")
        if name in ("style", "class") and WORD in plain:
            self.found.faults.append(f"<{tag} {name}={value[:60]!r}>")

    def handle_endtag(self, tag: str) -> None:
        if any(tag == one for one, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        turned = TURNS.search(HELD.sub("", data))
        if WORD not in data and not turned:
            return
        self.found.n_shown += 1
        tag, attrs = self._open[-1] if self._open else ("", {})
        if tag == "script" and attrs.get("type") == "application/json":
            json.loads(data)
        elif tag in ("script", "style"):
            self.found.faults.append(f"<{tag}>{data[:60]}")
        if turned and not self._is_apart():
            around = " ".join(one for one, _ in self._open[-3:])
            self.found.faults.append(f"direction turns in {around}: {data.strip()[:80]!r}")

    def _is_apart(self) -> bool:
        return any(
            tag in APART or "dir" in attrs
            for tag, attrs in self._open
            if tag not in ("html", "body")
        )

    def handle_comment(self, data: str) -> None:
        if WORD in data:
            self.found.faults.append(f"comment {data[:60]!r}")


def read(page: str) -> Found:
    """What of a page is hostile."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader.found
