"""One table's rows from one batch of raw rows: read, completed, checked against its declaration."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from mawj.sources.completing import complete
from mawj.sources.kinds import read_column
from mawj.sources.mapping import MADE_HERE, Field, Mapping, Target, kind_of
from mawj.sources.names import platforms_of
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from mawj.sources.raw import RawBatch
    from mawj.sources.rows import Load
    from mawj.tables.column import Column, Table

_BRACED = re.compile(r"\{([^{}]+)\}")

Problem = tuple[int, str, str]


@dataclass(frozen=True)
class Filled:
    """What one target made of one batch.

    Attributes:
        table: the table's name.
        rows: the rows that hold.
        kept: for each raw row, whether it gave one of them.
        columns: the columns before rows were dropped, as long as the batch.
        problems: (row within the batch, field, reason).
    """

    table: str
    rows: pa.RecordBatch
    kept: pa.Array[Any]
    columns: dict[str, pa.Array[Any]]
    problems: tuple[Problem, ...]


def platforms_of_rows(batch: RawBatch, mapping: Mapping) -> pa.Array[Any]:
    """The platform of each row: a column of the file, else what ids and addresses say, else the mapping's."""
    said = pa.nulls(len(batch), pa.string())
    fields = [target.field("platform") for target in mapping.targets]
    if mapping.platform_from:
        fields.append(Field("platform", heading=mapping.platform_from))
    for field in fields:
        if field is not None:
            texts = _texts(batch, field)
            said = pc.coalesce(said, read_column("platform", texts, field, said).values)
    if mapping.platform is not None:
        return pc.coalesce(said, pa.scalar(mapping.platform))
    for target in mapping.targets:
        for name in ("account_id", "post_id", "url", "followed_id", "target_id"):
            field = target.field(name)
            if field is not None and said.null_count:
                told = platforms_of(_texts(batch, field).fill_null("").to_pylist())
                said = pc.coalesce(said, pa.array(told, pa.string()))
    return said


@dataclass(frozen=True)
class Work:
    """One batch being turned into rows.

    Attributes:
        batch, mapping, load: what is read, how, and for which load.
        platforms: the platform of each row.
        ids: ids that an earlier target found or made, for those that come after it.
    """

    batch: RawBatch
    mapping: Mapping
    load: Load
    platforms: pa.Array[Any]
    ids: dict[str, pa.Array[Any]]


def fill(target: Target, work: Work) -> Filled:
    """The rows of `target.table` in the batch, and what could not be read."""
    table, n = TABLES[target.table], len(work.batch)
    columns, problems = _read(target, work.batch, work.platforms)
    if "platform" in table.by_name:
        columns["platform"] = work.platforms
    for name in {"taken_at", "as_of"} & set(table.key) - set(columns):
        columns[name] = _always(work.mapping.taken_at or work.load.taken_at, n, table, name)
    for name in {"post_id", "account_id"} & set(work.ids) & set(table.key) - set(columns):
        columns[name] = work.ids[name]
    complete(target.table, columns, work.platforms)
    work.ids.update({k: columns[k] for k in ("post_id", "account_id") if k in columns})
    for name, value in _provenance(work):
        columns[name] = _always(value, n, table, name)
    full = {c.name: columns.get(c.name, pa.nulls(n, c.arrow.type)) for c in table}
    for column in table:
        full[column.name], outside = _within(column, full[column.name])
        problems += outside
    kept, missing = _required(table, full, problems)
    kept = _says_something(table, full, kept)
    rows = pa.RecordBatch.from_arrays(
        [full[c.name].filter(kept) for c in table], schema=table.schema
    )
    return Filled(target.table, _once(rows), kept, full, (*problems, *missing))


def _read(
    target: Target, batch: RawBatch, platforms: pa.Array[Any]
) -> tuple[dict[str, pa.Array[Any]], list[Problem]]:
    columns: dict[str, pa.Array[Any]] = {}
    problems: list[Problem] = []
    for field in target.fields:
        if field.column == "platform":
            continue
        kind = kind_of(target.table, field)
        read = read_column(kind, _texts(batch, field), field, platforms)
        columns[field.column] = read.values
        problems += [(i, field.column, reason) for i, reason in read.problems]
    return columns, problems


