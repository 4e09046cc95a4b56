"""Small rows for the lake's tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from mawj.tables.declared import TABLES

START = datetime(2026, 1, 1, tzinfo=UTC)
PROVENANCE = {"source": "test", "fetched_at": START, "basis": "public", "load_id": "l1"}


def day(n: int) -> datetime:
    return START + timedelta(days=n)


def table(name: str, *rows: dict[str, Any]) -> pa.Table:
    """Rows of the declared table; what a row does not say is NULL or ordinary provenance."""
    declared = TABLES[name]
    ordinary = dict.fromkeys(declared.names)
    ordinary |= {key: value for key, value in PROVENANCE.items() if key in declared.by_name}
    schema = pa.schema([field.with_nullable(True) for field in declared.schema])
    return pa.Table.from_pylist([{**ordinary, **row} for row in rows], schema=schema)


def account(who: str, **more: Any) -> dict[str, Any]:
    return {"account_id": f"x:{who}", "platform": "x", "handle": f"h{who}", **more}


def accounts(*whose: str, **more: Any) -> pa.Table:
    return table("accounts", *(account(who, **more) for who in whose))


def people(*names: str) -> pa.Table:
    return table(
        "people",
        *(
            {
                "account_id": f"x:{name}",
                "person_id": f"x:{name}",
                "n_accounts": 1,
                "linked_by": "alone",
            }
            for name in names
        ),
    )


def load(load_id: str, n_rows: int = 1) -> pa.Table:
    return table(
        "loads",
        {
            "load_id": load_id, "file": "f.csv", "source": "test", "mapping": "{}",
            "loaded_at": START, "n_rows": n_rows, "n_kept": n_rows, "n_rejected": 0,
        },
    )  # fmt: skip
