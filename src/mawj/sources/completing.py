"""What rows do not say but imply: ids from their content, and the facts of their texts."""

from __future__ import annotations

import hashlib
from typing import Any

import pyarrow as pa

from mawj.sources.arrow import Column, column, pc
from mawj.text.facts import text_facts
from mawj.text.normalise import search_form

_DIGEST_OF = {
    "posts": ("account_id", "published_at", "text", "url"),
    "comments": ("post_id", "account_id", "published_at", "text"),
    "interactions": ("kind", "actor_id", "target_id", "post_id", "via_post_id", "at"),
}
_ID = {"posts": "post_id", "comments": "comment_id", "interactions": "interaction_id"}


def complete(table: str, columns: dict[str, Any], platforms: Column) -> None:
    """Fill, in place, what the other columns of `table` imply."""
    if table == "posts":
        _facts(columns)
    elif table in {"comments", "listings"}:
        _language_or_terms(table, columns)
    if table in _ID and _ID[table] not in columns:
        columns[_ID[table]] = digest_ids(table, columns, platforms)


def digest_ids(table: str, columns: dict[str, Any], platforms: Column) -> Column:
    """Ids made of what a row holds, the same whenever it is loaded again.

    `platform:digest-…`; NULL where the row holds nothing to tell it by.
    """
    parts: list[Any] = [columns[name] for name in _DIGEST_OF[table] if name in columns]
    if not parts:
        return pa.nulls(len(platforms), pa.string())
    cells = zip(*(part.cast(pa.string()).to_pylist() for part in parts), strict=True)
    digests = column([_digest(row) for row in cells], pa.string())
    ids: Column = pc.binary_join_element_wise(platforms, digests, ":")
    return ids


def _digest(row: tuple[str | None, ...]) -> str | None:
    if not any(row[1:]):
        return None
    joined = "\x1f".join(part or "" for part in row)
    return "digest-" + hashlib.sha256(joined.encode()).hexdigest()[:24]


def _facts(columns: dict[str, Any]) -> None:
    """Language, tags, mentions, links and search terms of the posts' texts."""
    if "text" not in columns:
        return
    texts = columns["text"].to_pylist()
    given = columns.get("language")
    told = [None] * len(texts) if given is None else given.to_pylist()
    facts = text_facts(texts, told)
    for name in ("hashtags", "mentions", "links", "terms"):
        own = columns[name].to_pylist() if name in columns else [None] * len(texts)
        columns[name] = column(
            [_listed(*one) for one in zip(texts, own, facts[name], strict=True)],
            pa.list_(pa.string()),
        )
    columns["language"] = column(facts["language"], pa.string())
    if "language_basis" in columns:
        return
    columns["language_basis"] = column(list(map(_basis, facts["language"], told)), pa.string())


def _listed(text: str | None, own: list[str] | None, found: list[str]) -> list[str] | None:
    """What a list column of the file gives, folded, before what stands in the text."""
    if own:
        return list(dict.fromkeys([*map(search_form, own), *found]))
    return None if text is None else found


def _basis(language: str | None, given: str | None) -> str | None:
    if language is None:
        return None
    return "given" if given == language else "detected"


def _language_or_terms(table: str, columns: dict[str, Any]) -> None:
    source, wanted = ("text", "language") if table == "comments" else ("name", "terms")
    if source not in columns or wanted in columns:
        return
    facts = text_facts(columns[source].to_pylist())
    kind = pa.string() if wanted == "language" else pa.list_(pa.string())
    columns[wanted] = column(facts[wanted], kind)
