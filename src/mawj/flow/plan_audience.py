"""Whom each account of a plan reaches: audiences as a portfolio covers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from ibis import _

from mawj.flow.audiences import read_audiences
from mawj.plan.passing.overlap import overlap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from mawj.flow.audiences import AudiencesRead
    from mawj.lake.lake import Lake
    from mawj.plan.passing.audience_members import AudienceLimits

CREATOR_FROM = 1_000
"""Followers from which a member of an audience counts as a creator: the lowest line of the
smallest tier of most published schemes."""


@dataclass(frozen=True)
class PlanAudience:
    """The followers of some accounts, as far as they are loaded.

    Attributes:
        account_ids: the accounts, in the order of the rows.
        ptr, member: row i holds `member[ptr[i]:ptr[i + 1]]`.
        weight: how many people each member stands for.
        n_members: members, numbered from 0.
        overlap: what the audiences of each pair share; no rows below two accounts.
        sizes: how much of each audience is loaded.
    """

    account_ids: tuple[str, ...]
    ptr: npt.NDArray[np.int64]
    member: npt.NDArray[np.int32]
    weight: npt.NDArray[np.float64]
    n_members: int
    overlap: pa.Table
    sizes: pa.Table

    @property
    def is_known(self) -> bool:
        """Whether any member is loaded."""
        return self.member.size > 0

    @property
    def loaded_share(self) -> float | None:
        """Part of the followers that is loaded, of all accounts together; None: not known."""
        known = [
            (row["n_loaded"], row["n_stated"])
            for row in self.sizes.to_pylist()
            if row["n_stated"]
        ]
        stated = sum(n for _, n in known)
        return sum(n for n, _ in known) / stated if stated else None

    def rows(self, account_ids: Sequence[str]) -> tuple[Any, Any]:
        """The audiences of offers, one row an offer: `ptr` and `member`."""
        place_of = {one: place for place, one in enumerate(self.account_ids)}
        places = [place_of[one] for one in account_ids]
        parts = [self.member[self.ptr[i] : self.ptr[i + 1]] for i in places]
        ptr = np.concatenate([[0], np.cumsum([part.size for part in parts])]).astype(np.int64)
        member = np.concatenate(parts) if parts else np.empty(0, np.int32)
        return ptr, member.astype(np.int32)


def plan_audience(
    lake: Lake,
    account_ids: Sequence[str],
    settings: Mapping[str, object],
    *,
    only_creators: bool = False,
    behind: Sequence[str] = (),
) -> PlanAudience:
    """The followers of accounts, each weighed by how many people it stands for.

    Args:
        lake: where they are read.
        account_ids: whose.
        settings: settings objects by class name.
        only_creators: count only members who have an audience of their own (M16: awareness
            among creators).
        behind: accounts whose audiences are reached through them only: they follow in the rows,
            and say how many people a member stands for where no audience of the others does.
            Without overlap then.
    """
    own = tuple(dict.fromkeys(account_ids))
    ids = tuple(dict.fromkeys((*own, *behind)))
    read = read_audiences(lake, ids, settings=settings)
    limits: Any = settings["AudienceLimits"]
    ptr, member, scale = read.audiences.sets.sample()
    n, shares = read.audiences.sets.unit.size, _shares(read)
    weight = member_weights(ptr, member, shares, n)
    if behind:
        first = member[: ptr[len(own)]]
        mine = member_weights(ptr[: len(own) + 1], first, shares[: len(own)], n)
        weight = np.where(np.bincount(first, minlength=n) > 0, mine, weight)
    weight = weight * scale
    if only_creators:
        weight = weight * _are_creators(lake, read)
    pairs = _overlap(read, limits) if len(ids) > 1 and not behind else pa.table({})
    return PlanAudience(ids, ptr, member, weight, n, pairs, read.sizes)


def member_weights(
    ptr: npt.NDArray[np.int64],
    member: npt.NDArray[np.int32],
    loaded_share: npt.NDArray[np.float64],
    n_members: int,
) -> npt.NDArray[np.float64]:
    """How many people each loaded member stands for.

    Where a tenth of an audience is loaded, one member stands for ten people. One who is in
    several audiences stands for as many as in the audience that is loaded best: the same people
    were then loaded of each, which is the careful reading of an overlap (it counts no overlap
    that was not seen, and hides none that was).
    """
    of_row = np.repeat(loaded_share, np.diff(ptr))
    best = np.zeros(n_members)
    np.maximum.at(best, member, of_row)
    return np.divide(1.0, best, out=np.ones(n_members), where=best > 0)


def _shares(read: AudiencesRead) -> npt.NDArray[np.float64]:
    """How much of each account's followers is loaded; 1 where the count is not known."""
    known = dict(zip(*(read.sizes[c].to_pylist() for c in ("account_id", "loaded_share")),
                     strict=True))  # fmt: skip
    return np.array([known.get(one) or 1.0 for one in read.audiences.account_ids])


def _are_creators(lake: Lake, read: AudiencesRead) -> npt.NDArray[np.bool_]:
    """Which members have an audience of their own."""
    standing = lake.read("standing").filter(_.followers >= CREATOR_FROM)
    people = lake.read("people").select("account_id", "person_id")
    joined = standing.left_join(people, "account_id")
    persons = joined.select(person=_.person_id.coalesce(_.account_id)).distinct()
    creators = set(persons.to_pyarrow()["person"].to_pylist())
    return np.array([str(one) in creators for one in read.audiences.member_ids], bool)


def _overlap(read: AudiencesRead, limits: AudienceLimits) -> pa.Table:
    return overlap(
        read.audiences, read.sizes, kind=read.kind, n_population=read.n_population,
        audience_limits=limits,
    )  # fmt: skip
