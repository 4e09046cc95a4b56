"""Who is likely to pass a message on next, and what speaks for each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
import pyarrow as pa
from ibis import _
from scipy.sparse import csr_array

from mawj.flow.accounts import rows
from mawj.flow.passing import carried_acts, cascades_of_messages
from mawj.flow.settings import settings_in_force
from mawj.graph.cascades import cascades_of
from mawj.plan.passing.next_adopters import WAYS, next_adopters
from mawj.plan.passing.next_passers import Responses, passer_chances, passer_weights
from mawj.tables.errors import NotEnoughData, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from mawj.graph.cascades import Cascades
    from mawj.lake.lake import Lake
    from mawj.plan.passing.next_adopters import NextAdopters

MOST_MESSAGES = 500
"""Messages of the account, and of others of its platform, that are learnt from: the latest."""

MOST_ADOPTERS, MOST_CANDIDATES = 200, 20_000
"""First adopters of a past message that are learnt from; followers who are looked at."""

MOST_PASSERS = 500
"""Known passers of an account that are weighed by when they act: those of the most messages."""

LEAST_SHARE = 0.1
"""Share of a chance below which a way is not named as a reason (our judgement)."""

MEASURED: dict[str, float] = {
    "hits_10": 0.077, "hits_100": 0.173, "map_100": 0.043, "known": 0.615, "first": 0.542,
}  # fmt: skip
"""How often it was right where it was measured: docs/benchmarks.md, "Cascades"."""


@dataclass(frozen=True)
class NextPassing:
    """Who passes a message on next.

    Attributes:
        post_id, account_id: the message and its author.
        n_so_far: accounts that have passed it on.
        n_past, n_own: past messages that were learnt from, and those of the author among them.
        candidates: account_id, `chance` that the next one is this account if it is one that is
            known here; `reasons`, the ways in which messages travel with their share of that
            chance, the largest first; `n_passed` and `n_passed_own` past messages that it
            passed on, of all and of the author; `n_followed` of those who have this message
            that it follows. The most likely first; empty where too little is known.
        known_passers: accounts that passed on messages of the author before and not this one,
            with the chance that they are first at the author's next message by how often and
            when they act; empty where they passed on too little.
        measured: how often such answers were right on the sets of the benchmarks.
    """

    post_id: str
    account_id: str
    n_so_far: int
    n_past: int
    n_own: int
    candidates: tuple[dict[str, Any], ...]
    known_passers: tuple[dict[str, Any], ...]
    measured: dict[str, float]


def next_passing(
    lake: Lake, post_id: str, *, settings: Mapping[str, object] | None = None
) -> NextPassing:
    """Who is likely to pass a message on next, by how past messages of its platform went.

    Raises:
        NotFound: when the post is not loaded.
        NotEnoughData: when nothing has been run.
    """
    record = lake.current_run()
    if record is None:
        raise NotEnoughData("nothing has been run yet; `mawj run` first", has=0, needs=1)
    in_force = settings or settings_in_force()
    with lake.passing():
        posts = lake.read("post_counts")
        found = rows(posts.filter(posts.post_id == post_id))
        if not found:
            raise NotFound(f"no post {post_id!r} is loaded; `mawj load` brings posts in")
        author = str(found[0]["account_id"])
        world = _world(lake, post_id, found[0])
        known = _known_passers(lake, author, in_force["NextPasserSettings"], record.as_of)
    try:
        limits: Any = in_force["NextAdopterSettings"]
        model = next_adopters(world.past, world.follows, next_adopter_settings=limits)
        candidates = _candidates(world, model)
    except NotEnoughData:
        candidates = ()
    has_it = {world.names[one] for one in world.active}
    return NextPassing(
        post_id, author, len(has_it) - 1, world.past.n_cascades, int(world.is_own.sum()),
        candidates, _still_open(known, has_it), MEASURED,
    )  # fmt: skip


def _still_open(known: tuple[dict[str, Any], ...], has_it: set[str]) -> tuple[Any, ...]:
    """Those who do not have the message yet, with chances that add up to one again."""
    left = [row for row in known if row["account_id"] not in has_it]
    total = sum(row["chance"] for row in left)
    return tuple(row | {"chance": row["chance"] / total} for row in left)


@dataclass(frozen=True)
class _World:
    """Numbered accounts, past cascades by their time, who follows whom, who has it so far."""

    names: list[str]
    past: Cascades
    is_own: np.ndarray
    follows: csr_array
    active: np.ndarray


def _world(lake: Lake, post_id: str, post: dict[str, Any]) -> _World:
    messages = _messages(lake, post)
    nodes = cascades_of_messages(lake, messages).to_pylist()
    author = str(post["account_id"])
    own = [row for row in nodes if row["root_id"] == post_id and row["account_id"] != author]
    has_it = list(dict.fromkeys([author, *(row["account_id"] for row in sorted(own, key=_at))]))
    begun = {row["post_id"]: row["published_at"] for row in rows(messages)}
    past = [row for row in nodes if row["root_id"] in begun and row["root_id"] != post_id]
    order = sorted({row["root_id"] for row in past}, key=lambda one: (begun[one], one))
    fresh = _followers(lake, has_it)
    names = sorted({*has_it, *fresh, *(row["account_id"] for row in past)})
    number = {name: at for at, name in enumerate(names)}
    made = _numbered(past, number, {root: at for at, root in enumerate(order)})
    is_own = made.node[made.ptr[:-1]] == number[author]
    active = np.array([number[one] for one in has_it], np.int64)
    return _World(names, made, is_own, _follows(lake, number), active)


def _messages(lake: Lake, post: dict[str, Any]) -> ir.Table:
    """The message, and the latest others of its author and of its platform passed on so far."""
    posts = lake.read("post_counts").select("post_id", "account_id", "platform", "published_at")
    carried = posts.semi_join(carried_acts(lake).select("post_id"), "post_id").filter(
        _.published_at.notnull(), _.post_id != post["post_id"], _.platform == post["platform"]
    )
    latest = [_.published_at.desc(), "post_id"]
    own = carried.filter(_.account_id == post["account_id"]).order_by(latest)
    others = carried.filter(_.account_id != post["account_id"]).order_by(latest)
    parts = (own.limit(MOST_MESSAGES), others.limit(MOST_MESSAGES))
    asked = posts.filter(posts.post_id == post["post_id"])
    return lake.keep(ibis.union(asked, *parts).select("post_id", "published_at"))


def _numbered(
    past: list[dict[str, Any]], number: dict[str, int], place: dict[str, int]
) -> Cascades:
    """Past cascades in the order of their time, each with its first adopters alone."""
    kept: list[dict[str, Any]] = []
    seen: dict[str, int] = dict.fromkeys(place, 0)
    for row in sorted(past, key=lambda one: (place[one["root_id"]], *_at(one))):
        seen[row["root_id"]] += 1
        if seen[row["root_id"]] <= MOST_ADOPTERS:
            kept.append(row)
    return cascades_of(
        np.array([place[row["root_id"]] for row in kept], np.int64),
        np.array([number[row["account_id"]] for row in kept], np.int32),
        np.array([row["at"].timestamp() if row["at"] else np.nan for row in kept]),
        np.array([row["parent_by"] == "author" for row in kept], bool),
    )


def _at(row: dict[str, Any]) -> tuple[bool, float, str]:
    """The author first, then by time; who acts at an unknown time last."""
    time = row["at"].timestamp() if row["at"] else np.inf
    return row["parent_by"] != "author", time, row["account_id"]


def _followers(lake: Lake, has_it: list[str]) -> list[str]:
    """Who follows most of those who have the message."""
    follows = lake.read("follows").filter(_.followed_id.isin(has_it))
    counted = follows.group_by("follower_id").agg(n=_.followed_id.nunique())
    first = counted.order_by(_.n.desc(), "follower_id").limit(MOST_CANDIDATES)
    return [str(row["follower_id"]) for row in rows(first)]


def _follows(lake: Lake, number: dict[str, int]) -> csr_array:
    """1 at [a, b] where b follows a."""
    told = lake.read("follows").select("follower_id", "followed_id")
    names = ibis.memtable(pa.table({"one": list(number)}))
    for end in ("follower_id", "followed_id"):
        told = told.semi_join(names.rename({end: "one"}), end)
    pairs = told.distinct().to_pyarrow()
    ends = [
        np.array([number[str(one)] for one in pairs[side].to_pylist()], np.int64)
        for side in ("followed_id", "follower_id")
    ]
    shape = (len(number), len(number))
    return csr_array((np.ones(ends[0].size), tuple(ends)), shape)


def _candidates(world: _World, model: NextAdopters) -> tuple[dict[str, Any], ...]:
    """Everybody with a chance, the most likely first, with what speaks for it."""
    told = [np.zeros(model.n_nodes) if way is None else way for way in model.ways(world.active)]
    parts = np.array(told) * model.weights[:, None]
    chances = model.chances(world.active)
    total = np.maximum(parts.sum(axis=0), 1e-300)
    passed = [_n_passed(world.past.some(at), model.n_nodes) for at in _choices(world.is_own)]
    followed = np.asarray(world.follows[world.active].sum(axis=0)).ravel()
    order = np.lexsort((np.arange(chances.size), -chances))
    return tuple(
        {
            "account_id": world.names[one],
            "chance": float(chances[one]),
            "reasons": _reasons(parts[:, one] / total[one]),
            "n_passed": int(passed[0][one]),
            "n_passed_own": int(passed[1][one]),
            "n_followed": int(followed[one]),
        }
        for one in order[: int((chances > 0).sum())]
    )


def _choices(is_own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.arange(is_own.size), np.flatnonzero(is_own)


def _n_passed(cascades: Cascades, n: int) -> np.ndarray:
    """Cascades that each account joined after the author."""
    is_later = np.ones(cascades.node.size, bool)
    is_later[cascades.ptr[:-1]] = False
    return np.bincount(cascades.node[is_later], minlength=n)


def _reasons(shares: np.ndarray) -> list[dict[str, Any]]:
    order = np.argsort(-shares, kind="stable")
    return [
        {"way": WAYS[way], "share": float(shares[way])}
        for way in order if shares[way] >= LEAST_SHARE
    ]  # fmt: skip


def _known_passers(
    lake: Lake, author: str, settings: Any, as_of: Any
) -> tuple[dict[str, Any], ...]:
    """Known passers of an account with the chance to be first at its next message."""
    passed = carried_acts(lake).filter(_.target_id == author, _.actor_id != author)
    counted = passed.group_by("actor_id").agg(n=_.count())
    most = counted.order_by(_.n.desc(), "actor_id").limit(MOST_PASSERS)
    acts = lake.read("acts").filter(_["at"].notnull()).select("actor_id", "at", "act_id")
    carrying = passed.select("act_id").distinct().mutate(is_pass=True)
    own = acts.semi_join(most, "actor_id").left_join(carrying, "act_id")
    told = rows(own.order_by("at", "act_id").select("actor_id", "at", "is_pass"))
    names = sorted({str(row["actor_id"]) for row in told})
    number = {name: at for at, name in enumerate(names)}
    # The last act stands for the next message, about which nothing is known yet.
    now = len(told)
    source = Responses(
        np.array([*(row["at"].timestamp() for row in told), as_of.timestamp()], np.float64),
        np.array([*(number[row["actor_id"]] for row in told), 0], np.int32),
        np.array([*(bool(row["is_pass"]) for row in told), True], bool),
        len(names),
    )
    try:
        until = [float(source.time[now])]
        weights = passer_weights([source], until, next_passer_settings=settings)
    except NotEnoughData:
        return ()
    chances = passer_chances(source, np.array([now]), weights)[0]
    order = np.lexsort((np.arange(chances.size), -chances))
    return tuple({"account_id": names[one], "chance": float(chances[one])} for one in order)
