"""Pages of a live source on their way into one load, and the cursor stored after it."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from mawj.flow.source_spending import keep_spending
from mawj.flow.source_states import SourceState, save, source_named
from mawj.flow.storing import Loaded, LoadNote, is_known, store
from mawj.flow.taken_back import note_taken_back, vanished, without_taken_back
from mawj.sources.digest import load_id_of
from mawj.sources.pieces import Load, RawRows
from mawj.sources.raw import RawBatch, dumps, strings
from mawj.sources.record_rows import record_pieces
from mawj.tables.errors import SourceGone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.flow.syncing import Asking, Synced
    from mawj.sources.live.live import Item, Page
    from mawj.sources.ready.ready import RecordMapping


@dataclass
class Gathered:
    """Pages on their way into one load."""

    asking: Asking
    group: list[SourceState]
    done: Synced
    began: datetime
    pages: list[Page] = field(default_factory=list)
    since: datetime | None = None
    asked_as: tuple[str, ...] = ()

    def add(self, page: Page) -> None:
        """One page more."""
        self.since = self.since or self.asking.now()
        self.pages.append(page)

    @property
    def is_full(self) -> bool:
        """Whether it is time to store them."""
        n_items = sum(len(page.items) for page in self.pages)
        waited_s = (self.asking.now() - (self.since or self.began)).total_seconds()
        settings = self.asking.settings
        return n_items >= settings.load_items or waited_s > settings.load_s

    def keep(self) -> None:
        """Store the items, what was taken back, and then where the source goes on."""
        if not self.pages:
            return
        pages, last, done = self.pages, self.pages[-1], self.done
        self.pages, self.since = [], None
        lake, name, at = self.asking.lake, self.group[0].source, self.asking.now()
        keep_spending(lake, name, self.asking.polite.budgets)
        removed = {one for page in pages for one in page.removed}
        came = [item for page in pages for item in page.items]
        kind = source_named(name).kinds[self.group[0].kind]
        items = without_taken_back(lake, came, removed, is_now=kind.tells_now)
        if items:
            _count(done, _stored(self.asking, self.group, items, at), len(items))
        if last.whole is not None:
            removed |= vanished(lake, last.whole, self.began)
        done.n_taken_back += note_taken_back(lake, name, removed, at)
        n_each = len(items) // len(self.group)
        moved = [_moved(one, last, n_each, at) for one in self.group]
        self.group = self._without_absent(moved, pages, at)
        save(lake, self.group)

    def _without_absent(
        self, moved: list[SourceState], pages: list[Page], at: datetime
    ) -> list[SourceState]:
        """The same, where those that are not there failed with that."""
        absent = {one for page in pages for one in page.absent}
        gone = SourceGone("the source has no such account, or no more")
        asked = dict(zip((one.subject for one in moved), self.asked_as, strict=True))
        lost = {one.subject for one in moved if asked[one.subject] in absent}
        self.done.faults |= {one: f"{type(gone).__name__}: {gone}" for one in sorted(lost)}
        return [one.failed(gone, at) if one.subject in lost else one for one in moved]


def _count(done: Synced, loaded: Loaded, n_items: int) -> None:
    done.n_items += n_items
    done.n_rejected += loaded.n_rejected
    for counts in loaded.tables.values():
        done.n_new += counts.get("new", 0)
        done.n_changed += counts.get("changed", 0)


def _moved(one: SourceState, last: Page, n_items: int, at: datetime) -> SourceState:
    return replace(
        one, cursor=last.cursor, n_rows=one.n_rows + n_items, stored_at=at,
        finished_at=at if last.is_last else one.finished_at, failed_at=None, error=None,
    )  # fmt: skip


def _stored(
    asking: Asking, group: list[SourceState], items: list[Item], at: datetime
) -> Loaded:
    first, mapping = group[0], asking.connection.mapping
    name = f"{first.source} {first.kind} {first.subject}"[:200]
    content = "\n".join(dumps(item.record) for item in items).encode(errors="replace")
    told = {
        "source": first.source, "kind": first.kind, "subjects": [s.subject for s in group],
        "cursor": first.cursor,
        # The same answer after a whole pass is a new look at the same thing.
        "after": first.finished_at,
    }  # fmt: skip
    load_id = load_id_of(io.BytesIO(content), mapping.name, told)
    loaded = Loaded(load_id, name, mapping.name)
    if is_known(asking.lake, load_id):
        loaded.was_known = True
        return loaded
    pieces = _pieces(items, mapping, Load(load_id, at, at, mapping.source))
    note = json.loads(json.dumps(told, default=str))
    store(asking.lake, pieces, loaded, LoadNote(note, mapping.source, at))
    return loaded


def _pieces(items: list[Item], mapping: RecordMapping, load: Load) -> Iterator[Any]:
    """The pieces of a load, its raw rows with the ids by which they may be taken back."""
    batch = RawBatch(range(1, len(items) + 1), records=[item.record for item in items])
    for piece in record_pieces(batch, mapping, load):
        if isinstance(piece, RawRows):
            ids = strings(item.record_id for item in items)
            yield RawRows(piece.rows.append_column("record_id", ids))
        else:
            yield piece
