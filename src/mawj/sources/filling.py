"""One table's rows from one batch: read, completed, checked against its declaration."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.sources.arrow import Column, always, column, pc, plain, plain_batch, where
from mawj.sources.completing import complete
from mawj.sources.kinds import read_column
from mawj.sources.mapping import MADE_HERE, Field, Mapping, Target, kind_of
from mawj.sources.names import platforms_of
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from datetime import datetime

    from mawj.sources.pieces import Load
    from mawj.sources.raw import RawBatch
    from mawj.tables.column import Column as Declared
    from mawj.tables.column import Table

_BRACED = re.compile(r"\{([^{}]+)\}")

LEAST, MOST = -1e300, 1e300
"""Infinity is no value; bounds that any declared number keeps."""

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
    kept: Column
    columns: dict[str, Column]
    problems: tuple[Problem, ...]


def platforms_of_rows(batch: RawBatch, mapping: Mapping) -> Column:
    """The platform of each row: from a column, the mapping, or its ids and addresses."""
    said: Any = pa.nulls(len(batch), pa.string())
    fields = [target.field("platform") for target in mapping.targets]
    if mapping.platform_from:
        fields.append(Field("platform", heading=mapping.platform_from))
    for field in fields:
        if field is not None:
            texts = _texts(batch, field)
            said = pc.coalesce(said, read_column("platform", texts, field, said).values)
    if mapping.platform is not None:
        return plain(pc.coalesce(said, pa.scalar(mapping.platform)))
    for target in mapping.targets:
        for name in ("account_id", "post_id", "url", "followed_id", "target_id"):
            field = target.field(name)
            if field is not None and said.null_count:
                told = platforms_of(pc.fill_null(_texts(batch, field), "").to_pylist())
                said = pc.coalesce(said, column(told, pa.string()))
    return plain(said)


@dataclass(frozen=True)
class Stamp:
    """What every row of one load carries.

    Attributes:
        load: which load.
        basis: how its values came to us.
        taken_at: the moment of counts that carry no date.
    """

    load: Load
    basis: str
    taken_at: datetime


@dataclass(frozen=True)
class Work:
    """One batch being turned into rows.

    Attributes:
        batch, stamp: what is read, and what its rows carry.
        platforms: the platform of each row.
        repeated: tables whose rows come back on many rows of the file, as authors do on posts.
        ids: ids that an earlier target found or made, for those that come after it.
    """

    batch: RawBatch
    stamp: Stamp
    platforms: Column
    repeated: frozenset[str]
    ids: dict[str, Column]


def fill(target: Target, work: Work) -> Filled:
    """The rows of `target.table` in the batch, and what could not be read."""
    key = set(TABLES[target.table].key)
    columns, problems = _read(target, work)
    for name in {"post_id", "account_id"} & set(work.ids) & key - set(columns):
        columns[name] = work.ids[name]
    filled = finish(target.table, columns, problems, work.platforms, work.stamp)
    if target.table in work.repeated:
        filled = replace(filled, rows=_once(filled.rows))
    for name in {"post_id", "account_id"} & set(filled.columns):
        work.ids.setdefault(name, filled.columns[name])
    return filled


def finish(
    name: str,
    columns: dict[str, Column],
    problems: list[Problem],
    platforms: Column,
    stamp: Stamp,
) -> Filled:
    """Columns completed, stamped and put within their bounds; rows that lack a key are cut."""
    table, n = TABLES[name], len(platforms)
    if "platform" in table.by_name:
        columns["platform"] = platforms
    for moment in {"taken_at", "as_of"} & set(table.key) - set(columns):
        columns[moment] = always(stamp.taken_at, n, table.by_name[moment].arrow.type)
    complete(name, columns, platforms)
    for stamped, value in _provenance(stamp):
        columns[stamped] = always(value, n, table.by_name[stamped].arrow.type)
    full = {c.name: columns.get(c.name, _unknown(n, c)) for c in table}
    for one in table:
        full[one.name], outside = _within(one, full[one.name])
        problems += outside
    kept, missing = _required(table, full, problems)
    kept = _says_something(table, full, kept)
    rows: Any = pa.RecordBatch.from_arrays(
        [pc.filter(full[c.name], kept) for c in table], schema=table.schema
    )
    return Filled(name, rows, kept, full, (*problems, *missing))


def _unknown(n: int, declared: Declared) -> Column:
    return plain(pa.nulls(n, declared.arrow.type))


def _read(target: Target, work: Work) -> tuple[dict[str, Column], list[Problem]]:
    columns: dict[str, Column] = {}
    problems: list[Problem] = []
    for field in target.fields:
        if field.column == "platform":
            continue
        kind = kind_of(target.table, field)
        read = read_column(kind, _texts(work.batch, field), field, work.platforms)
        columns[field.column] = read.values
        problems += [(i, field.column, reason) for i, reason in read.problems]
    return columns, problems


def _texts(batch: RawBatch, field: Field) -> Column:
    """The texts a field is read from: a heading's cells, one constant, or a filled template."""
    if field.heading is not None:
        return batch.column(field.heading)
    if field.constant is not None:
        return always(field.constant, len(batch), pa.string())
    parts = _BRACED.split(field.template or "")
    pieces = [
        batch.column(part) if i % 2 else always(part, len(batch), pa.string())
        for i, part in enumerate(parts)
    ]
    return plain(pc.binary_join_element_wise(*pieces, ""))


