"""Who passes on whose messages, and how far these come in two steps, over the current run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa
import pyarrow.compute
from ibis import _

from mawj.flow.accounts import account_ids_of, rows
from mawj.flow.settings import settings_in_force
from mawj.plan.passing.audience_members import audience_members, audiences
from mawj.plan.passing.cascade_nodes import cascade_nodes
from mawj.plan.passing.passing_counts import passing_counts, passing_sources
from mawj.plan.passing.passing_on import passes, passing_priors
from mawj.plan.passing.two_step import passing_arcs, two_step_reach
from mawj.tables.errors import NotEnoughData

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

    from mawj.lake.lake import Lake

pc: Any = pyarrow.compute
CARRYING = ("repost", "quote")
"""Acts that make a cascade: a reply shows the message, but is a message of its own."""


@dataclass(frozen=True)
class Passing:
    """Who passes on the messages of some accounts, and how far these come.

    Attributes:
        accounts: their ids.
        level: probability that an interval of one chance holds the true value.
        sources: the row of `passing_sources` of each, with the chance of a silent one of its
            audience (`silent_share`) and how many did pass on (`n_passers`).
        passers: the rows of `passes` with the followers of each passer by public count
            (`followers`), who brings in most first.
        reach: the row of `two_step_reach`.
        cascades: how many there are, accounts beside the authors, and the shares of them whose
            parent is told, found in the follow graph or only the author; the deepest step.
    """

    accounts: tuple[str, ...]
    level: float
    sources: tuple[dict[str, Any], ...]
    passers: tuple[dict[str, Any], ...]
    reach: dict[str, Any]
    cascades: dict[str, Any]


def passing(
    lake: Lake,
    said: Sequence[str],
    *,
    n_posts: int = 1,
    settings: Mapping[str, object] | None = None,
) -> Passing:
    """Who passes on the messages of accounts, and two-step reach of `n_posts` of each.

    Raises:
        NotFound: for an account that is not loaded.
        NotEnoughData: when nothing has been run, or no message of theirs is loaded.
    """
    record = lake.current_run()
    if record is None:
        raise NotEnoughData("nothing has been run yet; `mawj run` first", has=0, needs=1)
    ids, _unknown = account_ids_of(lake, said)
    in_force = settings or settings_in_force()
    with lake.passing():
        told, sources = passing_chances(lake, ids, in_force["PassingSettings"])
        asked = _Asked(ids, n_posts, record.as_of, record.seed, in_force)
        reach = _reach(lake, asked, told, sources)
        cascades = _cascades(lake, ids)
    level: Any = in_force["PassingSettings"]
    return Passing(
        tuple(ids), level.level, _sources(sources, told), _passers(lake, told), reach, cascades
    )


@dataclass(frozen=True)
class _Asked:
    ids: list[str]
    n_posts: int
    as_of: Any
    seed: int
    settings: Mapping[str, object]


def passing_chances(lake: Lake, ids: list[str], settings: Any) -> tuple[pa.Table, pa.Table]:
    """`passes` and `passing_sources` of the accounts, by rates learnt from others as well."""
    read = {name: lake.read(name) for name in ("acts", "follows", "post_counts")}
    others = read["post_counts"].select("account_id").distinct()
    by_chance = others.order_by(_.account_id.hexdigest("md5"), "account_id")
    learnt = by_chance.limit(settings.prior_sources)
    asked = ibis.memtable({"account_id": ids})
    chosen = lake.keep(ibis.union(learnt, asked).distinct())
    counts: pa.Table = passing_counts(chosen, **read).to_pyarrow()
    sources: pa.Table = passing_sources(chosen, **read, peers=lake.read("peers")).to_pyarrow()
    priors = passing_priors(counts, sources, passing_settings=settings)
    own = pa.array(ids)
    mine = [t.filter(pc.is_in(t["account_id"], own)) for t in (counts, sources)]
    if not any(mine[1]["n_posts"].to_pylist()):
        raise NotEnoughData(
            "no message of these accounts is loaded; `mawj load` brings posts and reposts in",
            has=0, needs=1,
        )  # fmt: skip
    return passes(*mine, priors=priors, passing_settings=settings), mine[1]


def _reach(lake: Lake, asked: _Asked, told: pa.Table, sources: pa.Table) -> dict[str, Any]:
    """The row of `two_step_reach`; silent followers are in it where their audiences fit."""
    limits: Any = asked.settings["AudienceLimits"]
    direct = _members(lake, asked.ids, asked.as_of)
    known = {str(one) for one in told["passer_id"].to_pylist() if one}
    silent = {str(one) for one in direct["member_id"].to_pylist()} - known
    behind = _members(lake, [*known, *silent], asked.as_of, most=limits.exact_members)
    with_silent = behind is not None
    if behind is None:
        behind = _members(lake, sorted(known), asked.as_of)
    may_pass = known | silent if with_silent else known
    names = list(dict.fromkeys([*asked.ids, *sorted(may_pass)]))
    sets = audiences(pa.concat_tables([direct, _without(behind, asked.ids)]), names)
    arcs = passing_arcs(told, direct if with_silent else direct.slice(0, 0))
    stated = float(pc.sum(sources["n_stated"]).as_py() or 0)
    loaded = float(pc.sum(sources["n_loaded"]).as_py() or 0)
    share = min(loaded / stated, 1.0) if stated else None
    made = two_step_reach(
        sets, arcs, asked.ids, n_posts=asked.n_posts, with_silent=with_silent, seed=asked.seed,
        followers=_followers(lake, names), passes_loaded_share=share,
    )  # fmt: skip
    return made.to_pylist()[0]


def _members(lake: Lake, ids: Sequence[str], as_of: Any, most: int | None = None) -> Any:
    """Followers of accounts, account by account; None where they are more than `most`."""
    chosen = ibis.memtable({"account_id": list(ids) or [""]})
    people = lake.read("people").limit(0)
    acts = lake.read("acts").limit(0)
    members = audience_members(chosen, lake.read("follows"), acts, people, as_of=as_of)
    if most is not None and int(rows(members.agg(n=_.count()))[0]["n"]) > most:
        return None
    return members.select("account_id", "member_id").to_pyarrow()


def _without(members: pa.Table, ids: list[str]) -> pa.Table:
    return members.filter(pc.invert(pc.is_in(members["account_id"], pa.array(ids))))


def _followers(lake: Lake, ids: Sequence[str]) -> dict[str, float]:
    standing = lake.read("standing").select("account_id", "followers")
    known = standing.filter(standing.followers.notnull()).semi_join(
        ibis.memtable({"account_id": list(ids)}), "account_id"
    )
    return {str(row["account_id"]): float(row["followers"]) for row in rows(known)}


def _sources(sources: pa.Table, told: pa.Table) -> tuple[dict[str, Any], ...]:
    made = []
    for source in sources.sort_by("account_id").to_pylist():
        own = [r for r in told.to_pylist() if r["account_id"] == source["account_id"]]
        silent = next(row for row in own if not row["passer_id"])
        ends = {
            f"silent_{end}": silent[f"passing_{end}"]
            for end in ("share", "share_low", "share_high")
        }
        made.append({**source, **ends, "n_passers": len(own) - 1})
    return tuple(made)


def _passers(lake: Lake, told: pa.Table) -> tuple[dict[str, Any], ...]:
    known = [row for row in told.to_pylist() if row["passer_id"]]
    followers = _followers(lake, [row["passer_id"] for row in known] or [""])
    made = [{**row, "followers": followers.get(row["passer_id"])} for row in known]
    return tuple(sorted(made, key=_brings))


def _brings(row: dict[str, Any]) -> tuple[float, float, str]:
    brought = row["passing_share"] * (row["followers"] or 0.0)
    return -brought, -row["passing_share"], row["passer_id"]


def _cascades(lake: Lake, ids: list[str]) -> dict[str, Any]:
    """How the cascades of the accounts' messages look, and how sure that picture is."""
    nodes = cascades_read(lake, ids)
    others = nodes.filter(pc.not_equal(nodes["parent_by"], "author"))
    n = others.num_rows
    by = dict.fromkeys(("told", "graph", "root"), 0)
    for one in others["parent_by"].to_pylist():
        by[str(one)] += 1
    unsure = float(pc.sum(pc.greater(others["n_candidates"], 1)).as_py() or 0)
    return {
        "n_cascades": nodes.num_rows - n, "n_accounts": n,
        **{f"{name}_share": count / n if n else None for name, count in by.items()},
        "ambiguous_share": unsure / n if n else None,
        "deepest": pc.max(others["depth"]).as_py() or 0,
    }  # fmt: skip


