"""The audiences of some accounts, read from the current run as sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.flow.accounts import rows
from mawj.flow.settings import settings_in_force
from mawj.plan.passing.audience_members import (
    AudienceLimits,
    audience_members,
    audience_sample,
    audience_sizes,
    audiences,
)
from mawj.tables.declared import TABLES
from mawj.tables.derived_plan_overlap import AUDIENCE_KINDS
from mawj.tables.errors import NotEnoughData

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir
    import pyarrow as pa

    from mawj.lake.lake import Lake
    from mawj.plan.passing.audience_members import Audiences


@dataclass(frozen=True)
class AudiencesRead:
    """The audiences of some accounts, of one kind.

    Attributes:
        audiences: as sets, whole or as sketches.
        sizes: `audience_sizes` of them.
        kind: follows, engages or comments.
        n_population: distinct accounts that are loaded as audience of anybody.
    """

    audiences: Audiences
    sizes: pa.Table
    kind: str
    n_population: int


def read_audiences(
    lake: Lake,
    account_ids: Sequence[str],
    *,
    kind: str = "follows",
    settings: Mapping[str, object] | None = None,
) -> AudiencesRead:
    """The audiences of accounts; whole up to `exact_members` memberships, else as sketches.

    Raises:
        NotEnoughData: when nothing has been run, or the kind is not known.
    """
    record = lake.current_run()
    if record is None:
        raise NotEnoughData("nothing has been run yet; `mawj run` first", has=0, needs=1)
    if kind not in AUDIENCE_KINDS:
        known = ", ".join(AUDIENCE_KINDS)
        raise NotEnoughData(f"no kind of audience is called {kind!r}: {known}", has=0, needs=1)
    limits: Any = (settings or settings_in_force())["AudienceLimits"]
    with lake.passing():
        chosen = ibis.memtable({"account_id": list(dict.fromkeys(account_ids))})
        read = {name: lake.read(name) for name in ("follows", "acts", "people")}
        rows_read = audience_members(chosen, **read, as_of=record.as_of)
        members = lake.keep(rows_read.filter(_.kind == kind))
        sizes: pa.Table = audience_sizes(members, lake.read("standing")).to_pyarrow()
        sets = _sets(members, sizes, list(account_ids), limits)
        n_population = _population(kind, **read)
    return AudiencesRead(sets, sizes.cast(TABLES["audience_sizes"].schema), kind, n_population)


def _sets(
    members: ir.Table, sizes: pa.Table, ids: list[str], limits: AudienceLimits
) -> Audiences:
    loaded = dict(zip(*(sizes[c].to_pylist() for c in ("account_id", "n_loaded")), strict=True))
    if sum(loaded.values()) <= limits.exact_members:
        return audiences(members.to_pyarrow(), ids)
    sampled = audience_sample(members, audience_limits=limits).to_pyarrow()
    return audiences(sampled, ids, sizes=loaded, audience_limits=limits)


def _population(kind: str, follows: ir.Table, acts: ir.Table, people: ir.Table) -> int:
    """Distinct persons that are loaded as audience of anybody."""
    is_said = acts.kind == "comment" if kind == "comments" else acts.kind != "comment"
    column = follows.follower_id if kind == "follows" else acts.filter(is_said).actor_id
    told = column.name("account_id").as_table().distinct()
    persons = told.left_join(people.select("account_id", "person_id"), "account_id")
    counted = persons.agg(n=ibis.coalesce(_.person_id, _.account_id).nunique())
    return int(rows(counted)[0]["n"])
