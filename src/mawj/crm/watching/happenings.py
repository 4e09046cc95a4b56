"""What happened to accounts: a score that moved, a new finding, data that went stale."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from mawj.crm.watching.models import Alert
from mawj.flow.changes import change_of
from mawj.flow.freshness_seen import most_overdue, seen_of_each
from mawj.flow.named import names_of
from mawj.flow.vet_kept import kept_report, last_two_vettings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from mawj.lake.lake import Lake

MOST_PARTS, MOST_NAMED = 3, 5


@dataclass(frozen=True)
class Happening:
    """One thing to be told.

    Attributes:
        kind: what happened.
        key: what tells it from the same kind of thing at another time.
        told: its numbers.
        account_id: whom it is about; empty for several.
    """

    kind: str
    key: str
    told: Mapping[str, Any]
    account_id: str = ""


def of_one(lake: Lake, account: str, moved_by: float, now: datetime) -> Iterator[Happening]:
    """What happened to an account that is watched by itself."""
    for one in _moves(lake, [account], moved_by):
        told = {name: one[name] for name in ("before", "now", "parts")}
        yield Happening(Alert.Kind.MOVED, _run_id(lake), told, account)
    yield from _new_findings(lake, [account])
    for _one, at in _stale(lake, [account], now):
        told = {"seen_at": at.isoformat()}
        yield Happening(Alert.Kind.STALE, at.isoformat(), told, account)


def of_many(
    lake: Lake, accounts: Sequence[str], moved_by: float, now: datetime
) -> Iterator[Happening]:
    """What happened to those of a list or search: one line a kind, but each finding its own."""
    moved = _moves(lake, accounts, moved_by)
    if moved:
        most = sorted(moved, key=lambda one: -abs(one["now"] - one["before"]))[:MOST_NAMED]
        names = names_of(lake, [one["account_id"] for one in most])
        told = {
            "n": len(moved), "points": moved_by,
            "who": [[names[one["account_id"]], one["now"] - one["before"]] for one in most],
        }  # fmt: skip
        yield Happening(Alert.Kind.MOVED, _run_id(lake), told)
    yield from _new_findings(lake, accounts)
    stale = _stale(lake, accounts, now)
    if stale:
        oldest = min(at for _one, at in stale)
        whole = "\n".join(sorted(one for one, _at in stale))
        key = sha256(whole.encode()).hexdigest()
        yield Happening(Alert.Kind.STALE, key, {"n": len(stale), "seen_at": oldest.isoformat()})


def newcomers(lake: Lake, new: Sequence[str]) -> Happening:
    """That a search finds accounts which it had not found before."""
    named = names_of(lake, list(new)[:MOST_NAMED])
    told = {"n": len(new), "who": list(named.values())}
    return Happening(Alert.Kind.NEW, sha256("\n".join(sorted(new)).encode()).hexdigest(), told)


def _run_id(lake: Lake) -> str:
    run = lake.current_run()
    return run.run_id if run else ""


def _moves(lake: Lake, accounts: Sequence[str], moved_by: float) -> list[dict[str, Any]]:
    """The moves since the last run but one; whoever came or left did not move."""
    sight = lake.sight()
    found = []
    for one in accounts:
        change = change_of(sight, one)
        if change is None or change.influence_now is None or change.influence_before is None:
            continue
        if abs(change.moved) >= moved_by:
            parts = [list(part) for part in change.parts[:MOST_PARTS]]
            found.append({"account_id": one, "before": change.influence_before,
                          "now": change.influence_now, "parts": parts})  # fmt: skip
    return found


def _new_findings(lake: Lake, accounts: Sequence[str]) -> Iterator[Happening]:
    """What the last vetting of each raised and the one before, for the same brand, did not."""
    for account, latest in last_two_vettings(lake, accounts).items():
        raised = [
            {
                reason.finding
                for score in kept_report(lake, vetting_id, account).accounts[0].scores
                for reason in score.of_status("raised")
            }
            for vetting_id in latest
        ]
        for finding in sorted(raised[0] - raised[1]):
            yield Happening(Alert.Kind.FINDING, finding, {"finding": finding}, account)


def _stale(lake: Lake, accounts: Sequence[str], now: datetime) -> list[tuple[str, datetime]]:
    """Accounts of which a kind of values is stale, and of when those most overdue are."""
    seen = seen_of_each(lake.sight(), accounts, now)
    overdue = ((one, most_overdue(kinds)) for one, kinds in seen.items())
    return [(one, kind.seen_at) for one, kind in overdue if kind]
