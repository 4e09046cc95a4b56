"""Lakes that a server keeps open: one a thread and path, as a lake is one thread's."""

from __future__ import annotations

import os
from threading import local

from mawj.flow.erasure_key import erasure_key
from mawj.lake.lake import Lake
from mawj.lake.settings import LakeSettings

MEMORY_MB = int(os.environ.get("MAWJ_PAGE_MEMORY_MB", "600"))
"""What the engine of one thread may hold while it answers a page (our judgement)."""

WORK_MEMORY_MB = int(os.environ.get("MAWJ_MEMORY_MB", "1600"))
"""What the engine of one job may hold: as a command's (MAWJ_MEMORY_MB)."""

_open = local()


def lake_at(path: str) -> Lake:
    """The lake at `path`, opened once in this thread; it sees new runs as they are finished."""
    lakes: dict[str, Lake] | None = getattr(_open, "lakes", None)
    if lakes is None:
        lakes = _open.lakes = {}
    if path not in lakes:
        # Many pages are answered at once: each by one thread, or they would wait in each other.
        settings = LakeSettings(memory_mb=MEMORY_MB, threads=1, suppression_key=erasure_key())
        lakes[path] = Lake.open(path, settings=settings)
    return lakes[path]


def lake_for_work(path: str) -> Lake:
    """The lake at `path` for one job, with a job's memory; close it, or use it in `with`."""
    settings = LakeSettings(memory_mb=WORK_MEMORY_MB, suppression_key=erasure_key())
    return Lake.open(path, settings=settings)


def close_lakes() -> None:
    """Close what this thread has open, for instance when a test's lake goes away."""
    for lake in getattr(_open, "lakes", {}).values():
        lake.close()
    _open.lakes = {}
