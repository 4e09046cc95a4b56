"""A made-up world: tables as they would be loaded, and what is true in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from mawj.worlds import truth
from mawj.worlds.acts import interactions
from mawj.worlds.commenting import comment_ids, comments_table, make_comments
from mawj.worlds.counting import make_counts, post_snapshots
from mawj.worlds.faces import accounts
from mawj.worlds.following import follow_pairs, follows
from mawj.worlds.ground import lay_ground
from mawj.worlds.post_rows import kinds_of, post_ids, posts_table
from mawj.worlds.responding import make_posts
from mawj.worlds.size import DEMO, SMALL, WorldSize
from mawj.worlds.surveys import account_snapshots, audiences, listings

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa


@dataclass(frozen=True)
class World:
    """A world of one seed.

    Attributes:
        tables: observed tables by their declared names.
        truth: what is true, by name: accounts, topics, posts, comments, planted.
    """

    tables: Mapping[str, pa.Table]
    truth: Mapping[str, pa.Table]


def made_up_world(*, seed: int, size: WorldSize) -> World:
    """The world of `seed`: the same rows on any day and machine."""
    ground = lay_ground(seed, size)
    pairs = follow_pairs(ground)
    posts = make_posts(ground)
    ids, kinds, final = (
        post_ids(ground, posts),
        kinds_of(ground, posts),
        make_counts(ground, posts),
    )
    comments = make_comments(ground, posts, final, pairs)
    likes = np.bincount(posts.author, final.likes, len(ground.cast)).astype(np.float64)
    tables = {
        "accounts": accounts(ground),
        "account_snapshots": account_snapshots(ground, posts, pairs, likes),
        "posts": posts_table(ground, posts, ids, kinds),
        "post_snapshots": post_snapshots(ground, posts, kinds, ids, final),
        "follows": follows(ground, pairs),
        "interactions": interactions(ground, posts, final, pairs, ids),
        "comments": comments_table(ground, posts, comments, ids),
        "audiences": audiences(ground, pairs),
        "listings": listings(ground),
    }
    known = {
        "accounts": truth.true_accounts(ground),
        "topics": truth.true_topics(ground),
        "posts": truth.true_posts(ground, posts, ids),
        "comments": truth.true_comments(comments, comment_ids(ground, posts, comments)),
        "planted": truth.planted(ground),
    }
    return World(tables, known)


@cache
def small_world(seed: int = 1) -> World:
    """About 300 accounts and 6,000 posts, for tests; made once a process."""
    return made_up_world(seed=seed, size=SMALL)


def demo_world(seed: int = 1) -> World:
    """More than 20,000 accounts and 500,000 posts, for the demo."""
    return made_up_world(seed=seed, size=DEMO)
