"""A world that a busy machine's Spark can take: about forty accounts of the small world."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from mawj.flow.settings import settings_in_force
from mawj.worlds.world import small_world

if TYPE_CHECKING:
    from collections.abc import Mapping

OF_A_PLATFORM = 7
EVERY_POST = 3
ENDS: Mapping[str, tuple[str, ...]] = {
    "accounts": ("account_id",),
    "account_snapshots": ("account_id",),
    "posts": ("account_id",),
    "follows": ("follower_id", "followed_id"),
    "interactions": ("actor_id", "target_id"),
    "comments": ("account_id",),
    "listings": ("account_id",),
}
"""The columns that must name a chosen account for a row to be kept."""


def tiny_tables() -> dict[str, pa.Table]:
    """The liveliest `OF_A_PLATFORM` accounts of each platform, and a third of their posts."""
    world = small_world(1).tables
    chosen = pa.array(_liveliest(world))
    tables = {name: _kept(world[name], columns, chosen) for name, columns in ENDS.items()}
    posts = tables["posts"]
    tables["posts"] = posts.take(list(range(0, posts.num_rows, EVERY_POST)))
    ids = tables["posts"]["post_id"]
    snapshots, comments = world["post_snapshots"], tables["comments"]
    tables["post_snapshots"] = snapshots.filter(pc.is_in(snapshots["post_id"], ids))
    tables["comments"] = comments.filter(pc.is_in(comments["post_id"], ids))
    return tables


def tiny_settings() -> dict[str, object]:
    """The settings in force, with what is asked of groups cut to the size of this world.

    Otherwise nearly all peers, terms and topics would be too few to say anything of.
    """
    told = settings_in_force()
    smaller: dict[str, dict[str, Any]] = {
        "PeerLimits": {"least_members": 3},
        "TermGrowth": {"least_posts": 2, "least_accounts": 1, "least_score": 0.1},
        "AuthoritySettings": {"least_topic_accounts": 3},
        "EngagementScale": {"least_peers": 2},
        "InfluenceSettings": {"replicates": 20},
        "DisputeSettings": {"least_accounts": 2, "replicates": 20},
    }
    for name, fields in smaller.items():
        told[name] = replace(told[name], **fields)  # type: ignore[type-var]
    return told


def _liveliest(world: Mapping[str, pa.Table]) -> list[str]:
    """The accounts of each platform with the most posts, comments and acts by or to them."""
    doings: Counter[str | None] = Counter()
    for name, column in (
        ("posts", "account_id"), ("comments", "account_id"),
        ("interactions", "actor_id"), ("interactions", "target_id"),
    ):  # fmt: skip
        doings.update(world[name][column].drop_null().to_pylist())
    of_platform: dict[str, list[str]] = defaultdict(list)
    for row in world["accounts"].to_pylist():
        of_platform[row["platform"]].append(row["account_id"])
    return [
        account
        for accounts in of_platform.values()
        for account in sorted(accounts, key=lambda one: (-doings[one], one))[:OF_A_PLATFORM]
    ]


def _kept(table: pa.Table, columns: tuple[str, ...], chosen: pa.Array[Any]) -> pa.Table:
    for column in columns:
        table = table.filter(pc.is_in(table[column], chosen))
    return table
