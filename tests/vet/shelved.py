"""Vetting of tables that a test holds, with every step and check in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute

from mawj.flow.brand_file import no_brand
from mawj.flow.runner import Judgement, reads, run_steps
from mawj.flow.settings import settings_in_force
from mawj.flow.text_models import models_given
from mawj.flow.vet_steps import VET_STEPS, part_of
from mawj.flow.vetting import checked, vet_subjects
from mawj.tables.declared import TABLES
from mawj.vet.checks import CHECKS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mawj.lake.lake import Lake

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute

ALWAYS = ("accounts", "account_languages")


class Shelf:
    """Tables of a test; one that it does not hold is empty."""

    def __init__(self, lake: Lake, tables: Mapping[str, pa.Table]) -> None:
        self._lake, self._tables = lake, {**no_brand(), **models_given(lake), **tables}
        self._read: dict[str, Any] = {}

    def read(self, name: str) -> Any:
        if name not in self._read:
            empty = TABLES[name].schema.empty_table()
            table = self._tables.get(name, empty)
            self._read[name] = self._lake.shelve(table, TABLES[name].schema)
        return self._read[name]

    def write(self, name: str, table: Any, *, sort_by: Sequence[str] = ()) -> int:
        schema = TABLES[name].schema if name in TABLES else None
        self._read[name] = self._lake.shelve(table, schema)
        return 0

    def keep(self, table: Any) -> Any:
        return self._lake.keep(table)


def tables_read() -> list[str]:
    """What vetting reads of a lake, apart from what it makes itself."""
    made = {step.__name__ for step in VET_STEPS} | {"vet_subjects"}
    evidence = [found for check in CHECKS if (found := part_of(check, "evidence"))]
    names = [name for step in (*VET_STEPS, *CHECKS, *evidence) for name in reads(step)]
    return [name for name in dict.fromkeys([*ALWAYS, *names]) if name not in made]


def vetted_of(
    lake: Lake, tables: Mapping[str, pa.Table], ids: Sequence[str], as_of: Any
) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Findings, evidence and scores of the accounts by the tables given."""
    judgement = Judgement(as_of, 1, settings_in_force())
    with lake.passing():
        shelf = Shelf(lake, tables)
        subjects = vet_subjects(shelf, ids)
        shelf.write("vet_subjects", subjects)
        run_steps(shelf, VET_STEPS, judgement, given=frozenset(TABLES))
        return checked(shelf, judgement, subjects)


def changed(table: pa.Table, change: Callable[[str, Any], Any]) -> pa.Table:
    """`table` with `change(name, column)` in place of each column."""
    columns = {name: change(name, table[name]) for name in table.column_names}
    return pa.table(columns, schema=table.schema)


def as_rows(findings: pa.Table, digits: int = 9) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """Findings by account, score, check and subject: status, points, observed, expected."""
    names = ("status", "contribution", "observed", "expected", "sample_size")
    return {
        (row["subject_id"], row["score"], row["finding"], row["about"]): tuple(
            f"{row[name]:.{digits}g}" if isinstance(row[name], float) else row[name]
            for name in names
        )
        for row in findings.to_pylist()
    }
