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
    origins = _by_origin(table, rows)
    best_first = ibis.window(
        group_by=list(table.key), order_by=[origins["_rank"].desc(), origins["_seen"]]
    )
    # The place of a row among those of its key: numbers compare faster than ranks.
    placed = origins.mutate(_place=ibis.row_number().over(best_first))
    folded = placed.group_by(list(table.key)).agg(**_chosen(table, placed))
    return _unfolded(table, folded)


def row_rank(rows: ir.Table) -> Any:
    """A text that sorts as the rank of a row: basis, fetched_at, load_id."""
    basis = rows["basis"].cases(
        *((name, str(len(BASES) - place)) for place, name in enumerate(BASES)), else_="0"
    )
    moment = rows["fetched_at"].strftime("%Y%m%d%H%M%S%f")
    return basis + moment + rows["load_id"]


def _by_origin(table: Table, rows: ir.Table) -> ir.Table:
    """The rows as they were before they were filled: a row, and one for each that filled it.

    The latter hold the filled cells alone; ranked lower, they never give a row its provenance.
    """
    may_fill = fillable(table)
    rest = [name for name in table.names if name not in may_fill]
    cells = {name: _unless_filled(rows, name) for name in may_fill}
    own = rows.select(*rest, "_seen", _rank=row_rank(rows), **cells)
    filled = rows.filter(rows[FILLED].notnull())
    filled = filled.mutate(_rank=filled[FILLED].values().unique().unnest())
    cells = {name: _if_filled_here(filled, name) for name in may_fill}
    others = filled.select(*rest, "_seen", "_rank", **cells)
    return own.union(others.select(own.columns))


def _unless_filled(rows: ir.Table, name: str) -> Any:
    nothing = ibis.null(rows[name].type())
    return ibis.ifelse(rows[FILLED].get(name).isnull(), rows[name], nothing)


def _if_filled_here(rows: ir.Table, name: str) -> Any:
    nothing = ibis.null(rows[name].type())
    return ibis.ifelse(rows[FILLED].get(name) == rows["_rank"], rows[name], nothing)


def _chosen(table: Table, rows: ir.Table) -> dict[str, Any]:
    """The aggregates: the best row, and of each fillable column its best known cell."""
    may_fill = fillable(table)
    whole = [name for name in table.names if name not in may_fill and name not in table.key]
    chosen: dict[str, Any] = {name: rows[name].argmin(rows["_place"]) for name in whole}
    for name in may_fill:
        known = rows[name].notnull()
        chosen[name] = rows[name].argmin(rows["_place"], where=known)
        chosen[f"_place_{name}"] = rows["_place"].min(where=known)
    chosen["_ranks"] = ibis.map(rows["_place"].collect(), rows["_rank"].collect())
    return chosen


def _unfolded(table: Table, folded: ir.Table) -> ir.Table:
    """The stored columns, with the rank of each cell that is not of the best row."""
    # Places count from 0, the best row's.
    best = folded["_ranks"].get(ibis.literal(0, "int64"))
    origins = [
        ibis.struct(
            {
                "column": ibis.literal(name),
                # Of equal rank with the row is as good as of the row itself.
                "rank": folded["_ranks"].get(folded[f"_place_{name}"]).nullif(best),
            }
        )
        for name in fillable(table)
    ]
    columns = [folded[name] for name in table.names]
    nothing = ibis.null("map<string, string>")
    if not origins:
        return folded.select(*columns, **{FILLED: nothing})
    elsewhere = ibis.array(origins).filter(lambda origin: origin["rank"].notnull())
    filled = ibis.map(
        elsewhere.map(lambda origin: origin["column"]),
        elsewhere.map(lambda origin: origin["rank"]),
    )
    is_filled = elsewhere.length() > 0
    return folded.select(*columns, **{FILLED: ibis.ifelse(is_filled, filled, nothing)})


def _last_wins(table: Table, rows: ir.Table) -> ir.Table:
    row = ibis.struct({name: rows[name] for name in table.names})
    last = rows.group_by(list(table.key)).agg(_row=row.argmax(rows["_seen"]))
    return last.select(**{name: last["_row"][name] for name in table.names})
