from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from mawj.flow.loading import load_tables
from mawj.lake.lake import Lake
from mawj.lake.settings import LakeSettings
from tests.parity.engines import Engines
from tests.parity.sets import asked, with_what_they_read
from tests.parity.tiny_world import tiny_settings, tiny_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

SPARK = {
    "spark.master": "local[2]",
    "spark.driver.memory": "1g",
    "spark.sql.shuffle.partitions": "1",
    # Rows are few and plans long: writing and compiling code takes longer than the work.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    """A lake of the tiny world with a run on DuckDB, opened with both engines."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("needs Java, as Debian's default-jre-headless")
    pytest.importorskip("pyspark", reason="needs pyspark: the spark extra")
    folder = tmp_path_factory.mktemp("parity")
    # Left alone, Spark makes a folder of its own wherever the tests are started.
    told = SPARK | {"spark.sql.warehouse.dir": str(folder / "warehouse")}
    settings = LakeSettings(scratch=folder / "scratch", spark=tuple(told.items()))
    with (
        Lake.open(folder / "lake", settings=settings) as duckdb,
        Lake.open(folder / "lake", engine="spark", settings=settings) as spark,
    ):
        load_tables(duckdb, tiny_tables())
        yield Engines(duckdb, spark, with_what_they_read(asked()), tiny_settings())
