"""How a source is asked: not too often, again when it fails, and not when it says no."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from mawj.sources.live.budgets import Budgets
from mawj.tables.errors import SourceError, SourceLimited

if TYPE_CHECKING:
    from collections.abc import Callable

    from mawj.sources.live.budgets import Cost

T = TypeVar("T")


@dataclass(frozen=True)
class Manners:
    """How patient and how quick we are with one source. All figures are our judgement.

    Attributes:
        timeout_s: longest wait for one answer.
        tries: how often one thing is asked before we give up.
        first_wait_s: longest pause before the second try; it doubles from try to try.
        most_wait_s: longest pause we make in line; whoever asks for a longer one is told so to
            the person, and asked again by a later sync.
        gap_s: shortest time between two requests.
    """

    timeout_s: float = 30.0
    tries: int = 5
    first_wait_s: float = 1.0
    most_wait_s: float = 60.0
    gap_s: float = 0.0


@dataclass
class Quota:
    """What the source says is left.

    Attributes:
        left: requests (or units) until `resets_at`; None where it does not say.
        resets_at: seconds since 1970 on our clock.
    """

    left: float | None = None
    resets_at: float | None = None


@dataclass
class Polite:
    """Asks for us; the clock and chance are arguments.

    Attributes:
        manners: how patient and how quick.
        now: seconds since 1970.
        sleep: waits that many seconds.
        chance: a number from 0 to 1, for pauses that do not fall together.
        quota: what the source said last of what is left, or what we count.
        budgets: what was spent of what it lets us ask in a period.
        n_asked, n_failed, waited_s: requests made, those that failed, and time spent in pauses.
    """

    manners: Manners
    now: Callable[[], float]
    sleep: Callable[[float], None]
    chance: Callable[[], float]
    quota: Quota = field(default_factory=Quota)
    budgets: Budgets = field(default_factory=Budgets)
    n_asked: int = 0
    n_failed: int = 0
    waited_s: float = 0.0
    _last: float = 0.0

    def left(self) -> float | None:
        """What is left to ask; None where the source does not say, or we can wait for more."""
        resets_at = self.quota.resets_at
        if resets_at is not None and resets_at <= self.now() + self.manners.most_wait_s:
            return None
        return self.quota.left

    def ask(self, question: Callable[[], T], cost: Callable[[float], Cost] | None = None) -> T:
        """The answer to a question that may fail and may be asked again.

        Where it fails with an error that is worth retrying it is asked again: after as long as
        the source asks for, else after a random part of a pause that doubles ("full jitter").

        Args:
            question: asks, once.
            cost: what that takes of a budget at a moment; each try is paid for.

        Raises:
            SourceError: the last failure.
        """
        for n in range(1, self.manners.tries + 1):
            try:
                self._pay(cost)
                self._keep_distance()
                self.n_asked += 1
                return question()
            except SourceError as error:
                self.n_failed += 1
                if not error.is_worth_retrying or n == self.manners.tries:
                    raise
                self._pause(self._wait_s(error, n), error)
        raise AssertionError("manners ask for at least one try")

    def _pay(self, cost: Callable[[float], Cost] | None) -> None:
        if cost is not None:
            price = cost(self.now())
            self.budgets.spend(price, self.now())
            self.note_left(price)

    def note_left(self, cost: Cost) -> None:
        """Remember what is left of the budget that a request was paid from."""
        if cost.scope == "source":
            budget = cost.spent.budget
            self.quota.left = self.budgets.left(budget, cost.limit, self.now())
            self.quota.resets_at = cost.spent.ends_at

    def _keep_distance(self) -> None:
        # A clock that was set back must not make us wait for the time it lost.
        ahead = min(self._last + self.manners.gap_s - self.now(), self.manners.gap_s)
        if self._last and ahead > 0:
            self.sleep(ahead)
        self._last = self.now()

    def _wait_s(self, error: SourceError, n: int) -> float:
        if isinstance(error, SourceLimited) and error.retry_after_s:
            # A little more than asked for, so that not everybody comes back at that moment.
            return error.retry_after_s + self.chance() * self.manners.first_wait_s
        longest = min(self.manners.first_wait_s * 2.0 ** (n - 1), self.manners.most_wait_s)
        return self.chance() * longest

    def _pause(self, wait_s: float, error: SourceError) -> None:
        if wait_s > self.manners.most_wait_s + self.manners.first_wait_s:
            raise error
        self.waited_s += wait_s
        self.sleep(wait_s)
