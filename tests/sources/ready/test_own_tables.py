"""Files with the columns of our own tables come back as they went out."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mawj.sources.reading import open_file
from mawj.sources.ready import ready_mapping
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Path]

AT = datetime(2024, 5, 1, 10, tzinfo=UTC)
STAMP = {"source": "world", "fetched_at": AT, "basis": "estimated", "load_id": "old"}
ROWS: dict[str, dict[str, Any]] = {
    "accounts": {
        "account_id": "youtube:UCaaaaaaaaaaaaaaaaaaaaaa", "platform": "youtube",
        "handle": "noura", "name": "نورة", "country": "SA", "created_at": AT,
        "is_verified": True,
    },
    "account_snapshots": {
        "account_id": "x:1", "taken_at": AT, "followers": 12.0, "given_engagement_share": 0.05,
    },
    "posts": {
        "post_id": "bluesky:at://did:plc:a/p/1", "account_id": "bluesky:did:plc:a",
        "platform": "bluesky", "published_at": AT, "kind": "photo", "text": "قهوة #قهوة",
        "language": "ar", "language_basis": "detected", "is_labelled_ad": False,
        "hashtags": ["قهوه"], "mentions": [], "links": [], "terms": ["قهوه"],
    },
    "follows": {"follower_id": "x:1", "followed_id": "x:2", "since": AT},
    "interactions": {
        "interaction_id": "x:i1", "kind": "repost", "actor_id": "x:1", "target_id": "x:2",
        "post_id": "x:9", "at": AT,
    },
}  # fmt: skip


def arrow(table: str) -> pa.Table:
    return pa.Table.from_pylist([ROWS[table] | STAMP], schema=TABLES[table].schema)


@pytest.mark.parametrize("table", ROWS)
def test_a_parquet_of_our_own_comes_back_as_it_was(make: Make, read: Any, table: str) -> None:
    out = io.BytesIO()
    pq.write_table(arrow(table), out)
    got = read(make("out.parquet", out.getvalue()))
    assert list(got.tables) == [table]
    (row,) = got.tables[table]
    expected = arrow(table).to_pylist()[0]
    changed = {name for name in row if row[name] != expected[name]}
    assert changed <= {"source", "fetched_at", "load_id", "hashtags", "terms"}
    assert row["basis"] == "estimated"


def test_json_lines_of_our_own_come_back(make: Make, read: Any) -> None:
    line = json.dumps(ROWS["posts"] | {"published_at": AT.isoformat()}, ensure_ascii=False)
    (row,) = read(make("posts.jsonl", line)).tables["posts"]
    assert (row["post_id"], row["published_at"]) == ("bluesky:at://did:plc:a/p/1", AT)
    assert (row["language_basis"], row["is_labelled_ad"]) == ("detected", False)


def test_ids_without_a_platform_are_not_ours(make: Make) -> None:
    text = "account_id,taken_at,followers\n12,2024-05-01,9\n13,2024-05-01,8\n"
    with open_file(make("a.csv", text)) as raw:
        assert ready_mapping(raw) is None
