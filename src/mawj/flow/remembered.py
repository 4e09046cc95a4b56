"""Answers that a server gave before, as long as nothing that they rest on has changed.

An answer is kept under the state of its lake: the current run and the versions of all observed
tables, so that a new run, a load and an erasure each make it be asked anew. The state itself is
looked up once a second for each open lake: a page may be a second behind, no more.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from mawj.lake.lake import Lake

Answer = TypeVar("Answer")
MOST = 2_000
"""Answers kept in one process; a page's is some ten kilobytes (our judgement)."""
FRESH_S = 1.0
"""Seconds for which the state of a lake is not looked up again (our judgement)."""

_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def remembered(lake: Lake, asked: Hashable, answer: Callable[[], Answer]) -> Answer:
    """The answer to `asked` on this lake: as it was given before, or by `answer()`.

    An answer is shared by all threads: it must not be changed by whoever gets it.
    """
    key = (str(lake.root), _state(lake), asked)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return cast("Answer", _kept[key])
    made = answer()
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def forget() -> None:
    """Let go of every answer."""
    with _lock:
        _kept.clear()


def _state(lake: Lake) -> Hashable:
    """The current run and the version of every observed table, looked up once in a while."""
    known: tuple[float, Hashable] | None = getattr(lake, "remembered_state", None)
    now = time.monotonic()
    if known is not None and now - known[0] < FRESH_S:
        return known[1]
    run = lake.current_run()
    state = (run.run_id if run else "", tuple(sorted(lake.versions().items())))
    lake.remembered_state = (now, state)  # type: ignore[attr-defined]
    return state
