"""Posts of made-up accounts for tests of content."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pyarrow as pa

from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

START = datetime(2024, 1, 1, 9, 17, 3, tzinfo=UTC)
ACCOUNT = "x:me"


def posts(
    texts: Sequence[str | None],
    moments: Sequence[datetime] | None = None,
    account: str = ACCOUNT,
) -> pa.Table:
    """vet_posts of one account: a post every two days, unless `moments` say when."""
    step = timedelta(hours=50, minutes=7)
    rows = [
        {
            "post_id": f"{account}:p{number:04d}", "account_id": account, "platform": "x",
            "published_at": moments[number] if moments else START + number * step, "text": text,
        }
        for number, text in enumerate(texts)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=TABLES["vet_posts"].schema)


def plain(n: int, first: int = 0) -> list[str]:
    """Posts of somebody calm: whole sentences, full stops."""
    things = ("the market", "our kitchen", "a long walk", "the museum", "my old books")
    return [
        f"Today I went to {things[k % 5]} and it was calm. We talked for {k % 7 + 2} hours."
        for k in range(first, first + n)
    ]


def loud(n: int) -> list[str]:
    """Posts of somebody loud: no sentences, many signs."""
    things = ("market", "kitchen", "walk", "museum", "books")
    return [
        f"OMG!!! {things[k % 5]} 🔥🔥 sooo good!! #love #{things[k % 4]} 😍" for k in range(n)
    ]
