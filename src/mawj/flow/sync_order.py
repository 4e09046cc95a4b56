"""In which order a source is asked for what is due, within what it says is left.

What plans and lists rest on comes first, then what is watched, then the rest; within each the
most overdue. A part of a quota that does not suffice is kept for the most overdue of all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ibis import _

from mawj.flow.accounts import rows
from mawj.flow.refreshing import MATTERS, RefreshSettings, refresh_order
from mawj.flow.source_states import source_named
from mawj.sources.live.polite import Quota

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from mawj.flow.source_states import SourceState
    from mawj.lake.lake import Lake
    from mawj.sources.live.live import LiveSource

HOURS = 24.0
OTHER = MATTERS.index("other")


@dataclass(frozen=True)
class SyncOrder:
    """What is asked for now.

    Attributes:
        parts: groups that one request takes together, each part with what must be left of the
            quota before one of it is asked for.
        n_waiting: things due that wait for the quota to be full again.
    """

    parts: tuple[tuple[float, tuple[list[SourceState], ...]], ...]
    n_waiting: int


def mattering(
    plans: Iterable[str], listed: Iterable[str] = (), watched: Iterable[str] = ()
) -> dict[str, str]:
    """What each account is for, one of `MATTERS`: the most pressing where it is for several."""
    found = dict.fromkeys(watched, "watched")
    found |= dict.fromkeys(listed, "list")
    return found | dict.fromkeys(plans, "plan")


def planned_accounts(lake: Lake, today: date) -> set[str]:
    """Accounts of which a placement that is still to come stands in the forecast book."""
    ahead = lake.read("kept_forecasts").filter(_.on >= today)
    return {row["account_id"] for row in rows(ahead.select("account_id").distinct())}


def account_ids(lake: Lake, source: LiveSource, names: Iterable[str]) -> dict[str, str]:
    """The accounts that subjects name by handle or native id, those that a page told of."""
    wanted = {one.lower(): one for one in names}
    accounts = lake.read("accounts").filter(_.platform == source.platform)
    by_handle = accounts.filter(accounts.handle.lower().isin(sorted(wanted)))
    found = rows(by_handle.select("account_id", "handle"))
    ids = {name: f"{source.platform}:{name}" for name in wanted.values()}
    return ids | {wanted[row["handle"].lower()]: row["account_id"] for row in found}


def subjects_that_matter(
    lake: Lake, source: LiveSource, due: Sequence[SourceState], matters: Mapping[str, str]
) -> dict[str, str]:
    """What the subjects are for: the accounts themselves, and posts of theirs."""
    named: dict[str, list[str]] = {"account": [], "post": []}
    for one in due:
        named.setdefault(source.kinds[one.kind].subject, []).append(one.subject)
    ids = account_ids(lake, source, named["account"])
    posts = lake.read("posts").filter(_.account_id.isin(sorted(matters)))
    wanted = [f"{source.platform}:{one}" for one in named["post"]]
    for row in rows(posts.filter(_.post_id.isin(wanted)).select("post_id", "account_id")):
        ids[row["post_id"].partition(":")[2]] = row["account_id"]
    return {name: matters[one] for name, one in ids.items() if one in matters}


def told_quota(lake: Lake, name: str) -> Quota:
    """What a source said last of what is left; nothing where it did not say until when."""
    for row in rows(lake.read("source_quotas").filter(_.source == name)):
        if row["resets_at"] is not None:
            return Quota(row["left"], row["resets_at"].timestamp())
    return Quota()


def sync_order(
    due: Sequence[SourceState],
    matters: Mapping[str, str],
    left: float | None,
    now: datetime,
    settings: RefreshSettings | None = None,
) -> SyncOrder:
    """What is asked for now, first things first; streams last, as they go on.

    Where all that is due fits into what is left, all of it is asked for. Where it does not,
    each thing may first grow as old as what it is for allows.

    Args:
        due: what is due of one source.
        matters: what it is for, by its subject, one of `MATTERS`; "other" where it says none.
        left: of the quota, in the source's units; None where it does not say.
        now: the moment.
        settings: how old each may grow, and the reserve.
    """
    settings = settings or RefreshSettings()
    streams = [one for one in due if _is_stream(one)]
    asked = [one for one in due if not _is_stream(one)]
    matter = np.array([_matter(one, matters) for one in asked], np.int64)
    cost = np.array([_cost(one) for one in asked], float)
    age = np.array([_age_days(one, now) for one in asked], float)
    fresh_days = np.array([one.every_h / HOURS for one in asked], float)
    quota = np.inf if left is None else left
    if cost.sum() <= quota:
        overdue = np.maximum(age / fresh_days, 1.0)
    else:
        overdue = settings.overdue(age, matter, fresh_days)
    chosen = refresh_order(overdue, matter, cost, quota, settings.reserve_share)
    first, last = ([asked[n] for n in places] for places in (chosen.first, chosen.most_overdue))
    kept = quota * settings.reserve_share if last else 0.0
    parts = (
        (kept, _groups(first)),
        (0.0, _groups(last)),
        (0.0, tuple([one] for one in streams)),
    )
    return SyncOrder(parts, len(asked) - len(first) - len(last))


def _cost(one: SourceState) -> float:
    """The least that asking takes of the quota: more where there are many pages."""
    kind = source_named(one.source).kinds[one.kind]
    return kind.cost / kind.at_once


def _is_stream(one: SourceState) -> bool:
    return source_named(one.source).kinds[one.kind].is_stream


def _matter(one: SourceState, matters: Mapping[str, str]) -> int:
    return MATTERS.index(matters.get(one.subject, "other"))


def _age_days(one: SourceState, now: datetime) -> float:
    """Days since the source told all, or that it is not there; infinite before that."""
    if one.told_at is None:
        return float("inf")
    return max((now - one.told_at).total_seconds(), 0.0) / 3600 / HOURS


def _groups(ordered: Sequence[SourceState]) -> tuple[list[SourceState], ...]:
    """Those that one request can take together, each in the place of its first."""
    groups: list[list[SourceState]] = []
    filling: dict[tuple[str, str], list[SourceState]] = {}
    for one in ordered:
        at_once = source_named(one.source).kinds[one.kind].at_once
        key = (one.kind, one.cursor if at_once > 1 else one.subject)
        group = filling.get(key)
        if group is None or len(group) == at_once:
            group = filling[key] = []
            groups.append(group)
        group.append(one)
    return tuple(groups)
