"""What a source lets us keep for some days only, taken out where it was not fetched again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mawj.flow.source_states import source_named
from mawj.lake.expiring import expire

if TYPE_CHECKING:
    from datetime import datetime

    from mawj.lake.lake import Lake


def take_out_old(lake: Lake, source: str, now: datetime) -> int:
    """Take out what the source's terms let us keep no longer; how many rows went.

    Raises:
        LakeBusy: a table is being written for too long; the next sync does it.
    """
    days = source_named(source).keep_days
    return 0 if days is None else expire(lake, source, now - timedelta(days=days))
