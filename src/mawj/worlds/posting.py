"""What is published: posts of people's own, and those that are planted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mawj.worlds.cast import (
    BOT,
    CONDUCT,
    CREATOR,
    DETRACTOR,
    DISCLOSED,
    GIVEAWAY,
    HAS_LABEL,
    MEMBER,
    PROMOTER,
    UNDISCLOSED,
    Cast,
)  # fmt: skip
from mawj.worlds.dice import Dice, Floats, Ints, evened, lognormal
from mawj.worlds.following import creators_of
from mawj.worlds.lexicon import FLAVOURS, LANGUAGES, SCRIPTS
from mawj.worlds.rhythm import moments
from mawj.worlds.rows import micros
from mawj.worlds.size import N_DAYS

if TYPE_CHECKING:
    from mawj.worlds.ground import Ground

OWN, REPOST, REPLY, QUOTE = range(4)
PLANTS = (
    "", "promoter", "detractor", "giveaway", "spam", "advocacy", "reversal", "one_sided",
    "exchange", "off_topic_ad", "value", "value_broken", "buyer", "open_ad", "original",
    "copy",
)  # fmt: skip
PRAISE_POST, COMPLAINT_POST, GIVEAWAY_POST, SPAM_POST = range(1, 5)
(
    ADVOCACY_POST, REVERSAL_POST, ONE_SIDED_POST, EXCHANGE_POST, OFF_TOPIC_POST, VALUE_POST,
    BROKEN_POST, BUYER_POST, OPEN_AD_POST, ORIGINAL_POST, COPY_POST,
) = range(5, 16)  # fmt: skip
# Our judgement: what part of all is published by whom, and how.
MEMBER_SHARE = 0.24
LEAD_SHARE, TAIL_SHARE, MENTION_SHARE = 0.3, 0.35, 0.09
TAGS_SHARE = {CREATOR: 0.6, MEMBER: 0.25, BOT: 0.0}
PAID_SHARE, STANCE_SHARE, ENGLISH_SHARE, ROMANISED_SHARE = 0.18, 0.16, 0.25, 0.5
PACE = (1.0, 1.8, 0.9, 0.5, 1.6, 1.3)
"""Posts by platform: a channel on Telegram posts more often than a film is made."""

FEWEST_POSTS, FEWEST_PLANTED = 12, 40
"""Posts of the year of any creator, and of one in whom something is planted to be found."""

QUALITY_EXPONENT = 1.4
"""How strongly reposts, replies and mentions follow the latent quality of an author."""

_SCRIPT = np.array([LANGUAGES.index(language) for language in SCRIPTS])


@dataclass(frozen=True)
class Posts:
    """One entry a post, in order of time.

    Attributes:
        author: index of the account; at: microseconds since 1970.
        act: OWN, REPOST, REPLY or QUOTE; target: the post it answers, else -1.
        subject, flavour: what about, and how written; of the original where it is a repost.
        lead, body, tail, tags: places in the pool, -1 for none.
        mention: account named, else -1.
        brand: brand named, else -1; planted: index in `PLANTS`.
        is_paid, is_disclosed, is_labelled: 0 or 1.
    """

    author: Ints
    at: Ints
    act: Ints
    target: Ints
    subject: Ints
    flavour: Ints
    lead: Ints
    body: Ints
    tail: Ints
    tags: Ints
    mention: Ints
    brand: Ints
    planted: Ints
    is_paid: Ints
    is_disclosed: Ints
    is_labelled: Ints

    def __len__(self) -> int:
        """Posts in all."""
        return len(self.author)


def _authors(dice: Dice, cast: Cast, n_posts: int) -> Ints:
    """The author of each own post: creators publish steadily, few members do, bots hardly."""
    stream = dice.stream("authors")
    n = len(cast)
    talks = (stream.random(n) < 0.3) & ~cast.is_private
    pace = lognormal(stream, 1.0, 0.6, n) * np.array(PACE)[cast.platform]
    weights = np.zeros(n)
    for role, share, active in (
        (CREATOR, 1.0 - MEMBER_SHARE, True),
        (MEMBER, MEMBER_SHARE, talks),
    ):
        rate = np.where((cast.role == role) & active, pace, 0.0)
        weights += share * rate / rate.sum()
    count = evened(stream, weights * n_posts)
    has_to_be_found = (cast.group > 0) & ~np.isin(cast.group, CONDUCT)
    fewest = np.where(has_to_be_found & cast.is_first, FEWEST_PLANTED, FEWEST_POSTS)
    count = np.where(cast.role == CREATOR, np.maximum(count, fewest), count)
    count = np.where(cast.role == BOT, (stream.random(n) < 0.15) * 2, count)
    return np.repeat(np.arange(n), count)


def _flavours(stream: np.random.Generator, ground: Ground, author: Ints) -> Ints:
    """How each post is written: at times in Latin letters, at times in English."""
    cast, n = ground.cast, len(author)
    latin = np.array([FLAVOURS.index("arabizi"), FLAVOURS.index("finglish"), 0])[
        cast.language[author]
    ]
    is_latin = cast.is_romanised[author] & (stream.random(n) < ROMANISED_SHARE)
    in_english = ground.minds.writes_english[author] & (stream.random(n) < ENGLISH_SHARE)
    flavour = np.where(is_latin, latin, cast.flavour[author])
    return np.where(in_english, FLAVOURS.index("plain"), flavour)


def own_posts(ground: Ground, n_posts: int) -> dict[str, Ints]:
    """The fields of `Posts` for what people publish of themselves."""
    cast, pool = ground.cast, ground.pool
    author = _authors(ground.dice, cast, n_posts)
    stream = ground.dice.stream("own posts")
    n = len(author)

    def often(share: Floats, cells: Ints) -> Ints:
        return np.where(stream.random(n) < share, pool.pick(cells, stream.random(n)), -1)

    subject = ground.minds.subjects(stream, cast, author)
    flavour = _flavours(stream, ground, author)
    tags_share = np.array([TAGS_SHARE[role] for role in range(3)])[cast.role[author]]
    born = np.floor(N_DAYS - cast.age_days[author])
    rows = {
        "author": author,
        "at": moments(stream, cast.country[author], born),
        "act": np.full(n, OWN),
        "subject": subject,
        "flavour": flavour,
        "lead": often(np.full(n, LEAD_SHARE), pool.leads[flavour]),
        "body": often(np.ones(n), pool.bodies[subject, flavour]),
        "tail": often(np.full(n, TAIL_SHARE), pool.tails[flavour]),
        "tags": often(tags_share, pool.tags[subject, _SCRIPT[flavour]]),
        "mention": _mentions(stream, ground, author, subject),
    }
    rows |= {name: np.full(n, -1) for name in ("target", "brand")}
    rows |= {
        name: np.zeros(n, np.int64)
        for name in ("planted", "is_paid", "is_disclosed", "is_labelled")
    }
    return rows


def _mentions(stream: np.random.Generator, ground: Ground, author: Ints, subject: Ints) -> Ints:
    """Whom each post names: creators of quality, of the same subject; mostly nobody."""
    cast = ground.cast
    weights = cast.quality**QUALITY_EXPONENT * cast.followers**0.3
    named = creators_of(cast, weights, ground.n_subjects).like(stream, cast, author, subject)
    speaks = (stream.random(len(author)) < MENTION_SHARE) & (cast.role[author] != BOT)
    return np.where(speaks & (named != author), named, -1)


def plant(ground: Ground, posts: dict[str, Ints]) -> None:
    """Put planted posts in the place of own ones, within `posts`."""
    stream = ground.dice.stream("planted posts")
    cast, author = ground.cast, posts["author"]
    group = np.where(cast.is_first[author], cast.group[author], 0)
    draw = stream.random(len(author))
    _pay(
        stream,
        ground,
        posts,
        np.flatnonzero(np.isin(group, (UNDISCLOSED, DISCLOSED)) & (draw < PAID_SHARE)),
    )
    texts = ground.placements
    for mark, group_of, cells in (
        (PRAISE_POST, PROMOTER, texts.praise),
        (COMPLAINT_POST, DETRACTOR, texts.complaint),
    ):
        rows = np.flatnonzero((group == group_of) & (draw < STANCE_SHARE))
        _put(stream, ground, posts, rows, cells[cast.language[author[rows]]])
        posts["planted"][rows] = mark
        posts["brand"][rows] = 0
        posts["subject"][rows] = _brand_subject(ground)
    _give_away(stream, ground, posts)
    spam = np.flatnonzero(cast.role[author] == BOT)
    _put(stream, ground, posts, spam, texts.spam[cast.language[author[spam]]])
    posts["planted"][spam] = SPAM_POST


def _brand_subject(ground: Ground) -> int:
    """The subject of the brand that is praised and complained of."""
    wanted = ground.words.brands["brand"][0]["subjects"]
    ids = [subject.topic_id for subject in ground.words.subjects[: ground.n_subjects]]
    return next(number for number, topic_id in enumerate(ids) if topic_id in wanted)


def _put(
    stream: np.random.Generator, ground: Ground, posts: dict[str, Ints], rows: Ints, cells: Ints
) -> None:
    """Write texts of `cells` into `rows`, without a frame around them."""
    posts["body"][rows] = ground.pool.pick(cells, stream.random(len(rows)))
    posts["flavour"][rows] = ground.cast.flavour[posts["author"][rows]]
    for part in ("lead", "tail", "tags", "mention"):
        posts[part][rows] = -1


def _pay(
    stream: np.random.Generator, ground: Ground, posts: dict[str, Ints], rows: Ints
) -> None:
    """Make `rows` paid posts; a disclosed one is labelled, marked in words, or both."""
    texts = ground.placements
    author = posts["author"][rows]
    _put(stream, ground, posts, rows, texts.paid[author])
    body = posts["body"][rows]
    is_disclosed = ground.cast.group[author] == DISCLOSED
    is_labelled = is_disclosed & (
        (texts.is_marked[body] == 0) | (stream.random(len(rows)) < 0.5)
    )
    posts["brand"][rows] = texts.paid_brand[body]
    posts["is_paid"][rows] = 1
    posts["is_disclosed"][rows] = is_disclosed
    posts["is_labelled"][rows] = is_labelled & np.isin(ground.cast.platform[author], HAS_LABEL)


def _give_away(stream: np.random.Generator, ground: Ground, posts: dict[str, Ints]) -> None:
    """Eight posts of each giveaway, from a day before the jump to two days after."""
    jumps = ground.growth.jumps.of(ground.cast.planted(GIVEAWAY))
    for account, day in zip(jumps.account, jumps.day, strict=True):
        rows = np.flatnonzero(posts["author"] == account)[:8]
        language = ground.cast.language[account]
        _put(
            stream,
            ground,
            posts,
            rows,
            ground.placements.giveaway[np.full(len(rows), language)],
        )
        posts["planted"][rows] = GIVEAWAY_POST
        posts["at"][rows] = micros(day - 1.0 + 3.0 * stream.random(len(rows)))
