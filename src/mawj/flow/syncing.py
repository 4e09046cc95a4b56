"""Asking live sources for what is due, and storing each page before its cursor moves.

Pages are gathered into loads of some size. Of each load the raw items are kept first, then the
rows of the observed tables, then the note of the load, and the cursor last. Whatever is cut off
between two of these is fetched and stored again under the same keys: nothing is lost, nothing
is there twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa

from mawj.flow.expiring import take_out_old
from mawj.flow.gathering import Gathered
from mawj.flow.source_spending import keep_spending, spending
from mawj.flow.source_states import SourceState, save, source_named, states
from mawj.flow.sync_order import (
    SyncOrder,
    account_ids,
    subjects_that_matter,
    sync_order,
    told_quota,
)
from mawj.flow.taken_back import stored_posts, take_out
from mawj.sources.live.live import Wanted
from mawj.tables.declared import TABLES
from mawj.tables.errors import MawjError, SourceLimited, SourceRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mawj.lake.lake import Lake
    from mawj.sources.live.live import Connection
    from mawj.sources.live.polite import Polite, Quota


@dataclass(frozen=True)
class SyncSettings:
    """How pages are gathered. Our judgement.

    Attributes:
        load_items: items that are stored together at the latest; each load costs a commit a
            table, and holds its items in memory.
        load_s: seconds for which the events of a stream wait for others, at the longest.
    """

    load_items: int = 2_000
    load_s: float = 10.0


@dataclass
class Synced:
    """What one sync did with one source.

    Attributes:
        source: the source.
        n_due: things that are due.
        n_asked: those asked for.
        n_waiting: things due that were not asked for, as the quota does not last.
        n_finished: those of which a whole pass was stored.
        n_items: items that came.
        n_rejected: rows and fields set aside.
        n_new, n_changed: rows of the observed tables.
        n_taken_back: records and accounts that the source took back.
        n_taken_out: rows that went for it.
        n_requests, waited_s: requests made and time spent waiting politely.
        faults: what failed, by subject.
        left_alone: hosts that were not asked for the rest; "" for the source's one host.
        stopped_by: why the source was not asked for the rest; "" where it was.
        retry_after_s: how long it asks us to wait; 0 where it does not.
        put_off: kinds that the source would not give now, though it gives others.
    """

    source: str
    n_due: int = 0
    n_asked: int = 0
    n_waiting: int = 0
    n_finished: int = 0
    n_items: int = 0
    n_rejected: int = 0
    n_new: int = 0
    n_changed: int = 0
    n_taken_back: int = 0
    n_taken_out: int = 0
    n_requests: int = 0
    waited_s: float = 0.0
    faults: dict[str, str] = field(default_factory=dict)
    left_alone: list[str] = field(default_factory=list)
    stopped_by: str = ""
    retry_after_s: float = 0.0
    put_off: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Asking:
    """One source, opened, and where its answers go.

    Attributes:
        lake: where they go.
        connection: the source.
        polite: how it is asked, and what it said is left.
        now: the clock.
        settings: how pages are gathered.
        goes_on: whether a stream that has caught up is listened to any longer.
        matters: what accounts are for, by their ids: plan, list or watched.
        progress: told what was done so far, after each group.
    """

    lake: Lake
    connection: Connection
    polite: Polite
    now: Callable[[], datetime]
    settings: SyncSettings = SyncSettings()
    goes_on: Callable[[], bool] = lambda: False
    matters: Mapping[str, str] = field(default_factory=dict)
    progress: Callable[[Synced], None] = lambda _done: None


def sync(
    asking: Asking, name: str, *, kinds: Sequence[str] = (), only: Sequence[str] = (),
    is_all: bool = False,
) -> Synced:  # fmt: skip
    """Fetch what is due of one source, first things first; `is_all` what is not due too.

    Of `kinds` and of the subjects `only` alone, where any are named. First comes what
    `asking.matters` says is for plans and lists, within what the source says is left
    (`sync_order`).

    One subject that fails does not stop the others; a source that refuses us, asks for a long
    pause or does not answer at all is left alone, with the reason in `Synced.stopped_by`. Of a
    source of many hosts only the host is.
    """
    done = Synced(name)
    now = asking.now()
    asking.polite.budgets.restore(spending(asking.lake, name, now))
    due = [s for s in states(asking.lake, name) if is_all or s.is_due(now)]
    due = [s for s in due if not s.is_stopped and (not kinds or s.kind in kinds)]
    due = [s for s in due if not only or s.subject in only]
    done.n_due = len(due)
    order = _order(asking, name, due, now)
    done.n_waiting = order.n_waiting
    for kept, groups in order.parts:
        _ask_in_turn(asking, groups, kept, done)
    keep_spending(asking.lake, name, asking.polite.budgets)
    done.n_taken_out += take_out(asking.lake, name, asking.now())
    done.n_taken_out += take_out_old(asking.lake, name, asking.now())
    done.n_requests, done.waited_s = asking.polite.n_asked, asking.polite.waited_s
    _note_quota(asking.lake, name, asking.polite.quota, asking.now())
    return done


def _order(asking: Asking, name: str, due: list[SourceState], now: datetime) -> SyncOrder:
    if asking.polite.quota.left is None:
        told = told_quota(asking.lake, name)
        asking.polite.quota.left, asking.polite.quota.resets_at = told.left, told.resets_at
    matters = subjects_that_matter(asking.lake, source_named(name), due, asking.matters)
    return sync_order(due, matters, asking.polite.left(), now)


def _ask_in_turn(
    asking: Asking, groups: Sequence[list[SourceState]], kept: float, done: Synced
) -> None:
    """One group after the other, of hosts that answer; `kept` of the quota is left."""
    for group in groups:
        if _host(group) in done.left_alone:
            continue
        if group[0].kind not in done.put_off and _is_left(asking, group, kept):
            _ask(asking, group, done)
            asking.progress(done)
        else:
            done.n_waiting += len(group)


def _is_left(asking: Asking, group: list[SourceState], kept: float) -> bool:
    """Whether the quota lasts for a group without what is kept of it."""
    left, kind = asking.polite.left(), source_named(group[0].source).kinds[group[0].kind]
    return left is None or kind.is_stream or left - kept >= kind.cost


def _ask(asking: Asking, group: list[SourceState], done: Synced) -> None:
    """Fetch a group; what fails is noted with it, and with the sync."""
    done.n_asked += len(group)
    try:
        _fetch(asking, group, done)
    except MawjError as error:
        keep_spending(asking.lake, group[0].source, asking.polite.budgets)
        save(asking.lake, [one.failed(error, asking.now()) for one in _now(asking, group)])
        done.faults |= {one.subject: f"{type(error).__name__}: {error}" for one in group}
        scope = _scope(error)
        if scope == "kind":
            done.put_off.append(group[0].kind)
        if scope == "source":
            done.left_alone.append(_host(group))
            done.retry_after_s = getattr(error, "retry_after_s", 0.0)
            if not _host(group):
                done.stopped_by = f"{type(error).__name__}: {error}"


def _host(group: Sequence[SourceState]) -> str:
    """Who is asked about a group; "" for the source's one host."""
    return source_named(group[0].source).host_of(group[0].subject)


