"""Rows of sorted tables that a process holds in memory, for all of its threads.

What was asked for last stays. As soon as something of a newer version of a table is held,
nothing of the older ones is: a person may have been erased from it.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import pyarrow as pa

    from mawj.lake.row_groups import RowGroups


class Held:
    """Rows by what was asked of a table's row groups, up to a size of them all."""

    def __init__(self, size: Callable[[pa.Table], int]) -> None:
        self._size = size
        self._rows: OrderedDict[tuple[RowGroups, Hashable], tuple[pa.Table, int]] = (
            OrderedDict()
        )
        self._held = 0
        self._lock = Lock()

    def get(self, groups: RowGroups, asked: Hashable) -> pa.Table | None:
        """The rows held for `asked`; None where they are not."""
        with self._lock:
            if (groups, asked) not in self._rows:
                return None
            self._rows.move_to_end((groups, asked))
            return self._rows[groups, asked][0]

    def put(self, groups: RowGroups, asked: Hashable, rows: pa.Table, most: int) -> None:
        """Hold `rows`, and let go of the longest unused until all are of the size `most`."""
        size = self._size(rows)
        with self._lock:
            self._let_go_of_older(groups)
            self._drop((groups, asked))
            self._rows[groups, asked] = (rows, size)
            self._held += size
            while self._held > most and len(self._rows) > 1:
                self._drop(next(iter(self._rows)))

    def _let_go_of_older(self, groups: RowGroups) -> None:
        old = [
            key for key in self._rows if key[0].place == groups.place and key[0] is not groups
        ]
        for key in old:
            self._drop(key)

    def _drop(self, key: tuple[RowGroups, Hashable]) -> None:
        gone = self._rows.pop(key, None)
        if gone is not None:
            self._held -= gone[1]
