"""Sudden gains of followers: steps far outside an account's own history and its platform's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from mawj.tables.declared import TABLES
from mawj.vet.jump_scan import jumps_in, line_of, lost_again

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.vet.jump_scan import Floats, Jump, Line

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute


@dataclass(frozen=True)
class JumpLimits:
    """When a gain of followers is called sudden.

    Attributes:
        least_steps: stretches between counts below which an account has no usual growth; eight,
            so that a median absolute deviation is not that of the jump itself; our judgement.
        least_share: gains below this share of the followers are not told; our judgement.
        least_gained: followers; small accounts double by a few friends; our judgement.
        spreads: spreads of its own growth that a jump must exceed. Growth has heavy tails:
            far more than the 3.5 of Iglewicz and Hoaglin 1993; our judgement.
        least_spread: smallest spread of log followers believed, since counts are noisy and
            histories may be flat; one in a hundred, our judgement.
        most_days: days in which a sudden gain is over; two weeks, our judgement.
        longest_step_days: two counts farther apart than this say nothing of suddenness; ours.
        memory_days: days around a stretch whose median growth is usual for it; half a year,
            so that a slowing account is not held against its youth; our judgement.
        follow_days: days after a jump in which its loss is looked for; purchased followers are
            removed within weeks and months; our judgement.
        least_follow_days: days that it takes to say that nothing was lost; our judgement.
    """

    least_steps: int = 8
    least_share: float = 0.05
    least_gained: float = 50.0
    spreads: float = 6.0
    least_spread: float = 0.01
    most_days: float = 14.0
    longest_step_days: float = 45.0
    memory_days: float = 180.0
    follow_days: float = 120.0
    least_follow_days: float = 21.0


def follower_jumps(follower_steps: pa.Table, *, jump_limits: JumpLimits) -> pa.Table:
    """One sudden gain of followers of a vetted account: one row per account and beginning.

    Growth of log followers is held against the running median of the account's own growth plus
    what its platform did in the same days (a median too), in spreads of its own history (median
    absolute deviation). All runs of stretches up to `most_days` are tried. Single wrong counts
    are smoothed away first, rounded counts (12.3K) count by what they may be at least.

    Reads:
        follower_steps: at least `least_steps` of an account, else it has no row.

    Returns:
        The declared columns, in order of account and time. A model function: one account after
        the other, about 0.3 ms for a year of weeks.

    Source:
        Median and MAD for outliers: Hampel 1974; scan of all runs: Arias-Castro et al. 2005;
        running medians: Tukey 1977.
    """
    steps = follower_steps.sort_by([("account_id", "ascending"), ("to_at", "ascending")])
    rows: list[dict[str, Any]] = []
    columns = {
        name: steps[name].to_numpy()
        for name in ("days", "followers_before", "followers_after", "tide", "tide_high")
    }
    for account, first, last in _stretches(steps["account_id"]):
        if last - first < jump_limits.least_steps:
            continue
        own = {name: values[first:last] for name, values in columns.items()}
        for row in _rows(own, jump_limits):
            begins, ends = first + row.pop("first"), first + row.pop("last") - 1
            row["account_id"] = account
            row["from_at"], row["to_at"] = steps["from_at"][begins], steps["to_at"][ends]
            rows.append(row)
    return pa.Table.from_pylist(rows, schema=TABLES["follower_jumps"].schema)


def _stretches(account_ids: Any) -> Iterator[tuple[str, int, int]]:
    """Each account of a sorted column, with the places where its rows begin and end."""
    runs = pc.run_end_encode(account_ids.combine_chunks())
    first = 0
    for account, last in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        yield account, first, last
        first = last


def _rows(own: dict[str, Floats], limits: JumpLimits) -> list[dict[str, Any]]:
    """The jumps of one account, as the declared columns and the places of their stretches."""
    counts = np.append(own["followers_before"][:1], own["followers_after"])
    line = line_of(counts, own["days"], np.nan_to_num(own["tide"]), limits)
    found = jumps_in(line, limits)
    ends = [*(jump.first for jump in found[1:]), len(counts) - 1]
    return [
        _row(line, jump, own["tide_high"]) | _after(line, jump, end, limits)
        for jump, end in zip(found, ends, strict=False)
    ]


def _row(line: Line, jump: Jump, tide_high: Floats) -> dict[str, Any]:
    whole = slice(jump.first, jump.last)
    before = float(line.followers[jump.first])
    risen = float(np.log(line.followers[jump.last] / before))
    expected = float(np.expm1(line.usual[whole].sum()))
    return {
        "first": jump.first,
        "last": jump.last,
        "followers_before": before,
        "gained": before * jump.share,
        "gained_share": jump.share,
        "expected_share": expected,
        "spreads": jump.spreads,
        # Not known (NaN) is not lifted.
        "is_with_peers": bool(risen <= tide_high[whole].sum()),
        "n_steps": len(line.days) - (jump.last - jump.first),
    }


def _after(line: Line, jump: Jump, end: int, limits: JumpLimits) -> dict[str, Any]:
    """What was lost by the last count before the next jump or the end of `follow_days`."""
    since = np.cumsum(np.append(0.0, line.days[jump.last :]))
    until = jump.last + int(np.searchsorted(since, limits.follow_days, side="right")) - 1
    until = min(until, end)
    followed = float(since[max(until - jump.last, 0)])
    if followed < limits.least_follow_days:
        return {"lost_share": None, "followed_days": None}
    return {"lost_share": lost_again(line, jump, until), "followed_days": followed}
