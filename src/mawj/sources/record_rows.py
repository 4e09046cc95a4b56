"""Rows that a ready function makes of each record, gathered into columns and checked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.sources.arrow import column
from mawj.sources.filling import Filled, Stamp, finish
from mawj.sources.pieces import Load, Piece, RawRows, Rejections, TableBatch
from mawj.sources.raw import RawBatch, Record, Rejection
from mawj.sources.ready.ready import Fault, Further, RecordMapping
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCOUNT_ENDINGS = (
    "account_id",
    "follower_id",
    "followed_id",
    "actor_id",
    "target_id",
    "owner_id",
)


@dataclass
class _Gathered:
    """What the records of one batch gave.

    Attributes:
        rows: by table and basis, then by key, the row and the records (by place in the batch)
            that gave it.
        faults: (place, field, reason).
        accounts: for each record the accounts that its rows name.
        further: records that rightly give no row.
    """

    rows: dict[tuple[str, str], dict[tuple[Any, ...], tuple[dict[str, Any], list[int]]]] = (
        field(default_factory=dict)
    )
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    accounts: list[dict[str, None]] = field(default_factory=list)
    further: set[int] = field(default_factory=set)


def record_pieces(batch: RawBatch, mapping: RecordMapping, load: Load) -> Iterator[Piece]:
    """The pieces of one batch: rows of each table, rejections, and the records as they came.

    Within the batch rows of one key are joined: what the first leaves open the next fills.
    """
    if not len(batch):
        yield Rejections(batch.rejections, len(batch.rejections), len(batch.rejections))
        return
    records = batch.records if batch.records is not None else _cells(batch)
    gathered = _gather(records, mapping, load)
    if mapping.keep is not None:
        batch = replace(batch, cells=None, records=[mapping.keep(one) for one in records])
    gave = set(gathered.further)
    for (table, basis), rows in gathered.rows.items():
        stamp = Stamp(load, basis, load.taken_at)
        filled, places = _finished(table, list(rows.values()), stamp)
        if len(filled.rows):
            yield TableBatch(table, filled.rows)
        gave |= {
            p
            for kept, ps in zip(filled.kept.to_pylist(), places, strict=True)
            if kept
            for p in ps
        }
        gathered.faults += [(places[i][0], name, why) for i, name, why in filled.problems]
    rejected = _rejections(batch, gathered)
    lost = len(batch) - len(gave) + len(batch.rejections)
    if rejected or batch.rejections:
        yield Rejections((*batch.rejections, *rejected), lost, len(batch.rejections))
    accounts = column([list(one) for one in gathered.accounts], pa.list_(pa.string()))
    yield RawRows(batch.as_table(accounts))


def _cells(batch: RawBatch) -> list[Record]:
    assert batch.cells is not None
    rows: list[Record] = batch.cells.to_pylist()
    return rows


def _gather(records: list[Record], mapping: RecordMapping, load: Load) -> _Gathered:
    found = _Gathered()
    for place, record in enumerate(records):
        named: dict[str, None] = {}
        n_made = 0
        for made in mapping.make(record, mapping.taken_at or load.taken_at):
            if isinstance(made, Fault):
                found.faults.append((place, made.field, made.reason))
                continue
            n_made += 1
            if isinstance(made, Further):
                found.further.add(place)
                continue
            of_basis = found.rows.setdefault((made.table, made.basis or mapping.basis), {})
            _add(of_basis, made.table, made.row, place)
            named |= {v: None for k, v in made.row.items() if v and k.endswith(ACCOUNT_ENDINGS)}
        if not n_made and (not found.faults or found.faults[-1][0] != place):
            found.faults.append((place, "", f"holds nothing that {mapping.name} reads"))
        found.accounts.append(named)
    return found


def _add(rows: dict[Any, Any], table: str, row: dict[str, Any], place: int) -> None:
    key = tuple(row.get(name) for name in TABLES[table].key)
    if None in key:
        # A row without its key is told apart by all it holds, so that its fault is told.
        key = (place, *sorted((name, str(value)) for name, value in row.items()))
    known = rows.get(key)
    if known is None:
        rows[key] = (dict(row), [place])
        return
    known[1].append(place)
    for name, value in row.items():
        if known[0].get(name) is None:
            known[0][name] = value


def _finished(
    table: str, rows: list[tuple[dict[str, Any], list[int]]], stamp: Stamp
) -> tuple[Filled, list[list[int]]]:
    declared = TABLES[table]
    named = {name for row, _ in rows for name in row}
    columns = {
        one.name: column([row.get(one.name) for row, _ in rows], one.arrow.type)
        for one in declared
        if one.name in named
    }
    platforms = column([_platform(row) for row, _ in rows], pa.string())
    return finish(table, columns, [], platforms, stamp), [places for _, places in rows]


def _platform(row: dict[str, Any]) -> str | None:
    """The platform of a row: as said, or before the colon of one of its ids."""
    if row.get("platform"):
        return str(row["platform"])
    ids = (value for name, value in row.items() if name.endswith("_id") and value)
    return next((str(one).split(":", 1)[0] for one in ids), None)


def _rejections(batch: RawBatch, gathered: _Gathered) -> list[Rejection]:
    found: dict[tuple[int, str], str] = {}
    for place, name, reason in gathered.faults:
        key = (place, name)
        found[key] = f"{found[key]}; {reason}" if key in found else reason
    return [
        Rejection(batch.numbers[place], name, reason, batch.record_json(place))
        for (place, name), reason in sorted(found.items())
    ]
