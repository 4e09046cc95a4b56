"""The posts table: texts put together from the pool, and the facts of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj.worlds.cast import BLUESKY, HAS_LABEL, PLATFORMS, TIKTOK, YOUTUBE, X
from mawj.worlds.dice import lognormal
from mawj.worlds.posting import QUOTE, REPLY, REPOST, Posts
from mawj.worlds.rows import declared, flags, joined, names, numbered, times

if TYPE_CHECKING:
    from mawj.worlds.dice import Flags, Ints
    from mawj.worlds.ground import Ground

KINDS = ("text", "photo", "carousel", "video", "short_video")
TEXT, PHOTO, CAROUSEL, VIDEO, SHORT = range(5)
# Forms of posts by platform; our judgement.
KIND_WEIGHTS = np.array(
    [
        [0.0, 0.38, 0.24, 0.03, 0.35],
        [0.70, 0.20, 0.0, 0.10, 0.0],
        [0.0, 0.0, 0.05, 0.0, 0.95],
        [0.0, 0.0, 0.0, 0.68, 0.32],
        [0.55, 0.30, 0.0, 0.15, 0.0],
        [0.72, 0.26, 0.0, 0.02, 0.0],
    ]
)
LENGTH_MEDIAN_S = np.array([0.0, 0.0, 0.0, 480.0, 34.0])

GIVES_LANGUAGE = (X, BLUESKY, YOUTUBE, TIKTOK)
"""Platforms that say a post's language themselves; on the others it is read from the text."""


def post_ids(ground: Ground, posts: Posts) -> pa.Array[Any]:
    """`platform:p<number>`; numbers grow with time."""
    prefix = names(
        ground.cast.platform[posts.author], [f"{platform}:p" for platform in PLATFORMS]
    )
    return numbered(prefix, np.arange(len(posts)) + 1_000_000)


def kinds_of(ground: Ground, posts: Posts) -> Ints:
    """The form of each post, an index in `KINDS`; a repost has that of its original."""
    stream = ground.dice.stream("kinds")
    ends = np.cumsum(KIND_WEIGHTS, axis=1)[ground.cast.platform[posts.author]]
    kind = (ends <= stream.random(len(posts))[:, None]).sum(1).clip(0, 4)
    is_answer = np.isin(posts.act, (REPLY, QUOTE))
    kind = np.where(is_answer, TEXT, kind)
    is_repost = posts.act == REPOST
    kind[is_repost] = kind[posts.target[is_repost]]
    return kind


def _text(ground: Ground, posts: Posts) -> pa.Array[Any]:
    pool, faces = ground.pool, ground.faces
    named = [f"@{handle}" for handle in faces.handle]
    parts = [
        names(posts.lead, pool.texts),
        names(posts.body, pool.texts),
        names(posts.mention, named),
        names(posts.tail, pool.texts),
        names(posts.tags, pool.texts),
    ]
    return joined(parts, " ")


def _mentions(ground: Ground, posts: Posts) -> pa.Array[Any]:
    has = posts.mention >= 0
    offsets = np.concatenate([[0], np.cumsum(has)])
    handles = names(posts.mention[has], pa.array(ground.faces.handle, pa.string()))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), handles)


def _target(posts: Posts, act: int, words: pa.Array[Any], place: Ints) -> pa.Array[Any]:
    """The word at `place` for posts that are an `act`; NULL for the others."""
    return names(np.where(posts.act == act, place, -1), words)


def _targets(ground: Ground, posts: Posts, ids: pa.Array[Any]) -> dict[str, pa.Array[Any]]:
    whose = np.where(posts.target < 0, -1, posts.author[posts.target])
    columns = {}
    for act, name in ((REPLY, "reply_to"), (REPOST, "repost_of"), (QUOTE, "quote_of")):
        columns[f"{name}_post_id"] = _target(posts, act, ids, posts.target)
        columns[f"{name}_account_id"] = _target(posts, act, ground.faces.id, whose)
    return columns


def posts_table(ground: Ground, posts: Posts, ids: pa.Array[Any], kinds: Ints) -> pa.Table:
    """The posts table: one row a post."""
    stream = ground.dice.stream("post rows")
    platform = ground.cast.platform[posts.author]
    lengths = np.round(lognormal(stream, LENGTH_MEDIAN_S[kinds], 0.7, len(posts)))
    parts = (posts.lead, posts.body, posts.tail, posts.tags)
    gives: Flags = np.isin(platform, GIVES_LANGUAGE)
    columns = {
        "post_id": ids,
        "account_id": names(posts.author, ground.faces.id),
        "platform": names(platform, PLATFORMS),
        "published_at": times(posts.at),
        "kind": names(kinds, KINDS),
        "text": _text(ground, posts),
        "language": names(posts.body, ground.pool.languages),
        "language_basis": names(np.where(gives, 0, 1), ("given", "detected")),
        "is_labelled_ad": flags(posts.is_labelled == 1, np.isin(platform, HAS_LABEL)),
        "duration_s": pa.array(lengths, mask=kinds < VIDEO),
        "hashtags": ground.pool.hashtags.joined(parts),
        "mentions": _mentions(ground, posts),
        "links": ground.pool.links.joined(parts),
        "terms": ground.pool.terms.joined(parts),
        **_targets(ground, posts, ids),
    }
    return declared("posts", ground.dice.seed, columns)
