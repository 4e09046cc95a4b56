"""What can go wrong on the way, the same for every live source."""

from __future__ import annotations

from dataclasses import replace
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import pytest

from mawj.flow.source_states import ask_for, states
from mawj.flow.syncing import Synced, sync
from mawj.lake.lake import Lake
from tests.sources.live.loopback import Answer, Loopback
from tests.sources.live.rehearsals import REHEARSALS, START, Clock, Rehearsal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

YEAR_S = 365 * 86_400
SKEWED = formatdate(START.timestamp() - YEAR_S, usegmt=True)
SKEWED_UNTIL = formatdate(START.timestamp() - YEAR_S + 7, usegmt=True)

PASSING: dict[str, Callable[[Answer], Answer]] = {
    "no answer in time": lambda a: replace(a, after_s=0.8),
    "too many, wait 7 s": lambda _: Answer({}, 429, {"Retry-After": "7"}),
    "too many, wait until": lambda _: Answer(
        {}, 429, {"Retry-After": SKEWED_UNTIL, "Date": SKEWED}
    ),
    "too many, no word": lambda _: Answer({}, 429),
    "fault of its own": lambda _: Answer({"error": "InternalServerError"}, 500),
    "gateway": lambda _: Answer(b"<html>gateway</html>", 502, {"Content-Type": "text/html"}),
    "in repair": lambda _: Answer({}, 503),
    "cut off": lambda a: replace(a, said=a.body()[: len(a.body()) // 2], cut=50),
    "half JSON": lambda a: replace(a, said=a.body()[: len(a.body()) // 2]),
    "no JSON": lambda a: replace(a, said=b"not json"),
}  # fmt: skip


@pytest.fixture(params=REHEARSALS, ids=lambda one: one.name)
def written(request: pytest.FixtureRequest) -> Rehearsal:
    found: Rehearsal = request.param
    pytest.importorskip(found.library, reason=f"needs the connectors extra: {found.library}")
    return found


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with Lake.open(tmp_path / "lake") as lake:
        yield lake


@pytest.fixture
def server(written: Rehearsal) -> Iterator[Loopback]:
    with Loopback(written.world()) as server:
        yield server


@pytest.fixture
def rehearsal(written: Rehearsal, server: Loopback) -> Rehearsal:
    return written.at(server.address)


def synced(lake: Lake, rehearsal: Rehearsal, server: Loopback, clock: Clock) -> Synced:
    ask_for(lake, rehearsal.name, [rehearsal.subject], [rehearsal.kind], START)
    asking = rehearsal.asking(lake, server.address, clock)
    try:
        return sync(asking, rehearsal.name, kinds=[rehearsal.kind], is_all=True)
    finally:
        asking.connection.close()


def told_of(done: Synced, rehearsal: Rehearsal) -> str:
    """Why the source, or the one host of many that was asked, was left alone."""
    return done.stopped_by or done.faults[rehearsal.subject]


def post_ids(lake: Lake) -> tuple[str, ...]:
    return tuple(sorted(lake.read("posts").to_pyarrow()["post_id"].to_pylist()))


def n_noted(lake: Lake) -> int:
    """Items that the notes of loads count."""
    return sum(lake.read("loads").to_pyarrow()["n_rows"].to_pylist())


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_is_waited_out(
    lake: Lake, rehearsal: Rehearsal, server: Loopback, fault: str
) -> None:
    server.faults = {rehearsal.second: PASSING[fault]}
    clock = Clock()
    done = synced(lake, rehearsal, server, clock)
    assert (done.faults, done.stopped_by) == ({}, "")
    assert post_ids(lake) == rehearsal.post_ids
    if "wait" in fault:
        assert 7 <= max(clock.slept) <= 8
    else:
        # A random part of a second, here always half of it.
        assert clock.slept == [0.5]


@pytest.mark.parametrize("fault", ["half JSON", "no answer in time", "fault of its own"])
def test_a_fault_that_stays_ends_with_a_word_and_what_came_before_is_kept(
    lake: Lake, rehearsal: Rehearsal, server: Loopback, fault: str
) -> None:
    second = rehearsal.second
    server.faults = dict.fromkeys(range(second, second + 4), PASSING[fault])
    clock = Clock()
    done = synced(lake, rehearsal, server, clock)
    assert told_of(done, rehearsal).startswith("SourceUnreachable")
    assert len(clock.slept) == 3
    assert clock.slept == sorted(clock.slept)
    n_stored = len(post_ids(lake))
    assert n_noted(lake) >= n_stored > 0
    assert set(post_ids(lake)) < set(rehearsal.post_ids)
    [state] = [one for one in states(lake) if one.kind == rehearsal.kind]
    assert (state.error or "").startswith("SourceUnreachable")
    # Nothing that was stored is asked for again, and in the end all is there.
    n_asked = len(server.asked)
    assert synced(lake, rehearsal, server, clock).faults == {}
    assert post_ids(lake) == rehearsal.post_ids
    n_left = -(-len(rehearsal.post_ids) // rehearsal.page) - 1
    assert len(server.asked) - n_asked == rehearsal.lookups + rehearsal.asks * n_left
    assert states(lake)[0].error is None


def test_a_long_pause_is_told_to_the_person_and_not_made_in_line(
    lake: Lake, rehearsal: Rehearsal, server: Loopback
) -> None:
    server.always = lambda _: Answer({}, 429, {"Retry-After": "3600"})
    clock = Clock()
    done = synced(lake, rehearsal, server, clock)
    assert told_of(done, rehearsal).startswith("SourceLimited")
    assert done.retry_after_s == 3600
    assert (clock.slept, len(server.asked)) == ([], 1)


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_was_taken_back_stops_the_source_with_what_to_do(
    lake: Lake, rehearsal: Rehearsal, server: Loopback, status: int
) -> None:
    second = rehearsal.second
    server.faults = {second: lambda _: Answer({"error": "AuthMissing"}, status)}
    done = synced(lake, rehearsal, server, Clock())
    assert told_of(done, rehearsal).startswith("SourceRefused")
    assert "connect the source again" in told_of(done, rehearsal)
    assert len(server.asked) == second
    assert synced(lake, rehearsal, server, Clock()).faults == {}
    assert post_ids(lake) == rehearsal.post_ids


def test_a_field_that_changed_is_named_and_nothing_of_its_page_is_stored(
    lake: Lake, rehearsal: Rehearsal, server: Loopback
) -> None:
    second = rehearsal.second
    server.faults = {second: lambda a: replace(a, said=rehearsal.changed(a.said))}
    done = synced(lake, rehearsal, server, Clock())
    assert "SourceChanged" in done.faults[rehearsal.subject]
    assert len(post_ids(lake)) == rehearsal.page
    assert not done.stopped_by


def test_a_page_that_comes_twice_or_out_of_order_changes_nothing(
    lake: Lake, written: Rehearsal
) -> None:
    world, kept = written.world(), list[Any]()

    def answer(path: str, params: dict[str, list[str]]) -> Answer:
        found = world(path, params)
        kept.append(found.said)
        if len(kept) != written.second:
            return found
        # The first page once more, in reverse, with the way on of the second.
        before, own = (written.entries(said) for said in (kept[-1 - written.asks], kept[-1]))
        return replace(found, said=written.with_entries(found.said, [*reversed(before), *own]))

    with Loopback(answer) as server:
        rehearsal = written.at(server.address)
        done = synced(lake, rehearsal, server, Clock())
    assert done.faults == {}
    assert post_ids(lake) == rehearsal.post_ids


def test_one_item_that_cannot_be_read_is_set_aside_and_the_rest_is_stored(
    lake: Lake, rehearsal: Rehearsal, server: Loopback
) -> None:
    def spoilt(answer: Answer) -> Answer:
        entries = [rehearsal.odd, *rehearsal.entries(answer.said)]
        return replace(answer, said=rehearsal.with_entries(answer.said, entries))

    server.faults = {rehearsal.first: spoilt}
    done = synced(lake, rehearsal, server, Clock())
    assert done.n_rejected == 1
    assert post_ids(lake) == rehearsal.post_ids
    [kept] = lake.read("rejected").to_pyarrow()["record"].to_pylist()
    assert rehearsal.odd_kept in kept


def test_our_clock_that_is_a_year_wrong_changes_no_wait(
    lake: Lake, rehearsal: Rehearsal, server: Loopback
) -> None:
    headings = {"RateLimit-Remaining": "0", "RateLimit-Reset": str(1_800_000_009)}
    told = formatdate(1_800_000_000, usegmt=True)
    server.faults = {1: lambda _: Answer({}, 429, headings | {"Date": told})}
    clock = Clock()
    assert synced(lake, rehearsal, server, clock).faults == {}
    assert 9 <= max(clock.slept) <= 10
