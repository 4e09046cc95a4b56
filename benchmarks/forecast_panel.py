"""Averages of accounts at several dates, and what they were about three months later."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mawj.plan.forecasting.averages_ahead import AverageSettings, averages_ahead
from mawj.plan.forecasting.forecast_history import days_of
from mawj.sources.reading import open_file
from mawj.sources.ready import ready_mapping
from mawj.sources.rows import TableBatch, rows_of
from mawj.tables.declared import TABLES

Floats = npt.NDArray[np.float64]

AHEAD_DAYS = 75.0
"""The origin is the latest date at least so long before the last one."""
SAME_DATE_DAYS = 10.0
PARTS, SEED = 5, 20220901
NOW = datetime(2023, 1, 1, tzinfo=UTC)


def tests(files: list[Path]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Engagement and views, accounts left out and by time."""
    tables = [made for file in files if (made := snapshots_of(file)) is not None]
    if not tables:
        return
    snapshots = once(pa.concat_tables(tables))
    for measure, key in (("engagements", ""), ("views", "_views")):
        for way in ("", "_by_time"):
            rows = [
                one
                for platform in sorted(set(snapshots["platform"].to_pylist()))
                if (one := tested(snapshots, platform, measure, by_time=bool(way)))
            ]
            if rows:
                yield f"influencer_tables{key}{way}", joined(rows, counts=not way)
            for one in rows:
                platform = one["platform"]
                yield f"influencer_tables{key}_{platform}{way}", one | {"counts": False}


def snapshots_of(file: Path) -> pa.Table | None:
    """The snapshots of one file under its ready mapping; None where there is none."""
    try:
        with open_file(str(file)) as raw:
            mapping = ready_mapping(raw)
            if mapping is None or mapping.taken_at is None:
                return None
            pieces = rows_of(
                raw, mapping, load_id="benchmark", fetched_at=NOW, taken_at=mapping.taken_at
            )
            batches = [
                piece.rows
                for piece in pieces
                if isinstance(piece, TableBatch) and piece.table == "account_snapshots"
            ]
    except Exception as error:  # noqa: BLE001 (a file that cannot be read is told and left out)
        print(f"{file.name}: {error}")
        return None
    if not batches:
        return None
    schema = pa.schema([f.with_nullable(True) for f in TABLES["account_snapshots"].schema])
    return pa.Table.from_batches(batches).cast(schema)


def once(snapshots: pa.Table) -> pa.Table:
    """With the platform, and each account once a date: the last row of it in the files."""
    ids = [str(one).lower() for one in snapshots["account_id"].to_pylist()]
    table = snapshots.set_column(
        snapshots.column_names.index("account_id"), "account_id", pa.array(ids)
    )
    table = table.append_column("platform", pa.array([one.partition(":")[0] for one in ids]))
    last = {
        (a, t): n
        for n, (a, t) in enumerate(zip(ids, table["taken_at"].to_pylist(), strict=True))
    }
    return table.take(pa.array(sorted(last.values())))


def tested(
    snapshots: pa.Table, platform: str, measure: str, *, by_time: bool
) -> dict[str, Any] | None:
    """One platform: its last date with the measure, from the date about three months before."""
    mine = snapshots.filter(
        pa.array([one == platform for one in snapshots["platform"].to_pylist()])
    )
    days = days_of(mine["taken_at"])
    shown = {day: known(mine, measure, days, day) for day in np.unique(days)}
    dates = [day for day, found in shown.items() if len(found) >= 20]
    earlier = [day for day in dates if day <= max(dates, default=0.0) - AHEAD_DAYS]
    earlier = earlier or dates[:-1]
    if not earlier:
        return None
    last, origin = dates[-1], earlier[-1]
    outcome, start = shown[last], shown[origin]
    both = np.array(sorted(set(outcome) & set(start)))
    if both.size < 20:
        return None
    made = foretold(mine, measure, (origin, last), both, by_time=by_time)
    now = np.array([start[one] for one in both])
    then = np.array([outcome[one] for one in both])
    moved = np.array([made[one] for one in both])
    return {
        "platform": platform, "counts": False, "actual": np.exp(then),
        "mawj": np.exp(now + moved[:, 0]), "low": np.exp(now + moved[:, 1]),
        "high": np.exp(now + moved[:, 2]), "naive_last": np.exp(now),
        "naive_median": np.exp(now + moved[:, 3]),
    }  # fmt: skip


def known(snapshots: pa.Table, measure: str, days: Floats, day: float) -> dict[str, float]:
    """The logarithm of the average of each account on one date, as the product reads it."""
    then = snapshots.filter(pa.array(days == day))
    if not then.num_rows:
        return {}
    read = averages_ahead(
        then, measure, day, day + AHEAD_DAYS, average_settings=AverageSettings()
    )
    return dict(zip(read.accounts, map(float, read.value), strict=True))


def foretold(
    snapshots: pa.Table, measure: str, span: tuple[float, float], both: Any, *, by_time: bool
) -> dict[str, list[float]]:
    """Move, both ends and the median move of the others, for each account."""
    origin, last = span
    days = days_of(snapshots["taken_at"])
    ids = np.array(snapshots["account_id"].to_pylist())
    parts = np.random.default_rng(SEED).permutation(both.size) % PARTS
    found: dict[str, list[float]] = {}
    for part in range(1 if by_time else PARTS):
        out = set(both) if by_time else set(both[parts == part])
        hidden = (days > origin) if by_time else (days > origin) & np.isin(ids, sorted(out))
        seen = snapshots.filter(pa.array(~hidden))
        made = averages_ahead(seen, measure, origin, last, average_settings=AverageSettings())
        usual = usual_move(seen, measure, span)
        for n, account in enumerate(made.accounts):
            if account in out:
                ends = (made.move[n] + made.low[n], made.move[n] + made.high[n])
                found[account] = [float(made.move[n]), float(ends[0]), float(ends[1]), usual]
    return found


def usual_move(snapshots: pa.Table, measure: str, span: tuple[float, float]) -> float:
    """Median change between the two dates of the accounts that are seen; 0 where none is."""
    days = days_of(snapshots["taken_at"])
    first, later = (known(snapshots, measure, days, day) for day in span)
    moves = [later[one] - first[one] for one in set(first) & set(later)]
    return float(np.median(moves)) if moves else 0.0


def joined(rows: list[dict[str, Any]], *, counts: bool) -> dict[str, Any]:
    """The tests of all platforms as one."""
    names = [name for name in rows[0] if name not in ("platform", "counts")]
    return {name: np.concatenate([row[name] for row in rows]) for name in names} | {
        "counts": counts
    }
