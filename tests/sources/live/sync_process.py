"""One sync as a process of its own, to be killed: python -m … LAKE HOST LOAD_ITEMS."""

from __future__ import annotations

import random
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mawj.flow.syncing import Asking, Synced, SyncSettings, sync
from mawj.lake.lake import Lake
from mawj.sources.live import SOURCES
from mawj.sources.live.live import Access
from mawj.sources.live.polite import Manners, Polite

if TYPE_CHECKING:
    from collections.abc import Sequence


def synced(
    lake: Lake,
    host: str,
    load_items: int = 2_000,
    kinds: Sequence[str] = (),
    *,
    is_all: bool = True,
    **access: str,
) -> Synced:
    """One sync of Bluesky by the real clock."""
    polite = Polite(Manners(10.0, 4, 0.2), time.time, time.sleep, random.random)
    told = {"address": host, "repositories": host, "stream": host, "begins": "oldest"} | access
    connection = SOURCES["bluesky"].connect(Access(told), polite)
    settings = SyncSettings(load_items)
    asking = Asking(lake, connection, polite, lambda: datetime.now(UTC), settings)
    try:
        return sync(asking, "bluesky", kinds=kinds, is_all=is_all)
    finally:
        connection.close()


if __name__ == "__main__":
    with Lake.open(sys.argv[1]) as opened:
        sys.stdout.write("begun\n")
        sys.stdout.flush()
        done = synced(opened, sys.argv[2], int(sys.argv[3]))
    sys.exit(1 if done.faults else 0)
