"""What was spent of the budgets of live sources: rows of `source_spending`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
from ibis import _

from mawj.flow.accounts import rows
from mawj.sources.live.budgets import Spent
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from mawj.lake.lake import Lake
    from mawj.sources.live.budgets import Budgets


def spending(lake: Lake, source: str, now: datetime) -> list[Spent]:
    """What was spent of a source's budgets and still counts."""
    found = rows(lake.read("source_spending").filter((_.source == source) & (_.ends_at > now)))
    return [
        Spent(row["budget"], row["what"], row["amount"], row["ends_at"].timestamp())
        for row in found
    ]


def keep_spending(lake: Lake, source: str, budgets: Budgets) -> None:
    """Store what was spent since this was last done."""
    told = [
        {
            "source": source, "budget": one.budget, "what": one.what, "amount": one.amount,
            "ends_at": datetime.fromtimestamp(one.ends_at, UTC),
        }
        for one in budgets.unsaved()
    ]  # fmt: skip
    if told:
        schema = TABLES["source_spending"].schema
        lake.upsert("source_spending", pa.Table.from_pylist(told, schema=schema))
