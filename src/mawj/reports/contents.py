"""What a report holds: the shortlist, the reasons of its first accounts, tiers and coverage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ibis import _

from mawj.flow.accounts import rows
from mawj.flow.comparing import measures_of
from mawj.flow.coverage import Coverage, coverage
from mawj.flow.finding import Shortlist, Wanted, find
from mawj.flow.tiers_answer import tier_effects, tier_groups
from mawj.flow.why import Why, why
from mawj.tables.errors import RunNotFound

if TYPE_CHECKING:
    from datetime import datetime

    from mawj.lake.lake import Lake

MOST_DOTS = 1500
"""Accounts drawn in the picture of all; more would only make the file heavy."""


@dataclass(frozen=True)
class Explained:
    """One account of the shortlist with its reasons and measures."""

    why: Why
    measures: dict[str, Any]


@dataclass(frozen=True)
class Contents:
    """Everything that a report shows, in one language or another."""

    made_at: datetime
    run_id: str
    as_of: datetime
    shortlist: Shortlist
    explained: tuple[Explained, ...]
    tier_groups: tuple[dict[str, Any], ...]
    tier_effects: tuple[dict[str, Any], ...]
    coverage: Coverage
    dots: tuple[dict[str, Any], ...]


def contents(
    lake: Lake, wanted: Wanted, *, made_at: datetime, n_explained: int = 8
) -> Contents:
    """Gather a report for `wanted` from the current run.

    Raises:
        RunNotFound: when nothing has been run yet.
        NotFound: as `find` does.
    """
    run = lake.current_run()
    if run is None:
        raise RunNotFound("nothing has been computed yet; `mawj run` first")
    shortlist = find(lake, wanted)
    topic_id = shortlist.topic_ids[0] if shortlist.topic_ids else ""
    scheme = wanted.scheme
    return Contents(
        made_at=made_at,
        run_id=run.run_id,
        as_of=run.as_of,
        shortlist=shortlist,
        explained=tuple(
            Explained(why(lake, one.account_id, topic_id), measures_of(lake, one.account_id))
            for one in shortlist.found[:n_explained]
        ),
        tier_groups=tuple(tier_groups(lake, scheme)),
        tier_effects=tuple(tier_effects(lake, scheme)),
        coverage=coverage(lake),
        dots=_dots(lake),
    )


def _dots(lake: Lake) -> tuple[dict[str, Any], ...]:
    """Ranked accounts, the first ones, with followers and influence: the picture of all."""
    influence = lake.read("influence").filter(_.topic_id == "", _.rank <= MOST_DOTS)
    kinds = lake.read("kinds").select("account_id", "kind")
    standing = lake.read("standing").select("account_id", "followers")
    joined = influence.join(standing, "account_id").left_join(kinds, "account_id")
    shown = joined.filter(_.followers > 0).select(
        "account_id", "followers", "influence", "kind"
    )
    return tuple(rows(shown.order_by("account_id")))
