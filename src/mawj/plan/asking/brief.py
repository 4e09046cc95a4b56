"""What a campaign is wanted to do, for whom, when, and within which limits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mawj.plan.asking.deliverables import deliverables, placements
from mawj.plan.pricing.terms import Terms
from mawj.tables.errors import SettingsError
from mawj.tables.observed import PLATFORMS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

GOALS = (
    "awareness_creators", "awareness_market", "credibility", "conversation", "sales_online",
    "sales_shops",
)  # fmt: skip
"""What a campaign is for (M21); awareness among creators is told from that in markets (M16)."""

FUNCTIONS = ("reach", "content", "trust")
"""Which of the three functions it buys: reach, original content, the consumers' trust (M20)."""

DIVERSITY = ("language", "country", "platform", "tier", "kind", "community")
"""What a wish for diversity may speak of."""

REACHES = ("direct", "two_steps")
"""Whom reach counts: audiences, or also those before whom others bring the message."""

_NO_REACH = ("credibility", "sales_online")

KINDS = ("specialist", "celebrity", "both", "neither")
MOST_DAYS = 730
MOST_CREATORS = 500
_AGE = re.compile(r"(\d{1,2})(?:-(\d{1,3})|\+)")


@dataclass(frozen=True)
class Audience:
    """Whom the campaign is to move; an empty field asks for nothing.

    Attributes:
        countries: ISO 3166-1 alpha-2.
        places: cities or regions, as audiences name them.
        languages: BCP-47.
        ages: such as 18-24 or 55+.
        subjects: what they care about, in words or as topic ids.
    """

    countries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wish:
    """One wish for diversity among those chosen.

    Attributes:
        by: one of `DIVERSITY`.
        value: which one, for example fa; empty for each of them.
        at_least, at_most: creators with it; None for no limit.
        most_share: the largest part of the budget that may go to it; None for no limit.
    """

    by: str
    value: str = ""
    at_least: int | None = None
    at_most: int | None = None
    most_share: float | None = None

    def __str__(self) -> str:
        """The wish as a person would write it."""
        limits = (("at_least", self.at_least), ("at_most", self.at_most),
                  ("most_share", self.most_share))  # fmt: skip
        said = ", ".join(f"{name} {value:g}" for name, value in limits if value is not None)
        return f"{self.by} {self.value or 'each'}: {said}"


@dataclass(frozen=True)
class Sales:
    """What the brand knows of its own sales; None for not known.

    Attributes:
        order_minor: value of one order in minor units of the budget's currency.
        margin_share: part of it that is left after what the goods cost.
        conversion_share: part of those who click that order.
    """

    order_minor: int | None = None
    margin_share: float | None = None
    conversion_share: float | None = None


@dataclass(frozen=True)
class Brief:
    """What is wanted of a campaign.

    Attributes:
        name: what it is called.
        goal: one of `GOALS`.
        budget_minor: all that may be spent, in minor units of `currency`.
        currency: ISO 4217.
        starts_on, ends_on: first and last day of publishing.
        buys: one of `FUNCTIONS`; empty for what the goal usually needs.
        reach: one of `REACHES`; empty for what the goal usually needs.
        sector: key of `sectors.toml`; empty for not said.
        subject: words for what it is about, in any spelling; or `topic`, an id.
        audience: whom it is to move.
        deliverables: keys that may be agreed; empty for any.
        platforms: where; empty for anywhere.
        tiers, scheme: sizes under a published scheme; empty for any.
        kinds: specialist, celebrity …; empty for any.
        must_have, never: accounts by id or handle.
        least_creators, most_creators: how many.
        least_credibility: 0 to 100; None for no bar.
        diversity: wishes for those chosen.
        brand_file: where the brand's values and red lines stand; empty for none.
        brand_is_known: whether the audience knows the brand already; None for not said.
        placement: how the brand stands in the content; see `placements`.
        terms: what is bought besides publishing, in the budget's currency.
        sales: what the brand knows of its own sales.
    """

    name: str
    goal: str
    budget_minor: int
    currency: str
    starts_on: date
    ends_on: date
    buys: str = ""
    reach: str = ""
    sector: str = ""
    subject: str = ""
    topic: str = ""
    audience: Audience = field(default_factory=Audience)
    deliverables: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    scheme: str = "hootsuite"
    kinds: tuple[str, ...] = ()
    must_have: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    least_creators: int = 1
    most_creators: int = 20
    least_credibility: float | None = None
    diversity: tuple[Wish, ...] = ()
    brand_file: str = ""
    brand_is_known: bool | None = None
    placement: str = "integration"
    terms: Terms = field(default_factory=Terms)
    sales: Sales = field(default_factory=Sales)

    @property
    def function(self) -> str:
        """Which function it buys: as said, else what its goal usually needs."""
        return self.buys or _USUAL_FUNCTION[self.goal]

    @property
    def asked_terms(self) -> Terms:
        """The terms in the budget's currency and, unless they say so, the audience's market."""
        market = self.terms.market or next(iter(self.audience.countries), "")
        return replace(self.terms, currency=self.currency, market=market)

    @property
    def is_two_step(self) -> bool:
        """Whether people reached through others count as well."""
        return (self.reach or _USUAL_REACH.get(self.goal)) == "two_steps"

    @property
    def n_days(self) -> int:
        """Days of publishing, both ends counted."""
        return (self.ends_on - self.starts_on).days + 1


