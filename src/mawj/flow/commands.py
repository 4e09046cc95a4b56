"""Looking after the lake for the doors: what is in it, compacting, erasing a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ibis import _

from mawj.flow.accounts import account_id_of, rows
from mawj.lake import erase as erasing
from mawj.lake import upkeep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.lake.erase import Erased
    from mawj.lake.lake import Lake
    from mawj.lake.run_log import RunRecord


def lake_description(lake: Lake) -> dict[str, list[dict[str, Any]]]:
    """Tables, runs and loads as rows to be shown."""
    found = upkeep.describe(lake)
    loads = lake.read("loads").select("file", "loaded_at", "n_rows", "n_kept", "n_rejected")
    return {
        "tables": [_table_row(vars(table)) for table in found.tables],
        "raw": [_table_row(vars(table)) for table in found.raw],
        "runs": [_run_row(run, found.current) for run in found.runs],
        "loads": rows(loads.order_by("loaded_at")),
    }


def compact(lake: Lake, *, keep_runs: int) -> dict[str, Any]:
    """Join small files, drop old runs and the files that nothing refers to any more."""
    joined = upkeep.compact(lake)
    cleaned = upkeep.clean_up(lake, upkeep.Retention(keep_runs=keep_runs))
    return {
        "files joined": sum(joined.values()),
        "runs removed": len(cleaned.runs),
        "unfinished loads removed": len(cleaned.raw),
        "old files removed": cleaned.n_files,
    }


def accounts_meant(lake: Lake, said: Sequence[str], *, with_linked: bool = False) -> list[str]:
    """The ids of the accounts named; with those linked to the same persons where asked for.

    An account that is named by its whole id need not be loaded: it is then only kept out.
    """
    ids = {one if ":" in one and "/" not in one else account_id_of(lake, one) for one in said}
    if not with_linked:
        return sorted(ids)
    people = lake.read("people")
    persons = people.filter(_.account_id.isin(sorted(ids))).select("person_id")
    linked = rows(people.semi_join(persons, "person_id").select("account_id"))
    return sorted(ids | {str(row["account_id"]) for row in linked})


def erase(lake: Lake, account_ids: Sequence[str], *, key: bytes, reason: str) -> Erased:
    """Remove accounts everywhere and keep them out; the proof."""
    return erasing.erase(lake, account_ids, key=key, reason=reason)


def proof_lines(proof: Erased) -> list[str]:
    """The proof of an erasure, for a person to keep."""
    lines = [f"erased: {', '.join(proof.account_ids)}"]
    for table in proof.tables:
        lines.append(
            f"  {table.table}: {table.n_before:,} rows before, {table.n_after:,} after; "
            f"{table.n_removed:,} removed, {table.n_redacted:,} cleaned of the name"
        )
    lines.append(f"kept out of later loads: {proof.n_suppressed} digests")
    lines.append(
        f"looked through {proof.scan.n_files:,} files afterwards: {proof.scan.n_hits:,} traces"
    )
    lines += [f"not reached: {place}" for place in proof.cannot_reach]
    return lines


def _table_row(stored: dict[str, Any]) -> dict[str, Any]:
    return {
        "table": stored["table"], "kind": stored["kind"], "rows": stored["n_rows"],
        "bytes": stored["n_bytes"], "files": stored["n_files"], "version": stored["version"],
        "changed": _second(stored["changed_at"]),
    }  # fmt: skip


def _run_row(run: RunRecord, current: str | None) -> dict[str, Any]:
    state = "current" if run.run_id == current else run.state
    return {
        "run": run.run_id, "state": state, "as_of": _second(run.as_of),
        "began": _second(run.began_at), "seconds": round(sum(run.seconds.values()), 1),
        "rows": sum(run.row_counts.values()), "note": run.note,
    }  # fmt: skip


def _second(moment: Any) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%d %H:%M:%S}"
