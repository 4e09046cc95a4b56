"""What sources took back: noted with the page that says so, kept out, and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pyarrow as pa
from ibis import _

from mawj.flow.accounts import rows
from mawj.lake.retracting import retract
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mawj.lake.lake import Lake
    from mawj.sources.live.live import Item, Whole

OWN = {
    "posts": ("account_id", "post_id", "published_at"),
    "follows": ("follower_id", "record_id", None),
    "interactions": ("actor_id", "record_id", "at"),
    "listings": ("owner_id", "record_id", None),
}
"""In which tables an account's own records stand: the columns of the account, of the id, and of
when it was done where that tells what belongs to a span of time."""


def note_taken_back(lake: Lake, source: str, ids: Iterable[str], now: datetime) -> int:
    """Remember what was taken back; how much there was. It is taken out by `take_out`."""
    told = [
        {"record_id": one, "source": source, "taken_back_at": now, "done_at": None}
        for one in sorted(set(ids))
    ]
    if told:
        schema = TABLES["taken_back"].schema
        lake.upsert("taken_back", pa.Table.from_pylist(told, schema=schema))
    return len(told)


def without_taken_back(
    lake: Lake, items: list[Item], removed: set[str], *, is_now: bool = False
) -> list[Item]:
    """The items that nobody took back: a page that comes late must not bring them again.

    `is_now`: the source shows them at this moment; what was hidden once is there again.
    """
    ids = [item.record_id for item in items if item.record_id]
    if is_now or not ids or not lake.has("taken_back"):
        return [item for item in items if item.record_id not in removed]
    table = lake.read("taken_back")
    found = rows(table.filter(table.record_id.isin(ids)).select("record_id"))
    gone = removed | {row["record_id"] for row in found}
    return [item for item in items if item.record_id not in gone]


def vanished(lake: Lake, whole: Whole, before: datetime) -> set[str]:
    """Ids stored of an account that it holds no more.

    Args:
        lake: where they are stored.
        whole: all that the account held at some moment after `before`.
        before: what was stored later may be younger than `whole`, and stays.
    """
    gone: set[str] = set()
    for name, (owner, own, when) in OWN.items():
        if whole.since is not None and when is None:
            continue
        table = lake.read(name)
        mine = table.filter(
            (table[owner] == whole.account_id) & table[own].notnull() & (_.fetched_at < before)
        )
        if whole.since is not None:
            mine = mine.filter(mine[when] > whole.since)
        found = {row["id"] for row in rows(mine.select(id=table[own]))}
        gone |= found - whole.record_ids
    return gone


def _held_by(lake: Lake, ids: set[str]) -> set[str]:
    """Ids of what the accounts among `ids` hold: counts of a post name it, not its author."""
    held: set[str] = set()
    owners = ibis.memtable({"owner": sorted(ids)})
    for name, (owner, own, _when) in OWN.items():
        table = lake.read(name).filter(_[own].notnull())
        mine = table.semi_join(owners, table[owner] == owners.owner)
        held |= {row["id"] for row in rows(mine.select(id=mine[own]))}
    return held


def stored_posts(lake: Lake, source: str) -> tuple[str, ...]:
    """The native ids of the posts that a source brought, so that it can be asked about them."""
    posts = lake.read("posts")
    found = rows(posts.filter(posts.source == source).select("post_id"))
    return tuple(sorted(row["post_id"].partition(":")[2] for row in found))


def take_out(lake: Lake, source: str, now: datetime) -> int:
    """Take out what waits; how many rows of observed tables went.

    Raises:
        LakeBusy: a table is being written for too long; what waits goes on waiting.
    """
    table = lake.read("taken_back")
    waiting = rows(table.filter((table.source == source) & table.done_at.isnull()))
    if not waiting:
        return 0
    loads = lake.read("loads")
    own = rows(loads.filter(loads.source == source).select("load_id"))
    ids = {row["record_id"] for row in waiting}
    n_gone = retract(lake, ids | _held_by(lake, ids), [row["load_id"] for row in own])
    done = [row | {"done_at": now} for row in waiting]
    schema = TABLES["taken_back"].schema
    lake.upsert("taken_back", pa.Table.from_pylist(done, schema=schema))
    return n_gone
