"""Tables of Mawj itself, as files: columns named and ids written as `docs/tables.md` says.

So that what was exported or made up comes back through the same door as anything else. The
file is its own provenance: `source`, `fetched_at` and `load_id` are those of the new load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.sources.mapping import MADE_HERE, TARGETS, Field, Mapping, Target
from mawj.sources.names import platforms_of
from mawj.sources.ready.ready import Ready
from mawj.tables.declared import TABLES
from mawj.tables.observed import BASES

if TYPE_CHECKING:
    from mawj.sources.raw import RawFile

_OWN_IDS = ("account_id", "post_id", "comment_id", "follower_id", "actor_id")


def detect(raw: RawFile) -> bool:
    """All headings are columns of one table, its key among them, and ids carry a platform."""
    return _table(raw) is not None


def mapping(raw: RawFile) -> Mapping:
    """Every column from the heading of its own name."""
    table = _table(raw) or TARGETS[0]
    columns = [name for name in raw.headings if name not in MADE_HERE]
    fields = tuple(Field(name, heading=name, kind=_kind(name)) for name in columns)
    told = set(raw.first.column("basis").to_pylist()) if "basis" in raw.headings else set()
    basis = told.pop() if len(told) == 1 and told <= set(BASES) else "public"
    return Mapping((Target(table, fields),), f"own_tables: {table}", basis=str(basis))


def _kind(name: str) -> str:
    """Native ids may be addresses (at://…) and are taken as they stand."""
    return "text" if name.endswith("_id") else ""


def _table(raw: RawFile) -> str | None:
    headings = set(raw.headings)
    for name in TARGETS:
        table = TABLES[name]
        needed = {c.name for c in table if c.null_means is None} - MADE_HERE
        if needed <= headings <= set(table.names) and _ids_are_ours(raw, name):
            return name
    return None


def _ids_are_ours(raw: RawFile, table: str) -> bool:
    first = next(name for name in _OWN_IDS if name in TABLES[table].by_name)
    ids = [one for one in raw.first.column(first).to_pylist() if one]
    return bool(ids) and all(":" in one for one in ids) and None not in platforms_of(ids)


READY = Ready(
    "own_tables",
    "files with the columns of one of Mawj's own tables",
    detect,
    mapping,
)
