"""Whose audiences are the same people: pairs of accounts, and what each adds to the set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mawj.flow.accounts import account_ids_of
from mawj.flow.audiences import read_audiences
from mawj.flow.settings import settings_in_force
from mawj.plan.passing.overlap import overlap, unique_reach
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mawj.lake.lake import Lake


@dataclass(frozen=True)
class Overlapping:
    """What the audiences of some accounts share.

    Attributes:
        kind: who counts as audience: follows, engages or comments.
        level: probability that an interval holds the true value.
        together: the row of `unique_reach` of all together.
        each: the row of each account, in the order asked for.
        pairs: the rows of `overlap`, the greatest share of the smaller audience first.
    """

    kind: str
    level: float
    together: dict[str, Any]
    each: tuple[dict[str, Any], ...]
    pairs: tuple[dict[str, Any], ...]


def overlapping(
    lake: Lake,
    said: Sequence[str],
    *,
    kind: str = "follows",
    settings: Mapping[str, object] | None = None,
) -> Overlapping:
    """What the audiences of accounts share, from the tables of the current run.

    Raises:
        ActionRefused: for fewer than two accounts.
        NotFound: for an account that is not loaded.
        NotEnoughData: when nothing has been run.
    """
    ids, _ = account_ids_of(lake, said)
    if len(ids) < 2:
        raise ActionRefused("an overlap is between accounts: name at least two")
    in_force = settings or settings_in_force()
    limits: Any = in_force["AudienceLimits"]
    read = read_audiences(lake, ids, kind=kind, settings=in_force)
    told: dict[str, Any] = {"kind": kind, "audience_limits": limits}
    pairs = overlap(read.audiences, read.sizes, n_population=read.n_population, **told)
    reach = unique_reach(read.audiences, read.sizes, **told).to_pylist()
    ordered = sorted(pairs.to_pylist(), key=_by_share)
    return Overlapping(kind, limits.level, reach[0], tuple(reach[1:]), tuple(ordered))


def _by_share(pair: dict[str, Any]) -> tuple[float, str, str]:
    shares = (pair["shared_share_l"] or 0.0, pair["shared_share_r"] or 0.0)
    return -max(shares), pair["account_id_l"], pair["account_id_r"]
