"""Lines of follower counts, and the jumps that are found in them, for tests of growth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import ibis

from mawj.vet.follower_jumps import JumpLimits, follower_jumps
from mawj.vet.follower_steps import follower_steps
from mawj.vet.growth_tides import TideLimits, growth_tides
from tests.identify.conftest import _arrow

if TYPE_CHECKING:
    import pyarrow as pa

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
    taken = snapshots(lines, every_days)
    rows = "account_id | platform\n" + "\n".join(f"{account} | x" for account in lines)
    whom = ibis.memtable(_arrow("vet_subjects", rows))
    tides = growth_tides(
        whom, taken, ibis.memtable(_arrow("standing", rows)),
        tide_limits=tide_limits or TideLimits(),
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
