"""Rows that could not be used: of which load, why, and all of them to mend and bring again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ibis import _

from mawj.flow.accounts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.flow.accounts import Readable

COLUMNS = ("file", "row", "field", "reason", "record", "rejected_at")
MOST = 100_000
"""Rows of one download; a file with more faults is mended by its first ones (our judgement)."""


def loads(lake: Readable, most: int = 30) -> list[dict[str, Any]]:
    """The latest loads, newest first, each with the columns of `loads`."""
    return rows(lake.read("loads").order_by(_.loaded_at.desc()).limit(most))


def reasons(lake: Readable, load_id: str, most: int = 10) -> list[dict[str, Any]]:
    """Why rows of a load were set aside: reason, field and n, the commonest first."""
    table = lake.read("rejected").filter(_.load_id == load_id)
    counted = table.group_by("reason", "field").agg(n=_.count())
    return rows(counted.order_by(_.n.desc(), _.reason).limit(most))


def rejected_rows(lake: Readable, load_id: str) -> Iterator[dict[str, Any]]:
    """The rows of a load that were set aside, by their number: `COLUMNS`."""
    table = lake.read("rejected").filter(_.load_id == load_id)
    yield from rows(table.select(*COLUMNS).order_by("row", "field").limit(MOST))
