"""Bringing files and worlds into the lake: read, map, check, keep raw, store, note the load."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mawj.flow.storing import Loaded, LoadNote, is_known, store
from mawj.sources.digest import load_id_of
from mawj.sources.guessing import SURE, Guess, guess
from mawj.sources.mapping_file import as_content, read_mapping
from mawj.sources.ready import READY_FOR, ready_mapping
from mawj.sources.rows import rows_of
from mawj.tables.errors import MappingNeeded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pyarrow as pa

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
    if not asked.is_dry and is_known(lake, load_id):
        done.was_known = True
        return done
    at = datetime.now(UTC)
    pieces = rows_of(raw, mapping, load_id=load_id, fetched_at=at, taken_at=taken_at)
    store(lake, pieces, done, LoadNote(content, mapping.source, at))
    return done


def load_tables(lake: Lake, tables: Mapping[str, pa.Table]) -> dict[str, int]:
    """Store whole observed tables, a made-up world or an export; new rows by table."""
    return {name: lake.upsert(name, table).n_new for name, table in tables.items()}
