from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mawj.lake.lake import Lake
from mawj.lake.settings import LakeSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def settings(tmp_path: Path) -> LakeSettings:
    return LakeSettings(
        memory_mb=512, threads=2, scratch=tmp_path / "scratch", wait_s=5, suppression_key=b"key"
    )


@pytest.fixture
def lake(tmp_path: Path, settings: LakeSettings) -> Iterator[Lake]:
    with Lake.open(tmp_path / "lake", settings=settings) as opened:
        yield opened


@pytest.fixture
def far_lake(tmp_path: Path, settings: LakeSettings) -> Iterator[Lake]:
    """A lake whose files are reached only through the object-store interface."""
    (tmp_path / "far").mkdir()
    address = f"file://{tmp_path / 'far'}"
    # With options the address stays an address; without, it would be taken for a folder.
    with Lake.open(address, storage_options={"any": "thing"}, settings=settings) as opened:
        yield opened


@pytest.fixture
def rows_of(lake: Lake) -> Callable[..., list[dict[str, object]]]:
    """The rows of a table as dictionaries, sorted by their key."""

    def read(name: str, *columns: str, **where: object) -> list[dict[str, object]]:
        rows = lake.read(name, **where)
        found = rows.select(*columns) if columns else rows
        return sorted(found.to_pyarrow().to_pylist(), key=lambda row: str(list(row.values())))

    return read
