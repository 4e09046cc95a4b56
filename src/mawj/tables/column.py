"""What a table is: a name, a grain, a key and declared columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ARROW_TYPES: Mapping[str, pa.DataType] = MappingProxyType(
    {
        "string": pa.string(),
        "int64": pa.int64(),
        "float64": pa.float64(),
        "boolean": pa.bool_(),
        "timestamp": pa.timestamp("us", tz="UTC"),
        "date": pa.date32(),
        "strings": pa.list_(pa.string()),
        "floats": pa.list_(pa.float32()),
    }
)


@dataclass(frozen=True)
class Column:
    """One declared column.

    Attributes:
        name: the column's name; its ending tells its unit (`_share`, `_at`, `_days`…).
        type: one of `ARROW_TYPES`.
        meaning: one sentence for a reader of docs/tables.md.
        unit: what one of it is ("followers", "share of followers"); empty for text.
        null_means: why the value may be absent; None when it may not.
        one_of: the only values allowed; empty for any.
        least, most: bounds of a number; None for none.
    """

    name: str
    type: str
    meaning: str
    unit: str = ""
    null_means: str | None = None
    one_of: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None

    @property
    def arrow(self) -> pa.Field[Any]:
        """The Arrow field; nullable where NULL has a declared meaning."""
        return pa.field(self.name, ARROW_TYPES[self.type], nullable=self.null_means is not None)


@dataclass(frozen=True)
class Table:
    """One declared table: `grain` says what a row is, `key` which columns tell rows apart."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    kind: str = "derived"
    by_name: Mapping[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the columns by name."""
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    @property
    def is_lasting(self) -> bool:
        """Whether its rows stay from run to run: loaded, or kept because somebody asked."""
        return self.kind in ("observed", "kept")

    def __iter__(self) -> Iterator[Column]:
        """Walk the columns in declared order."""
        return iter(self.columns)

    @cached_property
    def schema(self) -> pa.Schema:
        """The Arrow schema of the table."""
        return pa.schema([column.arrow for column in self.columns])

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The column names in declared order."""
        return tuple(column.name for column in self.columns)