def cascades_read(lake: Lake, account_ids: Sequence[str]) -> pa.Table:
    """`cascade_nodes` of the messages of accounts, from the current run."""
    asked = list(account_ids)
    carried = carried_acts(lake)
    roots = carried.filter(carried.target_id.isin(asked)).select("post_id")
    own = lake.read("post_counts").filter(_.account_id.isin(asked))
    return cascades_of_messages(lake, ibis.union(roots, own.select("post_id")).distinct())


def carried_acts(lake: Lake) -> ir.Table:
    """Reposts and quotes of which it is known what they pass on."""
    acts = lake.read("acts")
    return acts.filter(acts.kind.isin(CARRYING) & acts.post_id.notnull())


def cascades_of_messages(lake: Lake, messages: ir.Table) -> pa.Table:
    """`cascade_nodes` of the messages in the column `post_id`, from the current run."""
    carried = carried_acts(lake)
    first = carried.semi_join(messages, "post_id")
    # Reposts of those reposts: one hop more; longer chains are rare and end at the author.
    second = carried.semi_join(first, carried.post_id == first.act_id)
    passed = ibis.union(first, second).distinct()
    told = lake.keep(passed.select("act_id", "actor_id", "target_id", "post_id", "at"))
    names = ibis.union(told.select(one="actor_id"), told.select(one="target_id")).distinct()
    among = lake.read("follows").select("follower_id", "followed_id")
    for end in ("follower_id", "followed_id"):
        among = among.semi_join(names.rename({end: "one"}), end)
    return cascade_nodes(told.to_pyarrow(), among.to_pyarrow())
