"""One sync of one source at a loopback server, and what is stored after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.flow.syncing import Asking, Synced, SyncSettings, sync
from mawj.sources.live import SOURCES
from mawj.sources.live.live import Access
from mawj.sources.live.polite import Manners, Polite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.lake.lake import Lake
    from tests.sources.live.loopback import Loopback
    from tests.sources.live.rehearsals import Clock


def synced(
    lake: Lake,
    server: Loopback,
    clock: Clock,
    name: str,
    *,
    kinds: Sequence[str] = (),
    is_all: bool = False,
    **access: str,
) -> Synced:
    """One sync of what is due, or of all; `access` goes before the defaults."""
    source = SOURCES[name]
    told = {one.name: one.default for one in source.fields} | {"address": server.address}
    polite = Polite(Manners(2.0, 3), clock.seconds, clock.sleep, lambda: 0.5)
    connection = source.connect(Access(told | access), polite)
    asking = Asking(lake, connection, polite, clock.now, SyncSettings(load_items=4))
    try:
        return sync(asking, name, kinds=kinds, is_all=is_all)
    finally:
        connection.close()


def by_id(lake: Lake, table: str, column: str) -> dict[str, dict[str, Any]]:
    """The rows of a table by a column that names them."""
    return {row[column]: row for row in lake.read(table).to_pyarrow().to_pylist()}
