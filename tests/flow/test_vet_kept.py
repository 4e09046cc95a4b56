"""Vettings that are kept: exported with the rest, gone with the person."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from mawj.flow.accounts import rows
from mawj.flow.commands import erase
from mawj.flow.exporting import export, exported_tables
from mawj.flow.settings import settings_in_force
from mawj.flow.vet_kept import keep_vetting, kept_vetting
from mawj.flow.vetting import VetAsked, accounts_with_posts, vet
from mawj.lake.lake import Lake

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mawj.flow.vetting import Vetted

MADE_AT = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def kept(own_lake: Path) -> Iterator[tuple[Lake, Vetted]]:
    settings = settings_in_force()
    with Lake.open(own_lake) as lake:
        vetted = vet(lake, VetAsked(accounts_with_posts(lake, 3), settings))
        yield lake, keep_vetting(lake, vetted, settings, made_at=MADE_AT)


def test_what_was_kept_comes_back_row_for_row(kept: tuple[Lake, Vetted]) -> None:
    lake, vetted = kept
    again, scale, made_at = kept_vetting(lake, vetted.vetting_id)
    assert again.accounts == vetted.accounts
    assert (again.run_id, again.as_of, made_at) == (vetted.run_id, vetted.as_of, MADE_AT)
    assert scale == settings_in_force()["VetScale"]
    for part in ("findings", "evidence", "scores"):
        mine, theirs = (
            sorted(map(str, getattr(one, part).to_pylist())) for one in (again, vetted)
        )
        assert mine == theirs, part
    for part, table in vetted.beside.items():
        mine = sorted(map(str, again.beside[part].select(table.column_names).to_pylist()))
        assert mine == sorted(map(str, table.to_pylist())), part
    assert vetted.beside["writing_style"].num_rows > 0


def test_an_export_holds_it_and_another_lake_takes_it_in(
    kept: tuple[Lake, Vetted], tmp_path: Path
) -> None:
    lake, vetted = kept
    names = ("vettings", "kept_findings", "kept_evidence", "kept_scores")
    done = export(lake, tmp_path / "out", names=names)
    assert done.rows["kept_findings"] == vetted.findings.num_rows
    with Lake.open(tmp_path / "other") as other:
        for name, batches in exported_tables(tmp_path / "out"):
            other.upsert(name, batches)
        again, _, _ = kept_vetting(other, vetted.vetting_id)
        assert again.scores.num_rows == vetted.scores.num_rows


def test_who_is_erased_leaves_it_and_the_others_stay(kept: tuple[Lake, Vetted]) -> None:
    lake, vetted = kept
    gone, *others = vetted.accounts
    proof = erase(lake, [gone], key=b"a secret of many letters", reason="asked for")
    assert proof.scan.n_hits == 0
    for name, column in (
        ("kept_scores", "account_id"), ("kept_findings", "subject_id"),
        ("kept_evidence", "account_id"),
    ):  # fmt: skip
        left = {row[column] for row in rows(lake.read(name).select(column))}
        assert gone not in left, name
    again, _, _ = kept_vetting(lake, vetted.vetting_id)
    assert set(others) <= {*again.accounts}
