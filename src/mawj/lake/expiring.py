"""Takes out what loads brought that may be kept for some days only: rows, cells, raw rows.

A row that was fetched again stands under its newest load and stays. A cell that such a load
filled in somebody else's row becomes unknown. Kept runs are left as they are: those are removed
with their age (`clean_up`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ibis import _

from mawj.lake.cleaning import Cleaning
from mawj.lake.duckdb_lake import literal, quoted
from mawj.lake.merging import fillable
from mawj.lake.raw import raw_folder, raw_loads
from mawj.lake.rewriting import Rewriting
from mawj.lake.staging import FILLED
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mawj.lake.lake import Lake
    from mawj.tables.column import Table

RANK_LETTERS = 21
"""Letters of a rank before its load_id; see `merging.row_rank`."""


def expire(lake: Lake, source: str, before: datetime) -> int:
    """Take out what a source's loads of before a moment brought and none brought again.

    Cut off anywhere it is repeated by the next call: the raw rows, which tell what waits, go
    last.

    Args:
        lake: the lake; runs may go on.
        source: as `loads` names it.
        before: loads that were committed earlier are too old.

    Returns:
        How many rows of observed tables went.

    Raises:
        LakeBusy: a table is being written for too long; call again.
    """
    table = lake.read("loads")
    old = table.filter((table.source == source) & (_.loaded_at < before)).select("load_id")
    waiting = sorted({*old.to_pyarrow()["load_id"].to_pylist()} & {*raw_loads(lake)})
    if not waiting:
        return 0
    work = Rewriting(lake)
    with lake.duck.passing():
        for name, declared in TABLES.items():
            folder = lake.observed_folder(name)
            is_of_loads = declared.is_lasting and "load_id" in declared.by_name
            snapshot = folder.snapshot() if is_of_loads and name != "loads" else None
            if snapshot is not None:
                cleaning = _cleaning(declared, snapshot.schema.names, waiting)
                work.clean(folder, cleaning, f"observed/{name}", f"observed/{name}")
    for load_id in waiting:
        raw_folder(lake, load_id).place.remove_all()
    return sum(one.n_removed for one in work.done)


def _cleaning(table: Table, names: Sequence[str], load_ids: Sequence[str]) -> Cleaning:
    ids = ", ".join(map(literal, load_ids))
    is_gone = f"coalesce({quoted('load_id')} IN ({ids}), false)"
    if FILLED not in names:
        return Cleaning(is_gone, "false", tuple(map(quoted, names)))
    filled, cells = quoted(FILLED), set(fillable(table))

    def is_old(rank: str) -> str:
        return f"coalesce(substr({rank}, {RANK_LETTERS + 1}) IN ({ids}), false)"

    def item(name: str) -> str:
        if name not in cells:
            return quoted(name)
        hit = is_old(f"{filled}[{literal(name)}]")
        return f"CASE WHEN {hit} THEN NULL ELSE {quoted(name)} END AS {quoted(name)}"

    kept = f"list_filter(map_entries({filled}), lambda e: NOT {is_old('e.value')})"
    rest = f"CASE WHEN len({kept}) > 0 THEN map_from_entries({kept}) END AS {filled}"
    is_touched = f"len(list_filter(map_values({filled}), lambda r: {is_old('r')})) > 0"
    items = tuple(rest if name == FILLED else item(name) for name in names)
    return Cleaning(is_gone, f"coalesce({is_touched}, false)", items)