def _provenance(stamp: Stamp) -> tuple[tuple[str, Any], ...]:
    return (
        ("source", stamp.load.source),
        ("fetched_at", stamp.load.fetched_at),
        ("basis", stamp.basis),
        ("load_id", stamp.load.load_id),
    )


def _within(declared: Declared, values: Column) -> tuple[Column, list[Problem]]:
    """The column with values outside its declared bounds made NULL, each with its reason."""
    if declared.name in MADE_HERE:
        return values, []
    if declared.one_of:
        inside = pc.is_in(values, value_set=column(declared.one_of, pa.string()))
    elif declared.type == "float64":
        least = LEAST if declared.least is None else declared.least
        most = MOST if declared.most is None else declared.most
        inside = pc.and_(pc.greater_equal(values, least), pc.less_equal(values, most))
    else:
        return values, []
    bad = pc.and_(pc.invert(inside), pc.is_valid(values))
    rows = where(bad)
    if not rows:
        return values, []
    problems = [(i, declared.name, _why_outside(declared, values[i].as_py())) for i in rows]
    return pc.if_else(bad, pa.scalar(None, values.type), values), problems


def _why_outside(declared: Declared, value: object) -> str:
    if declared.one_of:
        return f"{value!r} is not one of {', '.join(declared.one_of)}"
    least = "" if declared.least is None else f" from {declared.least:g}"
    most = "" if declared.most is None else f" to {declared.most:g}"
    return f"{value!r} is outside what is possible{least}{most}"


def _required(
    table: Table, full: dict[str, Column], problems: list[Problem]
) -> tuple[Column, list[Problem]]:
    """Rows that have all the table needs; for the others which field is missing."""
    told = {(i, field) for i, field, _ in problems}
    kept: Any = pc.is_valid(full["load_id"])
    missing: list[Problem] = []
    for declared in table:
        if declared.null_means is not None:
            continue
        valid = pc.is_valid(full[declared.name])
        missing += [
            (i, declared.name, f"nothing is given; {table.name} needs it")
            for i in where(pc.invert(valid))
            if (i, declared.name) not in told
        ]
        kept = pc.and_(kept, valid)
    return kept, missing


def _says_something(table: Table, full: dict[str, Column], kept: Column) -> Column:
    """Rows of counts hold at least one count: "all not known" is no observation."""
    if not table.name.endswith("_snapshots"):
        return kept
    some: Any = pc.is_null(full["load_id"])
    for declared in table:
        if declared.type == "float64":
            some = pc.or_(some, pc.is_valid(full[declared.name]))
    return plain(pc.and_(kept, some))


def _once(rows: Any) -> pa.RecordBatch:
    """The rows without exact repetitions."""
    names = rows.schema.names
    if not len(rows):
        return plain_batch(rows)
    table = pa.Table.from_batches([rows])
    distinct: Any = table.group_by(names, use_threads=False).aggregate([])
    if len(distinct) == len(rows):
        return plain_batch(rows)
    return plain_batch(
        distinct.select(names).cast(rows.schema).combine_chunks().to_batches()[0]
    )
