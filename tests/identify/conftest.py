"""Tables written as text, and results read back as text after a check of their declaration."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa
import pytest

from mawj.tables.declared import TABLES
from mawj.tables.observed import PROVENANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROVIDED = {
    "source": "test",
    "fetched_at": datetime(2024, 1, 1, tzinfo=UTC),
    "basis": "public",
    "load_id": "load",
}
AS_OF = datetime(2024, 12, 31, tzinfo=UTC)


@pytest.fixture(scope="session")
def con() -> Iterator[Any]:
    """An engine in memory; times are read in UTC, as the lake reads them."""
    connection = ibis.duckdb.connect()
    connection.raw_sql("SET TimeZone='UTC'")
    yield connection
    connection.disconnect()


@pytest.fixture(scope="session")
def arrow_of() -> Callable[..., pa.Table]:
    """Makes a declared Arrow table from text; see `_arrow`."""
    return _arrow


@pytest.fixture(scope="session")
def table_of() -> Callable[..., Any]:
    """Makes a declared Ibis table from text; see `_arrow`."""
    return lambda name, text="": ibis.memtable(_arrow(name, text))


@pytest.fixture(scope="session")
def rows_of(con: Any) -> Callable[..., list[str]]:
    """Rows of a result as sorted text, checked against the declaration of its table."""

    def rows(name: str, result: Any, *columns: str, digits: int = 4) -> list[str]:
        table = checked(con, name, result).select(list(columns))
        shown = [[_shown(value, digits) for value in row.values()] for row in table.to_pylist()]
        return sorted(" | ".join(row) for row in shown)

    return rows


@pytest.fixture(scope="session")
def same_rows(con: Any) -> Callable[..., bool]:
    """Whether two results hold the same rows, in any order."""

    def same(name: str, left: Any, right: Any) -> bool:
        return _sorted(checked(con, name, left)) == _sorted(checked(con, name, right))

    return same


def checked(con: Any, name: str, result: Any) -> pa.Table:
    """The result, after a check that it is exactly what the table declares."""
    table = result if isinstance(result, pa.Table) else con.to_pyarrow(result)
    declared = TABLES[name]
    assert tuple(table.column_names) == declared.names
    for field in declared.schema:
        assert table.schema.field(field.name).type == field.type, field.name
        if not field.nullable:
            assert table[field.name].null_count == 0, field.name
    keys = [tuple(row.values()) for row in table.select(list(declared.key)).to_pylist()]
    assert len(keys) == len(set(keys))
    return table


def _sorted(table: pa.Table) -> list[str]:
    return sorted(str([_shown(v, 9) for v in row.values()]) for row in table.to_pylist())


def _arrow(name: str, text: str = "") -> pa.Table:
    """A declared table from lines of `a | b`; the first names columns, an empty cell is NULL.

    Columns that are not named are NULL; provenance that is not named is filled in.
    """
    lines = [line for line in text.strip().splitlines() if line.strip()]
    heads = [cell.strip() for cell in lines[0].split("|")] if lines else []
    rows = [dict(zip(heads, _cells(line), strict=True)) for line in lines[1:]]
    provided = {column.name for column in PROVENANCE} & set(TABLES[name].names) - set(heads)
    assert set(heads) <= set(TABLES[name].names)
    return pa.table(
        {
            column.name: pa.array(
                [
                    PROVIDED[column.name]
                    if column.name in provided
                    else _read(column.type, row.get(column.name, ""))
                    for row in rows
                ],
                column.arrow.type,
            )
            for column in TABLES[name]
        }
    )


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _read(kind: str, cell: str) -> Any:
    if cell == "":
        return None
    readers: dict[str, Callable[[str], Any]] = {
        "string": lambda text: "" if text == "''" else text,
        "int64": int,
        "float64": float,
        "boolean": lambda text: text == "yes",
        "timestamp": lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC),
        "date": date.fromisoformat,
        "strings": lambda text: [] if text == "[]" else text.split(),
    }
    return readers[kind](cell)


def _shown(value: Any, digits: int) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.{digits}g}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return str(value)
