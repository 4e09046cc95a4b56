"""Lines of follower counts, and the jumps that are found in them, for tests of growth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import ibis
import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.vet.follower_jumps import JumpLimits, follower_jumps
from mawj.vet.follower_steps import follower_steps
from mawj.vet.growth_tides import TideLimits, growth_tides
from tests.identify.conftest import _arrow

START = datetime(2024, 1, 1, tzinfo=UTC)
ENGINE = ibis.duckdb.connect()
ENGINE.raw_sql("SET TimeZone='UTC'")


def snapshots(lines: dict[str, list[float | None]], every_days: float = 7.0) -> Any:
    """The counts of each account, one every few days."""
    rows = [
        f"{account} | {START + timedelta(days=n * every_days):%Y-%m-%d %H:%M} "
        f"| {'' if count is None else count}"
        for account, counts in lines.items()
        for n, count in enumerate(counts)
    ]
    head = "account_id | taken_at | followers\n"
    return ibis.memtable(_arrow("account_snapshots", head + "\n".join(rows)))


def steps_of(
    lines: dict[str, list[float | None]],
    every_days: float = 7.0,
    tide_limits: TideLimits | None = None,
) -> pa.Table:
    """The stretches of every account, all of one platform and all vetted."""
    key = tuple((account, tuple(counts)) for account, counts in lines.items())
    return _steps(key, every_days, tide_limits or TideLimits())


@cache
def _steps(
    key: tuple[tuple[str, tuple[float | None, ...]], ...], every_days: float, limits: TideLimits
) -> pa.Table:
    lines = {account: list(counts) for account, counts in key}
    taken = snapshots(lines, every_days)
    rows = "account_id | platform\n" + "\n".join(f"{account} | x" for account in lines)
    whom = ibis.memtable(_arrow("vet_subjects", rows))
    tides = growth_tides(
        whom, taken, ibis.memtable(_arrow("standing", rows)),
        tide_limits=limits,
    )  # fmt: skip
    made: pa.Table = ENGINE.to_pyarrow(follower_steps(whom, taken, tides))
    return made


def jumps_of(
    lines: dict[str, list[float | None]],
    every_days: float = 7.0,
    limits: JumpLimits | None = None,
) -> list[dict[str, Any]]:
    """The jumps of every account."""
    made = follower_jumps(steps_of(lines, every_days), jump_limits=limits or JumpLimits())
    return made.to_pylist()


def steady(n: int = 30, start: float = 10_000.0, growth: float = 0.005) -> list[float]:
    """A line of steady growth with a little noise that is always the same."""
    wobble = [0.0, 0.0012, -0.0007, 0.0004, -0.0011]
    return [round(start * (1 + growth) ** i * (1 + wobble[i % 5])) for i in range(n)]


def jumped(line: list[float], at: int, share: float, kept: float = 1.0) -> list[float]:
    """`line` with a gain at place `at`, of which in the end `kept` is left."""
    n = len(line) - at
    return line[:at] + [
        round(count + line[at - 1] * share * (1 - (1 - kept) * i / max(n - 1, 1)))
        for i, count in enumerate(line[at:])
    ]


def rows_of_check(made: Any) -> dict[str, dict[str, Any]]:
    """The rows that a check gives, by account."""
    return {row["account_id"]: row for row in ENGINE.to_pyarrow(made).to_pylist()}


def told(name: str, rows: list[dict[str, Any]]) -> Any:
    """A declared table of rows; columns that are not named are NULL."""
    return ibis.memtable(pa.Table.from_pylist(rows, schema=nullable(name)))


def nullable(name: str) -> pa.Schema:
    """The declared schema with every column open to NULL."""
    return pa.schema([field.with_nullable(True) for field in TABLES[name].schema])


def caused(jumps: list[dict[str, Any]], **said: Any) -> Any:
    """The same cause for every jump."""
    usual = {"cause": "", "explained_share": 0.0, "n_posts": 3}
    keys = [{name: jump[name] for name in ("account_id", "from_at")} for jump in jumps]
    return told("jump_causes", [key | usual | said for key in keys])
