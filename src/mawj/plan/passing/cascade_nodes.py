"""Cascades put together from reposts and quotes and from who follows whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj.graph.cascades import BY_GRAPH, attached, cascades_of
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from mawj.graph.cascades import Attached, Cascades

MOST_HOPS = 64
"""Reposts of reposts that are followed back to the message; longer chains are circles."""


def cascade_nodes(passed: pa.Table, follows: pa.Table) -> pa.Table:
    """Who has each message from whom: one row per message and account.

    Args:
        passed: act_id, actor_id, target_id, post_id, at of reposts and quotes of the messages
            looked at, in any order. A repost of a repost belongs to the first message, and its
            parent is told. An act without a post cannot be placed and is left out.
        follows: follower_id, followed_id among those who act and the authors.

    Returns:
        The declared columns. Who passes a message on twice counts once, at the first time; the
        author stands at depth 0. Where nothing is told, the parent is the most recent earlier
        adopter whom the account follows, else the author.
    """
    rows = passed.filter(pa.compute.is_valid(passed["post_id"]))
    acts = [str(one) for one in rows["act_id"].to_pylist()]
    actors = [str(one) for one in rows["actor_id"].to_pylist()]
    posts = [str(one) for one in rows["post_id"].to_pylist()]
    targets = [str(one) for one in rows["target_id"].to_pylist()]
    parent_row, top = _chains(acts, posts)
    roots = [posts[i] for i in top]
    authors: dict[str, str] = {}
    for i, root in zip(top, roots, strict=True):
        authors.setdefault(root, targets[i])
    names = sorted({*actors, *authors.values()})
    number = {name: at for at, name in enumerate(names)}
    messages = sorted(authors)
    place = {one: at for at, one in enumerate(messages)}
    moments = rows["at"].cast(pa.timestamp("us", tz="UTC")).cast(pa.int64())
    told_at = moments.to_numpy(zero_copy_only=False).astype(np.float64)
    cascade = np.array([*range(len(messages)), *(place[root] for root in roots)], np.int64)
    who = [*(authors[message] for message in messages), *actors]
    node = np.array([number[one] for one in who], np.int32)
    time = np.concatenate([np.full(len(messages), np.nan), told_at])
    made = cascades_of(cascade, node, time, np.arange(node.size) < len(messages))
    found = attached(made, *_following(follows, number))
    told = {
        (place[roots[i]], number[actors[i]]): number[actors[up]]
        for i, up in enumerate(parent_row) if up >= 0
    }  # fmt: skip
    return _table(made, found, told, names, messages)


def _chains(acts: list[str], posts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """The row that each row passes on, -1 for none, and the first row of its chain."""
    row_of = {act: at for at, act in enumerate(acts)}
    up = np.array([row_of.get(post, -1) for post in posts], np.int64)
    own = np.arange(up.size)
    up = np.where(up == own, -1, up)
    top = own.copy()
    for _ in range(MOST_HOPS):
        above = up[top] if top.size else top
        if (above < 0).all():
            return up, top
        top = np.where(above >= 0, above, top)
    # What has not come to an end is a circle of reposts: each is then a message of its own.
    is_circle = up[top] >= 0
    return np.where(is_circle, -1, up), np.where(is_circle, own, top)


def _following(follows: pa.Table, number: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Whom each numbered account follows, as compressed rows."""
    pairs = [
        (number[follower], number[followed])
        for follower, followed in zip(
            follows["follower_id"].to_pylist(), follows["followed_id"].to_pylist(), strict=True
        )
        if follower in number and followed in number and follower != followed
    ]
    told = np.array(sorted(set(pairs)), np.int64).reshape(-1, 2)
    ptr = np.searchsorted(told[:, 0], np.arange(len(number) + 1)).astype(np.int64)
    return ptr, told[:, 1].astype(np.int32)


def _table(
    made: Cascades,
    found: Attached,
    told: dict[tuple[int, int], int],
    names: list[str],
    messages: list[str],
) -> pa.Table:
    sizes = made.sizes()
    of = np.repeat(np.arange(made.n_cascades), sizes)
    parent, by = _with_told(made, found, told, of)
    depth = np.zeros(parent.size, np.int64)
    for place in np.flatnonzero(parent >= 0):
        depth[place] = depth[parent[place]] + 1
    ids = np.array(names, dtype=object)
    is_root = parent < 0
    moment: Any = pa.array(np.nan_to_num(made.time).astype(np.int64), mask=np.isnan(made.time))
    columns: dict[str, Any] = {
        "root_id": np.array(messages, dtype=object)[of], "account_id": ids[made.node],
        "at": moment.cast(pa.timestamp("us", tz="UTC")),
        "parent_id": pa.array(ids[made.node[np.maximum(parent, 0)]], pa.string(), mask=is_root),
        "parent_by": by, "n_candidates": found.n_candidates.astype(np.int64), "depth": depth,
    }  # fmt: skip
    schema = TABLES["cascade_nodes"].schema
    made_columns = [pa.array(columns[f.name]).cast(f.type) for f in schema]
    return pa.table(made_columns, schema=schema)


def _with_told(
    made: Cascades, found: Attached, told: dict[tuple[int, int], int], of: np.ndarray
) -> tuple[np.ndarray, list[str]]:
    """Parents as the sources tell them where they come earlier, else as the graph has them."""
    where = {(int(of[at]), int(one)): at for at, one in enumerate(made.node)}
    parent = found.parent.copy()
    by = ["graph" if one == BY_GRAPH else "root" for one in found.by]
    for key, up in told.items():
        at, above = where[key], where.get((key[0], up), -1)
        if 0 <= above < at and parent[at] >= 0:
            parent[at], by[at] = above, "told"
    for root in np.flatnonzero(parent < 0):
        by[int(root)] = "author"
    return parent, by
