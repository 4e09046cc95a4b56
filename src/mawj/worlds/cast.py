"""Who lives in the world: creators, ordinary members and bots, one entry an account."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from mawj.worlds.dice import Dice, Flags, Floats, Ints, Picker, lognormal, one_of
from mawj.worlds.lexicon import FLAVOURS, lexicon

if TYPE_CHECKING:
    from mawj.worlds.size import WorldSize

PLATFORMS = ("instagram", "x", "tiktok", "youtube", "telegram", "bluesky")
INSTAGRAM, X, TIKTOK, YOUTUBE, TELEGRAM, BLUESKY = range(6)
HAS_LABEL = (INSTAGRAM, TIKTOK, YOUTUBE)
"""Platforms with a paid-partnership label of their own."""

ROLES = ("creator", "member", "bot")
CREATOR, MEMBER, BOT = range(3)
GROUPS = (
    "", "specialist", "celebrity", "bought_growth", "comment_ring", "undisclosed_ads",
    "disclosed_ads", "promoter", "detractor", "giveaway", "paid_advocate", "one_sided",
    "copier", "machine_rhythm", "follow_exchange", "off_topic_ads", "values_drift",
    "posing_buyer",
)  # fmt: skip
(
    CLEAN, SPECIALIST, CELEBRITY, BOUGHT, RING, UNDISCLOSED, DISCLOSED, PROMOTER, DETRACTOR,
    GIVEAWAY, ADVOCATE, ONE_SIDED, COPIER, MACHINE, EXCHANGE, OFF_TOPIC, DRIFT, POSING,
) = range(18)  # fmt: skip
CONDUCT = range(ADVOCATE, POSING + 1)
"""Groups planted in what is written, over posts that stand already (see `worlds.conduct`)."""

# All weights and medians below are our judgement of the platforms in 2026: the differences must
# be there, not their exact size.
LANGUAGE_WEIGHTS = (0.42, 0.28, 0.30)
PLATFORM_WEIGHTS = np.array(
    [
        [0.32, 0.25, 0.22, 0.13, 0.05, 0.03],
        [0.46, 0.12, 0.05, 0.10, 0.24, 0.03],
        [0.28, 0.18, 0.22, 0.18, 0.02, 0.12],
    ]
)
BOT_PLATFORMS = np.array([0.5, 0.3, 0.2, 0.0, 0.0, 0.0])
FOLLOWERS_MEDIAN = np.array([11_000.0, 5_000.0, 16_000.0, 9_000.0, 4_000.0, 1_500.0])
ENGAGEMENT_BASE = np.array([0.030, 0.008, 0.055, 0.020, 0.015, 0.022])
"""Likes and comments per follower of an account of 10,000 followers."""

SIZE_EXPONENT = -0.16
"""Engagement falls by about a third for ten times the followers."""

GROUP_FOLLOWERS = {
    SPECIALIST: (24_000.0, 0.8), CELEBRITY: (900_000.0, 0.8), BOUGHT: (35_000.0, 0.6),
    RING: (6_000.0, 0.6), GIVEAWAY: (25_000.0, 0.7),
}  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """One entry an account; creators first, then members, then bots.

    Attributes:
        person: index of the person behind it.
        role: index in `ROLES`; group: index in `GROUPS`; ring: number of its ring, else -1.
        platform: index in `PLATFORMS`; country: index in `lexicon().countries`.
        language: index in `LANGUAGES`; flavour: index in `FLAVOURS`.
        is_romanised: writes half of its posts in Latin letters.
        subject, second: indices of the subjects it cares for first and second.
        quality: the driver of influence; reposts and mentions grow with it.
        engagement: likes and comments per follower that its posts draw on average.
        followers: real followers at the end of the year (bought ones come on top).
        age_days: days the account is old.
        is_private: closed to the public.
    """

    person: Ints
    role: Ints
    group: Ints
    ring: Ints
    platform: Ints
    country: Ints
    language: Ints
    flavour: Ints
    is_romanised: Flags
    subject: Ints
    second: Ints
    quality: Floats
    engagement: Floats
    followers: Floats
    age_days: Floats
    is_private: Flags

    def __len__(self) -> int:
        """Accounts in the world."""
        return len(self.person)

    @property
    def is_first(self) -> Flags:
        """The first account of its person; what is planted hangs on it."""
        return np.concatenate([[True], self.person[1:] != self.person[:-1]])

    def at(self, rows: Ints | Flags) -> Cast:
        """The entries at `rows`."""
        return Cast(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def planted(self, group: int) -> Ints:
        """The accounts in which `group` is planted."""
        return np.flatnonzero((self.group == group) & self.is_first)


def subject_weights(n_subjects: int) -> Floats:
    """How many people care for each subject: Zipf's law with exponent 0.6."""
    ranks = 1.0 + (np.arange(n_subjects) * 7) % n_subjects
    weights: Floats = ranks.astype(np.float64) ** -0.6
    return weights


