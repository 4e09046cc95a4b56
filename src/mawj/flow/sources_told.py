"""What doors tell of live sources: what they are asked for, how fresh it is, what is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.flow.accounts import rows
from mawj.flow.source_states import SourceState, states
from mawj.sources.live import SOURCES

if TYPE_CHECKING:
    from datetime import datetime

    from mawj.lake.lake import Lake

FRESHNESS = ("never", "half_way", "stale", "fresh", "gone", "stopped")


@dataclass(frozen=True)
class AskedTold:
    """One thing that a source is asked for.

    Attributes:
        freshness: one of `FRESHNESS`.
        next_at: when it is stale; None where it is due already.
        error: what the last attempt failed with; "" where it did not.
    """

    source: str
    kind: str
    subject: str
    n_rows: int
    stored_at: datetime | None
    freshness: str
    next_at: datetime | None
    error: str


@dataclass(frozen=True)
class SourceTold:
    """One source.

    Attributes:
        basis: on which ground it is read.
        kinds: what it can be asked for, with a few words on each.
        n_asked, n_fresh, n_failed: things it is asked for, those that are fresh, those whose
            last attempt failed.
        n_due: those to be fetched now.
        next_at: when the first of the others is; None where none will be.
        quota_left, resets_at: what it said last of what is left.
        asked: each thing.
    """

    name: str
    basis: str
    kinds: dict[str, str]
    n_asked: int
    n_fresh: int
    n_failed: int
    n_due: int
    next_at: datetime | None
    quota_left: float | None
    resets_at: datetime | None
    asked: tuple[AskedTold, ...]


def sources_told(lake: Lake, now: datetime) -> list[SourceTold]:
    """All live sources that Mawj knows, asked for anything or not."""
    quotas = {row["source"]: row for row in rows(lake.read("source_quotas"))}
    found = states(lake)
    return [_told(name, found, quotas.get(name, {}), now) for name in SOURCES]


def _told(
    name: str, found: list[SourceState], quota: dict[str, object], now: datetime
) -> SourceTold:
    asked = tuple(_asked(one, now) for one in found if one.source == name)
    going = [one for one in asked if one.freshness != "stopped"]
    source = SOURCES[name]
    return SourceTold(
        name, source.basis, {kind: told.about for kind, told in source.kinds.items()},
        len(going), sum(one.freshness == "fresh" for one in going),
        sum(bool(one.error) for one in going), sum(one.next_at is None for one in going),
        min((one.next_at for one in going if one.next_at), default=None),
        quota.get("left"), quota.get("resets_at"), asked,  # type: ignore[arg-type]
    )  # fmt: skip


def _asked(one: SourceState, now: datetime) -> AskedTold:
    return AskedTold(
        one.source, one.kind, one.subject, one.n_rows, one.stored_at, freshness(one, now),
        None if one.is_due(now) else one.fresh_until, one.error or "",
    )  # fmt: skip


def freshness(one: SourceState, now: datetime) -> str:
    """How fresh what was fetched is, one of `FRESHNESS`."""
    if one.is_stopped:
        return "stopped"
    if one.is_gone:
        return "gone"
    if not one.is_stale(now):
        return "fresh"
    if one.stored_at is None:
        return "never"
    return "stale" if one.finished_at == one.stored_at else "half_way"