_USUAL_FUNCTION = {
    "awareness_creators": "trust", "awareness_market": "reach", "credibility": "trust",
    "conversation": "reach", "sales_online": "trust", "sales_shops": "trust",
}  # fmt: skip

_USUAL_REACH = {"conversation": "two_steps"}


@dataclass(frozen=True)
class Problem:
    """Something in a brief that does not hold: the field, and what to do."""

    field: str
    says: str


def checked(brief: Brief) -> Brief:
    """The brief, if it holds.

    Raises:
        SettingsError: naming each field that does not, and what to write instead.
    """
    found = brief_problems(brief)
    if found:
        lines = "; ".join(f"`{one.field}` {one.says}" for one in found)
        raise SettingsError(f"brief «{brief.name}»: {lines}")
    return brief


def brief_problems(brief: Brief) -> tuple[Problem, ...]:
    """Every field that does not hold, in the order of a brief."""
    parts = (_aims, _money, _days, _audience, _creators, _persons, _wishes, _terms)
    return tuple(problem for part in parts for problem in part(brief))


def _aims(brief: Brief) -> Iterator[Problem]:
    if not brief.name.strip():
        yield Problem("name", 'is empty; write name = "…"')
    if brief.goal not in GOALS:
        yield Problem("goal", f"= «{brief.goal}» is not known; write {_or(GOALS)}")
    if brief.buys and brief.buys not in FUNCTIONS:
        yield Problem("buys", f"= «{brief.buys}» is not known; write {_or(FUNCTIONS)}")
    if brief.reach and brief.reach not in REACHES:
        yield Problem("reach", f"= «{brief.reach}» is not known; write {_or(REACHES)}")
    if brief.reach == "two_steps" and brief.goal in _NO_REACH:
        goals = _or(one for one in GOALS if one not in _NO_REACH)
        yield Problem("reach", f"= two_steps does not go with this goal; it goes with {goals}")
    if brief.subject and brief.topic:
        yield Problem("topic", "and `subject` are both said; keep one")


def _money(brief: Brief) -> Iterator[Problem]:
    if brief.budget_minor <= 0:
        yield Problem("budget", "is not above zero; write what may be spent in all")
    if not re.fullmatch("[A-Z]{3}", brief.currency):
        yield Problem("currency", f"= «{brief.currency}» is not three letters, such as SAR")
    shares = {"margin": brief.sales.margin_share, "conversion": brief.sales.conversion_share}
    for name, share in shares.items():
        if share is not None and not 0 < share <= 1:
            yield Problem(f"sales.{name}", f"= {share:g} is not a share between 0 and 1")
    if brief.sales.order_minor is not None and brief.sales.order_minor <= 0:
        yield Problem("sales.order", "is not above zero; leave it out if it is not known")


def _days(brief: Brief) -> Iterator[Problem]:
    if brief.ends_on < brief.starts_on:
        yield Problem(
            "until",
            f"({brief.ends_on}) lies before `from` ({brief.starts_on}); swap them",
        )
    elif brief.n_days > MOST_DAYS:
        yield Problem("until", f"is {brief.n_days} days after `from`; at most {MOST_DAYS}")


