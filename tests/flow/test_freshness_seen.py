"""What is stale today, for pages and the terminal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import ibis

from mawj.flow.freshness_seen import Seen, most_overdue, seen_of, seen_of_each, stale_counts

NOW = datetime(2026, 6, 1, tzinfo=UTC)


class Shelf:
    """A lake of one table."""

    def __init__(self, rows: list[dict[str, Any]] | None) -> None:
        self.rows = rows

    def has(self, name: str) -> bool:
        return self.rows is not None and name == "freshness"

    def seek(self, name: str, where: dict[str, Any], columns: Any = ()) -> list[dict[str, Any]]:
        return [one for one in self.rows or [] if one["account_id"] in where["account_id"]]

    def read(self, name: str) -> Any:
        return ibis.memtable(self.rows)


def row(account_id: str, kind: str, days: int, ttl: int) -> dict[str, Any]:
    return {"account_id": account_id, "kind": kind, "seen_at": NOW - timedelta(days=days),
            "ttl_days": ttl}  # fmt: skip


def test_what_was_fresh_in_the_run_grows_stale_with_the_days() -> None:
    shelf: Any = Shelf([row("x:a", "account", 20, 180), row("x:a", "counts", 31, 30)])
    assert seen_of(shelf, "x:a", NOW) == (
        Seen("counts", NOW - timedelta(days=31), 31, 30),
        Seen("account", NOW - timedelta(days=20), 20, 180),
    )
    assert [one.is_stale for one in seen_of(shelf, "x:a", NOW)] == [True, False]
    assert not any(one.is_stale for one in seen_of(shelf, "x:a", NOW - timedelta(days=1)))


def test_the_most_overdue_is_that_which_is_stale_for_longest() -> None:
    rows = [
        row("x:a", "counts", 50, 30),
        row("x:a", "ties", 100, 90),
        row("x:b", "ties", 9, 90),
    ]
    seen = seen_of_each(Shelf(rows), ["x:a", "x:b", "x:c"], NOW)  # type: ignore[arg-type]
    assert set(seen) == {"x:a", "x:b"}
    assert most_overdue(seen["x:a"]) == Seen("counts", NOW - timedelta(days=50), 50, 30)
    assert most_overdue(seen["x:b"]) is None


def test_stale_accounts_are_counted_by_kind() -> None:
    shelf: Any = Shelf([row("x:a", "counts", 31, 30), row("x:b", "counts", 30, 30)])
    (counts,) = stale_counts(shelf, NOW)
    assert (counts.kind, counts.n_accounts, counts.n_stale) == ("counts", 2, 1)


def test_an_older_run_says_nothing() -> None:
    shelf: Any = Shelf(None)
    assert seen_of(shelf, "x:a", NOW) == ()
    assert stale_counts(shelf, NOW) == ()
