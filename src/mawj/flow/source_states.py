"""What live sources are asked for and where each of it stands: rows of `source_states`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from ibis import _

from mawj.flow.accounts import rows
from mawj.sources.live import SOURCES
from mawj.sources.live.live import Named
from mawj.tables.declared import TABLES
from mawj.tables.errors import NotFound, SourceGone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from mawj.lake.lake import Lake
    from mawj.sources.live.live import LiveSource

ERROR_LETTERS = 500
WATCHED = ("watched",)


@dataclass(frozen=True)
class SourceState:
    """One thing that a source is asked for; the columns of `source_states`."""

    source: str
    kind: str
    subject: str
    platform: str
    handle: str | None
    account_id: str | None
    asked_at: datetime
    cursor: str = ""
    n_rows: int = 0
    stored_at: datetime | None = None
    finished_at: datetime | None = None
    failed_at: datetime | None = None
    error: str | None = None
    is_stopped: bool = False

    @property
    def every_h(self) -> float:
        """Hours after which what was fetched is stale."""
        return source_named(self.source).kinds[self.kind].every_h

    @property
    def is_gone(self) -> bool:
        """Whether the source said last that it is not there."""
        return (self.error or "").startswith(f"{SourceGone.__name__}:")

    @property
    def told_at(self) -> datetime | None:
        """When the source last told all there is, or that it is not there; None before that."""
        return self.failed_at if self.is_gone else self.finished_at

    @property
    def fresh_until(self) -> datetime | None:
        """When what was told last is stale; None where nothing was."""
        return self.told_at and self.told_at + timedelta(hours=self.every_h)

    def is_due(self, now: datetime) -> bool:
        """Whether to ask: a stream always, all else where it is stale and not stopped."""
        is_stream = source_named(self.source).kinds[self.kind].is_stream
        return not self.is_stopped and (is_stream or self.is_stale(now))

    def is_stale(self, now: datetime) -> bool:
        """Whether it was never fetched whole, stopped half-way, or is too old."""
        fresh_until = self.fresh_until
        is_half_way = self.stored_at is not None and self.finished_at != self.stored_at
        is_half_way = is_half_way and not self.is_gone
        return fresh_until is None or is_half_way or now >= fresh_until

    def failed(self, error: Exception, now: datetime) -> SourceState:
        """The same after a failure; what was stored stays, and so does the cursor."""
        said = f"{type(error).__name__}: {error}"[:ERROR_LETTERS]
        return replace(self, failed_at=now, error=said)


def source_named(name: str) -> LiveSource:
    """The live source called `name`.

    Raises:
        NotFound: there is none; the message lists them.
    """
    if name not in SOURCES:
        raise NotFound(f"no live source is called {name!r}; there are {', '.join(SOURCES)}")
    return SOURCES[name]


def ask_for(
    lake: Lake, name: str, subjects: Sequence[str], kinds: Sequence[str], now: datetime
) -> list[SourceState]:
    """Ask a source for subjects from now on; those asked for before go on where they stand.

    Args:
        lake: where it is kept.
        name: the source.
        subjects: accounts, posts, lists or words as a person types or pastes them.
        kinds: what of them; none: what is usual of an account. A stream without a subject
            listens for the accounts that the source is asked for.
        now: the moment.

    Raises:
        NotFound: no such source or kind, or nothing is named.
        SourceRefused: a subject is not what the kind is about.
    """
    source = source_named(name)
    for kind in kinds:
        if kind not in source.kinds:
            raise NotFound(f"{name} has no {kind!r}; it has {', '.join(source.kinds)}")
    asked = [
        _begun(source, kind, source.subject_of(kind, typed), now)
        for kind in kinds or source.usual
        for typed in subjects or (WATCHED if source.kinds[kind].is_stream else ())
    ]
    if not asked:
        raise NotFound(f"name what {name} is to be asked for: accounts, posts, lists or words")
    known = {(one.kind, one.subject): one for one in states(lake, name)}
    wanted = {(one.kind, one.subject): one for one in asked}
    found = [
        replace(known[key], is_stopped=False) if key in known else one
        for key, one in wanted.items()
    ]
    save(lake, [*found, *_always(source, known, now)])
    return found


def _always(
    source: LiveSource, known: Mapping[tuple[str, str], SourceState], now: datetime
) -> list[SourceState]:
    """What a source is asked for whatever else it is, where it is not yet."""
    return [
        _begun(source, kind, "all", now) for kind in source.always if (kind, "all") not in known
    ]


def stop_asking(lake: Lake, found: Iterable[SourceState]) -> None:
    """Ask for these no more; what was stored stays."""
    save(lake, [replace(one, is_stopped=True) for one in found])


def _begun(source: LiveSource, kind: str, subject: str, now: datetime) -> SourceState:
    is_account = source.kinds[kind].subject == "account"
    told = source.named(subject) if is_account else Named()
    return SourceState(
        source.name, kind, subject, source.platform, told.handle, told.account_id, now
    )


def states(lake: Lake, name: str = "") -> list[SourceState]:
    """All that sources (or one of them) are asked for, in order of source, kind and subject."""
    table = lake.read("source_states")
    if name:
        table = table.filter(_.source == name)
    found = [SourceState(**row) for row in rows(table)]
    return sorted(found, key=lambda one: (one.source, one.kind, one.subject))


def save(lake: Lake, found: Sequence[SourceState]) -> None:
    """Store where they stand, all in one commit."""
    if found:
        schema = TABLES["source_states"].schema
        told: list[dict[str, Any]] = [asdict(one) for one in found]
        lake.upsert("source_states", pa.Table.from_pylist(told, schema=schema))
