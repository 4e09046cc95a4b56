"""Who follows whom: circles of language, subject and country; fame draws, bots mass-follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mawj.worlds.cast import BOT, BOUGHT, CREATOR, GIVEAWAY, MEMBER, Cast
from mawj.worlds.dice import Floats, Ints, Picker, lognormal
from mawj.worlds.growth import JUMP_DAYS
from mawj.worlds.rows import declared, micros, times
from mawj.worlds.size import N_DAYS

if TYPE_CHECKING:
    import pyarrow as pa

    from mawj.worlds.ground import Ground

# Shares of a reader's follows by where they go; our judgement.
TO_SUBJECT, TO_LANGUAGE, TO_COUNTRY, TO_MEMBER = 0.56, 0.16, 0.12, 0.12
ATTRACTION_EXPONENT = 0.6
"""How a creator's draw grows with followers: preferential attachment, below proportion."""

RETURN_SHARE = {CREATOR: 0.10, MEMBER: 0.35}
"""Share of follows that are returned, by who was followed."""

MOST_COVER = 40
"""Accounts that a bot follows to look like a reader; fewer in a small world. Our judgement."""

BEFORE_SHARE = 0.55
"""Share of follows older than the year; their date is not known."""


class Circles:
    """Picks accounts by platform and language, and by subject, country or neither."""

    def __init__(self, cast: Cast, rows: Ints, weights: Floats, n_subjects: int) -> None:
        part = cast.at(rows)
        self.rows = rows
        self.n_subjects = n_subjects
        base = part.platform * 3 + part.language
        self.by_subject = Picker(base * n_subjects + part.subject, weights, 18 * n_subjects)
        self.by_language = Picker(base, weights, 18)
        self.by_country = Picker(part.platform * 64 + part.country, weights, 384)
        self.by_platform = Picker(part.platform, weights, 6)

    def _or(
        self, found: Ints, stream: np.random.Generator, wider: Picker, groups: Ints
    ) -> Ints:
        empty = found < 0
        found[empty] = wider.pick(stream, groups[empty])
        return found

    def like(self, stream: np.random.Generator, cast: Cast, who: Ints, subject: Ints) -> Ints:
        """Accounts of the language about `subject`, else of the language, else any; or -1."""
        base = cast.platform[who] * 3 + cast.language[who]
        found = self.by_subject.pick(stream, base * self.n_subjects + subject)
        found = self._or(found, stream, self.by_language, base)
        return self._rows(self._or(found, stream, self.by_platform, cast.platform[who]))

    def speaking(self, stream: np.random.Generator, cast: Cast, who: Ints) -> Ints:
        """Accounts of the same language, whatever the subject."""
        return self._rows(
            self.by_language.pick(stream, cast.platform[who] * 3 + cast.language[who])
        )

    def near(self, stream: np.random.Generator, cast: Cast, who: Ints) -> Ints:
        """Accounts of the same country."""
        return self._rows(
            self.by_country.pick(stream, cast.platform[who] * 64 + cast.country[who])
        )

    def any(self, stream: np.random.Generator, cast: Cast, who: Ints) -> Ints:
        """Any account of the same platform."""
        return self._rows(self.by_platform.pick(stream, cast.platform[who]))

    def _rows(self, found: Ints) -> Ints:
        return np.where(found < 0, -1, self.rows[found]) if len(self.rows) else found


def creators_of(cast: Cast, weights: Floats, n_subjects: int) -> Circles:
    """The circles of creators, each drawn by its `weights` entry."""
    rows = np.flatnonzero(cast.role == CREATOR)
    return Circles(cast, rows, weights[rows], n_subjects)


def _readers_follow(ground: Ground) -> tuple[Ints, Ints]:
    stream, cast, n_subjects = ground.dice.stream("follows"), ground.cast, ground.n_subjects
    reads = cast.role != BOT
    appetite = np.where(reads, lognormal(stream, 1.0, 0.8, len(cast)), 0.0)
    degree = np.ceil(appetite / appetite.sum() * ground.size.n_follows * 0.92).astype(np.int64)
    who = np.repeat(np.arange(len(cast)), degree)
    subject = _interest(stream, cast, who, n_subjects)
    creators = creators_of(cast, cast.followers**ATTRACTION_EXPONENT, n_subjects)
    everyone = np.flatnonzero(reads)
    members = Circles(cast, everyone, np.ones(len(everyone)), n_subjects)
    whom = creators.any(stream, cast, who)
    draw = stream.random(len(who))
    bounds = np.cumsum([TO_SUBJECT, TO_LANGUAGE, TO_COUNTRY, TO_MEMBER])
    way = np.searchsorted(bounds, draw, "right")
    for number in range(4):
        rows = np.flatnonzero(way == number)
        own, topic = who[rows], subject[rows]
        whom[rows] = (
            creators.like(stream, cast, own, topic),
            creators.speaking(stream, cast, own),
            creators.near(stream, cast, own),
            members.like(stream, cast, own, topic),
        )[number]
    return who, whom


