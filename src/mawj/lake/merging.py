"""Which value stays when rows with one key meet.

Every cell has a rank: the basis of the row it came from (first party before public before
typed in before estimated), then its `fetched_at`, then its `load_id` (so that the order of
loads never matters), then what was stored or seen first. The highest ranked known value of each
column stays; the row's own provenance is that of the highest ranked row. A cell filled from a
lower row keeps that row's rank in `_filled`, so a row between the two can still replace it.

Tables without provenance (loads, rejected): the later row replaces the earlier one whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis

from mawj.lake.staging import FILLED
from mawj.tables.observed import BASES, PROVENANCE

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from mawj.tables.column import Table

SEEN_DIGITS = 18
PROVENANCE_NAMES = tuple(column.name for column in PROVENANCE)


def has_provenance(table: Table) -> bool:
    """True where rows say how they came to us."""
    return "basis" in table.by_name


def fillable(table: Table) -> tuple[str, ...]:
    """Columns whose unknown value may be filled from another row."""
    return tuple(
        column.name
        for column in table
        if column.null_means is not None and column.name not in PROVENANCE_NAMES
    )


def merged(table: Table, rows: ir.Table) -> ir.Table:
    """One row a key of `rows`, which have `_seen`: 0 for stored rows, then 1, 2, … in order.

    Returns:
        The stored columns of the table, `_filled` last where it has provenance.
    """
    if not has_provenance(table):
        return _last_wins(table, rows)
    ranked = rows.mutate(_rank=row_rank(rows))
    ranked = ranked.mutate(_order=ranked["_rank"] + _earliness(ranked["_seen"]))
    folded = ranked.group_by(list(table.key)).agg(**_chosen(table, ranked))
    return _unfolded(table, folded)


def row_rank(rows: ir.Table) -> Any:
    """A text that sorts as the rank of a row: basis, fetched_at, load_id."""
    basis = rows["basis"].cases(
        *((name, str(len(BASES) - place)) for place, name in enumerate(BASES)), else_="0"
    )
    moment = rows["fetched_at"].strftime("%Y%m%d%H%M%S%f")
    return basis + moment + rows["load_id"]


def _earliness(seen: Any) -> Any:
    """A text of fixed width that is greater for what was seen earlier."""
    return (10**SEEN_DIGITS - 1 - seen).cast("string").lpad(SEEN_DIGITS, "0")


def _chosen(table: Table, rows: ir.Table) -> dict[str, Any]:
    """The aggregates: the best row whole, and for each fillable column its best known cell."""
    may_fill = fillable(table)
    whole = [name for name in table.names if name not in may_fill and name not in table.key]
    row = ibis.struct({name: rows[name] for name in (*whole, "_rank")})
    chosen: dict[str, Any] = {"_row": row.argmax(rows["_order"])}
    for name in may_fill:
        rank = rows[FILLED].get(name).coalesce(rows["_rank"])
        cell = ibis.struct({"value": rows[name], "rank": rank})
        chosen[f"_cell_{name}"] = cell.argmax(
            rank + _earliness(rows["_seen"]), where=rows[name].notnull()
        )
    return chosen


def _unfolded(table: Table, folded: ir.Table) -> ir.Table:
    row = folded["_row"]
    may_fill = fillable(table)
    columns = {}
    for name in table.names:
        if name in table.key:
            columns[name] = folded[name]
        elif name in may_fill:
            columns[name] = folded[f"_cell_{name}"]["value"]
        else:
            columns[name] = row[name]
    origins = [_origin(name, folded[f"_cell_{name}"], row["_rank"]) for name in may_fill]
    if not origins:
        return folded.select(**columns, **{FILLED: ibis.null("map<string, string>")})
    elsewhere = ibis.array(origins).filter(lambda origin: origin["rank"].notnull())
    filled = ibis.map(
        elsewhere.map(lambda origin: origin["column"]),
        elsewhere.map(lambda origin: origin["rank"]),
    )
    return folded.select(
        **columns,
        **{FILLED: ibis.ifelse(elsewhere.length() > 0, filled, ibis.null(filled.type()))},
    )


def _origin(name: str, cell: Any, rank: Any) -> Any:
    """The rank of a cell where it is not that of its row."""
    return ibis.struct({"column": ibis.literal(name), "rank": cell["rank"].nullif(rank)})


def _last_wins(table: Table, rows: ir.Table) -> ir.Table:
    row = ibis.struct({name: rows[name] for name in table.names})
    last = rows.group_by(list(table.key)).agg(_row=row.argmax(rows["_seen"]))
    return last.select(**{name: last["_row"][name] for name in table.names})
