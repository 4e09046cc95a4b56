"""What can be said about the loaded accounts, what cannot, and what to load next to say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ibis import _

from mawj.flow.accounts import rows
from mawj.identify.assessed import assessed

if TYPE_CHECKING:
    from mawj.flow.accounts import Readable

LOAD_NEXT = {
    "account_snapshots": ("accounts", "follower counts"),
    "posts": ("posts", "posts with text and date"),
    "post_snapshots": ("posts", "likes, comments and views of posts"),
    "interactions": ("interactions", "who mentioned, answered or passed on whom"),
    "follows": ("follows", "who follows whom"),
    "comments": ("comments", "comments under posts"),
    "listings": ("interactions", "public lists they are on"),
}
"""Observed table: what `mawj load --as` calls it, and what it holds in words."""


@dataclass(frozen=True)
class Covered:
    """How much of one contribution could be assessed over all accounts."""

    finding: str
    n_assessed: int
    n_accounts: int
    by_events: int
    by_counts: int
    missing: str

    @property
    def share(self) -> float:
        """Accounts assessed / accounts."""
        return self.n_assessed / self.n_accounts if self.n_accounts else 0.0


@dataclass(frozen=True)
class Coverage:
    """The whole answer: by contribution, by table, and what to load next, best first."""

    n_accounts: int
    n_ranked: int
    contributions: tuple[Covered, ...]
    tables: tuple[tuple[str, int], ...]
    load_next: tuple[tuple[str, str, float], ...]


def coverage(lake: Readable) -> Coverage:
    """What can be told of the loaded accounts, from the current run.

    `load_next` holds (table, what it is in words, mean points of weight that it would make
    assessable), the most useful first.
    """
    overall = lake.read("influence").filter(_.topic_id == "")
    counted = rows(overall.agg(n=_.count(), ranked=_.is_ranked.cast("int64").sum()))[0]
    counts = _counts(lake)
    tables = tuple((name, int(lake.read(name).count().execute())) for name in LOAD_NEXT)
    return Coverage(
        int(counted["n"] or 0), int(counted["ranked"] or 0),
        _contributions(counts), tables, _load_next(counts, int(counted["n"] or 0)),
    )  # fmt: skip


def _counts(lake: Readable) -> list[dict[str, Any]]:
    """Accounts by contribution and what was missing; made here where the run is older."""
    if lake.has("assessed"):
        return rows(lake.read("assessed"))
    return rows(assessed(lake.read("influence_findings")))


def _contributions(counts: list[dict[str, Any]]) -> tuple[Covered, ...]:
    found = []
    for finding in {row["finding"] for row in counts}:
        mine = [row for row in counts if row["finding"] == finding]
        sums = {
            name: sum(row[name] for row in mine)
            for name in ("n_assessed", "n_accounts", "by_events", "by_counts")
        }
        missing = max(row["missing"] for row in mine)
        found.append(Covered(finding=finding, **sums, missing=missing))
    return tuple(sorted(found, key=lambda c: (c.share, c.finding)))


def _load_next(
    counts: list[dict[str, Any]], n_accounts: int
) -> tuple[tuple[str, str, float], ...]:
    gains: dict[str, float] = {}
    for row in (one for one in counts if one["weight_lacking"] > 0):
        for table in (t.strip() for t in row["missing"].split(",")):
            gains[table] = gains.get(table, 0.0) + row["weight_lacking"] / max(n_accounts, 1)
    return tuple(
        (table, LOAD_NEXT[table][1], gain)
        for table, gain in sorted(gains.items(), key=lambda item: -item[1])
        if table in LOAD_NEXT
    )
