"""What a source lets us ask in a period, counted by us so that we stop before it says no.

A budget is units of a day, posts of a month, hashtags of a week. What was spent is kept from
sync to sync (`source_spending`), since the source counts on while we are away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mawj.tables.errors import SourceLimited

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY_S = 86_400.0


@dataclass(frozen=True)
class Spent:
    """What was spent of one budget on one thing.

    Attributes:
        budget: which one: units, searches, hashtags, posts, requests.
        what: the day or month it counts for, or the thing that counts once.
        amount: how much.
        ends_at: seconds since 1970 from which it counts no more.
    """

    budget: str
    what: str
    amount: float
    ends_at: float


@dataclass(frozen=True)
class Cost:
    """What one request takes of a budget.

    Attributes:
        spent: what it takes.
        limit: most that may be spent at a time.
        scope: what is paid from it: everything of the "source", a "kind", or a "subject".
        is_once: the same thing again costs nothing while it counts.
    """

    spent: Spent
    limit: float
    scope: str = "source"
    is_once: bool = False


class Budgets:
    """What was spent of one source's budgets."""

    def __init__(self) -> None:
        self._spent: dict[tuple[str, str], Spent] = {}
        self._unsaved: set[tuple[str, str]] = set()

    def restore(self, spent: Iterable[Spent]) -> None:
        """Take over what an earlier sync spent."""
        self._spent = {(one.budget, one.what): one for one in spent}

    def left(self, budget: str, limit: float, now: float) -> float:
        """What may still be spent now."""
        return max(limit - sum(one.amount for one in self._counting(budget, now)), 0.0)

    def spend(self, cost: Cost, now: float) -> None:
        """Spend it.

        Raises:
            SourceLimited: more than is left; it says when some of it is free again.
        """
        if cost.is_once and self._is_paid(cost.spent, now):
            return
        self.room(cost, now)
        self.note(cost.spent, now)

    def room(self, cost: Cost, now: float) -> float:
        """What is left, where it suffices for a cost.

        Raises:
            SourceLimited: it does not; it says when some of it is free again.
        """
        left = self.left(cost.spent.budget, cost.limit, now)
        if cost.spent.amount > left:
            raise self._used_up(cost, now)
        return left

    def note(self, spent: Spent, now: float) -> None:
        """Count what was spent, however much that is."""
        key = (spent.budget, spent.what)
        before = self._spent.get(key)
        if before is not None and before.ends_at > now:
            spent = replace(spent, amount=before.amount + spent.amount)
        self._spent[key] = spent
        self._unsaved.add(key)

    def unsaved(self) -> list[Spent]:
        """What changed since this was last asked."""
        changed, self._unsaved = self._unsaved, set()
        return [self._spent[key] for key in sorted(changed)]

    def _counting(self, budget: str, now: float) -> list[Spent]:
        return [
            one for one in self._spent.values() if one.budget == budget and one.ends_at > now
        ]

    def _is_paid(self, spent: Spent, now: float) -> bool:
        before = self._spent.get((spent.budget, spent.what))
        return before is not None and before.ends_at > now

    def _used_up(self, cost: Cost, now: float) -> SourceLimited:
        name = cost.spent.budget
        ends = [one.ends_at for one in self._counting(name, now)]
        wait = min(ends, default=cost.spent.ends_at) - now
        return SourceLimited(
            f"all but {self.left(name, cost.limit, now):,.0f} of {cost.limit:,.0f} {name} are "
            f"spent; some are free again in {wait / 3600:.1f} h",
            retry_after_s=wait,
            scope=cost.scope,
        )


def of_the_day(budget: str, amount: float, now: float, zone: str = "UTC") -> Spent:
    """Spent on the day that it is now in a time zone, which ends at midnight there."""
    here = datetime.fromtimestamp(now, ZoneInfo(zone))
    midnight = (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # By the clock on the wall: a day on which it is set is 23 or 25 hours long.
    return Spent(budget, f"{here:%Y-%m-%d}", amount, midnight.timestamp())


def of_the_month(budget: str, amount: float, now: float) -> Spent:
    """Spent in the month that it is now, which ends with its last day (UTC)."""
    here = datetime.fromtimestamp(now, UTC)
    first = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    ends = (first + timedelta(days=32)).replace(day=1)
    return Spent(budget, f"{here:%Y-%m}", amount, ends.timestamp())


def for_days(budget: str, what: str, days: float, now: float) -> Spent:
    """One thing that counts as one for so many days from now."""
    return Spent(budget, what, 1.0, now + days * DAY_S)
