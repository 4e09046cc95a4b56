"""Rings: authors who comment together, at the same posts in the same minutes, beyond chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from mawj.graph.meetings import Meeting
from mawj.tables.declared import TABLES
from mawj.vet.ring_groups import Ties, Visits, groups_of, ties_of
from mawj.vet.ring_visits import WEEK_MINUTES

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute

KINDS = {
    "post": np.int32, "author": np.int32, "owner": np.int32, "at_s": np.int64,
    "delay_s": np.int64, "post_share": np.float64,
}  # fmt: skip


@dataclass(frozen=True)
class RingLimits:
    """What makes a ring.

    Attributes:
        window_s: seconds between two comments under one post that meet; ten minutes, our
            judgement: the time in which a group answers a call.
        most_next: comments right after one that are looked at, so that busy posts cost no more;
            our judgement.
        least_meetings: posts at which a pair must have met; our judgement.
        least_owners: accounts whose posts those were, so that fans of one are no ring; ours.
        chance: probability that any pair at all is tied by chance; our judgement.
        least_ties: members of its ring that each member is tied to; our judgement.
        least_members: accounts that make a ring: four friends are none; our judgement.
    """

    window_s: int = 600
    most_next: int = 24
    least_meetings: int = 4
    least_owners: int = 2
    chance: float = 0.01
    least_ties: int = 3
    least_members: int = 5


def ring_members(
    ring_authors: pa.Table,
    ring_delays: pa.Table,
    ring_visits: pa.RecordBatchReader,
    *,
    ring_limits: RingLimits,
) -> pa.Table:
    """One account that comments in a ring: one row per account.

    Pairs that meet at enough posts of several accounts, more often than chance lets expect of
    who comments there so much, are tied; a connected part of the ties' k-core is a ring.

    Reads:
        ring_authors: ids by number. ring_delays. ring_visits, batch by batch.

    Returns:
        The declared columns. A model function: 36 bytes a visit, twice while sorting, a byte
        to eight for each pair of visits within the window, 512 MB at most; see
        `mawj.graph.meetings`.

    Source:
        Pacheco et al. 2021, ICWSM 15, 455-466 (coordination as unlikely co-action).
    """
    limits = ring_limits
    visits = visits_of(ring_visits, ring_delays)
    meeting = Meeting(limits.window_s, limits.most_next, limits.least_meetings)
    ties = ties_of(visits, meeting, limits.least_owners, limits.chance)
    if len(ties.one) == 0:
        return TABLES["ring_members"].schema.empty_table()
    author, group = groups_of(ties, limits.least_ties, limits.least_members)
    if len(author) == 0:
        return TABLES["ring_members"].schema.empty_table()
    ids: Any = ring_authors.sort_by("number")["account_id"]
    ids = ids.take(pa.array(author, pa.int32()))
    return _table(ids, author, group, ties)


def visits_of(batches: pa.RecordBatchReader, ring_delays: pa.Table) -> Visits:
    """The visits of all batches as arrays, by post, then time, then author."""
    parts: dict[str, list[Any]] = {name: [np.zeros(0, kind)] for name, kind in KINDS.items()}
    for batch in batches:
        for name, kind in KINDS.items():
            values = batch.column(name).to_numpy(zero_copy_only=False)
            parts[name].append(values.astype(kind))
    joined = {name: np.concatenate(parts.pop(name)) for name in KINDS}
    order = np.lexsort((joined["author"], joined["at_s"], joined["post"]))
    post, author, owner, at, delay, share = (joined.pop(name)[order] for name in KINDS)
    per_minute = np.zeros(WEEK_MINUTES + 1)
    per_minute[ring_delays["minute"].to_numpy()] = ring_delays["n_comments"].to_numpy()
    return Visits(post, author, owner, at, delay, share, per_minute)


def _table(ids: Any, author: Any, group: Any, ties: Ties) -> pa.Table:
    """The members with what ties them to their ring; a ring is named by its first member."""
    names = np.asarray(ids.to_pylist(), dtype=object)
    named: dict[int, str] = {}
    for name, number in sorted(zip(names, group.tolist(), strict=True)):
        named.setdefault(number, name)
    sizes = np.bincount(group)
    ring = np.full(int(max(ties.one.max(), ties.other.max())) + 1, -1, np.int64)
    ring[author] = group
    inside = (ring[ties.one] >= 0) & (ring[ties.one] == ring[ties.other])
    ends = np.concatenate([ties.one[inside], ties.other[inside]])

    def mean(values: Any) -> Any:
        both = np.concatenate([values[inside]] * 2).astype(np.float64)
        total = np.bincount(ends, both, minlength=len(ring))[author]
        return total / np.bincount(ends, minlength=len(ring))[author]

    columns = {
        "account_id": names.tolist(),
        "ring_id": [named[number] for number in group.tolist()],
        "n_members": sizes[group],
        "n_ties": np.bincount(ends, minlength=len(ring))[author],
        "meetings_each": mean(ties.met),
        "expected_each": mean(ties.expected),
        "same_order_share": mean(ties.same_order),
    }
    schema = TABLES["ring_members"].schema
    made = pa.table(
        [pa.array(columns[name], schema.field(name).type) for name in schema.names],
        schema=schema,
    )
    return made.sort_by("account_id")
