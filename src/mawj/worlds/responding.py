"""Reposts, replies and quotes: what posts set off in others."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from mawj.worlds.cast import BLUESKY, BOT, CREATOR, TELEGRAM, Cast, X
from mawj.worlds.conduct import plant_conduct
from mawj.worlds.dice import Ints, lognormal, one_of
from mawj.worlds.following import creators_of
from mawj.worlds.posting import QUALITY_EXPONENT, REPOST, Posts, own_posts, plant
from mawj.worlds.rows import END_MICROS, MICROS_A_DAY, micros
from mawj.worlds.sayings import ADMIRATION, DOUBT, GENERIC, QUESTION, SUPPORT
from mawj.worlds.size import N_DAYS

if TYPE_CHECKING:
    from mawj.worlds.ground import Ground

# Our judgement, as are the delays below: half of all answers come within five hours.
RESPONSE_SHARE, TALKING_SHARE = 0.21, 0.4
RESPONSE_WEIGHTS = (0.5, 0.34, 0.16)
REPLY_TONES = {ADMIRATION: 0.3, SUPPORT: 0.2, QUESTION: 0.25, DOUBT: 0.1, GENERIC: 0.15}
DELAY_MEDIAN_DAYS, DELAY_SIGMA = 5.0 / 24.0, 1.4


def may_respond(cast: Cast) -> Ints:
    """Accounts whose reposts and replies are public posts of their own."""
    is_open = np.isin(cast.platform, (X, BLUESKY, TELEGRAM)) & ~cast.is_private
    return np.flatnonzero(is_open & (cast.role != BOT))


def delays(stream: np.random.Generator, n: int) -> Ints:
    """Microseconds between a post and what it sets off; a minute at least."""
    wait = lognormal(stream, DELAY_MEDIAN_DAYS, DELAY_SIGMA, n) * MICROS_A_DAY
    return np.maximum(wait, 60e6).astype(np.int64) // 1_000_000 * 1_000_000


def born(cast: Cast) -> Ints:
    """When each account was opened, in microseconds since 1970."""
    return micros(np.ceil(N_DAYS - cast.age_days) + 1.0)


def a_post_of(stream: np.random.Generator, authors: Ints, whom: Ints, n_accounts: int) -> Ints:
    """Any post of each of `whom`; -1 where there is none."""
    order = np.argsort(authors, kind="stable")
    bounds = np.searchsorted(authors[order], np.arange(n_accounts + 1))
    first, n_own = bounds[whom], (bounds[1:] - bounds[:-1])[whom]
    place = first + (stream.random(len(whom)) * n_own).astype(np.int64)
    return np.where((n_own > 0) & (whom >= 0), order[place.clip(0, len(order) - 1)], -1)


def responses(ground: Ground, own: dict[str, Ints], n: int) -> dict[str, Ints]:
    """The fields of `Posts` for answers to `own`: who has quality is passed on more."""
    stream, cast = ground.dice.stream("responses"), ground.cast
    rows = may_respond(cast)
    talks = (cast.role[rows] == CREATOR) | (stream.random(len(rows)) < TALKING_SHARE)
    author = rows[one_of(stream, talks * lognormal(stream, 1.0, 0.8, len(rows)), n)]
    weights = cast.quality**QUALITY_EXPONENT * cast.followers**0.4
    subject = ground.minds.subjects(stream, cast, author)
    whom = creators_of(cast, weights, ground.n_subjects).like(stream, cast, author, subject)
    target = a_post_of(stream, own["author"], whom, len(cast))
    at = own["at"][target] + delays(stream, n)
    kept = (target >= 0) & (whom != author) & (at < END_MICROS) & (at > born(cast)[author])
    author, target = author[kept], target[kept]
    act = np.where(
        cast.platform[author] == TELEGRAM,
        REPOST,
        1 + one_of(stream, RESPONSE_WEIGHTS, len(author)),
    )
    return _rows(
        stream, ground, own, {"author": author, "target": target, "at": at[kept], "act": act}
    )


def _rows(
    stream: np.random.Generator, ground: Ground, own: dict[str, Ints], answers: dict[str, Ints]
) -> dict[str, Ints]:
    """All fields: a repost is its original, a reply or quote says something of its own."""
    author, n = answers["author"], len(answers["author"])
    rows = {name: values[answers["target"]] for name, values in own.items()} | answers
    tones = np.array(list(REPLY_TONES))[one_of(stream, list(REPLY_TONES.values()), n)]
    flavour = ground.cast.flavour[author]
    said = ground.pool.pick(
        ground.sayings.said[rows["subject"], flavour, tones], stream.random(n)
    )
    speaks = answers["act"] != REPOST
    rows["flavour"] = np.where(speaks, flavour, rows["flavour"])
    rows["body"] = np.where(speaks, said, rows["body"])
    opener, closer = ground.sayings.framed(stream, flavour, tones < GENERIC)
    rows["lead"] = np.where(speaks, opener, rows["lead"])
    rows["tail"] = np.where(speaks, closer, rows["tail"])
    for name in ("tags", "mention", "brand"):
        rows[name] = np.where(speaks, -1, rows[name])
    for name in ("planted", "is_paid", "is_disclosed", "is_labelled"):
        rows[name] = np.zeros(n, np.int64)
    return rows


def make_posts(ground: Ground) -> Posts:
    """All posts of the year, in order of time."""
    n_responses = int(ground.size.n_posts * RESPONSE_SHARE)
    # Some answers fall away: to nobody, to oneself, or after the end of the year.
    own = own_posts(ground, ground.size.n_posts - int(0.85 * n_responses))
    plant(ground, own)
    plant_conduct(ground, own)
    answers = responses(ground, own, n_responses)
    rows = {
        field.name: np.concatenate([own[field.name], answers[field.name]])
        for field in fields(Posts)
    }
    order = np.argsort(rows["at"], kind="stable")
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    rows["target"] = np.where(rows["target"] < 0, -1, place[rows["target"]])
    return Posts(**{name: values[order] for name, values in rows.items()})
