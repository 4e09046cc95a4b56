"""Whom to look at more closely: the accounts that fit a brief, and why others do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mawj.plan.asking.brief import Brief


@dataclass(frozen=True)
class ShortlistLimits:
    """How the shortlist is drawn; every number is our judgement.

    Attributes:
        pool: accounts found for the subject that are looked at.
        most: accounts on the shortlist, which are vetted, forecast and priced.
        least_followers: smaller accounts are left out unless the brief names sizes: the lowest
            line of the smallest tier in most published schemes.
        each_tier: of each size, the best so many are on it, so that celebrities and small
            accounts can be held against each other.
        for_wish: for each creator that a wish for diversity asks for, so many are on it.
        least_share: part of an account's audience that must be where the brief wants it, where
            the audience is known.
        celebrities: well-known accounts beside the list, only for the scenarios: those who fit
            the brief's audience and not its subject.
        widen_below: the subject is widened (specialty coffee, coffee, food) while fewer than so
            many times the creators wanted fit.
    """

    pool: int = 1_000
    most: int = 40
    least_followers: float = 1_000.0
    each_tier: int = 4
    for_wish: int = 3
    least_share: float = 0.2
    celebrities: int = 4
    widen_below: float = 3.0

    def __post_init__(self) -> None:
        """Check that there is a shortlist at all."""
        if not 1 <= self.most <= self.pool:
            raise ValueError("most must be at least 1 and at most pool")


@dataclass(frozen=True)
class Candidate:
    """One account that the search found; None is not known.

    Attributes:
        account_id, person_id, platform, handle, name, country, tier, kind: as in their tables.
        languages: those that a fair part of its posts are written in, the most used first.
        community: its community in the attention graph.
        followers: how many.
        influence, relevance: on the subject.
        match: what the shortlist is sorted by, higher first.
        country_share: part of its audience in the countries wanted.
        age_share: part of its audience of the ages wanted.
        place_share: part of its audience in the places wanted.
    """

    account_id: str
    person_id: str
    platform: str
    handle: str | None = None
    name: str | None = None
    country: str | None = None
    tier: str | None = None
    kind: str | None = None
    languages: tuple[str, ...] = ()
    community: str | None = None
    followers: float | None = None
    influence: float | None = None
    relevance: float = 1.0
    match: float = 0.0
    country_share: float | None = None
    age_share: float | None = None
    place_share: float | None = None

    def of(self, by: str) -> tuple[str, ...]:
        """What it is under one of `brief.DIVERSITY`; several languages, one of the rest."""
        if by == "language":
            return self.languages
        value = getattr(self, by)
        return () if value is None else (str(value),)


@dataclass(frozen=True)
class LeftOut:
    """An account that is not on the shortlist, and why: the field of the brief, or `place`."""

    account_id: str
    reason: str


@dataclass(frozen=True)
class Shortlisted:
    """The shortlist.

    Attributes:
        chosen: who is on it, must-haves first, then the best match first.
        left_out: who is not, with the first reason.
        n_fitting: how many fit the brief's words, whether on the list or not.
    """

    chosen: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]
    n_fitting: int


def shortlisted(
    candidates: Sequence[Candidate], brief: Brief, *, shortlist_limits: ShortlistLimits
) -> Shortlisted:
    """The shortlist of a brief.

    Args:
        candidates: those found; `brief.must_have` and `brief.never` hold their account ids.
        brief: what is wanted.
        shortlist_limits: how the list is drawn.
    """
    ordered = sorted(candidates, key=lambda one: (-one.match, one.account_id))
    must = [one for one in ordered if one.account_id in brief.must_have]
    others = [one for one in ordered if one.account_id not in brief.must_have]
    reasons = {one.account_id: mismatch(one, brief, shortlist_limits) for one in others}
    fitting = [one for one in others if reasons[one.account_id] is None]
    chosen = [*must, *_drawn(fitting, brief, shortlist_limits)]
    on_list = {one.account_id for one in chosen}
    left = tuple(
        LeftOut(one.account_id, reasons[one.account_id] or "place")
        for one in others
        if one.account_id not in on_list
    )
    return Shortlisted(tuple(chosen), left, len(must) + len(fitting))


def mismatch(one: Candidate, brief: Brief, limits: ShortlistLimits) -> str | None:
    """The first field of the brief that an account does not fit; None where it fits.

    What is not known of an account does not keep it out, except its tier and kind where these
    are asked for, and everything where neither country nor language can be told.
    """
    return next(_mismatches(one, brief, limits), None)


def _mismatches(one: Candidate, brief: Brief, limits: ShortlistLimits) -> Iterator[str]:
    audience = brief.audience
    offered = {key.partition(":")[0] for key in brief.deliverables}
    if one.account_id in brief.never:
        yield "never"
    for name, wanted, is_fitting in (
        ("platforms", brief.platforms, one.platform in brief.platforms),
        ("platforms", offered, one.platform in offered),
        ("tiers", brief.tiers, one.tier in brief.tiers),
        ("small", not brief.tiers, _is_large_enough(one, limits)),
        ("kinds", brief.kinds, one.kind in brief.kinds),
        ("languages", audience.languages, bool(set(one.languages) & set(audience.languages))),
        ("countries", audience.countries, _is_there(one, brief, limits)),
        ("ages", audience.ages, _is_enough(one.age_share, limits)),
        ("places", audience.places, _is_enough(one.place_share, limits)),
    ):
        if wanted and not is_fitting:
            yield name


def _is_large_enough(one: Candidate, limits: ShortlistLimits) -> bool:
    return one.followers is None or one.followers >= limits.least_followers


def _is_enough(share: float | None, limits: ShortlistLimits) -> bool:
    return share is None or share >= limits.least_share


def _is_there(one: Candidate, brief: Brief, limits: ShortlistLimits) -> bool:
    """Whether the audience is in the countries wanted, else the account, else its language."""
    if one.country_share is not None:
        return one.country_share >= limits.least_share
    if one.country is not None:
        return one.country in brief.audience.countries
    return bool(brief.audience.languages)


def _drawn(fitting: list[Candidate], brief: Brief, limits: ShortlistLimits) -> list[Candidate]:
    """The best of each wish and of each size, then the best of all, in order of match."""
    first: list[Candidate] = []
    for wish in brief.diversity:
        mine = [one for one in fitting if wish.value in one.of(wish.by)]
        first += mine[: limits.for_wish * (wish.at_least or 0)]
    for tier in sorted({one.tier or "" for one in fitting}):
        first += [one for one in fitting if one.tier == tier][: limits.each_tier]
    # A list that is too short for all of them still begins with the wishes.
    ids = list(dict.fromkeys(one.account_id for one in (*first, *fitting)))[: limits.most]
    return [one for one in fitting if one.account_id in set(ids)]
