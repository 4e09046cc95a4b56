"""How old what is known of accounts is today: what pages and the terminal show as stale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.flow.accounts import rows
from mawj.tables.derived_freshness import KINDS_SEEN
from mawj.tables.portable import days_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from mawj.flow.accounts import Readable


@dataclass(frozen=True)
class Seen:
    """One kind of thing known of an account.

    Attributes:
        kind: counts, posts, ties, audience or account.
        seen_at: latest moment that it describes, UTC.
        age_days: whole days since then, today.
        ttl_days: how long it holds, by the settings of the run.
    """

    kind: str
    seen_at: datetime
    age_days: int
    ttl_days: int

    @property
    def is_stale(self) -> bool:
        """Older than it holds."""
        return self.age_days > self.ttl_days


@dataclass(frozen=True)
class StaleCount:
    """How many accounts of which a kind is known have it stale."""

    kind: str
    n_accounts: int
    n_stale: int


def seen_of(lake: Readable, account_id: str, now: datetime) -> tuple[Seen, ...]:
    """Each kind that is known of the account, with its age at `now`; none in older runs."""
    return seen_of_each(lake, [account_id], now).get(account_id, ())


def seen_of_each(
    lake: Readable, account_ids: Sequence[str], now: datetime
) -> dict[str, tuple[Seen, ...]]:
    """The same of several accounts, by account; who is not known at all is not in it."""
    if not lake.has("freshness"):
        return {}
    made: dict[str, list[Seen]] = {}
    for row in lake.seek("freshness", {"account_id": list(account_ids)}):
        age = max((now - row["seen_at"]).days, 0)
        seen = Seen(row["kind"], row["seen_at"], age, row["ttl_days"])
        made.setdefault(str(row["account_id"]), []).append(seen)
    return {
        one: tuple(sorted(seen, key=lambda kind: KINDS_SEEN.index(kind.kind)))
        for one, seen in made.items()
    }


def most_overdue(seen: Iterable[Seen]) -> Seen | None:
    """The kind that has been stale for longest; None where none is."""
    stale = [one for one in seen if one.is_stale]
    return max(stale, key=lambda one: one.age_days - one.ttl_days, default=None)


def stale_counts(lake: Readable, now: datetime) -> tuple[StaleCount, ...]:
    """Accounts with stale values at `now`, by kind; none in older runs."""
    if not lake.has("freshness"):
        return ()
    seen = lake.read("freshness")
    today: Any = ibis.literal(now, "timestamp('UTC')")
    is_old = days_between(seen.seen_at, today).floor() > seen.ttl_days
    counted = seen.group_by("kind").agg(
        n_accounts=_.count(), n_stale=is_old.cast("int64").sum()
    )
    found = {row["kind"]: row for row in rows(counted)}
    return tuple(
        StaleCount(kind, found[kind]["n_accounts"], found[kind]["n_stale"])
        for kind in KINDS_SEEN
        if kind in found
    )
