"""One message on its way: who has it from whom, and how large its cascade becomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from ibis import _

from mawj.flow.accounts import rows
from mawj.flow.passing import CARRYING, cascades_read
from mawj.flow.settings import settings_in_force
from mawj.plan.passing.cascade_sizes import cascade_sizes
from mawj.tables.errors import NotEnoughData, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from mawj.lake.lake import Lake

MOST_PAST = 20_000
"""Past messages that a forecast learns from at most, the latest."""


@dataclass(frozen=True)
class Cascading:
    """A message and its cascade.

    Attributes:
        post_id, account_id: the message and its author.
        age_hours: from its publication to where the run's windows end.
        n_so_far: accounts that have passed it on.
        size, low, high: accounts that will have in the end, with the interval; None where too
            few past messages are known.
        level: probability that the interval holds the final size.
        way: how it was told; empty where it was not.
        n_past: past messages that were looked at.
        of: whose they are: the account's own, or those of all of its platform.
        nodes: the rows of `cascade_nodes` of the message.
    """

    post_id: str
    account_id: str
    age_hours: float
    n_so_far: int
    size: float | None
    low: float | None
    high: float | None
    level: float
    way: str
    n_past: int
    of: str
    nodes: tuple[dict[str, Any], ...]


def cascading(
    lake: Lake, post_id: str, *, settings: Mapping[str, object] | None = None
) -> Cascading:
    """How a message travels, and the final size of its cascade by those of past messages.

    Raises:
        NotFound: when the post is not loaded or its time is not known.
        NotEnoughData: when nothing has been run.
    """
    record = lake.current_run()
    if record is None:
        raise NotEnoughData("nothing has been run yet; `mawj run` first", has=0, needs=1)
    limits: Any = (settings or settings_in_force())["CascadeSizeSettings"]
    with lake.passing():
        posts = lake.read("post_counts")
        found = rows(posts.filter(posts.post_id == post_id))
        if not found or found[0]["published_at"] is None:
            raise NotFound(f"no dated post {post_id!r} is loaded; `mawj load` brings posts in")
        post = found[0]
        age = (record.as_of - post["published_at"]).total_seconds() / 3600.0
        seen = cascades_read(lake, [post["account_id"]]).to_pylist()
        nodes = tuple(row for row in seen if row["root_id"] == post_id)
        ages = _ages(lake.read("acts"), posts.filter(posts.post_id == post_id)).get(post_id)
        told = _told(lake, _Asked(post, ages, age, record.as_of, limits))
    n = 0 if ages is None else int((ages <= age).sum())
    return Cascading(
        post_id, post["account_id"], age, n, *told[:3], limits.level, *told[3:], nodes
    )


@dataclass(frozen=True)
class _Asked:
    post: dict[str, Any]
    ages: Any
    age: float
    as_of: Any
    limits: Any


_Told = tuple["float | None", "float | None", "float | None", str, int, str]


def _told(lake: Lake, asked: _Asked) -> _Told:
    """The forecast by the account's own past messages, else by those of its platform."""
    n, least = 0, asked.limits.least_cascades
    for of, column in (("account", "account_id"), ("platform", "platform")):
        past = _past(lake, column, asked)
        n = sum(1 for one in past if one.size and one[0] <= asked.age)
        if n < least or asked.ages is None or asked.age <= 0:
            continue
        found = cascade_sizes(past, [asked.ages], asked.age, cascade_size_settings=asked.limits)
        size, low, high = (float(end[0]) for end in (found.size, found.low, found.high))
        return size, low, high, found.way, found.n_past, of
    return None, None, None, "", n, "platform"


def _past(lake: Lake, column: str, asked: _Asked) -> list[np.ndarray]:
    """Ages of the adoptions of messages that are old enough to have come to their end."""
    posts, post = lake.read("post_counts"), asked.post
    alike = posts.filter(posts[column] == post[column], posts.post_id != post["post_id"])
    ended = [
        row
        for row in rows(alike.order_by(_.published_at.desc(), "post_id").limit(MOST_PAST))
        if row["published_at"] is not None
        and (asked.as_of - row["published_at"]).total_seconds()
        > asked.limits.ended_hours * 3600
    ]
    known = _ages(lake.read("acts"), alike)
    ordered = sorted(ended, key=lambda row: (row["published_at"], row["post_id"]))
    return [known[row["post_id"]] for row in ordered if row["post_id"] in known]


def _ages(acts: ir.Table, posts: ir.Table) -> dict[str, np.ndarray]:
    """Hours from each message to the first time that each account passed it on, rising."""
    carried = acts.filter(acts.kind.isin(CARRYING) & acts["at"].notnull())
    first = carried.group_by("post_id", "actor_id").agg(moment=_["at"].min())
    dated = first.join(posts.select("post_id", "published_at"), "post_id")
    told = dated.select("post_id", "moment", "published_at").to_pyarrow().to_pylist()
    ages: dict[str, list[float]] = {}
    for row in told:
        if row["published_at"] is not None and row["moment"] >= row["published_at"]:
            hours = (row["moment"] - row["published_at"]).total_seconds() / 3600.0
            ages.setdefault(str(row["post_id"]), []).append(hours)
    return {post: np.sort(np.array(hours)) for post, hours in ages.items()}
