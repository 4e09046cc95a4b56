"""The queries of a load, as expressions over named tables; each is compiled once a process.

staged      the rows that came in, with `_seen`, their place in the stream from 1
stored      the rows of the newest version, with `filename`
digests     one row a staged row: digest of the key, digest of the row, `_seen`
kinds       one row a key digest: new, same or contested, and its first `_seen`
contested   staged and stored rows of contested keys; `_seen` 0 for stored ones
bucket      some of them
merged      one row a key of the bucket
outcomes    the same beside what was stored: `fate` new, changed or same, and `filename`
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import ibis

from mawj.lake.contracts import hash_of, key_hash
from mawj.lake.merging import merged
from mawj.lake.staging import FILLED, stored_schema
from mawj.tables.declared import table_named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import ibis.expr.types as ir

    from mawj.tables.column import Table

DIGESTS = {"_seen": "int64", "key_digest": "int64", "row_digest": "int64"}
KINDS = {"key_digest": "int64", "_seen": "int64", "kind": "string"}


@cache
def sql_of(step: str, table_name: str) -> str:
    """The SQL of one step of a load into one table."""
    return str(ibis.to_sql(STEPS[step](table_named(table_name)), dialect="duckdb"))


def _named(name: str, table: Table, extra: Mapping[str, str] | None = None) -> ir.Table:
    """An input called `name` with the stored columns of the table."""
    columns = dict(ibis.Schema.from_pyarrow(stored_schema(table)).items())
    return ibis.table({**columns, **(extra or {})}, name=name)


def _staged(table: Table) -> ir.Table:
    return _named("staged", table, {"_seen": "int64"})


def _stored(table: Table) -> ir.Table:
    return _named("stored", table, {"filename": "string"})


def _contested_rows(name: str, table: Table) -> ir.Table:
    extra = {"_seen": "int64", "filename": "string", "key_digest": "int64"}
    return _named(name, table, extra)


def digests(table: Table) -> ir.Table:
    """One row a staged row."""
    rows = _staged(table)
    return rows.select(
        "_seen", key_digest=key_hash(table, rows), row_digest=hash_of(rows, table.names)
    )


def kinds(table: Table) -> ir.Table:
    """One row a key digest.

    Digests may collide: a row counts as new only when no stored key has its digest, and as the
    same only when the digests of key and row agree; all else is contested and settled by the
    keys themselves.
    """
    rows = ibis.table(DIGESTS, name="digests")
    keys = rows.group_by("key_digest").agg(
        _seen=rows["_seen"].min(), low=rows["row_digest"].min(), high=rows["row_digest"].max()
    )
    stored = _stored(table)
    is_plain: Any = ibis.literal(True)
    if FILLED in stored.columns:
        # A row with filled cells is not what any load brought: it takes the long way.
        is_plain = stored[FILLED].isnull()
    known = stored.select(
        key_digest=key_hash(table, stored),
        row_digest=hash_of(stored, table.names),
        is_plain=is_plain,
    ).semi_join(keys, "key_digest")
    known = known.group_by("key_digest").agg(
        n_stored=known.count(),
        stored=known["row_digest"].min(),
        is_plain=known["is_plain"].all(),
    )
    both = keys.left_join(known, "key_digest")
    is_one = both["low"] == both["high"]
    is_same = (
        is_one & (both["n_stored"] == 1) & both["is_plain"] & (both["stored"] == both["low"])
    )
    kind = ibis.cases(
        (is_one & both["n_stored"].isnull(), "new"), (is_same, "same"), else_="contested"
    )
    return both.select("key_digest", "_seen", kind=kind)


def contested(table: Table) -> ir.Table:
    """Staged and stored rows of contested keys; a row repeated word for word counts once."""
    rows, told_apart = ibis.table(DIGESTS, name="digests"), ibis.table(KINDS, name="kinds")
    open_keys = told_apart.filter(told_apart["kind"] == "contested").select("key_digest")
    firsts = rows.semi_join(open_keys, "key_digest")
    firsts = firsts.group_by(["key_digest", "row_digest"]).agg(_seen=firsts["_seen"].min())
    staged, stored = _staged(table), _stored(table)
    columns = [*stored_schema(table).names, "_seen", "filename", "key_digest"]
    came = staged.inner_join(firsts.select("_seen", "key_digest"), "_seen").mutate(
        filename=ibis.null("string")
    )
    stored = stored.mutate(key_digest=key_hash(table, stored), _seen=ibis.literal(0, "int64"))
    known = stored.semi_join(open_keys, "key_digest")
    return came.select(columns).union(known.select(columns))


def merged_bucket(table: Table) -> ir.Table:
    """One row a key of the bucket."""
    return merged(table, _contested_rows("bucket", table))


def outcomes(table: Table) -> ir.Table:
    """The merged rows beside what was stored."""
    names = stored_schema(table).names
    bucket = _contested_rows("bucket", table)
    before = bucket.filter(bucket["_seen"] == 0)
    before = before.select(*table.key, "filename", before=hash_of(before, names))
    after = _named("merged", table)
    after = after.mutate(after=hash_of(after, names))
    both = after.left_join(before, list(table.key))
    fate = ibis.cases(
        (both["before"].isnull(), "new"), (both["before"] == both["after"], "same"),
        else_="changed",
    )  # fmt: skip
    return both.select(*names, "filename", fate=fate)


def additions(table: Table) -> ir.Table:
    """All rows of the new files: new, changed, and what stays of files taken out."""
    told_apart = ibis.table(KINDS, name="kinds")
    fates = _named("outcomes", table, {"filename": "string", "fate": "string"})
    names = stored_schema(table).names
    staged, stored = _staged(table), _stored(table)
    plain = staged.semi_join(told_apart.filter(told_apart["kind"] == "new"), "_seen")
    changed = fates.filter(fates["fate"] == "changed")
    rest = stored.semi_join(changed, "filename").anti_join(changed, list(table.key))
    moved = fates.filter(fates["fate"] != "same")
    return ibis.union(*(rows.select(names) for rows in (plain, moved, rest)))


STEPS: Mapping[str, Callable[[Table], ir.Table]] = {
    "digests": digests,
    "kinds": kinds,
    "contested": contested,
    "merged": merged_bucket,
    "outcomes": outcomes,
    "additions": additions,
}
