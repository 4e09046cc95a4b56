"""The public counts of posts: heavy tails, less engagement for the large, hidden counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mawj.worlds.cast import (
    BLUESKY,
    BOT,
    CREATOR,
    INSTAGRAM,
    TELEGRAM,
    TIKTOK,
    YOUTUBE,
    X,
)  # fmt: skip
from mawj.worlds.dice import Flags, Floats, Ints, lognormal
from mawj.worlds.posting import REPLY, REPOST, Posts
from mawj.worlds.rows import END_MICROS, MICROS_A_DAY, counts, days, declared, times

if TYPE_CHECKING:
    import pyarrow as pa

    from mawj.worlds.ground import Ground

# Rates by platform (instagram, x, tiktok, youtube, telegram, bluesky); our judgement.
VIEW_RATE = np.array([0.45, 0.35, 0.9, 0.30, 0.42, 0.3])
COMMENT_PART = np.array([0.035, 0.06, 0.02, 0.06, 0.03, 0.08])
REPOST_PART = np.array([0.05, 0.16, 0.05, 0.0, 0.2, 0.14])
SAVE_PART = np.array([0.0, 0.05, 0.09, 0.0, 0.0, 0.0])
QUOTE_PART = np.array([0.0, 0.03, 0.0, 0.0, 0.0, 0.03])
VIRAL_SHARE, VIRAL_EXPONENT, VIRAL_MOST = 0.025, 1.1, 80.0
"""One post in forty leaves its audience; by how much follows a Pareto law, up to a limit."""

POST_SIGMA = 0.55
"""Spread of a post's success within one account, in log units."""

SETTLING_DAYS = 3.0
"""Days in which two thirds of a post's views come."""

HIDES_LIKES_SHARE, MISSING_VIEWS_SHARE = 0.09, 0.15
RECENT_DAYS, FIRST_LOOK_DAYS = 28.0, 1.0
"""Posts of the last four weeks were also looked at a day after they came out."""


@dataclass(frozen=True)
class PostCounts:
    """Counts of each post once everything has come in; floats, whole numbers."""

    views: Floats
    likes: Floats
    comments: Floats
    reposts: Floats
    quotes: Floats
    saves: Floats


def _settled(age: Floats) -> Floats:
    """Share of a post's final counts that is there after `age` days."""
    share: Floats = 1.0 - np.exp(-age / SETTLING_DAYS)
    return share


def hides_likes(ground: Ground) -> Flags:
    """Instagram accounts that hide their likes."""
    stream = ground.dice.stream("hidden likes")
    hidden: Flags = (stream.random(len(ground.cast)) < HIDES_LIKES_SHARE) & (
        ground.cast.platform == INSTAGRAM
    )
    return hidden


def make_counts(ground: Ground, posts: Posts) -> PostCounts:
    """The counts that every post will have in the end."""
    stream, cast = ground.dice.stream("counts"), ground.cast
    n, author, platform = len(posts), posts.author, cast.platform[posts.author]
    followers = ground.growth.real(author, days(posts.at))
    luck = lognormal(stream, np.exp(-(POST_SIGMA**2) / 2), POST_SIGMA, n)
    leaves = stream.random(n) < VIRAL_SHARE
    viral = np.where(
        leaves, (1.5 + stream.pareto(VIRAL_EXPONENT, n)).clip(1.5, VIRAL_MOST), 1.0
    )
    # A reply is seen by few; a bot by nobody.
    seen = np.where(posts.act == REPLY, 0.08, 1.0) * np.where(
        cast.role[author] == BOT, 0.1, 1.0
    )
    engaged = followers * cast.engagement[author] * luck * viral**0.9 * seen
    size = np.maximum(followers / 10_000.0, 0.01) ** -0.05
    views = (
        followers
        * VIEW_RATE[platform]
        * size
        * luck**0.8
        * viral
        * seen
        * lognormal(stream, 1.0, 0.25, n)
    )
    quality = (cast.quality[author] ** 0.8).clip(0.2, 4.0)
    passed = engaged * REPOST_PART[platform] * quality
    return PostCounts(
        views=np.round(np.maximum(views, engaged * 2.5)),
        likes=np.round(engaged / (1.0 + COMMENT_PART[platform])),
        comments=np.round(engaged * COMMENT_PART[platform] * lognormal(stream, 1.0, 0.4, n)),
        reposts=np.round(passed * lognormal(stream, 1.0, 0.5, n)),
        quotes=np.round(
            passed * QUOTE_PART[platform] / np.maximum(REPOST_PART[platform], 0.01)
        ),
        saves=np.round(engaged * SAVE_PART[platform] * lognormal(stream, 1.0, 0.4, n)),
    )


def _known(ground: Ground, posts: Posts, kinds: Ints) -> dict[str, Flags]:
    """Which counts the platform shows: what it does not say is not known, never 0."""
    stream = ground.dice.stream("known counts")
    platform = ground.cast.platform[posts.author]
    is_film = kinds >= 3
    shows_views = np.isin(platform, (TIKTOK, YOUTUBE, TELEGRAM)) | (
        (platform == INSTAGRAM) & is_film
    )
    # X counts views, but many exports leave them out.
    shows_views |= (platform == X) & (stream.random(len(posts)) >= MISSING_VIEWS_SHARE)
    passes_on = np.isin(platform, (X, TIKTOK, TELEGRAM, BLUESKY))
    return {
        "views": shows_views,
        "likes": ~hides_likes(ground)[posts.author],
        "comments": np.ones(len(posts), np.bool_),
        "reposts": passes_on,
        "quotes": np.isin(platform, (X, BLUESKY)),
        "saves": np.isin(platform, (X, TIKTOK)),
    }


def post_snapshots(
    ground: Ground, posts: Posts, kinds: Ints, ids: pa.Array[Any], final: PostCounts
) -> pa.Table:
    """The post_snapshots table: posts at the end of the year, recent ones also a day after."""
    age = (END_MICROS - posts.at) / MICROS_A_DAY
    own = posts.act != REPOST
    is_creator = ground.cast.role[posts.author] == CREATOR
    late = np.flatnonzero(own)
    early = np.flatnonzero(own & is_creator & (age < RECENT_DAYS) & (age > FIRST_LOOK_DAYS))
    rows = np.concatenate([early, late])
    at = np.concatenate(
        [posts.at[early] + int(FIRST_LOOK_DAYS * MICROS_A_DAY), np.full(len(late), END_MICROS)]
    )
    share = _settled((at - posts.at[rows]) / MICROS_A_DAY)
    known = _known(ground, posts, kinds)
    columns = {
        name: counts(np.round(getattr(final, name)[rows] * share), known[name][rows])
        for name in ("views", "likes", "comments", "reposts", "quotes", "saves")
    }
    return declared(
        "post_snapshots",
        ground.dice.seed,
        {"post_id": ids.take(rows), "taken_at": times(at), **columns},
    )
