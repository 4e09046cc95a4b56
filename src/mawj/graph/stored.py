"""Arrays kept as `.npy` files, one a field, and mapped into memory when loaded."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from mawj.graph.arrays import Floats


def save_arrays(folder: Path, arrays: Mapping[str, Floats | None]) -> None:
    """Write each array to `folder`/name.npy; a file of a name that is None now is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, values in arrays.items():
        path = folder / f"{name}.npy"
        # A graph that is mapped from this file keeps the old one.
        path.unlink(missing_ok=True)
        if values is not None:
            np.save(path, values)


def load_arrays(folder: Path, names: Iterable[str]) -> dict[str, Any]:
    """Map the arrays named; nothing is read before it is used, and writing changes no file.

    Raises:
        FileNotFoundError: when one of them was not saved.
    """
    # Copy on write, since a read-only array would be another type and compile each kernel anew.
    return {name: np.load(folder / f"{name}.npy", mmap_mode="c") for name in names}
