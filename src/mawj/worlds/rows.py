"""Arrays turned into the declared tables: types, NULLs and provenance in one place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mawj.tables.declared import table_named
from mawj.worlds.size import AS_OF, START

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mawj.worlds.dice import Flags, Floats, Ints

MICROS_A_DAY = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
START_MICROS = int((START - _EPOCH).total_seconds()) * 1_000_000
END_MICROS = int((AS_OF - _EPOCH).total_seconds()) * 1_000_000


def micros(days: Floats) -> Ints:
    """Microseconds since 1970 of `days` since the start of the year, in whole seconds."""
    seconds: Ints = np.floor(days * 86_400.0).astype(np.int64)
    return START_MICROS + seconds * 1_000_000


def days(moments: Ints) -> Floats:
    """Days since the start of the world's year."""
    values: Floats = (moments - START_MICROS) / MICROS_A_DAY
    return values


def times(moments: Ints, known: Flags | None = None) -> pa.Array[Any]:
    """A column of UTC times; NULL where not `known`."""
    mask = None if known is None else ~known
    return pa.array(moments, pa.int64(), mask=mask).cast(pa.timestamp("us", tz="UTC"))


def counts(values: Floats, known: Flags | None = None) -> pa.Array[Any]:
    """A column of counts; NULL where not `known` or not a number."""
    hidden = np.isnan(values) if known is None else ~known | np.isnan(values)
    return pa.array(values.astype(np.float64), pa.float64(), mask=hidden)


def flags(values: Flags, known: Flags | None = None) -> pa.Array[Any]:
    """A column of yes and no; NULL where not `known`."""
    return pa.array(values.astype(np.bool_), mask=None if known is None else ~known)


def names(codes: Ints, words: Sequence[str] | pa.Array[Any]) -> pa.Array[Any]:
    """The word of each code; NULL for negative codes."""
    compute: Any = pc
    indices = pa.array(codes, pa.int64(), mask=codes < 0)
    chosen: pa.Array[Any] = compute.take(pa.array(words, pa.string()), indices)
    return chosen


def numbered(prefix: pa.Array[Any], numbers: Ints) -> pa.Array[Any]:
    """Ids such as `instagram:p17` from prefixes and numbers."""
    return joined([prefix, pa.array(numbers).cast(pa.string())], "")


def joined(parts: Sequence[pa.Array[Any]], between: str) -> pa.Array[Any]:
    """Row by row the texts of `parts`, with `between` between them; NULL parts are left out."""
    compute: Any = pc
    texts: pa.Array[Any] = compute.binary_join_element_wise(
        *parts, between, null_handling="skip"
    )
    return texts


def declared(name: str, seed: int, columns: Mapping[str, Any]) -> pa.Table:
    """The table `name` as declared: columns not given are NULL, provenance is the world's."""
    n = len(next(iter(columns.values())))
    said = {
        "source": f"world:{seed}",
        "fetched_at": AS_OF,
        "basis": "public",
        "load_id": f"world-{seed}",
    }
    arrays = []
    for field in table_named(name).schema:
        if field.name in columns:
            values = columns[field.name]
            is_array = isinstance(values, (pa.Array, pa.ChunkedArray))
            arrays.append(values.cast(field.type) if is_array else pa.array(values, field.type))
        elif field.name in said:
            arrays.append(pa.repeat(pa.scalar(said[field.name], field.type), n))
        else:
            arrays.append(pa.nulls(n, field.type))
    return pa.Table.from_arrays(arrays, schema=table_named(name).schema)
