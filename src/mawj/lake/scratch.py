"""Temporary files of one process, and the removal of those that killed processes left."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "mawj-scratch-"


class Scratch:
    """A folder of one process that goes when it closes; names in it are never used twice."""

    def __init__(self, parent: Path | None = None) -> None:
        above = Path(parent) if parent else Path(tempfile.gettempdir())
        above.mkdir(parents=True, exist_ok=True)
        _sweep(above)
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=above))
        self._numbers = itertools.count()

    def file(self, stem: str) -> Path:
        """A path for a new Parquet file."""
        return self.folder / f"{stem}-{next(self._numbers):06d}.parquet"

    def subfolder(self, stem: str) -> Path:
        """A new empty folder."""
        folder = self.folder / f"{stem}-{next(self._numbers):06d}"
        folder.mkdir()
        return folder

    def close(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _sweep(above: Path) -> None:
    """Delete scratch folders whose process is gone: a killed one could not do it itself."""
    for folder in above.glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdigit() and not _is_alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
