"""Storing what was read: raw rows first, observed tables next, the note of the load last."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from ibis import _

from mawj.flow.accounts import rows
from mawj.sources.rows import RawRows, Rejections, TableBatch
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from mawj.lake.lake import Lake


@dataclass
class Loaded:
    """What a load did: rows read, kept and set aside; rows new, changed and same by table.

    `notes` say what to know of such a file: what is left out, on what footing it may be kept.
    """

    load_id: str
    file: str
    how: str
    was_known: bool = False
    is_dry: bool = False
    n_rows: int = 0
    n_rejected: int = 0
    n_lost: int = 0
    first_reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tables: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class LoadNote:
    """What the `loads` table is told of one load.

    Attributes:
        content: the mapping, as JSON holds it.
        source: provenance written on the rows; "" for "file:<name>".
        at: when it was read.
    """

    content: Any
    source: str
    at: datetime


def store(lake: Lake, pieces: Iterable[Any], done: Loaded, note: LoadNote) -> None:
    """Read all pieces to scratch, then store them; nothing where `done` is a dry run.

    The raw rows are kept first, then the observed tables, and the note of the load last: a load
    that was cut off has no note, and doing it again goes on where it stopped.

    Raises:
        SourceError: where the pieces break off; nothing is stored of them.
        LakeBusy: when another writer holds a table for too long.
    """
    with TemporaryDirectory(prefix="mawj-load-") as folder, ExitStack() as open_files:
        spool = _Spool(Path(folder), open_files)
        _spool(pieces, spool, done, note.at)
        open_files.close()
        if not done.is_dry:
            _store(lake, spool, done)
            _note(lake, done, note)


def is_known(lake: Lake, load_id: str) -> bool:
    """Whether a load of that name was noted, which says that it is whole."""
    found = lake.read("loads").filter(_.load_id == load_id).select("load_id").limit(1)
    return bool(rows(found))


class _Spool:
    """Rows on their way, one Parquet file a table, so that memory stays small."""

    def __init__(self, folder: Path, open_files: ExitStack) -> None:
        self._folder, self._open_files = folder, open_files
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._schemas: dict[str, pa.Schema] = {}

    def write(self, name: str, batch: pa.RecordBatch | pa.Table) -> None:
        """Add rows to the file called `name`."""
        if name not in self._writers:
            path = self._folder / f"{name}.parquet"
            writer = pq.ParquetWriter(path, batch.schema, compression="zstd")
            self._writers[name] = self._open_files.enter_context(writer)
            self._schemas[name] = batch.schema
        table = pa.Table.from_batches([batch]) if isinstance(batch, pa.RecordBatch) else batch
        self._writers[name].write_table(table.cast(self._schemas[name]))

    def names(self) -> list[str]:
        """The files that hold rows."""
        return list(self._writers)

    def batches(self, name: str) -> Iterator[pa.RecordBatch]:
        """The rows of one file, in batches."""
        return pq.ParquetFile(self._folder / f"{name}.parquet").iter_batches()


def _spool(pieces: Iterable[Any], spool: _Spool, done: Loaded, at: datetime) -> None:
    for piece in pieces:
        if isinstance(piece, TableBatch):
            spool.write(piece.table, piece.rows)
            counts = done.tables.setdefault(piece.table, {"rows": 0})
            counts["rows"] += piece.rows.num_rows
        elif isinstance(piece, Rejections):
            _set_aside(piece, spool, done, at)
        elif isinstance(piece, RawRows):
            spool.write("raw", piece.rows)
            done.n_rows += piece.rows.num_rows


def _set_aside(piece: Rejections, spool: _Spool, done: Loaded, at: datetime) -> None:
    spool.write("rejected", piece.as_batch(done.load_id, done.file, at))
    done.n_rejected += len(piece.rejected)
    done.n_lost += piece.n_rows_lost
    done.n_rows += piece.n_unread
    for one in piece.rejected[: 5 - len(done.first_reasons)]:
        where = f"row {one.row}" + (f", {one.field}" if one.field else "")
        done.first_reasons.append(f"{where}: {one.reason}")


def _store(lake: Lake, spool: _Spool, done: Loaded) -> None:
    names = spool.names()
    if "raw" in names:
        lake.keep_raw(done.load_id, spool.batches("raw"))
    for name in names:
        if name == "raw":
            continue
        stored = lake.upsert(name, spool.batches(name))
        if name in done.tables:
            done.tables[name] |= {
                "new": stored.n_new, "changed": stored.n_changed, "same": stored.n_same,
                "left_out": stored.n_suppressed,
            }  # fmt: skip


def _note(lake: Lake, done: Loaded, note: LoadNote) -> None:
    row = {
        "load_id": done.load_id,
        "file": done.file,
        "source": note.source or f"file:{done.file}",
        "mapping": json.dumps(note.content, ensure_ascii=False),
        "loaded_at": note.at,
        "n_rows": done.n_rows,
        "n_kept": done.n_rows - done.n_lost,
        "n_rejected": done.n_rejected,
    }
    lake.upsert("loads", pa.Table.from_pylist([row], schema=TABLES["loads"].schema))