def _audience(brief: Brief) -> Iterator[Problem]:
    for country in brief.audience.countries:
        if not re.fullmatch("[A-Z]{2}", country):
            yield Problem(
                "audience.countries", f"«{country}» is not two letters, such as SA, IR or AE"
            )
    for language in brief.audience.languages:
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", language):
            yield Problem(
                "audience.languages", f"«{language}» is no language code, such as ar, fa, en"
            )
    for age in brief.audience.ages:
        found = _AGE.fullmatch(age)
        if found is None or (found.group(2) and int(found.group(2)) < int(found.group(1))):
            yield Problem("audience.ages", f"«{age}» is no span of ages, such as 18-24 or 55+")


def _creators(brief: Brief) -> Iterator[Problem]:
    lists = (("deliverables", brief.deliverables, tuple(deliverables())),
             ("creators.platforms", brief.platforms, PLATFORMS),
             ("creators.kinds", brief.kinds, KINDS))  # fmt: skip
    for name, said, known in lists:
        for one in said:
            if one not in known:
                yield Problem(name, f"«{one}» is not known; write {_or(_near(one, known))}")
    yield from _platforms_without_deliverable(brief)
    if not 1 <= brief.least_creators <= brief.most_creators <= MOST_CREATORS:
        yield Problem(
            "creators.at_least",
            f"= {brief.least_creators} and at_most = {brief.most_creators} do not go "
            f"together; both lie between 1 and {MOST_CREATORS}, the first not above the second",
        )
    if brief.least_credibility is not None and not 0 <= brief.least_credibility <= 100:
        yield Problem(
            "creators.least_credibility", f"= {brief.least_credibility:g} is not from 0 to 100"
        )


def _platforms_without_deliverable(brief: Brief) -> Iterator[Problem]:
    offered = {key.partition(":")[0] for key in brief.deliverables}
    if brief.platforms and offered and not offered & set(brief.platforms):
        yield Problem(
            "creators.platforms", "has none of the platforms that `deliverables` are for"
        )


def _persons(brief: Brief) -> Iterator[Problem]:
    both = sorted(set(brief.must_have) & set(brief.never))
    if both:
        yield Problem(
            "creators.never", f"and must_have both name «{both[0]}»; take it out of one"
        )
    if len(set(brief.must_have)) > brief.most_creators:
        yield Problem(
            "creators.must_have",
            f"names {len(set(brief.must_have))}, more than at_most = {brief.most_creators}",
        )


def _wishes(brief: Brief) -> Iterator[Problem]:
    for place, wish in enumerate(brief.diversity, start=1):
        yield from _wish(wish, f"diversity {place}")
    for by in DIVERSITY:
        least = sum(w.at_least or 0 for w in brief.diversity if w.by == by)
        if least > brief.most_creators:
            yield Problem(
                "diversity",
                f"wants {least} creators by {by}, more than at_most = {brief.most_creators}",
            )


def _wish(wish: Wish, name: str) -> Iterator[Problem]:
    if wish.by not in DIVERSITY:
        yield Problem(name, f"by = «{wish.by}» is not known; write {_or(DIVERSITY)}")
    if wish.at_least is None and wish.at_most is None and wish.most_share is None:
        yield Problem(name, "says no limit; write at_least, at_most or most_share")
    if wish.at_least is not None and not wish.value:
        yield Problem(name, 'says at_least without a value; write value = "…"')
    if wish.most_share is not None and not 0 < wish.most_share <= 1:
        yield Problem(name, f"most_share = {wish.most_share:g} is not between 0 and 1")
    counts = [n for n in (wish.at_least, wish.at_most) if n is not None]
    if any(n < 0 for n in counts) or counts != sorted(counts):
        yield Problem(name, "at_least and at_most do not go together")


def _terms(brief: Brief) -> Iterator[Problem]:
    passed_on = brief.terms.boost_minor + brief.terms.production_minor
    if passed_on > max(brief.budget_minor, 0):
        yield Problem("terms.boost", "and production are more than the budget they are part of")
    if brief.placement not in placements():
        yield Problem(
            "placement", f"= «{brief.placement}» is not known; write {_or(placements())}"
        )


def _near(said: str, known: tuple[str, ...]) -> list[str]:
    """Those of the same platform where it is one of a deliverable, else all."""
    same = [one for one in known if ":" in said and one.startswith(said.partition(":")[0])]
    return same or [one for one in known if ":" not in one] or list(known)


def _or(words: object) -> str:
    found = [str(one) for one in words]  # type: ignore[attr-defined]
    return ", ".join(found[:-1]) + f" or {found[-1]}" if len(found) > 1 else found[0]
