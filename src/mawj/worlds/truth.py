"""What is true in a world: people, topics, posts, comments, and what was planted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj.worlds.cast import BOUGHT, CREATOR, GROUPS, ROLES
from mawj.worlds.lexicon import FLAVOURS, LANGUAGES, TONES
from mawj.worlds.posting import COMPLAINT_POST, ORIGINAL_POST, PLANTS, PRAISE_POST
from mawj.worlds.rows import micros, names, times
from mawj.worlds.size import N_DAYS

if TYPE_CHECKING:
    from mawj.worlds.commenting import Comments
    from mawj.worlds.ground import Ground
    from mawj.worlds.posting import Posts


def _table(columns: dict[str, Any]) -> pa.Table:
    return pa.table(
        {name: pa.array(v) if not isinstance(v, pa.Array) else v for name, v in columns.items()}
    )


def true_accounts(ground: Ground) -> pa.Table:
    """One row an account: who it is, what it is, what drives it.

    Columns: account_id, person_id, role, planted (group of its person; empty: none), language,
    flavour (dialect or style), country, topic_id (first subject), quality (reposts and mentions
    grow with it), engagement_share (likes and comments per real follower,
    on average over posts that do not go viral),
    real_followers (at the end), is_clean (a creator in whom nothing is planted).
    """
    cast = ground.cast
    people = names(
        cast.person, [f"person:{number}" for number in range(int(cast.person.max()) + 1)]
    )
    return _table(
        {
            "account_id": ground.faces.id,
            "person_id": people,
            "role": names(cast.role, ROLES),
            "planted": names(cast.group, GROUPS),
            "language": names(cast.language, LANGUAGES),
            "flavour": names(cast.flavour, FLAVOURS),
            "country": names(
                cast.country, [country.code for country in ground.words.countries]
            ),
            "topic_id": names(cast.subject, _topic_ids(ground)),
            "quality": cast.quality,
            "engagement_share": cast.engagement,
            "real_followers": cast.followers,
            "is_clean": (cast.role == CREATOR) & (cast.group == 0),
        }
    )


def _topic_ids(ground: Ground) -> list[str]:
    return [subject.topic_id for subject in ground.words.subjects]


def true_topics(ground: Ground) -> pa.Table:
    """One row a creator's account and topic: how much it speaks of it; shares sum to 1."""
    cast, minds, n = ground.cast, ground.minds, ground.n_subjects
    rows = np.flatnonzero(cast.role == CREATOR)
    rest = 1.0 - minds.first_share[rows] - minds.second_share[rows]
    shares = np.repeat(rest[:, None] / n, n, axis=1)
    place = np.arange(len(rows))
    np.add.at(shares, (place, cast.subject[rows]), minds.first_share[rows])
    np.add.at(shares, (place, cast.second[rows]), minds.second_share[rows])
    return _table(
        {
            "account_id": names(np.repeat(rows, n), ground.faces.id),
            "topic_id": names(np.tile(np.arange(n), len(rows)), _topic_ids(ground)),
            "share": shares.ravel(),
        }
    )


def true_posts(ground: Ground, posts: Posts, ids: pa.Array[Any]) -> pa.Table:
    """One row a post: topic, language, what was planted in it.

    The topic of an answer is that of what it answers; it is NULL for paid posts, giveaways,
    spam and what planted conduct wrote. `planted` is one of `PLANTS`.
    """
    brands = [brand["id"] for brand in ground.words.brands["brand"]]
    keeps = np.isin(posts.planted, (0, PRAISE_POST, COMPLAINT_POST, ORIGINAL_POST))
    is_offtopic = (posts.is_paid == 1) | ~keeps | (posts.subject >= ground.n_subjects)
    return _table(
        {
            "post_id": ids,
            "topic_id": names(np.where(is_offtopic, -1, posts.subject), _topic_ids(ground)),
            "language": names(posts.body, ground.pool.languages),
            "is_paid": posts.is_paid == 1,
            "is_disclosed": posts.is_disclosed == 1,
            "brand_id": names(posts.brand, brands),
            "planted": names(posts.planted, PLANTS),
        }
    )


def true_comments(comments: Comments, ids: pa.Array[Any]) -> pa.Table:
    """One row a comment: its tone, and the ring that it was written for (NULL: none)."""
    return _table(
        {
            "comment_id": ids,
            "tone": names(comments.tone, (*TONES, "exchange")),
            "ring": pa.array(comments.ring, mask=comments.ring < 0),
        }
    )


def planted(ground: Ground) -> pa.Table:
    """One row an account in which something is planted, bots among them.

    Columns: planted (group, or `bot`), account_id, group_id (number of the ring), began_at
    (of a jump in followers), gained (followers that the jump brought at its height).
    """
    cast, jumps = ground.cast, ground.growth.jumps
    rows = np.flatnonzero(((cast.group > 0) & cast.is_first) | (cast.role == 2))
    jump = np.full(len(cast), -1)
    jump[jumps.account] = np.arange(len(jumps.account))
    at = jump[rows]
    has = at >= 0
    gained = jumps.gain[at] * ground.growth.real(rows, np.where(has, jumps.day[at], N_DAYS))
    return _table(
        {
            "planted": names(
                np.where(cast.role[rows] == 2, len(GROUPS), cast.group[rows]), [*GROUPS, "bot"]
            ),
            "account_id": names(rows, ground.faces.id),
            "group_id": pa.array(cast.ring[rows], mask=cast.ring[rows] < 0),
            "began_at": times(micros(jumps.day[at]), has),
            "gained": pa.array(np.round(gained), mask=~has),
            "is_bought": cast.group[rows] == BOUGHT,
        }
    )
