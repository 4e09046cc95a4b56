"""What sources say of accounts from outside: weekly counts, audiences and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj.text.facts import text_facts
from mawj.worlds.cast import BLUESKY, BOT, CREATOR, INSTAGRAM, TELEGRAM, TIKTOK, YOUTUBE, X
from mawj.worlds.dice import lognormal
from mawj.worlds.following import creators_of
from mawj.worlds.lexicon import LANGUAGES
from mawj.worlds.rows import (
    MICROS_A_DAY,
    START_MICROS,
    counts,
    declared,
    micros,
    names,
    numbered,
    times,
)
from mawj.worlds.size import AS_OF, N_DAYS

if TYPE_CHECKING:
    from mawj.worlds.dice import Floats, Ints
    from mawj.worlds.ground import Ground
    from mawj.worlds.posting import Posts

WEEK, MONTH = 7, 28
"""Creators are looked at every week, the others every four weeks."""

AUDIENCE_SAMPLE = 400.0
"""Followers that a vendor looks at for one audience; our judgement."""

LIST_NAMES = {
    "en": ("best of {}", "{} people", "my {} list", "{}"),
    "ar": ("أفضل حسابات {}", "{}", "قائمة {}", "مهتمون بـ{}"),
    "fa": ("بهترین‌های {}", "{}", "فهرست {}", "دوستداران {}"),
}


def _looks(ground: Ground) -> tuple[Ints, Floats]:
    """(account, day) of each look; none before the account was opened."""
    cast = ground.cast
    accounts, days_of = [], []
    for step, rows in ((WEEK, cast.role == CREATOR), (MONTH, cast.role != CREATOR)):
        chosen, looks = np.flatnonzero(rows), np.arange(0, N_DAYS + 1, step)
        accounts.append(np.repeat(chosen, len(looks)))
        days_of.append(np.tile(looks, len(chosen)).astype(np.float64))
    account, day = np.concatenate(accounts), np.concatenate(days_of)
    there = day >= N_DAYS - np.floor(cast.age_days[account])
    return account[there], day[there]


def _published(posts: Posts, account: Ints, moments: Ints) -> Floats:
    """Posts of each account up to each moment."""
    span = int(N_DAYS + 2) * MICROS_A_DAY
    keys = np.sort(posts.author * span + (posts.at - START_MICROS))
    upto = np.searchsorted(keys, account * span + (moments - START_MICROS), "right")
    return (upto - np.searchsorted(keys, account * span)).astype(np.float64)


def _following(ground: Ground, account: Ints, day: Floats, out_degree: Ints) -> Floats:
    """Accounts followed: those of the world and, for bots, thousands beyond it."""
    stream, cast = ground.dice.stream("following"), ground.cast
    beyond = lognormal(stream, np.where(cast.role == CREATOR, 220.0, 160.0), 0.7, len(cast))
    beyond = np.where(cast.role == BOT, 1_800.0 + 3_500.0 * stream.random(len(cast)), beyond)
    share = np.where(cast.role[account] == BOT, 1.0, 0.8 + 0.2 * day / N_DAYS)
    return np.round((out_degree + beyond)[account] * share)


def account_snapshots(
    ground: Ground, posts: Posts, pairs: dict[str, Any], likes: Floats
) -> pa.Table:
    """The account_snapshots table: one row an account and look.

    Args:
        ground: who is looked at.
        posts: for the number of posts so far.
        pairs: follows, for whom each account follows.
        likes: likes that each account drew in the year.
    """
    stream, cast = ground.dice.stream("looks"), ground.cast
    account, day = _looks(ground)
    moments, platform = micros(day), cast.platform[account]
    noise = 1.0 + 0.002 * stream.standard_normal(len(account))
    before = (
        lognormal(stream, 120.0, 1.0, len(cast))
        * (cast.age_days > N_DAYS)
        * (cast.role == CREATOR)
    )
    lists = (cast.quality**1.2 * cast.followers**0.55 / 8.0)[account]
    out_degree = np.bincount(pairs["who"], minlength=len(cast))
    columns = {
        "account_id": names(account, ground.faces.id),
        "taken_at": times(moments),
        "followers": counts(np.round(ground.growth.followers(account, day) * noise)),
        "following": counts(
            _following(ground, account, day, out_degree),
            ~np.isin(platform, (YOUTUBE, TELEGRAM)),
        ),
        "posts": counts(np.round(before)[account] + _published(posts, account, moments)),
        "lists": counts(
            np.round(lists * (0.7 + 0.3 * day / N_DAYS)), np.isin(platform, (X, BLUESKY))
        ),
        "likes_total": counts(
            np.round(likes[account] * (0.5 + day / N_DAYS)), platform == TIKTOK
        ),
    }
    return declared("account_snapshots", ground.dice.seed, columns)


def audiences(ground: Ground, pairs: dict[str, Any]) -> pa.Table:
    """The audiences table: countries and languages of followers, as a vendor samples them."""
    stream, cast = ground.dice.stream("audiences"), ground.cast
    asked = (
        (cast.role == CREATOR)
        & np.isin(cast.platform, (INSTAGRAM, TIKTOK, YOUTUBE))
        & (stream.random(len(cast)) < 0.6)
    )
    rows = np.flatnonzero(asked[pairs["whom"]])
    whom, who = pairs["whom"][rows], pairs["who"][rows]
    codes = sorted({country.code for country in ground.words.countries})
    home = np.array([codes.index(country.code) for country in ground.words.countries])[
        cast.country[who]
    ]
    parts = []
    for dimension, values, words in (
        ("country", home, codes),
        ("language", cast.language[who], LANGUAGES),
    ):
        table = np.zeros((len(cast), len(words)))
        np.add.at(table, (whom, values), 1.0)
        account, value = np.nonzero(table)
        share = table[account, value] / table.sum(1)[account]
        parts.append((account, names(value, list(words)), share, dimension))
    account = np.concatenate([part[0] for part in parts])
    columns = {
        "account_id": names(account, ground.faces.id),
        "slice": ["followers"] * len(account),
        "dimension": np.repeat([part[3] for part in parts], [len(part[0]) for part in parts]),
        "value": pa.concat_arrays([part[1] for part in parts]),
        "share": np.concatenate([part[2] for part in parts]),
        "n": np.full(len(account), AUDIENCE_SAMPLE),
        "method": ["sample of followers"] * len(account),
        "as_of": pa.array([AS_OF] * len(account)),
    }
    return declared("audiences", ground.dice.seed, columns)


def listings(ground: Ground) -> pa.Table:
    """The listings table: members' public lists on X and Bluesky, each about one subject."""
    stream, cast = ground.dice.stream("listings"), ground.cast
    may = np.flatnonzero(np.isin(cast.platform, (X, BLUESKY)) & (cast.role != BOT))
    owner = may[stream.random(len(may)) < 0.2]
    subject = ground.minds.subjects(stream, cast, owner)
    size = stream.integers(5, 26, len(owner))
    number = np.repeat(np.arange(len(owner)), size)
    circles = creators_of(cast, cast.quality**1.2 * cast.followers**0.45, ground.n_subjects)
    listed = circles.like(stream, cast, owner[number], subject[number])
    kept = np.unique((number * len(cast) + listed)[listed >= 0])
    number, listed = kept // len(cast), kept % len(cast)
    titles = [
        LIST_NAMES[LANGUAGES[language]][int(draw * 4)].format(
            ground.words.subjects[topic].name[LANGUAGES[language]]
        )
        for language, draw, topic in zip(
            cast.language[owner], stream.random(len(owner)), subject, strict=True
        )
    ]
    terms = text_facts(titles, [LANGUAGES[language] for language in cast.language[owner]])[
        "terms"
    ]
    prefix = names(np.where(cast.platform[owner] == X, 0, 1), ("x:l", "bluesky:l"))
    columns = {
        "list_id": numbered(prefix, np.arange(len(owner)) + 1_000).take(number),
        "account_id": names(listed, ground.faces.id),
        "owner_id": names(owner[number], ground.faces.id),
        "name": names(number, titles),
        "terms": pa.array(terms, pa.list_(pa.string())).take(number),
    }
    return declared("listings", ground.dice.seed, columns)
