"""Comments: by followers, in the tone that an account earns; by bots; and by rings in step."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from mawj.worlds.cast import (
    BOT,
    BOUGHT,
    CELEBRITY,
    DETRACTOR,
    GIVEAWAY,
    GROUPS,
    PLATFORMS,
    RING,
    SPECIALIST,
    TELEGRAM,
    Cast,
)  # fmt: skip
from mawj.worlds.conduct import offers
from mawj.worlds.dice import Floats, Ints, Picker, one_of
from mawj.worlds.lexicon import FLAVOURS
from mawj.worlds.posting import OWN, QUOTE, Posts
from mawj.worlds.responding import born, delays
from mawj.worlds.rows import END_MICROS, counts, declared, joined, names, numbered, times
from mawj.worlds.sayings import GENERIC, N_TONES, QUESTION, SPAM, SUPPORT

if TYPE_CHECKING:
    import pyarrow as pa

    from mawj.worlds.counting import PostCounts
    from mawj.worlds.ground import Ground

# Shares of `TONES` (admiration, support, attachment, question, doubt, hostility, generic, spam)
# by what is planted in the account; our judgement of how trust, fame and purchase sound.
USUAL_TONES = (0.22, 0.13, 0.09, 0.20, 0.06, 0.03, 0.25, 0.02)
TONES_OF = {
    SPECIALIST: (0.24, 0.12, 0.08, 0.34, 0.05, 0.01, 0.15, 0.01),
    CELEBRITY: (0.22, 0.12, 0.18, 0.03, 0.05, 0.08, 0.28, 0.04),
    BOUGHT: (0.08, 0.05, 0.03, 0.05, 0.05, 0.03, 0.56, 0.15),
    GIVEAWAY: (0.08, 0.08, 0.03, 0.10, 0.04, 0.02, 0.55, 0.10),
    DETRACTOR: (0.14, 0.12, 0.06, 0.18, 0.20, 0.10, 0.18, 0.02),
}
ANSWERED_SHARE = 0.3
"""Share of questions that an author answers; our judgement."""

RING_SHOWS_UP_SHARE = 0.85
"""Share of the ring under each of its posts; our judgement."""

RING_STEP_S = 45.0
"""Seconds between one ring member's comment and the next, on average; our judgement."""


@dataclass(frozen=True)
class Comments:
    """One entry a comment.

    Attributes:
        post, account: where, and by whom; parent: the comment answered, else -1.
        at: microseconds since 1970.
        opener, text, closer: places in the pool, -1 for none.
        flavour, tone: how written, and how meant (past `TONES`: an offer of a follow).
        ring: number of the ring, else -1.
    """

    post: Ints
    account: Ints
    parent: Ints
    at: Ints
    opener: Ints
    text: Ints
    closer: Ints
    flavour: Ints
    tone: Ints
    ring: Ints


def _made(**columns: Ints) -> Comments:
    n = len(columns["post"])
    return Comments(
        **({name: np.full(n, -1) for name in ("parent", "ring", "opener", "closer")} | columns)
    )


def _joined(parts: list[Comments]) -> Comments:
    return Comments(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Comments)
        }
    )


def _flavour(stream: np.random.Generator, cast: Cast, account: Ints, tone: Ints) -> Ints:
    """How each account writes a comment: a romanised writer mostly does so here."""
    latin = np.array([FLAVOURS.index("arabizi"), FLAVOURS.index("finglish"), 0])[
        cast.language[account]
    ]
    is_latin = (
        cast.is_romanised[account] & (stream.random(len(account)) < 0.7) & (tone < GENERIC)
    )
    return np.where(is_latin, latin, cast.flavour[account])


def _commented(
    stream: np.random.Generator, ground: Ground, posts: Posts, final: PostCounts, n: int
) -> Ints:
    """The post of each comment: in proportion to its comments, the largest held down."""
    open_to = np.isin(posts.act, (OWN, QUOTE)) & (ground.cast.role[posts.author] != BOT)
    weights = np.where(open_to, (final.comments + 0.2) ** 0.7, 0.0)
    return one_of(stream, weights, n)


def _audience(ground: Ground, pairs: dict[str, Any]) -> Picker:
    """Picks a follow of each followed account."""
    is_bot = ground.cast.role[pairs["who"]] == BOT
    return Picker(pairs["whom"], np.where(is_bot, 0.25, 1.0), len(ground.cast))


def readers_comment(
    ground: Ground, posts: Posts, final: PostCounts, pairs: dict[str, Any]
) -> Comments:
    """Comments of followers under the posts of whom they follow."""
    stream, cast = ground.dice.stream("comments"), ground.cast
    post = _commented(stream, ground, posts, final, int(ground.size.n_comments * 1.06))
    follow = _audience(ground, pairs).pick(stream, posts.author[post])
    account = np.where(follow < 0, -1, pairs["who"][follow])
    at = posts.at[post] + delays(stream, len(post))
    kept = (account >= 0) & (at < END_MICROS) & (at > born(cast)[account])
    post, account, at = post[kept], account[kept], at[kept]
    tone = _tones(stream, ground, posts.author[post], account)
    flavour = _flavour(stream, cast, account, tone)
    cells = ground.sayings.said[posts.subject[post], flavour, tone]
    text = ground.pool.pick(cells, stream.random(len(post)))
    is_offer, offer = offers(
        ground.dice.stream("exchanges"), ground, posts.author[post], flavour
    )
    text, tone = np.where(is_offer, offer, text), np.where(is_offer, N_TONES, tone)
    # Bots and bored readers paste what they always paste.
    speaks = (tone < GENERIC) & (cast.role[account] != BOT)
    opener, closer = ground.sayings.framed(stream, flavour, speaks)
    return _made(
        post=post,
        account=account,
        at=at,
        opener=opener,
        text=text,
        closer=closer,
        flavour=flavour,
        tone=tone,
    )


