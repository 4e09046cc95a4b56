"""Input as it came, kept under its load, so that stored rows can be traced and made again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyarrow as pa

from mawj.lake.delta import CommitLost, DeltaFolder
from mawj.lake.reading import scan
from mawj.lake.staging import batches_of, write_files
from mawj.tables.errors import LakeBusy, NotFound, TableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import ibis.expr.types as ir

    from mawj.lake.lake import Lake

TRIES = 50
ROW, ACCOUNT_IDS = "row", "account_ids"
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


def raw_folder(lake: Lake, load_id: str) -> DeltaFolder:
    """Where the raw rows of a load lie.

    Raises:
        TableError: `load_id` cannot be the name of a folder.
    """
    if not SAFE_NAME.fullmatch(load_id):
        raise TableError(
            f"load_id {load_id!r} cannot name a folder: use at most 128 letters, digits, dots, "
            "dashes and underscores, a letter or digit first"
        )
    return DeltaFolder(lake.root / f"raw/{load_id}")


def keep_raw(
    lake: Lake, load_id: str, rows: pa.Table | pa.RecordBatch | Iterable[pa.RecordBatch]
) -> int:
    """Store the rows of one load as they came, in one commit; how many are stored.

    Columns: `row` (int64, from 1), any text columns as read (or one `record`, JSON), and where
    known `account_ids` (list of texts), the accounts that the row speaks of, by which it is
    found when a person is erased. Raw rows that are there already stay: a `load_id` is a digest
    of its content.
    """
    folder = raw_folder(lake, load_id)
    if folder.version() is None:
        store_raw(lake, folder, rows)
    snapshot = folder.snapshot()
    return snapshot.n_rows if snapshot else 0


def store_raw(
    lake: Lake, folder: DeltaFolder, rows: pa.Table | pa.RecordBatch | Iterable[pa.RecordBatch]
) -> None:
    """Write the rows; another process that stored the same load first wins."""
    batches = batches_of(rows)
    first = next(batches, None)
    if first is None:
        return
    schema = _schema(first.schema)
    with lake.duck.passing():
        files, _ = write_files(_same(first, batches, schema), schema, lake.scratch)
        lake.duck.own(files)
        for _ in range(TRIES):
            listed = lake.suppressed.version()
            clean = lake.suppressed.clean_raw(files, schema)
            parts = [folder.take_in(file) for file in clean]
            try:
                folder.create(schema, parts)
            except CommitLost:
                folder.drop(parts)
            if lake.suppressed.version() == listed:
                return
            # Somebody was erased meanwhile, perhaps before these rows could be seen.
            folder.place.remove_all()
    raise LakeBusy("persons are being erased without a pause; try again")


def _schema(found: pa.Schema) -> pa.Schema:
    fields = []
    for field in found:
        wanted = {ROW: pa.int64(), ACCOUNT_IDS: pa.list_(pa.string())}.get(
            field.name, pa.string()
        )
        if field.type not in (wanted, pa.null()):
            raise TableError(
                f"raw column {field.name!r} must be {wanted}, not {field.type}: raw rows are "
                "kept as the text that was read"
            )
        fields.append(pa.field(field.name, wanted))
    if ROW not in found.names:
        raise TableError(f"raw rows need a column {ROW!r} with the row number in the file")
    return pa.schema(fields)


def _same(
    first: pa.RecordBatch, others: Iterator[pa.RecordBatch], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    yield first.cast(schema)
    for batch in others:
        if batch.schema.names != schema.names:
            raise TableError(
                f"raw rows changed columns from {schema.names} to {batch.schema.names}; put "
                "the whole record into one JSON column `record` instead"
            )
        yield batch.cast(schema)


def read_raw(lake: Lake, load_id: str) -> ir.Table:
    """The raw rows of a load.

    Raises:
        NotFound: no raw rows are kept under that name.
    """
    folder = raw_folder(lake, load_id)
    snapshot = folder.snapshot()
    if snapshot is None:
        raise NotFound(f"no raw rows are kept under {load_id!r}; `mawj lake` lists the loads")
    return scan(lake.duck, folder, snapshot)


def raw_loads(lake: Lake) -> list[str]:
    """Names of the loads whose raw rows are kept."""
    return (lake.root / "raw").folders()
