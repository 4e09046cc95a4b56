"""Bringing files and worlds into the lake: read, map, check, keep raw, store, note the load."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from ibis import _

from mawj.flow.accounts import rows
from mawj.sources.digest import load_id_of
from mawj.sources.guessing import SURE, Guess, guess
from mawj.sources.mapping_file import as_content, read_mapping
from mawj.sources.ready import READY_FOR, ready_mapping
from mawj.sources.rows import RawRows, Rejections, TableBatch, rows_of
from mawj.tables.declared import TABLES
from mawj.tables.errors import MappingNeeded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mawj.lake.lake import Lake
    from mawj.sources.mapping import Mapping as FileMapping
    from mawj.sources.raw import RawFile
    from mawj.sources.ready.ready import RecordMapping


@dataclass(frozen=True)
class LoadAsked:
    """What is said about one file.

    Attributes:
        grain: accounts, posts, comments, follows, interactions, snapshots, fact_checks or
            quotes; "" to guess.
        platform: the platform of every row; "" where the rows or the name say it.
        mapping_file: a mapping written down; None to find or guess one.
        taken_at: the moment of counts without a date; None for the mapping's, else the file's
            last change, else now.
        is_dry: read and check everything, store nothing.
    """

    grain: str = ""
    platform: str = ""
    mapping_file: Path | None = None
    taken_at: datetime | None = None
    is_dry: bool = False


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


def mapping_for(raw: RawFile, asked: LoadAsked, confirm: Callable[[Guess], FileMapping]) -> Any:
    """The mapping for a file: the one given, a ready one, or a guess `confirm` agrees to."""
    if asked.mapping_file is not None:
        return read_mapping(asked.mapping_file)
    if asked.grain in READY_FOR:
        return READY_FOR[asked.grain].mapping(raw)
    ready = None if asked.grain else ready_mapping(raw)
    if ready is not None:
        return ready
    return confirm(guess(raw, as_=asked.grain or None, platform=asked.platform or None))


def sure_or_refuse(found: Guess) -> FileMapping:
    """The guessed mapping where it is certain enough to go on without a person.

    Raises:
        MappingNeeded: where it is not; the message says what is missing.
    """
    if found.mapping is None or found.certainty < SURE:
        lacking = "; ".join(found.missing) or f"certainty is {found.certainty:.2f}, not {SURE}"
        raise MappingNeeded(
            f"what the headings mean is not certain ({lacking}); write a mapping file and give "
            "it with --mapping, or add --yes to go on with the guess"
        )
    return found.mapping


def load(
    lake: Lake, raw: RawFile, mapping: FileMapping | RecordMapping, asked: LoadAsked
) -> Loaded:
    """Store one file. The same file under the same mapping again changes nothing.

    The raw rows are kept first, then the observed tables, and the note of the load last: a load
    that was cut off has no note, and doing it again goes on where it stopped.

    Raises:
        SourceError: where the file breaks off; nothing is stored of it.
        LakeBusy: when another writer holds a table for too long.
    """
    taken_at = asked.taken_at or mapping.taken_at or raw.modified_at or datetime.now(UTC)
    content = as_content(mapping)
    with raw.source.open_as_it_came() as stream:
        options = {"taken_at": taken_at.isoformat() if asked.taken_at else ""}
        told = json.dumps(content, ensure_ascii=False, sort_keys=True)
        load_id = load_id_of(stream, told, options)
    done = Loaded(load_id, raw.name, mapping.name or "a mapping file", is_dry=asked.is_dry)
    done.notes = list(mapping.notes)
    if not asked.is_dry and _is_known(lake, load_id):
        done.was_known = True
        return done
    at = datetime.now(UTC)
    with TemporaryDirectory(prefix="mawj-load-") as folder, ExitStack() as open_files:
        spool = _Spool(Path(folder), open_files)
        pieces = rows_of(raw, mapping, load_id=load_id, fetched_at=at, taken_at=taken_at)
        _spool(pieces, spool, done, at)
        open_files.close()
        if not asked.is_dry:
            _store(lake, spool, done)
            _note(lake, done, content, mapping.source, at)
    return done


def load_tables(lake: Lake, tables: Mapping[str, pa.Table]) -> dict[str, int]:
    """Store whole observed tables, a made-up world or an export; new rows by table."""
    return {name: lake.upsert(name, table).n_new for name, table in tables.items()}


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


def _is_known(lake: Lake, load_id: str) -> bool:
    return bool(
        rows(lake.read("loads").filter(_.load_id == load_id).select("load_id").limit(1))
    )


def _spool(pieces: Iterator[Any], spool: _Spool, done: Loaded, at: datetime) -> None:
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


def _note(lake: Lake, done: Loaded, content: Any, source: str, at: datetime) -> None:
    row = {
        "load_id": done.load_id,
        "file": done.file,
        "source": source or f"file:{done.file}",
        "mapping": json.dumps(content, ensure_ascii=False),
        "loaded_at": at,
        "n_rows": done.n_rows,
        "n_kept": done.n_rows - done.n_lost,
        "n_rejected": done.n_rejected,
    }
    lake.upsert("loads", pa.Table.from_pylist([row], schema=TABLES["loads"].schema))
