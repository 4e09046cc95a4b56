"""What can be said about the loaded accounts, what cannot, and what to load next to say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ibis import _

from mawj.flow.accounts import Readable, rows

if TYPE_CHECKING:
    import ibis.expr.types as ir

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
    contributions = _contributions(lake.read("influence_findings"))
    tables = tuple((name, int(lake.read(name).count().execute())) for name in LOAD_NEXT)
    return Coverage(
        int(counted["n"] or 0), int(counted["ranked"] or 0),
        contributions, tables, _load_next(lake.read("influence_findings")),
    )  # fmt: skip


def _contributions(findings: ir.Table) -> tuple[Covered, ...]:
    whole = findings.filter(_.topic_id == "", _.weight > 0)
    grouped = whole.group_by("finding").agg(
        n_assessed=(_.status != "not_assessed").cast("int64").sum(),
        n_accounts=_.count(),
        by_events=((_.status != "not_assessed") & (_.basis == "events")).cast("int64").sum(),
        by_counts=((_.status != "not_assessed") & (_.basis == "counted")).cast("int64").sum(),
        missing=_.missing.max(),
    )
    found = [Covered(**row) for row in rows(grouped)]
    return tuple(sorted(found, key=lambda c: (c.share, c.finding)))


def _load_next(findings: ir.Table) -> tuple[tuple[str, str, float], ...]:
    lacking = findings.filter(_.topic_id == "", _.status == "not_assessed", _.weight > 0)
    grouped = lacking.group_by("missing").agg(points=_.weight.sum())
    n_accounts = max(int(findings.filter(_.topic_id == "").subject_id.nunique().execute()), 1)
    gains: dict[str, float] = {}
    for row in rows(grouped):
        for table in (t.strip() for t in str(row["missing"]).split(",")):
            gains[table] = gains.get(table, 0.0) + row["points"] / n_accounts
    return tuple(
        (table, LOAD_NEXT[table][1], gain)
        for table, gain in sorted(gains.items(), key=lambda item: -item[1])
        if table in LOAD_NEXT
    )
