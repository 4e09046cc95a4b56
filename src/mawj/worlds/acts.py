"""Acts that no post or comment shows: likes, listed reposts, mentions in stories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj.worlds.cast import BLUESKY, BOT, INSTAGRAM, TELEGRAM, X
from mawj.worlds.dice import Flags, Ints, Picker, one_of
from mawj.worlds.following import creators_of
from mawj.worlds.posting import OWN, QUALITY_EXPONENT, QUOTE, Posts
from mawj.worlds.responding import born, delays
from mawj.worlds.rows import END_MICROS, START_MICROS, declared, names, numbered, times

if TYPE_CHECKING:
    from mawj.worlds.counting import PostCounts
    from mawj.worlds.ground import Ground

LIKE, REPOST, MENTION = range(3)
KINDS = ("like", "repost", "mention")
# Acts of each kind for one post; our judgement of an export's size.
LIKES_PART, REPOSTS_PART, STORIES_PART = 0.5, 0.1, 0.05


def _on_posts(
    stream: np.random.Generator,
    ground: Ground,
    posts: Posts,
    weights: Any,
    pairs: dict[str, Any],
) -> dict[str, Ints]:
    """Acts of followers on posts, drawn by `weights`."""
    n = int(weights[1])
    post = one_of(stream, weights[0], n)
    is_bot = ground.cast.role[pairs["who"]] == BOT
    picker = Picker(pairs["whom"], np.where(is_bot, 0.1, 1.0), len(ground.cast))
    follow = picker.pick(stream, posts.author[post])
    actor = np.where(follow < 0, -1, pairs["who"][follow])
    at = posts.at[post] + delays(stream, n)
    kept = (actor >= 0) & (at < END_MICROS) & (at > born(ground.cast)[actor])
    post, actor = post[kept], actor[kept]
    # Likes and listed reposts name a pair only once.
    first = np.unique(post * len(ground.cast) + actor, return_index=True)[1]
    return {
        "post": post[first],
        "actor": actor[first],
        "target": posts.author[post[first]],
        "at": at[kept][first],
    }


def _weights(ground: Ground, posts: Posts, platforms: tuple[int, ...], counted: Any) -> Any:
    shown: Flags = np.isin(ground.cast.platform[posts.author], platforms) & np.isin(
        posts.act, (OWN, QUOTE)
    )
    return np.where(shown, (counted + 0.2) ** 0.6, 0.0)


def _stories(stream: np.random.Generator, ground: Ground, n: int) -> dict[str, Ints]:
    """Mentions in stories, which are gone after a day: no post is left to tie them to."""
    cast = ground.cast
    speaks = (cast.platform == INSTAGRAM) & (cast.role != BOT) & ~cast.is_private
    actor = one_of(stream, speaks.astype(np.float64), n)
    circles = creators_of(
        cast, cast.quality**QUALITY_EXPONENT * cast.followers**0.3, ground.n_subjects
    )
    subject = ground.minds.subjects(stream, cast, actor)
    target = circles.like(stream, cast, actor, subject)
    at = (
        START_MICROS
        + stream.integers(0, (END_MICROS - START_MICROS) // 1_000_000, n) * 1_000_000
    )
    kept = (target >= 0) & (target != actor) & (at > born(cast)[actor])
    return {
        "post": np.full(int(kept.sum()), -1),
        "actor": actor[kept],
        "target": target[kept],
        "at": at[kept],
    }


def interactions(
    ground: Ground,
    posts: Posts,
    final: PostCounts,
    pairs: dict[str, Any],
    post_ids: pa.Array[Any],
) -> pa.Table:
    """The interactions table: one row an act."""
    stream, n = ground.dice.stream("acts"), len(posts)
    quality = ground.cast.quality[posts.author] ** QUALITY_EXPONENT
    liked = (_weights(ground, posts, (X, BLUESKY), final.likes), LIKES_PART * n)
    passed = (
        _weights(ground, posts, (X, BLUESKY, TELEGRAM), final.reposts) * quality,
        REPOSTS_PART * n,
    )
    parts = [
        _on_posts(stream, ground, posts, liked, pairs),
        _on_posts(stream, ground, posts, passed, pairs),
        _stories(stream, ground, int(STORIES_PART * n)),
    ]
    kind = np.repeat(np.arange(3), [len(part["at"]) for part in parts])
    post, actor, target, at = (
        np.concatenate([part[name] for part in parts])
        for name in ("post", "actor", "target", "at")
    )
    columns = {
        "interaction_id": numbered(
            pa.array(["world:a"] * len(kind)), np.arange(len(kind)) + 1_000_000
        ),
        "kind": names(kind, KINDS),
        "actor_id": names(actor, ground.faces.id),
        "target_id": names(target, ground.faces.id),
        "post_id": names(post, post_ids),
        "at": times(at),
    }
    return declared("interactions", ground.dice.seed, columns)