def _texts(batch: RawBatch, field: Field) -> pa.Array[Any]:
    """The texts a field is read from: a heading's cells, one constant, or a filled template."""
    if field.heading is not None:
        return batch.column(field.heading)
    if field.constant is not None:
        return pa.array([field.constant] * len(batch), pa.string())
    parts = _BRACED.split(field.template or "")
    pieces = [
        batch.column(part) if i % 2 else pa.array([part] * len(batch), pa.string())
        for i, part in enumerate(parts)
    ]
    return pc.binary_join_element_wise(*pieces, "")


def _always(value: Any, n: int, table: Table, name: str) -> pa.Array[Any]:
    """A column that holds one value."""
    one = pa.array([value], table.by_name[name].arrow.type)
    return one.take(pa.array([0] * n, pa.int32()))


def _provenance(work: Work) -> tuple[tuple[str, Any], ...]:
    return (
        ("source", work.load.source),
        ("fetched_at", work.load.fetched_at),
        ("basis", work.mapping.basis),
        ("load_id", work.load.load_id),
    )


def _within(column: Column, values: pa.Array[Any]) -> tuple[pa.Array[Any], list[Problem]]:
    """The column with values outside its declared bounds made NULL, each with its reason."""
    bad = None
    if column.one_of and column.name not in MADE_HERE:
        bad = pc.invert(pc.is_in(values, value_set=pa.array(column.one_of)))
    elif column.least is not None or column.most is not None:
        least = float("-inf") if column.least is None else column.least
        most = 1e300 if column.most is None else column.most
        inside = pc.and_(pc.greater_equal(values, least), pc.less_equal(values, most))
        bad = pc.invert(inside)
    if bad is None:
        return values, []
    bad = pc.and_(pc.fill_null(bad, False), pc.is_valid(values))
    where = pc.indices_nonzero(bad).to_pylist()
    problems = [(i, column.name, _why_outside(column, values[i].as_py())) for i in where]
    return pc.if_else(bad, pa.scalar(None, values.type), values) if where else values, problems


def _why_outside(column: Column, value: object) -> str:
    if column.one_of:
        return f"{value!r} is not one of {', '.join(column.one_of)}"
    least = "" if column.least is None else f" from {column.least:g}"
    most = "" if column.most is None else f" to {column.most:g}"
    return f"{value!r} is outside what is possible{least}{most}"


def _required(
    table: Table, full: dict[str, Any], problems: list[Problem]
) -> tuple[pa.Array[Any], list[Problem]]:
    """Rows that have all the table needs; for the others which field is missing."""
    told = {(i, field) for i, field, _ in problems}
    kept = pa.array([True] * len(full["load_id"]))
    missing: list[Problem] = []
    for column in table:
        if column.null_means is not None:
            continue
        valid = pc.is_valid(full[column.name])
        for i in pc.indices_nonzero(pc.invert(valid)).to_pylist():
            if (i, column.name) not in told:
                missing.append((i, column.name, f"nothing is given; {table.name} needs it"))
        kept = pc.and_(kept, valid)
    return kept, missing


def _says_something(table: Table, full: dict[str, Any], kept: Any) -> pa.Array[Any]:
    """Rows of counts hold at least one count: "all not known" is no observation."""
    if not table.name.endswith("_snapshots"):
        return kept
    some = pa.array([False] * len(kept))
    for column in table:
        if column.type == "float64":
            some = pc.or_(some, pc.is_valid(full[column.name]))
    return pc.and_(kept, some)


def _once(rows: pa.RecordBatch) -> pa.RecordBatch:
    """The rows without exact repetitions; tables that hold lists are left as they are."""
    if any(pa.types.is_list(field.type) for field in rows.schema) or not len(rows):
        return rows
    distinct = pa.Table.from_batches([rows]).group_by(rows.schema.names).aggregate([])
    if len(distinct) == len(rows):
        return rows
    return distinct.select(rows.schema.names).cast(rows.schema).combine_chunks().to_batches()[0]
