"""All rows with one value of a sorted table, held in memory for all threads of a process.

Pages ask the same few slices again and again: every account as a list shows it, and those of
one topic. Reading a slice of a million rows takes half a second, using it some milliseconds.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from mawj.lake.held import Held

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from mawj.lake.row_groups import RowGroups

LARGEST = 2_000_000
"""Rows up to which a slice is held; a larger one is the engine's (our judgement)."""
MOST_ROWS = 3_000_000
"""Rows of all slices of one process, some 200 bytes each (our judgement)."""

_held = Held(lambda rows: int(rows.num_rows))
_reading = Lock()


def slice_of(groups: RowGroups, value: str, columns: Sequence[str]) -> pa.Table | None:
    """The rows with `value` in the column that a table is sorted by; None where they are many.

    Args:
        groups: the table's row groups.
        value: of the sorted column.
        columns: all stored columns of the table.
    """
    found = _held.get(groups, value)
    if found is not None or groups.most_rows(value) > LARGEST:
        return found
    # One reads while the others wait: two that read a million rows take twice the memory.
    with _reading:
        found = _held.get(groups, value)
        if found is None:
            found = groups.rows([value], {}, columns).combine_chunks()
            _held.put(groups, value, found, MOST_ROWS)
    return found
