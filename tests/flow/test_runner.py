"""The runner reads parameter names, orders steps, and hands over tables and settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import ibis
import pyarrow as pa
import pytest

from mawj.flow.runner import Judgement, in_order, reads, run_steps, settings_read
from mawj.tables.errors import MawjError, SettingsError

AS_OF = datetime(2026, 10, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Doubling:
    factor: int = 2


def doubled(numbers: Any, *, doubling: Doubling) -> Any:
    return numbers.mutate(n=numbers.n * doubling.factor)


def total(doubled: pa.Table) -> pa.Table:
    return pa.table({"total": [sum(doubled.column("n").to_pylist())]})


def dated(total: Any, *, as_of: datetime, seed: int) -> Any:
    return total.mutate(as_of=ibis.literal(as_of.isoformat()), seed=ibis.literal(seed))


class Shelf:
    def __init__(self) -> None:
        self.tables: dict[str, Any] = {"numbers": pa.table({"n": [1, 2, 3]})}

    def read(self, name: str) -> Any:
        return ibis.memtable(self.tables[name])

    def write(self, name: str, table: Any, *, sort_by: Any = ()) -> int:
        made = table if isinstance(table, pa.Table) else table.to_pyarrow()
        self.tables[name] = made
        return int(made.num_rows)

    def keep(self, table: Any) -> Any:
        return ibis.memtable(table.to_pyarrow())


def judged(**settings: object) -> Judgement:
    return Judgement(AS_OF, 7, settings)


def test_a_step_reads_the_tables_its_parameters_name() -> None:
    assert reads(doubled) == ("numbers",)
    assert settings_read(doubled) == {"doubling": "Doubling"}
    assert settings_read(dated) == {}


def test_steps_run_after_those_they_read_whatever_order_they_stand_in() -> None:
    ordered = in_order((dated, total, doubled), frozenset({"numbers"}))
    assert [step.__name__ for step in ordered] == ["doubled", "total", "dated"]


def test_a_table_that_nothing_makes_is_named() -> None:
    with pytest.raises(MawjError, match=r"total reads \['doubled'\]"):
        in_order((total,), frozenset({"numbers"}))


def test_everything_is_handed_over_and_kept() -> None:
    shelf, seen = Shelf(), []
    steps = (dated, total, doubled)
    done = run_steps(
        shelf, steps, judged(Doubling=Doubling(5)), given=frozenset({"numbers"}),
        done=lambda step: seen.append(step.name),
    )  # fmt: skip
    row = shelf.tables["dated"].to_pylist()[0]
    assert row == {"total": 30, "as_of": AS_OF.isoformat(), "seed": 7}
    assert seen == [step.name for step in done] == ["doubled", "total", "dated"]
    assert [step.place for step in done] == [1, 2, 3]


def test_a_settings_class_that_is_not_known_is_named() -> None:
    with pytest.raises(SettingsError, match="Doubling"):
        run_steps(Shelf(), (doubled,), judged(), given=frozenset({"numbers"}))


def counted(doubled: pa.RecordBatchReader, numbers: pa.Table) -> pa.Table:
    return pa.table({"n": [sum(batch.num_rows for batch in doubled), numbers.num_rows]})


def test_a_stream_stays_open_beside_a_table_that_is_read_whole() -> None:
    shelf = Shelf()
    shelf.tables["numbers"] = pa.table({"n": list(range(300_000))})
    run_steps(
        shelf, (doubled, counted), judged(Doubling=Doubling()), given=frozenset({"numbers"})
    )
    assert shelf.tables["counted"]["n"].to_pylist() == [300_000, 300_000]
