"""Taking back one load: whoever gave their own figures may have them removed again."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from mawj.lake.delta import CommitLost
from mawj.tables.declared import TABLES
from mawj.tables.errors import LakeBusy

if TYPE_CHECKING:
    from typing import Any

    from mawj.lake.delta import DeltaFolder, Part
    from mawj.lake.lake import Lake

TRIES = 50
LOAD_ID = "load_id"

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute


def take_back(lake: Lake, load_id: str) -> int:
    """Remove the rows of one load from every observed table; how many are gone.

    A row that another load brought too stays, under the load that won it. Versions of before,
    which a run may still pin, go with the usual clean-up; scores made of them change with the
    next run. Memory: one file of a table that holds rows of the load.

    Raises:
        LakeBusy: other writers kept changing a table; ask again to finish.
    """
    tables = [one for one in TABLES.values() if one.is_lasting and LOAD_ID in one.by_name]
    return sum(_taken_from(lake.observed_folder(one.name), load_id) for one in tables)


def _taken_from(folder: DeltaFolder, load_id: str) -> int:
    for _ in range(TRIES):
        try:
            return _attempt(folder, load_id)
        except CommitLost:
            continue
    raise LakeBusy(f"other writers kept changing {folder.place.uri}; ask again to finish")


def _attempt(folder: DeltaFolder, load_id: str) -> int:
    snapshot = folder.snapshot()
    if snapshot is None:
        return 0
    added: list[Part] = []
    removed: list[str] = []
    n_gone = 0
    with TemporaryDirectory(prefix="mawj-take-back-") as scratch:
        for part in snapshot.parts:
            n_here, kept = _without(folder, part, load_id)
            if n_here:
                n_gone += n_here
                removed.append(part.name)
                added += [_written(folder, part, kept, Path(scratch))] if len(kept) else []
        if removed:
            try:
                folder.commit(added, removed, after=snapshot.version)
            except CommitLost:
                folder.drop(added)
                raise
    return n_gone


def _without(folder: DeltaFolder, part: Part, load_id: str) -> tuple[int, pa.Table]:
    """How many rows of the load a file holds, and its other rows in their order."""
    store = folder.place.filesystem
    with store.open_input_file(part.name) as file:
        ids = pq.read_table(file, columns=[LOAD_ID])
    is_of = pc.equal(ids[LOAD_ID], load_id)
    n_here = int(pc.sum(is_of).as_py() or 0)
    if not n_here:
        return 0, ids
    with store.open_input_file(part.name) as file:
        return n_here, pq.read_table(file).filter(pc.invert(is_of))


def _written(folder: DeltaFolder, part: Part, kept: pa.Table, scratch: Path) -> Part:
    file = scratch / part.name
    rows = folder.row_group_rows(part.name)
    pq.write_table(kept, file, compression="zstd", row_group_size=rows)
    return folder.take_in(file)
