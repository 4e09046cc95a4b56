"""What a source is asked for first, and where the quota goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

pytest.importorskip("atproto", reason="needs the connectors extra: atproto")

from mawj.flow.source_states import SourceState, ask_for, states
from mawj.flow.sources_told import sources_told
from mawj.flow.sync_order import mattering, planned_accounts, subjects_that_matter, sync_order
from mawj.flow.syncing import sync
from mawj.lake.lake import Lake
from mawj.sources.live import SOURCES
from mawj.tables.declared import TABLES
from tests.flow.test_syncing import asking
from tests.sources.live.loopback import Answer, Loopback
from tests.sources.live.rehearsals import START, Clock
from tests.sources.live.small_bluesky import SmallBluesky

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = ("layla", "omid", "sara", "noor", "dara")


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with Lake.open(tmp_path / "lake") as lake:
        yield lake


def due(subject: str, days: float, kind: str = "posts") -> SourceState:
    """Something that was fetched so many days ago; never, where they are infinite."""
    at = None if days == float("inf") else START - timedelta(days=days)
    return SourceState(
        "bluesky", kind, subject, "bluesky", subject, None, START, stored_at=at, finished_at=at
    )


def order(due: list[SourceState], matters: dict[str, str], left: float | None) -> Any:
    made = sync_order(due, matters, left, START)
    return [[one.subject for group in groups for one in group] for _, groups in made.parts]


def test_plans_go_before_lists_and_the_most_overdue_first_among_the_rest() -> None:
    some = [due("old", 9), due("listed", 2), due("new", 1), due("planned", 0.5)]
    some.append(due("never", float("inf")))
    matters = {"planned": "plan", "listed": "list"}
    assert order(some, matters, None)[0] == ["planned", "listed", "never", "old", "new"]


def test_overdue_is_counted_by_how_long_a_kind_is_fresh() -> None:
    some = [due("a", 8, "followers"), due("b", 2, "posts")]
    assert order(some, {}, None)[0] == ["b", "a"]


def test_a_quota_that_does_not_last_goes_to_plans_and_a_part_to_the_most_overdue() -> None:
    some = [due(f"planned{n}", 2) for n in range(10)]
    some += [due("forgotten", 400), due("listed", 4), due("other", 40)]
    matters = {f"planned{n}": "plan" for n in range(10)} | {"listed": "list"}
    made = sync_order(some, matters, 5, START)
    first, reserve, _ = order(some, matters, 5)
    assert first == ["planned0", "planned1", "planned2", "planned3"]
    assert reserve == ["forgotten"]
    assert made.parts[0][0] == pytest.approx(1.0), "kept for the most overdue"
    assert made.n_waiting == 8


def test_where_quota_is_short_a_plan_may_first_grow_a_day_old() -> None:
    some = [due("planned", 0.5), due("listed", 4), due("other", 2)]
    matters = {"planned": "plan", "listed": "list"}
    assert order(some, matters, 2)[0] == ["listed"]
    assert order(some, matters, 3)[0] == ["planned", "listed", "other"]


def test_streams_come_last_and_take_no_quota() -> None:
    some = [due("watched", 0, "jetstream"), due("layla", 3)]
    assert order(some, {}, 0)[2] == ["watched"]


def test_a_request_for_many_stands_where_its_first_does() -> None:
    some = [due("other", 9), due("planned", 3, "accounts"), due("late", 2, "accounts")]
    made = sync_order(some, {"planned": "plan"}, None, START)
    groups = made.parts[0][1]
    told = [[one.subject for one in group] for group in groups]
    assert told == [["planned", "late"], ["other"]]


def test_the_most_pressing_counts() -> None:
    assert mattering(["a"], ["a", "b"], ["a", "b", "c"]) == {
        "a": "plan", "b": "list", "c": "watched",
    }  # fmt: skip


def test_a_placement_to_come_in_the_forecast_book_is_a_plan(lake: Lake) -> None:
    def kept(account: str, on: date) -> dict[str, Any]:
        schema = TABLES["kept_forecasts"].schema
        row: dict[str, Any] = dict.fromkeys(schema.names, "x")
        row |= {one.name: 1.0 for one in schema if one.type != pa.string()}
        told = {"account_id": account, "on": on, "measure": "views", "basis": "own"}
        return row | told | {"is_paid": True}

    rows = [kept("x:a", date(2026, 2, 3)), kept("x:b", date(2026, 1, 3))]
    table = pa.Table.from_pylist(rows, TABLES["kept_forecasts"].schema)
    lake.upsert("kept_forecasts", table)
    assert planned_accounts(lake, date(2026, 2, 1)) == {"x:a"}


class Counting:
    """Bluesky that allows so many requests until a moment far away."""

    def __init__(self, left: int, clock: Clock) -> None:
        self.world, self.left, self.clock = SmallBluesky(NAMES, n_posts=2), left, clock

    def __call__(self, path: str, params: dict[str, list[str]]) -> Answer:
        self.left -= 1
        answer = self.world(path, params)
        told = {
            "ratelimit-remaining": str(self.left), "ratelimit-reset": "7200",
            "Date": format_datetime(self.clock.at),
        }  # fmt: skip
        return replace(answer, headings=told)


def test_a_small_quota_is_spent_on_plans_first_and_the_rest_waits_for_more(lake: Lake) -> None:
    clock = Clock()
    counting = Counting(1000, clock)
    with Loopback(counting) as server:
        ask_for(lake, "bluesky", [f"{name}.test" for name in NAMES], [], START)
        sync(asking(lake, server, clock), "bluesky")
        clock.at += timedelta(days=40)
        counting.left = 3
        told = replace(asking(lake, server, clock), matters={"bluesky:did:plc:noor": "plan"})
        told.polite.quota.left, told.polite.quota.resets_at = 3.0, clock.seconds() + 7200
        n_before = len(server.asked)
        done = sync(told, "bluesky", kinds=["posts"])
        asked = [params["actor"][0] for _, params in server.asked[n_before:]]
        assert asked[0] == "noor.test"
        assert len(asked) == 3
        assert (done.n_due, done.n_asked, done.n_waiting) == (5, 3, 2)
        # It is told to the lake, and the next sync keeps to it.
        again = sync(asking(lake, server, clock), "bluesky", kinds=["posts"])
        assert (again.n_asked, again.n_waiting) == (0, 2)
        clock.at += timedelta(hours=3)
        assert sync(asking(lake, server, clock), "bluesky", kinds=["posts"]).n_asked == 2
    assert all(one.finished_at == one.stored_at for one in states(lake))


def test_posts_of_accounts_that_matter_matter(lake: Lake) -> None:
    clock = Clock()
    with Loopback(SmallBluesky(NAMES)) as server:
        ask_for(lake, "bluesky", ["layla.test"], [], START)
        sync(asking(lake, server, clock), "bluesky")
    post = "at://did:plc:layla/app.bsky.feed.post/0001"
    [likes] = ask_for(lake, "bluesky", [post], ["likes"], START)
    found = subjects_that_matter(
        lake, SOURCES["bluesky"], [likes, due("layla.test", 1), due("omid.test", 1)],
        {"bluesky:did:plc:layla": "list"},
    )  # fmt: skip
    assert found == {post: "list", "layla.test": "list"}


def test_what_is_not_there_is_not_asked_for_again_at_every_sync(lake: Lake) -> None:
    clock = Clock()

    def answer(path: str, params: dict[str, list[str]]) -> Answer:
        if params.get("actor") == ["gone.test"]:
            return Answer({"error": "InvalidRequest", "message": "Profile not found"}, 400)
        return SmallBluesky(NAMES)(path, params)

    with Loopback(answer) as server:
        ask_for(lake, "bluesky", ["gone.test", "layla.test"], ["posts"], START)
        sync(asking(lake, server, clock), "bluesky")
        [gone, _] = sources_told(lake, clock.at)[0].asked
        assert (gone.subject, gone.freshness, gone.next_at is None) == (
            "gone.test",
            "gone",
            False,
        )
        assert sync(asking(lake, server, clock), "bluesky").n_due == 0
        clock.at += timedelta(hours=7)
        again = sync(asking(lake, server, clock), "bluesky")
        assert (again.n_due, list(again.faults)) == (2, ["gone.test"])


def test_what_failed_for_another_reason_is_asked_for_again(lake: Lake) -> None:
    clock = Clock()
    with Loopback(lambda *_: Answer({"error": "AuthMissing"}, 401)) as server:
        ask_for(lake, "bluesky", ["layla.test"], ["posts"], START)
        sync(asking(lake, server, clock), "bluesky")
        assert sync(asking(lake, server, clock), "bluesky").n_due == 1
