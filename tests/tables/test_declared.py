"""Every table is declared whole: keys exist, nothing is declared twice, units are told."""

from __future__ import annotations

import pyarrow as pa
import pytest

from mawj.flow.steps import MEANING_STEPS, STEPS
from mawj.flow.vet_steps import VET_STEPS, WHOLE_STEPS
from mawj.tables.column import ARROW_TYPES, Table
from mawj.tables.declared import TABLES, table_named
from mawj.tables.errors import UnknownTable
from mawj.tables.observed import BASES, OBSERVED, PROVENANCE

ALL = list(TABLES.values())
NO_PROVENANCE = {"loads", "rejected"}


@pytest.mark.parametrize("table", ALL, ids=lambda t: t.name)
def test_a_key_is_made_of_columns_that_are_never_null(table: Table) -> None:
    assert table.key
    for name in table.key:
        assert table.by_name[name].null_means is None, name


@pytest.mark.parametrize("table", ALL, ids=lambda t: t.name)
def test_columns_are_declared_once_with_a_meaning(table: Table) -> None:
    assert len(set(table.names)) == len(table.names)
    assert all(column.meaning and column.type in ARROW_TYPES for column in table)


@pytest.mark.parametrize("table", ALL, ids=lambda t: t.name)
def test_a_share_is_a_number_and_a_moment_a_timestamp(table: Table) -> None:
    for column in table:
        if column.name.endswith("_share"):
            assert column.type == "float64", column.name
        if column.name.endswith("_at"):
            assert column.type == "timestamp", column.name
        if column.name.endswith("_id") and column.name != "community_id":
            assert column.type == "string", column.name
        if column.name.startswith(("is_", "has_")):
            assert column.type == "boolean", column.name


def test_every_observed_row_says_where_it_comes_from() -> None:
    for table in OBSERVED:
        if table.name not in NO_PROVENANCE:
            assert table.columns[-len(PROVENANCE) :] == PROVENANCE, table.name


def test_null_is_allowed_only_where_it_means_something() -> None:
    schema = table_named("accounts").schema
    assert schema.field("account_id").nullable is False
    assert schema.field("country").nullable is True
    assert schema.field("fetched_at").type == pa.timestamp("us", tz="UTC")


def test_the_best_basis_stands_first() -> None:
    assert BASES.index("first_party") < BASES.index("public") < BASES.index("estimated")


def test_an_unknown_table_is_named() -> None:
    with pytest.raises(UnknownTable, match="no table is called 'nothing'"):
        table_named("nothing")


def test_every_table_of_a_run_or_a_vetting_is_made_by_a_step() -> None:
    made = {step.__name__ for step in (*STEPS, *MEANING_STEPS, *WHOLE_STEPS, *VET_STEPS)}
    made |= {"vet_findings", "vet_evidence", "vet_scores"}
    derived = {table.name for table in ALL if table.kind in ("derived", "vetting")}
    assert made == derived
