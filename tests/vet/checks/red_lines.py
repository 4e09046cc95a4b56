"""Small tables for the tests of checks over red lines."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from mawj.tables.declared import TABLES

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def rows(name: str, *told: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(told), schema=TABLES[name].schema)


def post(subject: str, n: int = 0, account: str = "x:1") -> dict[str, Any]:
    return {
        "post_id": f"{account}:p{n}", "account_id": account, "subject": subject,
        "strength": 0.9,
        "is_about": False, "words": ["w"], "published_at": NOW, "quote": "the words",
    }  # fmt: skip


def read(*accounts: str) -> pa.Table:
    return rows(
        "read_posts",
        *[{"account_id": one, "n_read": 50, "n_other": 0} for one in accounts or ("x:1",)],
    )


def line(subject: str, severity: float = 1.0) -> dict[str, Any]:
    return {"brand_id": "b", "subject": subject, "severity": severity}
