"""One writer at a time for one table on this machine.

The lock is the operating system's: it goes with the process that holds it, even when killed.
On an object store there is none, and the commit itself tells who came first.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from mawj.tables.errors import LakeBusy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.lake.place import Place


def lock_on(root: Place, name: str) -> FileLock | None:
    """The lock called `name`, not yet taken; None on an object store."""
    if not root.is_local:
        return None
    folder = root.path / "_locks"
    folder.mkdir(parents=True, exist_ok=True)
    return FileLock(folder / f"{name.replace('/', '.')}.lock")


@contextmanager
def held(root: Place, name: str, wait_s: float) -> Iterator[None]:
    """Hold the lock called `name` while the block runs.

    Raises:
        LakeBusy: when another process has held it for `wait_s` seconds.
    """
    lock = lock_on(root, name)
    if lock is None:
        yield
        return
    try:
        lock.acquire(timeout=wait_s)
    except Timeout as error:
        raise LakeBusy(
            f"another process has been writing {name!r} for more than {wait_s:g} s; wait for "
            "it to end, then try again: nothing was changed"
        ) from error
    try:
        yield
    finally:
        lock.release()
