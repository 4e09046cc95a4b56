"""Two engines' rows of one declared table, held against each other cell by cell."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from mawj.tables.column import Table

RELATIVE = 1e-9
NEARLY_ZERO = 1e-12
"""Sums that cancel leave the last bits of their parts: no number there means as little."""

Rows = dict[tuple[Any, ...], dict[str, Any]]


def differences(
    declared: Table, expected: pa.Table, found: pa.Table, *, relative: float = RELATIVE
) -> Iterator[str]:
    """One line for each row that only one of the two has, and for each cell that differs."""
    here, there = _by_key(declared, expected), _by_key(declared, found)
    if expected.num_rows != found.num_rows:
        yield f"{expected.num_rows} rows on DuckDB, {found.num_rows} on Spark"
    for key in sorted(here.keys() ^ there.keys(), key=str):
        yield f"{key} only on {'DuckDB' if key in here else 'Spark'}"
    for key in sorted(here.keys() & there.keys(), key=str):
        for name in declared.names:
            one, other = here[key][name], there[key][name]
            if not same(one, other, relative):
                yield f"{key} {name}: {one!r} on DuckDB, {other!r} on Spark"


def _by_key(declared: Table, rows: pa.Table) -> Rows:
    return {tuple(row[name] for name in declared.key): row for row in rows.to_pylist()}


def same(one: Any, other: Any, relative: float = RELATIVE) -> bool:
    """True for equal cells: exact but for floats, and lists in any order."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=relative, abs_tol=NEARLY_ZERO)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and set(one) == set(other)
    return type(one) is type(other) and bool(one == other)
