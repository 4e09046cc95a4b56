"""Keeps vettings in the lake and brings them back as they were."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from ibis import _

from mawj import __version__
from mawj.flow.accounts import rows
from mawj.flow.settings import as_plain
from mawj.flow.vet_beside import BESIDE
from mawj.flow.vet_report import VetReport, verdict_of, vet_report
from mawj.flow.vetting import Vetted
from mawj.tables.declared import TABLES
from mawj.tables.errors import NotFound
from mawj.vet.vet_scores import VetScale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from mawj.flow.accounts import Readable
    from mawj.lake.lake import Lake

PARTS = {
    "findings": "kept_findings", "evidence": "kept_evidence", "scores": "kept_scores",
}  # fmt: skip
"""The tables of a vetting and where each is kept."""

KEPT_BESIDE = {name: f"kept_{name}" for name in BESIDE}
"""What is shown beside them, likewise."""


def keep_vetting(
    lake: Lake, vetted: Vetted, settings: Mapping[str, object], *, made_at: datetime
) -> Vetted:
    """Store a vetting under a name of its own; the vetting with that name.

    Its row in `vettings` is written last: after a crash on the way nobody sees the rest.
    """
    vetting_id = f"{made_at:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
    places = {account_id: place for place, account_id in enumerate(vetted.accounts, start=1)}
    for part, name in PARTS.items():
        table: pa.Table = getattr(vetted, part)
        told: dict[str, Any] = {"vetting_id": pa.array([vetting_id] * table.num_rows)}
        if part == "scores":
            ids = table["account_id"].to_pylist()
            told["place"] = pa.array([places[str(one)] for one in ids], pa.int64())
        schema = TABLES[name].schema
        columns = [told[column] if column in told else table[column] for column in schema.names]
        lake.upsert(name, pa.table(columns, schema=schema))
    for part, name in KEPT_BESIDE.items():
        _keep_beside(lake, name, vetted.beside.get(part), vetting_id)
    note = {
        "vetting_id": vetting_id, "made_at": made_at, "run_id": vetted.run_id,
        "as_of": vetted.as_of, "n_accounts": len(vetted.accounts),
        "brand": vetted.brand or None, "code_version": __version__,
        "settings": json.dumps(as_plain(settings), ensure_ascii=False, default=str),
    }  # fmt: skip
    lake.upsert("vettings", pa.Table.from_pylist([note], TABLES["vettings"].schema))
    return replace(vetted, vetting_id=vetting_id)


def _keep_beside(lake: Lake, name: str, table: pa.Table | None, vetting_id: str) -> None:
    if table is not None and table.num_rows:
        schema = TABLES[name].schema
        named = table.append_column("vetting_id", pa.array([vetting_id] * table.num_rows))
        lake.upsert(name, named.select(schema.names).cast(schema))


def kept_vettings(lake: Lake) -> list[dict[str, Any]]:
    """The vettings that are kept, the newest first, without their settings."""
    return rows(lake.read("vettings").drop("settings").order_by(_.made_at.desc()))


def kept_vetting(lake: Lake, vetting_id: str) -> tuple[Vetted, VetScale, datetime]:
    """A vetting as it was kept, the scale that its verdicts were given by, and when.

    Raises:
        NotFound: when none of that name is kept.
    """
    found = rows(lake.read("vettings").filter(_.vetting_id == vetting_id))
    if not found:
        raise NotFound(
            f"no vetting called {vetting_id!r} is kept; `mawj vet --kept` lists them"
        )
    note = found[0]
    parts = {part: _part(lake, name, vetting_id) for part, name in PARTS.items()}
    scores = parts["scores"].sort_by("place")
    beside = {
        part: _part(lake, name, vetting_id).drop_columns(["vetting_id"])
        for part, name in KEPT_BESIDE.items()
    }
    accounts = tuple(dict.fromkeys(map(str, scores["account_id"].to_pylist())))
    vetted = Vetted(
        **{part: _as_vetted(part, table) for part, table in parts.items()},
        accounts=accounts, run_id=note["run_id"], as_of=note["as_of"],
        brand=note["brand"] or "", vetting_id=vetting_id, beside=beside,
    )  # fmt: skip
    scale = VetScale(**json.loads(note["settings"])["VetScale"])
    return vetted, scale, note["made_at"]


def _part(lake: Lake, name: str, vetting_id: str) -> pa.Table:
    made: pa.Table = lake.read(name).filter(_.vetting_id == vetting_id).to_pyarrow()
    return made


def _as_vetted(part: str, table: pa.Table) -> pa.Table:
    schema = TABLES[f"vet_{part}"].schema
    return table.select(schema.names).cast(schema)


def vettings_of(lake: Lake, account_id: str) -> list[str]:
    """The names of the kept vettings of an account, newest first."""
    scored = lake.read("kept_scores").filter(_.account_id == account_id)
    told = lake.read("vettings").semi_join(scored, "vetting_id")
    found = rows(told.select("vetting_id", "made_at").order_by(_.made_at.desc()))
    return [str(row["vetting_id"]) for row in found]


def verdicts_kept(lake: Readable, score: str) -> dict[str, str]:
    """The verdict on a score in the last kept vetting of each account that has one."""
    scales = {
        row["vetting_id"]: (row["made_at"], VetScale(**json.loads(row["settings"])["VetScale"]))
        for row in rows(lake.read("vettings"))
    }
    kept = lake.seek(
        "kept_scores", {"score": score}, ["account_id", "vetting_id", "value", "is_scored"]
    )
    # The row of a vetting comes last: without it the rest is not whole.
    whole = [row for row in kept if row["vetting_id"] in scales]
    found = {}
    for row in sorted(whole, key=lambda row: scales[row["vetting_id"]][0]):
        scale, is_scored = scales[row["vetting_id"]][1], row["is_scored"]
        found[str(row["account_id"])] = verdict_of(
            score, row["value"], is_scored=is_scored, scale=scale
        )
    return found


def latest_vetting_of(lake: Lake, account_id: str) -> str:
    """The name of the newest kept vetting of an account; empty where there is none."""
    return next(iter(vettings_of(lake, account_id)), "")


def last_two_vettings(lake: Readable, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The last kept vetting of each account and the one before for the same brand.

    Accounts without two such vettings are left out.
    """
    made = {row["vetting_id"]: row for row in rows(lake.read("vettings").drop("settings"))}
    kept = lake.seek("kept_scores", {"account_id": list(ids)}, ["account_id", "vetting_id"])
    told = {(str(row["account_id"]), str(row["vetting_id"])) for row in kept}
    whole = [pair for pair in told if pair[1] in made]
    newest: dict[str, list[str]] = {}
    for account, vetting_id in sorted(whole, key=lambda p: made[p[1]]["made_at"], reverse=True):
        mine = newest.setdefault(account, [])
        if not mine or made[mine[0]]["brand"] == made[vetting_id]["brand"]:
            mine.append(vetting_id)
    return {one: (mine[0], mine[1]) for one, mine in newest.items() if len(mine) > 1}


def kept_report(lake: Lake, vetting_id: str, account_id: str = "") -> VetReport:
    """A kept vetting as it is shown: whole, or of one of its accounts.

    Raises:
        NotFound: when none of that name is kept, or the account is not in it.
    """
    vetted, scale, made_at = kept_vetting(lake, vetting_id)
    if account_id:
        if account_id not in vetted.accounts:
            raise NotFound(f"{account_id} was not vetted in {vetting_id}")
        vetted = replace(vetted, accounts=(account_id,))
    return vet_report(lake, vetted, scale=scale, made_at=made_at, detailed=len(vetted.accounts))
