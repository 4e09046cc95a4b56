"""What is kept of a vetting, so that a report can be shown again just as it was given."""

from __future__ import annotations

from mawj.tables.column import Column, Table
from mawj.tables.derived_vet_ads import BRAND_HISTORY
from mawj.tables.derived_vet_brand import BRAND_CONTRADICTIONS
from mawj.tables.derived_vet_content import WRITING_STYLE
from mawj.tables.derived_vetting import VET_EVIDENCE, VET_FINDINGS, VET_SCORES

_VETTING_ID = Column("vetting_id", "string", "the vetting")

VETTINGS = Table(
    "vettings", "one vetting that is kept", ("vetting_id",),
    (
        _VETTING_ID,
        Column("made_at", "timestamp", "when it was made", "UTC"),
        Column("run_id", "string", "the run whose tables it read"),
        Column("as_of", "timestamp", "where that run's windows end", "UTC"),
        Column("n_accounts", "int64", "accounts asked for, those erased since included", "accounts", least=0),
        Column("brand", "string", "the brand whose values were asked for", null_means="no brand"),
        Column("settings", "string", "the settings in force, as JSON"),
        Column("code_version", "string", "version of Mawj"),
    ),
    kind="kept",
)  # fmt: skip


def _kept(name: str, of: Table, *more: Column) -> Table:
    """`of` with the vetting that each row belongs to."""
    return Table(
        name,
        f"{of.grain}, of a vetting that is kept",
        ("vetting_id", *of.key),
        (_VETTING_ID, *of.columns, *more),
        kind="kept",
    )


KEPT = (
    VETTINGS,
    _kept("kept_findings", VET_FINDINGS),
    _kept("kept_evidence", VET_EVIDENCE),
    _kept(
        "kept_scores", VET_SCORES,
        Column("place", "int64", "place of the account in the list asked for", "place", least=1),
    ),
    _kept("kept_brand_history", BRAND_HISTORY),
    _kept("kept_writing_style", WRITING_STYLE),
    _kept("kept_brand_contradictions", BRAND_CONTRADICTIONS),
)  # fmt: skip
"""Rows of these last until they are erased; the row of `vettings` comes last and says that the
vetting is whole."""