def _tones(stream: np.random.Generator, ground: Ground, author: Ints, account: Ints) -> Ints:
    shares = np.tile(USUAL_TONES, (len(GROUPS), 1))
    for planted, tones in TONES_OF.items():
        shares[planted] = tones
    group = np.where(ground.cast.is_first[author], ground.cast.group[author], 0)
    ends = np.cumsum(shares, axis=1)[group]
    tone = (ends <= stream.random(len(author))[:, None]).sum(1).clip(0, shares.shape[1] - 1)
    is_bot = ground.cast.role[account] == BOT
    noise = np.where(stream.random(len(author)) < 0.6, GENERIC, SPAM)
    return np.where(is_bot, noise, tone)


def authors_answer(ground: Ground, posts: Posts, said: Comments) -> Comments:
    """Answers of authors to questions under their posts."""
    stream = ground.dice.stream("answers")
    asked = np.flatnonzero(
        (said.tone == QUESTION) & (stream.random(len(said.post)) < ANSWERED_SHARE)
    )
    at = said.at[asked] + delays(stream, len(asked))
    asked, at = asked[at < END_MICROS], at[at < END_MICROS]
    account = posts.author[said.post[asked]]
    flavour = ground.cast.flavour[account]
    tone = np.full(len(asked), SUPPORT)
    cells = ground.sayings.said[posts.subject[said.post[asked]], flavour, tone]
    return _made(
        post=said.post[asked], account=account, parent=asked, at=at, flavour=flavour, tone=tone,
        text=ground.pool.pick(cells, stream.random(len(asked))),
    )  # fmt: skip


def rings_comment(ground: Ground, posts: Posts) -> Comments:
    """Members of a ring comment under each other's posts in minutes, always in one order."""
    stream, cast = ground.dice.stream("rings"), ground.cast
    parts = [
        _made(
            **{
                name: np.zeros(0, np.int64)
                for name in ("post", "account", "at", "text", "flavour", "tone")
            }
        )
    ]
    members_of_all = cast.planted(RING)
    for ring in range(len(ground.size.ring_sizes)):
        members = members_of_all[cast.ring[members_of_all] == ring]
        own = np.isin(posts.author, members) & (posts.act == OWN)
        for member in members:
            where = np.flatnonzero(
                own & (posts.author == member) & (posts.at < END_MICROS - 86_400_000_000)
            )
            for post in stream.permutation(where)[: ground.size.n_ring_posts]:
                parts.append(
                    _round(stream, ground, posts, int(post), members[members != member])
                )
    return _joined(parts)


def _round(
    stream: np.random.Generator, ground: Ground, posts: Posts, post: int, others: Ints
) -> Comments:
    """One meeting of a ring under `post`."""
    there = others[stream.random(len(others)) < RING_SHOWS_UP_SHARE]
    n = len(there)
    steps = RING_STEP_S * (0.4 + 1.2 * stream.random(n))
    at = posts.at[post] + (60.0 + np.cumsum(steps)).astype(np.int64) * 1_000_000
    flavour, tone = ground.cast.flavour[there], np.full(n, GENERIC)
    cells = ground.sayings.said[np.full(n, posts.subject[post]), flavour, tone]
    return _made(
        post=np.full(n, post), account=there, at=at, flavour=flavour, tone=tone,
        text=ground.pool.pick(cells, stream.random(n)), ring=ground.cast.ring[there],
    )  # fmt: skip


def make_comments(
    ground: Ground, posts: Posts, final: PostCounts, pairs: dict[str, Any]
) -> Comments:
    """All comments of the year."""
    said = readers_comment(ground, posts, final, pairs)
    return _joined([said, authors_answer(ground, posts, said), rings_comment(ground, posts)])


def comment_ids(ground: Ground, posts: Posts, comments: Comments) -> pa.Array[Any]:
    """`platform:c<number>`."""
    prefix = names(
        ground.cast.platform[posts.author[comments.post]], [f"{name}:c" for name in PLATFORMS]
    )
    return numbered(prefix, np.arange(len(comments.post)) + 1_000_000)


def comments_table(
    ground: Ground, posts: Posts, comments: Comments, post_ids: pa.Array[Any]
) -> pa.Table:
    """The comments table: one row a comment."""
    stream = ground.dice.stream("likes of comments")
    ids = comment_ids(ground, posts, comments)
    n = len(comments.post)
    parts = [
        names(place, ground.pool.texts)
        for place in (comments.opener, comments.text, comments.closer)
    ]
    likes: Floats = stream.poisson(0.4 + 2.0 * stream.pareto(2.2, n).clip(0, 200)).astype(
        np.float64
    )
    columns = {
        "comment_id": ids,
        "post_id": post_ids.take(comments.post),
        "account_id": names(comments.account, ground.faces.id),
        "parent_comment_id": names(comments.parent, ids),
        "published_at": times(comments.at),
        "text": joined(parts, " "),
        "language": names(comments.text, ground.pool.languages),
        "likes": counts(likes, ground.cast.platform[posts.author[comments.post]] != TELEGRAM),
    }
    return declared("comments", ground.dice.seed, columns)
