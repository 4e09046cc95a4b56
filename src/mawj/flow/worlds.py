"""Made-up worlds for the doors: by size and seed, as tables or as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.worlds.files import write_files
from mawj.worlds.world import demo_world, small_world

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

    from mawj.worlds.world import World

SIZES = ("small", "demo")


def made(*, seed: int, size: str) -> World:
    """The world of one seed: small (about 300 accounts) or demo (20,000 and more)."""
    return small_world(seed) if size == "small" else demo_world(seed)


def tables(*, seed: int, size: str) -> Mapping[str, pa.Table]:
    """Its observed tables."""
    return made(seed=seed, size=size).tables


def write(folder: Path, *, seed: int, size: str, file_format: str) -> None:
    """Its tables as files, with the truth beside them."""
    write_files(made(seed=seed, size=size), folder, format=file_format)