def _interest(stream: np.random.Generator, cast: Cast, who: Ints, n_subjects: int) -> Ints:
    """The subject a reader follows for: mostly the first, often the second, at times any."""
    draw = stream.random(len(who))
    other = stream.integers(0, n_subjects, len(who))
    return np.where(
        draw < 0.55, cast.subject[who], np.where(draw < 0.85, cast.second[who], other)
    )


def _bots_follow(ground: Ground) -> tuple[Ints, Ints, Floats]:
    """Bots follow whom they were sold to, within days, and others at random."""
    stream, cast = ground.dice.stream("bots"), ground.cast
    bots = np.flatnonzero(cast.role == BOT)
    jumps = ground.growth.jumps.of(cast.planted(BOUGHT))
    pair = np.argwhere(cast.platform[bots][:, None] == cast.platform[jumps.account][None, :])
    pair = pair[stream.random(len(pair)) < 0.7]
    sold, buyer = bots[pair[:, 0]], pair[:, 1]
    day = jumps.day[buyer] + JUMP_DAYS * stream.random(len(buyer))
    cover = np.repeat(bots, min(MOST_COVER, max(3, ground.size.n_creators // 20)))
    creators = creators_of(cast, cast.followers**0.3, ground.n_subjects)
    cover_day = N_DAYS - cast.age_days[cover] * stream.random(len(cover))
    return (
        np.concatenate([sold, cover]),
        np.concatenate([jumps.account[buyer], creators.any(stream, cast, cover)]),
        np.concatenate([day, cover_day]),
    )


def _guests_follow(ground: Ground) -> tuple[Ints, Ints, Floats, Floats]:
    """Members who come for a giveaway; about half leave again."""
    stream, cast = ground.dice.stream("guests"), ground.cast
    jumps = ground.growth.jumps.of(cast.planted(GIVEAWAY))
    who, whom, began, ended = [], [], [], []
    for account, day in zip(jumps.account, jumps.day, strict=True):
        near = np.flatnonzero(
            (cast.role == MEMBER)
            & (cast.platform == cast.platform[account])
            & (cast.language == cast.language[account])
        )
        guests = near[stream.random(len(near)) < 0.12]
        left = np.where(
            stream.random(len(guests)) < 0.5, day + 6 + 30 * stream.random(len(guests)), np.nan
        )
        who.append(guests)
        whom.append(np.full(len(guests), account))
        began.append(day + JUMP_DAYS * stream.random(len(guests)))
        ended.append(left)
    empty = np.zeros(0)
    return (
        np.concatenate([np.zeros(0, np.int64), *who]),
        np.concatenate([np.zeros(0, np.int64), *whom]),
        np.concatenate([empty, *began]),
        np.concatenate([empty, *ended]),
    )


def follow_pairs(ground: Ground) -> dict[str, Any]:
    """(follower, followed, day, day of the end) of every follow, each pair once.

    `day` is NaN where the follow is older than the year, `ended` where it goes on.
    """
    bot, sold, bot_day = _bots_follow(ground)
    guest, host, guest_day, guest_end = _guests_follow(ground)
    who, whom = _readers_follow(ground)
    stream, cast = ground.dice.stream("dates of follows"), ground.cast
    role = np.where(whom < 0, BOT, cast.role[whom])
    returns = (
        stream.random(len(who))
        < np.array([RETURN_SHARE[CREATOR], RETURN_SHARE[MEMBER], 0.0])[role]
    )
    who, whom = np.concatenate([who, whom[returns]]), np.concatenate([whom, who[returns]])
    n = len(who)
    # The later in the year the more: creators grow.
    day = N_DAYS * np.sqrt(stream.random(n))
    opened = N_DAYS - np.minimum(cast.age_days[who], cast.age_days[whom])
    day = np.where(day < opened, opened + (N_DAYS - opened) * stream.random(n), day)
    day = np.where((stream.random(n) < BEFORE_SHARE) & (opened < 0), np.nan, day)
    ended = np.where(stream.random(n) < 0.03, day + (N_DAYS - day) * stream.random(n), np.nan)
    columns = (
        np.concatenate([bot, guest, who]),
        np.concatenate([sold, host, whom]),
        np.concatenate([bot_day, guest_day, day]),
        np.concatenate([np.full(len(bot), np.nan), guest_end, ended]),
    )
    n_accounts = len(cast)
    real = (columns[1] >= 0) & (columns[0] != columns[1])
    key = columns[0][real] * n_accounts + columns[1][real]
    kept = np.flatnonzero(real)[np.unique(key, return_index=True)[1]]
    return dict(
        zip(("who", "whom", "day", "ended"), (column[kept] for column in columns), strict=True)
    )


def follows(ground: Ground, pairs: dict[str, Any]) -> pa.Table:
    """The follows table: one row a pair."""
    known, over = ~np.isnan(pairs["day"]), ~np.isnan(pairs["ended"])
    columns = {
        "follower_id": ground.faces.id.take(pairs["who"]),
        "followed_id": ground.faces.id.take(pairs["whom"]),
        "since": times(micros(np.nan_to_num(pairs["day"])), known),
        "ended_at": times(micros(np.nan_to_num(pairs["ended"])), over),
    }
    return declared("follows", ground.dice.seed, columns)
