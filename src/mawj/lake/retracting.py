"""Takes out what a source took back: posts, acts, follows, whole accounts, and their raw rows.

Unlike `erase` it keeps nobody out for good and leaves kept runs as they are: those are removed
with their age (`clean_up`). A row goes when the record is what it is about or what made it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.lake.cleaning import ERASED_IDS, Cleaning
from mawj.lake.duckdb_lake import quoted
from mawj.lake.raw import ACCOUNT_IDS, raw_folder
from mawj.lake.rewriting import Rewriting
from mawj.lake.suppression import fill_erased_ids
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mawj.lake.lake import Lake
    from mawj.tables.column import Table

RECORDS = ("post_id", "comment_id", "record_id", "via_post_id", "repost_of_post_id")
ACCOUNTS = ("account_id", "follower_id", "followed_id", "actor_id", "target_id", "owner_id")


def retract(lake: Lake, ids: Iterable[str], load_ids: Iterable[str]) -> int:
    """Take records and accounts out of the observed tables and of raw rows.

    Args:
        lake: the lake; runs may go on.
        ids: `platform:native` of posts, acts, follows or accounts.
        load_ids: the loads whose raw rows are looked through.

    Returns:
        How many rows of observed tables went.

    Raises:
        LakeBusy: a table is being written for too long; call again.
    """
    work = Rewriting(lake)
    with lake.duck.passing():
        fill_erased_ids(lake.duck, sorted(set(ids)))
        for name, table in TABLES.items():
            is_observed = table.is_lasting and "basis" in table.by_name
            folder = lake.observed_folder(name)
            snapshot = folder.snapshot() if is_observed or name == "rejected" else None
            if snapshot is None:
                continue
            cleaning = _cleaning(table, snapshot.schema.names)
            work.clean(folder, cleaning, f"observed/{name}", f"observed/{name}")
        n_gone = sum(one.n_removed for one in work.done)
        for load_id in load_ids:
            _raw(work, load_id)
    return n_gone


def _cleaning(table: Table, names: Sequence[str]) -> Cleaning:
    own = [name for name in (*RECORDS, *ACCOUNTS) if name in table.by_name and name in names]
    tests = [_is_one(quoted(name)) for name in own]
    if table.name == "rejected":
        # What could not be read has no columns to look at; the native id stands in its text.
        tests.append(
            f"EXISTS (SELECT 1 FROM {ERASED_IDS} WHERE "
            "contains(record, substr(id, strpos(id, ':') + 1)))"
        )
    return Cleaning(_any(tests), "false", tuple(map(quoted, names)))


def _raw(work: Rewriting, load_id: str) -> None:
    folder = raw_folder(work.lake, load_id)
    snapshot = folder.snapshot()
    if snapshot is None or "record_id" not in snapshot.schema.names:
        return
    tests = [_is_one("record_id")]
    if ACCOUNT_IDS in snapshot.schema.names:
        gone = f"list_has_any({ACCOUNT_IDS}, (SELECT list(id) FROM {ERASED_IDS}))"
        tests.append(f"coalesce({gone}, false)")
    cleaning = Cleaning(_any(tests), "false", tuple(map(quoted, snapshot.schema.names)))
    if work.clean(folder, cleaning, f"raw/{load_id}") is not None:
        folder.vacuum(0, [])


def _is_one(cell: str) -> str:
    return f"coalesce({cell} IN (SELECT id FROM {ERASED_IDS}), false)"


def _any(tests: Sequence[str]) -> str:
    return f"({' OR '.join(tests)})" if tests else "false"
