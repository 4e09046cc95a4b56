"""One lake with two engines: a run on DuckDB, and its steps made anew on Spark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mawj import __version__
from mawj.flow.runner import Judgement, run_steps
from mawj.flow.running import GIVEN, latest_moment
from mawj.flow.taxonomy import reference_tables
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pyarrow as pa

    from mawj.lake.lake import Lake
    from mawj.lake.runs import Run

SEED = 1


@dataclass(frozen=True)
class Shelf:
    """What the runner reads from and writes to: one engine, one run to read, one to write."""

    lake: Lake
    reads: str
    writes: Run

    def read(self, name: str) -> Any:
        """The table called `name` of the run that is read."""
        return self.lake.read(name, run_id=self.reads)

    def write(self, name: str, table: Any, *, sort_by: Sequence[str] = ()) -> int:
        """Write a table of the run that is written, held to its declaration."""
        return self.writes.write(name, table, sort_by=tuple(sort_by))

    def keep(self, table: Any) -> Any:
        """The engine's way of cutting a table from its history."""
        return self.lake.keep(table)


class Engines:
    """A run on DuckDB, and a run on Spark whose every step reads DuckDB's tables.

    So one step that differs on Spark does not spoil those after it.
    """

    def __init__(
        self,
        duckdb: Lake,
        spark: Lake,
        steps: Sequence[Callable[..., Any]],
        settings: Mapping[str, object],
    ) -> None:
        """Run `steps` on DuckDB; nothing yet on Spark."""
        self.judgement = Judgement(latest_moment(duckdb), SEED, settings)
        run = self._begun(duckdb)
        self.duckdb = Shelf(duckdb, run.run_id, run)
        for name, table in reference_tables().items():
            self.duckdb.write(name, table)
        run_steps(self.duckdb, steps, self.judgement, given=GIVEN)
        run.finish()
        self.spark = Shelf(spark, run.run_id, self._begun(spark))

    def _begun(self, lake: Lake) -> Run:
        return lake.begin_run(
            settings={}, as_of=self.judgement.as_of, seed=SEED, code_version=__version__
        )

    def made_on_duckdb(self, name: str) -> pa.Table:
        """The table called `name` as the run on DuckDB made it."""
        made: pa.Table = self.duckdb.read(name).to_pyarrow()
        return made

    def made_on_spark(self, step: Callable[..., Any]) -> pa.Table:
        """What `step` makes on Spark of DuckDB's tables, as it is stored."""
        run_steps(self.spark, [step], self.judgement, given=frozenset(TABLES))
        stored = self.duckdb.lake.read(step.__name__, run_id=self.spark.writes.run_id)
        made: pa.Table = stored.to_pyarrow()
        return made