def make_cast(dice: Dice, size: WorldSize, n_subjects: int) -> Cast:
    """Everybody in the world of `size`."""
    creators = _creators(dice, size, n_subjects)
    members = _readers(dice, MEMBER, size.n_members, n_subjects)
    bots = _readers(dice, BOT, size.n_bots, n_subjects)
    n_persons = size.n_creators
    members = replace(members, person=members.person + n_persons)
    bots = replace(bots, person=bots.person + n_persons + size.n_members)
    parts = (creators, members, bots)
    return Cast(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Cast)
        }
    )


def _people(dice: Dice, name: str, n: int, n_subjects: int) -> dict[str, np.ndarray]:
    """Language, country, flavour and subjects of `n` people."""
    stream = dice.stream(f"people of {name}")
    countries = lexicon().countries
    language = one_of(stream, LANGUAGE_WEIGHTS, n)
    homes = Picker(
        np.array([country.language for country in countries]),
        np.array([country.share for country in countries]),
        3,
    )
    country = homes.pick(stream, language)
    flavour = np.array([country.flavour for country in countries])[country]
    formal = stream.random(n) < np.array([0.25, 0.18, 0.0])[language]
    bookish = np.array([FLAVOURS.index("msa"), FLAVOURS.index("written"), 0])[language]
    weights = subject_weights(n_subjects)
    subject, second = one_of(stream, weights, n), one_of(stream, weights, n)
    return {
        "language": language,
        "country": country,
        "flavour": np.where(formal, bookish, flavour),
        "is_romanised": _romanised(language, formal),
        "subject": subject,
        "second": np.where(second == subject, (subject + 1) % n_subjects, second),
    }


def _romanised(language: Ints, formal: Flags) -> Flags:
    """Every sixteenth informal writer of Arabic, and of Persian: no world is without them."""
    is_romanised = np.zeros(len(language), np.bool_)
    for number in range(2):
        is_romanised[np.flatnonzero((language == number) & ~formal)[::16]] = True
    return is_romanised


def _groups(dice: Dice, size: WorldSize) -> tuple[Ints, Ints]:
    """The planted group and ring of each creator; at least half of them get none."""
    order = dice.stream("groups").permutation(size.n_creators)
    group, ring = np.zeros(size.n_creators, np.int64), np.full(size.n_creators, -1)
    place = 0
    for number, n_members in enumerate(size.ring_sizes):
        group[order[place : place + n_members]] = RING
        ring[order[place : place + n_members]] = number
        place += n_members
    n_each = max(2, round(size.group_share * size.n_creators))
    for planted in (
        SPECIALIST,
        CELEBRITY,
        BOUGHT,
        UNDISCLOSED,
        DISCLOSED,
        PROMOTER,
        DETRACTOR,
        GIVEAWAY,
    ):
        group[order[place : place + n_each]] = planted
        place += n_each
    for planted in CONDUCT:
        group[order[place : place + size.n_conduct_each]] = planted
        place += size.n_conduct_each
    if place > size.n_creators // 2:
        raise ValueError(
            f"{place} of {size.n_creators} creators would be planted; half must be clean"
        )
    return group, ring


