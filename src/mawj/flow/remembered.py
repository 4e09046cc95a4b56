"""Answers that a server gave before, as long as nothing that they rest on has changed.

An answer is kept under the state of its lake: the current run, the versions of all observed
tables and of the list of erased persons, so that a new run, a load and an erasure each make it
be asked anew. The state itself is looked up once a second for each open lake: a page may be a
second behind, no more. All that is asked in one state is asked of one `Sight`.

Of a server, a new run is shown as soon as it has read ahead of it (`before_showing`): until
then pages show the run before, and nobody waits. A load and an erasure are seen at once.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from mawj.lake.sight import Sight

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from mawj.lake.lake import Lake
    from mawj.lake.place import Place

Answer = TypeVar("Answer")
MOST = 2_000
"""Answers kept in one process; a page's is some ten kilobytes (our judgement)."""
FRESH_S = 1.0
"""Seconds for which the state of a lake is not looked up again (our judgement)."""
LONGEST_S = 30.0
"""Seconds after which a new run is shown though nothing was read ahead (our judgement)."""

log = logging.getLogger(__name__)
before_showing: Callable[[str, str], None] | None = None
"""What a server does with a new run before it is shown: the lake's address, the run's name."""

State: TypeAlias = tuple[str | None, tuple[tuple[str, int], ...], int | None]

_kept: OrderedDict[Hashable, Any] = OrderedDict()
_states: dict[str, tuple[float, State]] = {}
_coming: dict[str, tuple[float, State]] = {}
_making: dict[Hashable, Lock] = {}
_lock = Lock()


def remembered(lake: Lake, asked: Hashable, answer: Callable[[Sight], Answer]) -> Answer:
    """The answer to `asked` on this lake: as it was given before, or by `answer(sight)`.

    An answer is shared by all threads: it must not be changed by whoever gets it.
    """
    key = (str(lake.root), _state(lake), asked)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return cast("Answer", _kept[key])
        mine = _making.setdefault(key, Lock())
    # Whoever asks the same meanwhile waits for the answer rather than work it out as well.
    with mine:
        with _lock:
            if key in _kept:
                return cast("Answer", _kept[key])
        try:
            made = _answered(lake, answer)
        except BaseException:
            with _lock:
                _making.pop(key, None)
            raise
        with _lock:
            _making.pop(key, None)
            _kept[key] = made
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return made


def _answered(lake: Lake, answer: Callable[[Sight], Answer]) -> Answer:
    try:
        return answer(seen(lake))
    except FileNotFoundError:
        # An erasure took files away between two looks: look again.
        _states.pop(str(lake.root), None)
        lake.remembered_sight = None  # type: ignore[attr-defined]
        return answer(seen(lake))


def forget() -> None:
    """Let go of every answer."""
    with _lock:
        _kept.clear()
        _states.clear()
        _coming.clear()


def seen(lake: Lake) -> Sight:
    """The lake as it was within the last second; what is asked of it comes from one run."""
    return _sight(lake, _state(lake))


def _sight(lake: Lake, state: State) -> Sight:
    """The sight that this thread has of the state."""
    known: tuple[State, Sight] | None = getattr(lake, "remembered_sight", None)
    if known is not None and known[0] == state:
        return known[1]
    made = Sight(lake, state[0])
    lake.remembered_sight = (state, made)  # type: ignore[attr-defined]
    return made


def _state(lake: Lake) -> State:
    """The current run, every observed table's version and that of the list of the erased.

    Looked up once in a while for all threads; one looks while the others go on with the last.
    """
    root, now = str(lake.root), time.monotonic()
    with _lock:
        known = _states.get(root)
        if known is not None and now - known[0] < FRESH_S:
            return known[1]
        if known is not None:
            _states[root] = (now, known[1])
    run = lake.current_run()
    versions = tuple(sorted(lake.versions().items()))
    state = (run.run_id if run else None, versions, lake.suppressed.version())
    with _lock:
        if known is not None and _waits(lake, known[1], state):
            return known[1]
        _states[root] = (now, state)
    return state


def _waits(lake: Lake, shown: State, state: State) -> bool:
    """Whether a new run is not shown yet: it is being read ahead, from now on if need be."""
    is_new_run = state[0] not in (None, shown[0]) and state[1:] == shown[1:]
    if before_showing is None or not is_new_run or not lake.root.is_local:
        return False
    root = str(lake.root)
    began, coming = _coming.get(root, (0.0, None))
    if coming != state:
        _coming[root] = (time.monotonic(), state)
        Thread(target=_read_ahead, args=(lake.root, state), daemon=True).start()
        return True
    return time.monotonic() - began < LONGEST_S


def _read_ahead(place: Place, state: State) -> None:
    """Make a server ready for a new run, then let it be shown."""
    assert before_showing is not None
    assert state[0] is not None
    try:
        before_showing(place.uri, state[0])
    except Exception:
        log.exception("nothing could be read ahead of run %s of %s", state[0], place.uri)
    root = str(place)
    with _lock:
        # Unless something was loaded or somebody erased meanwhile: then it is older than that.
        if root in _states and _states[root][1][1:] == state[1:]:
            _states[root] = (time.monotonic(), state)