def _scope(error: MawjError) -> str:
    """What else would fail too: the whole source, this kind, or nothing else."""
    if isinstance(error, SourceLimited | SourceRefused):
        return error.scope
    return "source" if error.is_worth_retrying else "subject"


def _now(asking: Asking, group: Sequence[SourceState]) -> list[SourceState]:
    """Where these stand by now: pages may have been stored before the fault."""
    stored = {(s.kind, s.subject): s for s in states(asking.lake, group[0].source)}
    # One who was erased meanwhile is asked for no more.
    keys = [(one.kind, one.subject) for one in group]
    return [stored[key] for key in keys if key in stored]


def _fetch(asking: Asking, group: list[SourceState], done: Synced) -> None:
    """One pass over what a group is about; each load moves the cursor."""
    began, kind = asking.now(), source_named(group[0].source).kinds[group[0].kind]
    gathered = Gathered(asking, group, done, began)
    has_caught_up = False
    wanted = _wanted(asking, group)
    gathered.asked_as = wanted.subjects
    for page in asking.connection.pages(wanted):
        gathered.add(page)
        has_caught_up = has_caught_up or page.is_last
        if gathered.is_full or page.is_last:
            gathered.keep()
        # A stream has no last page: it ends when we have all and are wanted elsewhere.
        is_stored = kind.is_stream and has_caught_up and not gathered.pages
        if is_stored and not asking.goes_on():
            break
    gathered.keep()
    done.n_finished += sum(one.finished_at == one.stored_at for one in gathered.group)


def _wanted(asking: Asking, group: list[SourceState]) -> Wanted:
    first = group[0]
    among = None
    if first.subject == "watched" and source_named(first.source).kinds[first.kind].is_stream:
        among = tuple(sorted(_watched(asking.lake, first.source)))
    stored: tuple[str, ...] = ()
    if source_named(first.source).kinds[first.kind].of_stored and not first.cursor:
        stored = stored_posts(asking.lake, first.source)
    return Wanted(first.kind, _subjects(asking.lake, group), first.cursor, among, stored)


def _watched(lake: Lake, name: str) -> set[str]:
    """The accounts that the source is asked for, by their ids where a page told them.

    An account that is switched off has no handle any more; what it took back must be heard.
    """
    source = source_named(name)
    asked = [one for one in states(lake, name) if not one.is_stopped]
    names = {one.subject for one in asked if source.kinds[one.kind].subject == "account"}
    return {one.partition(":")[2] for one in account_ids(lake, source, names).values()}


def _subjects(lake: Lake, group: Sequence[SourceState]) -> tuple[str, ...]:
    """What those that one request takes together are asked for by: ids where they are known.

    A handle may be somebody else's tomorrow, and several ids fit into one request.
    """
    subjects = tuple(one.subject for one in group)
    source = source_named(group[0].source)
    if source.kinds[group[0].kind].at_once == 1 or not source.asks_by_id:
        return subjects
    ids = account_ids(lake, source, subjects)
    return tuple(ids[one].partition(":")[2] for one in subjects)


def _note_quota(lake: Lake, name: str, quota: Quota, now: datetime) -> None:
    if quota.left is None:
        return
    resets = quota.resets_at and datetime.fromtimestamp(quota.resets_at, UTC)
    row = {"source": name, "told_at": now, "left": quota.left, "resets_at": resets}
    schema = TABLES["source_quotas"].schema
    lake.upsert("source_quotas", pa.Table.from_pylist([row], schema=schema))
