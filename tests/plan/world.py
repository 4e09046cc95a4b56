"""Tiny observed and derived tables for tests of planning, and an engine to run steps on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import ibis
import pyarrow as pa

from mawj.tables.declared import TABLES

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def engine() -> Any:
    made = ibis.duckdb.connect()
    made.raw_sql("SET TimeZone='UTC'")
    return made


def table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows of a declared table, what is not said NULL."""
    schema = pa.schema([field.with_nullable(True) for field in TABLES[name].schema])
    full = [{key: row.get(key) for key in schema.names} for row in rows]
    return pa.Table.from_pylist(full, schema)


def ibis_table(name: str, rows: list[dict[str, Any]]) -> Any:
    return ibis.memtable(table(name, rows))


def hours(n: float) -> datetime:
    return DAY + timedelta(hours=n)


def follow(follower: str, followed: str, **more: Any) -> dict[str, Any]:
    return {"follower_id": follower, "followed_id": followed, **more}


def act(kind: str, actor: str, target: str, **more: Any) -> dict[str, Any]:
    told = {"actor_id": actor, "target_id": target, "kind": kind, **more}
    return {"act_id": f"{actor}>{target}:{kind}:{more.get('post_id')}", **told}


def person(account_id: str, person_id: str | None = None) -> dict[str, Any]:
    return {
        "account_id": account_id, "person_id": person_id or account_id,
        "n_accounts": 1 if person_id is None else 2, "linked_by": "alone",
    }  # fmt: skip
