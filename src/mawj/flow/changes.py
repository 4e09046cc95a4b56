"""Why scores and ranks moved since an earlier run, contribution by contribution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ibis import _

from mawj.flow.accounts import rows
from mawj.tables.errors import RunNotFound

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from mawj.lake.lake import Lake
    from mawj.lake.run_log import RunRecord
    from mawj.lake.sight import Sight


@dataclass(frozen=True)
class Change:
    """One account's move, and the contributions that made it, the largest first."""

    account_id: str
    influence_before: float | None
    influence_now: float | None
    rank_before: int | None
    rank_now: int | None
    parts: tuple[tuple[str, float], ...]

    @property
    def moved(self) -> float:
        """Points won or lost; an account that came or left moved by its whole score."""
        return (self.influence_now or 0.0) - (self.influence_before or 0.0)


@dataclass(frozen=True)
class Changes:
    """What moved between two runs."""

    run_before: str
    run_now: str
    same_rules: bool
    n_moved: int
    changes: tuple[Change, ...]


def changes(
    lake: Lake, *, since: str | None = None, topic_id: str = "", top: int = 20
) -> Changes:
    """The largest moves from an earlier run (`since`, else the last but one) to now.

    Raises:
        RunNotFound: when there is no earlier run to hold the current one against.
    """
    now, before = _two_runs(lake.runs(), since)
    both = _side_by_side(lake, before, now, topic_id)
    moved = both.filter((_.now.fill_null(0.0) - _.before.fill_null(0.0)).abs() > 1e-9)
    n_moved = int(moved.count().execute())
    largest = moved.order_by(
        [(_.now.fill_null(0.0) - _.before.fill_null(0.0)).abs().desc(), _.account_id]
    ).limit(top)
    chosen = rows(largest)
    parts = _parts(lake.sight(), (before, now), [row["account_id"] for row in chosen], topic_id)
    versions = {_rule(lake, run_id) for run_id in (before, now)}
    return Changes(
        before, now, len(versions) == 1, n_moved,
        tuple(_change(row, parts) for row in chosen),
    )  # fmt: skip


def change_of(sight: Sight, account_id: str, topic_id: str = "") -> Change | None:
    """How one account moved since the last run but one; None where there is none before."""
    try:
        now, before = _two_runs(sight.runs, None)
    except RunNotFound:
        return None
    where = {"account_id": account_id, "topic_id": topic_id}
    columns = ["influence", "rank"]
    found = {
        when: sight.of_run(run_id).seek("influence", where, columns)
        for when, run_id in (("before", before), ("now", now))
    }
    if not any(found.values()):
        return None
    row: dict[str, Any] = {"account_id": account_id}
    for when, rows_then in found.items():
        then = rows_then[0] if rows_then else {"influence": None, "rank": None}
        row |= {when: then["influence"], f"rank_{when}": then["rank"]}
    return _change(row, _parts(sight, (before, now), [account_id], topic_id))


def _two_runs(runs: list[RunRecord], since: str | None) -> tuple[str, str]:
    finished = [run for run in runs if run.state == "finished"]
    ordered = [run.run_id for run in sorted(finished, key=lambda run: run.place or 0)]
    if len(ordered) < 2:
        raise RunNotFound("there is no earlier run to compare with; `mawj run` makes a new one")
    *earlier, now = ordered
    if since is None:
        return now, earlier[-1]
    if since not in earlier:
        raise RunNotFound(f"no earlier run is called {since!r}; there are {', '.join(earlier)}")
    return now, since


def _side_by_side(lake: Lake, before: str, now: str, topic_id: str) -> ir.Table:
    old = lake.read("influence", run_id=before).filter(_.topic_id == topic_id)
    new = lake.read("influence", run_id=now).filter(_.topic_id == topic_id)
    left = old.select("account_id", before="influence", rank_before="rank")
    right = new.select(other_id="account_id", now="influence", rank_now="rank")
    joined = left.outer_join(right, left.account_id == right.other_id)
    return joined.mutate(account_id=joined.account_id.coalesce(joined.other_id)).drop(
        "other_id"
    )


def _parts(
    sight: Sight, runs: tuple[str, str], ids: list[str], topic_id: str
) -> dict[str, dict[str, float]]:
    parts: dict[str, dict[str, float]] = {}
    for run_id, sign in zip(runs, (-1.0, 1.0), strict=True):
        found = sight.of_run(run_id).seek(
            "influence_findings", {"subject_id": ids, "topic_id": topic_id},
            ["subject_id", "finding", "contribution"],
        )  # fmt: skip
        for row in found:
            mine = parts.setdefault(row["subject_id"], {})
            mine[row["finding"]] = mine.get(row["finding"], 0.0) + sign * row["contribution"]
    return parts


def _rule(lake: Lake, run_id: str) -> str:
    found = rows(lake.read("influence", run_id=run_id).select("rule_version").limit(1))
    return str(found[0]["rule_version"]) if found else ""


def _change(row: dict[str, Any], parts: dict[str, dict[str, float]]) -> Change:
    mine = parts.get(row["account_id"], {})
    ordered = sorted(mine.items(), key=lambda item: -abs(item[1]))
    return Change(
        row["account_id"], row["before"], row["now"], row["rank_before"], row["rank_now"],
        tuple((name, points) for name, points in ordered if abs(points) > 1e-9),
    )  # fmt: skip
