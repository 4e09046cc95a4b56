"""Arrow as it is used here: columns of any type, and the compute functions without their stubs.

The stubs of `pyarrow.compute` name one overload for each column type; columns here are of the
type that a table declares, which is known only when the program runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as _compute

if TYPE_CHECKING:
    from collections.abc import Iterable

    Column = pa.Array[Any]
else:
    Column = pa.Array


pc: Any = _compute

NO_TEXT = pa.scalar(None, pa.string())


def plain(values: Any) -> Column:
    """The column itself, for the type checker."""
    made: Column = values
    return made


def plain_batch(rows: Any) -> pa.RecordBatch:
    """The rows themselves, for the type checker."""
    made: pa.RecordBatch = rows
    return made


def column(values: Iterable[Any], kind: pa.DataType) -> Column:
    """A column of the given type."""
    return plain(pa.array(list(values), kind))


def always(value: Any, n: int, kind: pa.DataType) -> Column:
    """A column that holds one value `n` times."""
    one: Any = column([value], kind)
    return plain(one.take(column([0] * n, pa.int32())))


def list_column(offsets: Any, members: Any) -> Column:
    """A column of lists: row i holds the members from offset i to the next."""
    return plain(pa.ListArray.from_arrays(offsets, members))


def where(condition: Column) -> list[int]:
    """The rows on which `condition` is true."""
    found: list[int] = pc.indices_nonzero(pc.fill_null(condition, False)).to_pylist()
    return found
