"""What was spent of a source's budgets, and when it counts no more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mawj.sources.live.budgets import (
    Budgets,
    Cost,
    Spent,
    for_days,
    of_the_day,
    of_the_month,
)
from mawj.sources.live.polite import Manners, Polite
from mawj.tables.errors import SourceLimited, SourceUnreachable

PACIFIC = "America/Los_Angeles"


def at(*moment: int) -> float:
    return datetime(*moment, tzinfo=UTC).timestamp()  # type: ignore[misc]


def test_a_day_ends_at_midnight_in_its_own_zone_in_summer_and_winter() -> None:
    winter = of_the_day("units", 1, at(2026, 1, 15, 7, 30), PACIFIC)
    assert (winter.what, winter.ends_at) == ("2026-01-14", at(2026, 1, 15, 8))
    summer = of_the_day("units", 1, at(2026, 7, 15, 7, 30), PACIFIC)
    assert (summer.what, summer.ends_at) == ("2026-07-15", at(2026, 7, 16, 7))


def test_a_day_on_which_clocks_are_set_is_an_hour_shorter_or_longer() -> None:
    spring = of_the_day("units", 1, at(2026, 3, 8, 8), PACIFIC)
    assert spring.ends_at - at(2026, 3, 8, 8) == 23 * 3600
    autumn = of_the_day("units", 1, at(2026, 11, 1, 7), PACIFIC)
    assert autumn.ends_at - at(2026, 11, 1, 7) == 25 * 3600


def test_a_month_ends_with_its_last_day() -> None:
    assert of_the_month("posts", 1, at(2026, 12, 31, 23)).ends_at == at(2027, 1, 1)
    assert of_the_month("posts", 1, at(2026, 2, 1)).ends_at == at(2026, 3, 1)


def test_more_than_is_left_is_refused_with_when_some_is_free_again() -> None:
    budgets, now = Budgets(), at(2026, 1, 15, 20)

    def cost(amount: float) -> Cost:
        return Cost(of_the_day("units", amount, now), 10)

    budgets.spend(cost(7), now)
    with pytest.raises(SourceLimited, match="all but 3 of 10 units are spent") as told:
        budgets.spend(cost(4), now)
    assert told.value.retry_after_s == 4 * 3600
    budgets.spend(cost(3), now)
    assert budgets.left("units", 10, now) == 0
    assert budgets.left("units", 10, at(2026, 1, 16)) == 10


def test_the_same_thing_counts_once_and_its_time_runs_from_the_first() -> None:
    budgets, now = Budgets(), at(2026, 1, 1)

    def ask(tag: str, moment: float) -> None:
        spent = for_days("hashtags", tag, 7, moment)
        budgets.spend(Cost(spent, 2, "subject", is_once=True), moment)

    ask("coffee", now)
    ask("قهوة", at(2026, 1, 2))
    ask("coffee", at(2026, 1, 7))
    with pytest.raises(SourceLimited) as told:
        ask("tea", at(2026, 1, 7))
    assert told.value.retry_after_s == 86_400
    assert told.value.scope == "subject"
    ask("tea", at(2026, 1, 8))


def test_what_was_spent_is_taken_over_and_only_changes_are_stored() -> None:
    now = at(2026, 1, 1)
    first = Budgets()
    first.note(Spent("units", "2026-01-01", 4, now + 60), now)
    stored = first.unsaved()
    assert first.unsaved() == []
    second = Budgets()
    second.restore(stored)
    second.note(Spent("units", "2026-01-01", 1, now + 60), now)
    assert [one.amount for one in second.unsaved()] == [5]


def test_each_try_is_paid_for() -> None:
    polite = Polite(Manners(tries=3), lambda: 0.0, lambda _: None, lambda: 0.0)

    def fails() -> None:
        raise SourceUnreachable("no answer")

    with pytest.raises(SourceUnreachable):
        polite.ask(fails, lambda now: Cost(of_the_day("units", 2, now), 100))
    assert (polite.quota.left, polite.quota.resets_at) == (94, 86_400)
