"""The values that the vetted accounts state of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.vet.disclosure.values import stated

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_QUOTED = 200


def stated_values(
    vet_subjects: pa.Table, vet_posts: pa.RecordBatchReader
) -> Iterator[pa.RecordBatch]:
    """One value that one account states in its bio or in one own post: one row per statement.

    Reads:
        vet_subjects: bio. vet_posts: text; the posts last, as a stream of them.

    Returns:
        The declared columns; a bio has no date and holds at any time.
    """
    bios = vet_subjects.select(["account_id", "bio"]).to_pylist()
    said = [{**row, "text": row["bio"], "post_id": None, "at": None} for row in bios]
    yield from _rows(said)
    for batch in vet_posts:
        posts = pa.Table.from_batches([batch]).select(
            ["account_id", "text", "post_id", "published_at"]
        )
        yield from _rows([{**p, "at": p["published_at"]} for p in posts.to_pylist()])


def _rows(said: list[dict[str, Any]]) -> list[pa.RecordBatch]:
    found = stated([row["text"] for row in said])
    rows = [
        {
            "account_id": row["account_id"],
            "value": value,
            "said_in": row["post_id"] or f"bio:{row['account_id']}",
            "post_id": row["post_id"],
            "at": row["at"],
            "quote": (row["text"] or "")[:_MOST_QUOTED],
        }
        for row, values in zip(said, found, strict=True)
        for value, _ in values
    ]
    schema = TABLES["stated_values"].schema
    return pa.Table.from_pylist(rows, schema=schema).to_batches() if rows else []
