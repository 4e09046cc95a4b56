"""Influence of tiny tables written as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis

from mawj.flow.runner import reads, settings_read
from mawj.identify import influence_findings as module
from mawj.identify.freshness import FreshnessLimits
from mawj.identify.influence import influence
from mawj.identify.influence_findings import InfluenceSettings
from tests.identify.conftest import _arrow, checked

if TYPE_CHECKING:
    import pyarrow as pa

SETTINGS = InfluenceSettings()
CON = ibis.duckdb.connect()
CON.raw_sql("SET TimeZone='UTC'")


def kept(table: Any) -> Any:
    """What a run's `keep` does: the table, computed and cut from its history."""
    return ibis.memtable(CON.to_pyarrow(table))


def table(name: str, said: str | pa.Table = "") -> Any:
    """A declared Ibis table from text or Arrow."""
    return ibis.memtable(_arrow(name, said) if isinstance(said, str) else said)


def findings(
    tables: dict[str, str | pa.Table], settings: InfluenceSettings = SETTINGS, **scales: Any
) -> pa.Table:
    """The findings of `tables`; those not named are empty."""
    told = {name: kind() for name, kind in module.SCALES.items()} | scales
    made = module.influence_findings(
        *(table(name, tables.get(name, "")) for name in module.TABLES_READ),
        influence_settings=settings,
        keep=kept,
        **told,
    )
    return checked(CON, "influence_findings", made)


def scales_of(made: Any) -> dict[str, type]:
    """The settings of one contribution by parameter name."""
    return {name: module.SCALES[name] for name in settings_read(made)}


def rows_of(made: Any, tables: dict[str, str], scale: Any) -> pa.Table:
    """The rows of one contribution."""
    read = {name: table(name, tables.get(name, "")) for name in module.TABLES_READ}
    subjects = module._subjects(read["standing"], read["account_topics"], SETTINGS)
    inputs = {name: read[name] for name in reads(made) if name != "subjects"}
    (name,) = settings_read(made)
    rows = CON.to_pyarrow(made(subjects, **inputs, **{name: scale}))
    return rows.sort_by([("subject_id", "ascending"), ("topic_id", "ascending")])


def scores(
    found: pa.Table,
    post_response: str = "",
    settings: InfluenceSettings = SETTINGS,
    seed: int = 1,
    freshness: str = "",
) -> pa.Table:
    """The influence that `found` adds up to."""
    posts, seen = _arrow("post_response", post_response), _arrow("freshness", freshness)
    made = influence(
        found.to_reader(max_chunksize=7), posts, seen, influence_settings=settings,
        freshness_limits=FreshnessLimits(), seed=seed,
    )  # fmt: skip
    return checked(CON, "influence", made)


def points(found: pa.Table, account_id: str, finding: str, topic_id: str = "") -> float:
    """The contribution of one finding of one account."""
    return row(found, account_id, finding, topic_id)["contribution"]


def row(found: pa.Table, account_id: str, finding: str, topic_id: str = "") -> dict[str, Any]:
    """The one row of one finding of one account."""
    wanted = (account_id, finding, topic_id)
    rows = [
        r for r in found.to_pylist() if (r["subject_id"], r["finding"], r["topic_id"]) == wanted
    ]
    assert len(rows) == 1, wanted
    return rows[0]


def score(made: pa.Table, account_id: str, topic_id: str = "") -> dict[str, Any]:
    """The one row of influence of one account."""
    rows = [
        r
        for r in made.to_pylist()
        if (r["account_id"], r["topic_id"]) == (account_id, topic_id)
    ]
    assert len(rows) == 1
    return rows[0]
