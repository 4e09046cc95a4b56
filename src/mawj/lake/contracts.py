"""Checks a table against its declaration whenever it is written.

Batches on their way in are checked column by column in Arrow; tables that an engine has
written are checked by one aggregate over the file, and once more for the first bad row only
when something is wrong.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from mawj.tables.column import ARROW_TYPES
from mawj.tables.declared import table_named
from mawj.tables.errors import DuplicateKey, MissingColumn, OutOfRange, TableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import ibis.expr.types as ir

    from mawj.lake.duckdb_lake import DuckdbLake
    from mawj.tables.column import Column, Table

NO_NULL = "NULL has no meaning there: fill it, or leave the row out"

# What may become what without a value changing its meaning.
WIDENINGS = {
    "string": ("string", "large_string", "string_view", "dictionary", "null"),
    "int64": ("int", "uint", "null"),
    "float64": ("int", "uint", "float", "double", "halffloat", "decimal", "null"),
    "boolean": ("bool", "null"),
    "timestamp": ("timestamp", "null"),
    "date": ("date", "null"),
    "strings": ("list", "large_list", "null"),
    "floats": ("list", "large_list", "null"),
}


def conform(table: Table, batch: pa.RecordBatch) -> pa.RecordBatch:
    """`batch` with exactly the declared columns in declared order, every value checked.

    Raises:
        MissingColumn: a declared column is not there.
        TableError: a column that is not declared, of another kind, or NULL where none may be.
        OutOfRange: a value outside `one_of`, `least` or `most`, or NaN.
    """
    check_names(table, batch.schema.names)
    columns = [_cast(table, column, batch.column(column.name)) for column in table]
    checked = pa.record_batch(columns, schema=_open_schema(table))
    for column in table:
        _check_values(table, column, checked)
    return checked


def _open_schema(table: Table) -> pa.Schema:
    return pa.schema([field.with_nullable(True) for field in table.schema])


def check_names(table: Table, names: Sequence[str], *, in_order: bool = False) -> None:
    """Refuse missing and unexpected columns, and with `in_order` another order too."""
    for name in table.names:
        if name not in names:
            raise MissingColumn(table.name, name)
    unexpected = [name for name in names if name not in table.by_name]
    if unexpected:
        raise TableError(
            f"table {table.name!r} has no column {unexpected[0]!r} in its declaration; leave "
            "it out, or declare it in mawj/tables"
        )
    if in_order and tuple(names) != table.names:
        raise TableError(
            f"the columns of table {table.name!r} come in another order than declared; select "
            f"them as {', '.join(table.names)}"
        )


def _cast(table: Table, column: Column, values: pa.Array[Any]) -> pa.Array[Any]:
    wanted = ARROW_TYPES[column.type]
    if values.type == wanted:
        return values
    kind = str(values.type)
    is_naive = pa.types.is_timestamp(values.type) and values.type.tz is None
    if is_naive or not kind.startswith(WIDENINGS[column.type]):
        raise TableError(
            f"column {column.name!r} of table {table.name!r} must be {wanted}, not {kind}"
            + ("; say which time zone its times are in" if is_naive else "; convert it first")
        )
    try:
        return values.cast(wanted)
    except pa.ArrowInvalid as error:
        raise TableError(
            f"column {column.name!r} of table {table.name!r} cannot become {wanted}: {error}"
        ) from error


def _check_values(table: Table, column: Column, batch: pa.RecordBatch) -> None:
    values = batch.column(column.name)
    if values.null_count and column.null_means is None:
        row = _row(table, batch, pc.is_null(values))
        raise TableError(_sentence(table, column, None, NO_NULL, row))
    for is_bad, why in _faults(column, values):
        if pc.any(is_bad).as_py():
            shown = values.filter(is_bad)[0].as_py()
            raise OutOfRange(_sentence(table, column, shown, why, _row(table, batch, is_bad)))


def _faults(column: Column, values: pa.Array[Any]) -> Iterator[tuple[Any, str]]:
    """Masks of bad values, each with what would be right."""
    if column.type == "float64":
        yield pc.is_nan(values), "write NULL for what is not known, never NaN"
    if column.one_of:
        allowed = pa.array(column.one_of, pa.string())
        unknown = pc.and_(pc.invert(pc.is_in(values, allowed)), pc.is_valid(values))
        yield unknown, f"use one of {', '.join(column.one_of)}"
    if column.least is not None:
        yield (
            pc.less(values, pa.scalar(column.least, values.type)),
            f"the least is {column.least:g}",
        )
    if column.most is not None:
        yield (
            pc.greater(values, pa.scalar(column.most, values.type)),
            f"the most is {column.most:g}",
        )


def _row(table: Table, batch: pa.RecordBatch, is_bad: Any) -> str:
    first = pc.index(is_bad, value=True).as_py()
    return key_text({name: batch.column(name)[first].as_py() for name in table.key})


def key_text(key: dict[str, Any]) -> str:
    """The row named by its key, for a message."""
    return "the row " + ", ".join(f"{name}={value!r}" for name, value in key.items())


def _sentence(table: Table, column: Column, value: object, why: str, row: str) -> str:
    return f"column {column.name!r} of table {table.name!r} holds {value!r} in {row}; {why}"


def check_written(table: Table, duck: DuckdbLake) -> None:
    """Check the rows of the view `written`: NULL, NaN, allowed values, bounds and the key.

    Raises:
        TableError, OutOfRange, DuplicateKey: naming table, column and a row.
    """
    tests = list(_tests(table, _written(table)))
    if tests:
        found = duck.run(_sql(_counts, table.name))[0]
        for (column, bad, why), n in zip(tests, found, strict=True):
            if n:
                sample = _written(table).filter(bad).limit(1)
                _refuse(
                    table, column, duck.row(str(ibis.to_sql(sample, dialect="duckdb"))), why
                )
    if table.key:
        _check_key(table, duck)


@cache
def _sql(query: Callable[[Table], ir.Table], table_name: str) -> str:
    """The SQL of a check, written once a process: Ibis takes longer for it than DuckDB."""
    return str(ibis.to_sql(query(table_named(table_name)), dialect="duckdb"))


def _written(table: Table) -> ir.Table:
    return ibis.table(ibis.Schema.from_pyarrow(table.schema), name="written")


def _counts(table: Table) -> ir.Table:
    """How many rows fail each test."""
    rows = _written(table)
    return rows.aggregate(
        **{
            f"test_{n}": bad.fill_null(False).sum().fill_null(0)
            for n, (_, bad, _) in enumerate(_tests(table, rows))
        }
    )


def _tests(table: Table, rows: ir.Table) -> Iterator[tuple[Column, Any, str]]:
    for column in table:
        values = rows[column.name]
        if column.null_means is None:
            yield (
                column,
                values.isnull(),
                NO_NULL,
            )
        if column.type == "float64":
            yield column, values.isnan(), "write NULL for what is not known, never NaN"
        if column.one_of:
            yield column, values.notin(column.one_of), f"use one of {', '.join(column.one_of)}"
        if column.least is not None:
            yield column, values < column.least, f"the least is {column.least:g}"
        if column.most is not None:
            # NaN counts as the greatest number here; it has its own message above.
            yield column, values > column.most, f"the most is {column.most:g}"


def _refuse(table: Table, column: Column, row: dict[str, Any], why: str) -> None:
    value = row[column.name]
    kind = TableError if value is None else OutOfRange
    key = key_text({name: row[name] for name in table.key})
    raise kind(_sentence(table, column, value, why, key))


def key_hash(table: Table, rows: ir.Table) -> Any:
    """A 64-bit digest of the key; equal keys have equal digests, others nearly never."""
    return hash_of(rows, table.key)


def hash_of(rows: ir.Table, names: Sequence[str]) -> Any:
    """A 64-bit digest of several columns; only for use inside one process."""
    if len(names) == 1:
        return rows[names[0]].hash()
    return ibis.array([rows[name].hash() for name in names]).hash()


def _check_key(table: Table, duck: DuckdbLake) -> None:
    """Refuse two rows with one key.

    Raises:
        DuplicateKey: naming one such key.
    """
    found = duck.row(_sql(_doubled, table.name))
    if found:
        n = found.pop("n")
        raise DuplicateKey(
            f"table {table.name!r} has {n} rows for {key_text(found)}; its key is "
            f"{', '.join(table.key)}: make one row of them"
        )


def _doubled(table: Table) -> ir.Table:
    """One key that several rows share, if there is any, with their number."""
    rows = _written(table)
    # Digests first: eight bytes a row instead of the texts, so that ten million rows fit.
    digests = rows.select(digest=key_hash(table, rows))
    twice = digests.group_by("digest").having(lambda t: t.count() > 1).agg()
    suspects = rows.mutate(digest=key_hash(table, rows)).semi_join(twice, "digest")
    doubled = suspects.group_by(list(table.key)).agg(n=lambda t: t.count())
    return doubled.filter(doubled["n"] > 1).limit(1)