def _platforms(stream: np.random.Generator, language: Ints, group: Ints) -> tuple[Ints, Ints]:
    """(person, platform) of each account of the creators, the most used platform first.

    The order is that of draws without replacement (Gumbel's trick, Yellott 1977).
    """
    n = len(language)
    weights = PLATFORM_WEIGHTS[language].copy()
    # What bots and rings do is planted where they live.
    weights[np.isin(group, (BOUGHT, GIVEAWAY))] = BOT_PLATFORMS
    keys = np.log(weights + 1e-12) + stream.gumbel(size=weights.shape)
    keys[group == RING, INSTAGRAM] = np.inf
    n_accounts = 1 + (stream.random(n) < 0.32) + (stream.random(n) < 0.10)
    person = np.repeat(np.arange(n), n_accounts)
    place = np.arange(len(person)) - np.repeat(np.cumsum(n_accounts) - n_accounts, n_accounts)
    return person, np.argsort(-keys, axis=1)[person, place]


def _creators(dice: Dice, size: WorldSize, n_subjects: int) -> Cast:
    people = _people(dice, "creators", size.n_creators, n_subjects)
    group, ring = _groups(dice, size)
    # The accounts of a ring speak one language: that of its first member.
    for number in range(len(size.ring_sizes)):
        rows = np.flatnonzero(ring == number)
        for name in ("language", "country", "flavour", "is_romanised"):
            people[name][rows] = people[name][rows[0]]
    stream = dice.stream("creators")
    person, platform = _platforms(stream, people["language"], group)
    n = len(person)
    quality = np.exp(0.7 * stream.standard_normal(size.n_creators))
    quality[group == SPECIALIST] *= 2.0
    quality[group == CELEBRITY] *= 0.6
    followers = _followers(
        stream, group[person], platform, stream.standard_normal(size.n_creators)[person]
    )
    engagement = (
        ENGAGEMENT_BASE[platform]
        * (followers / 10_000.0) ** SIZE_EXPONENT
        * quality[person] ** 0.25
        * lognormal(stream, 1.0, 0.35, n)
    )
    age = 365.0 + 3_000.0 * stream.random(n)
    celebrity = group[person] == CELEBRITY
    return Cast(
        person=person,
        role=np.full(n, CREATOR),
        group=group[person],
        ring=ring[person],
        platform=platform,
        quality=quality[person],
        engagement=engagement.clip(0.0005, 0.4),
        followers=followers,
        # Fame from elsewhere: the account is young, its followers came at once.
        age_days=np.where(celebrity, 200.0 + 160.0 * stream.random(n), age),
        is_private=np.zeros(n, np.bool_),
        **{name: values[person] for name, values in people.items()},
    )


def _followers(
    stream: np.random.Generator, group: Ints, platform: Ints, fame: Floats
) -> Floats:
    """Real followers at the end of the year; the accounts of one person are alike in size."""
    n = len(group)
    noise = stream.standard_normal(n)
    followers = FOLLOWERS_MEDIAN[platform] * np.exp(1.35 * fame + 0.7 * noise)
    for planted, (median, sigma) in GROUP_FOLLOWERS.items():
        followers = np.where(
            group == planted, median * np.exp(sigma * fame + 0.2 * noise), followers
        )
    return np.round(followers.clip(120.0, 3e7))


def _readers(dice: Dice, role: int, n: int, n_subjects: int) -> Cast:
    """Accounts without an audience: members, or bots."""
    name = ROLES[role]
    people = _people(dice, name, n, n_subjects)
    stream = dice.stream(f"readers {name}")
    is_bot = role == BOT
    weights = np.tile(BOT_PLATFORMS, (3, 1)) if is_bot else PLATFORM_WEIGHTS
    picker = Picker(np.repeat(np.arange(3), 6), weights.ravel(), 3)
    platform = picker.pick(stream, people["language"]) % 6
    followers = np.floor(stream.random(n) * 14) if is_bot else lognormal(stream, 140.0, 1.1, n)
    return Cast(
        person=np.arange(n),
        role=np.full(n, role),
        group=np.zeros(n, np.int64),
        ring=np.full(n, -1),
        platform=platform,
        quality=lognormal(stream, 0.3, 0.5, n),
        engagement=lognormal(stream, 0.06, 0.5, n).clip(0.001, 0.5),
        followers=np.round(followers.clip(0.0, 20_000.0)),
        age_days=np.where(is_bot, 245.0, 60.0)
        + np.where(is_bot, 150.0, 4_000.0) * stream.random(n),
        is_private=(stream.random(n) < 0.18) & (platform < 3) & (not is_bot),
        **people,
    )
