"""A plan as it is shown: the same rows for the terminal, the report and Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from mawj.flow.planned_offers import Offer
    from mawj.plan.asking.brief import Brief
    from mawj.plan.asking.fit import Fit
    from mawj.plan.asking.occasions import Happening


@dataclass(frozen=True)
class Pick:
    """An offer that is in the portfolio, and why.

    Attributes:
        offer: which.
        gain: what would be lost without it, in units of the objective.
        alone: what it would bring alone.
        overlap_share: part of that which others reach too.
        unit_minor: price for each unit that it adds.
        why: must, needed or worth.
        other: the account that it overlaps with most, or the wish that needs it.
        decline: what happens if the creator declines.
    """

    offer: Offer
    gain: float | None
    alone: float | None
    overlap_share: float | None
    unit_minor: float | None
    why: str
    other: str | None
    decline: Decline | None = None


@dataclass(frozen=True)
class Decline:
    """What changes if one declines.

    Attributes:
        lost_share: part of the result that is lost; None where the wishes cannot be met then.
        replaced_by: who would come in.
        spent_minor: price then.
    """

    lost_share: float | None
    replaced_by: tuple[str, ...] = ()
    spent_minor: int | None = None


@dataclass(frozen=True)
class LeftOut:
    """Somebody who is not in, and why.

    Attributes:
        account_id, name: who.
        stage: brief, vetting, or portfolio.
        why: the field of the brief, the bar, or the portfolio's reason.
        deliverable, price_minor, gain: of the offer, where one was looked at.
        other: the wish or the account that is the reason.
        observed: the number behind it, such as a credibility below the bar.
    """

    account_id: str
    name: str | None
    stage: str
    why: str
    deliverable: str = ""
    price_minor: int | None = None
    gain: float | None = None
    other: str | None = None
    observed: float | None = None


@dataclass(frozen=True)
class Result:
    """What the portfolio may bring.

    Attributes:
        objective: reach, views, engagements, clicks, conversions, unique or spread.
        value: at the corrected forecasts.
        middle, low, high: of the outcomes drawn; None where no interval is known.
        value_as_forecast: before luck is taken out.
        of_best_share: at least this part of the best possible.
        how: proved or bounded.
        spent_minor: price of all picks.
        spent_low_minor, spent_high_minor: ends of the receipts added up.
        unit_minor: price for each unit.
    """

    objective: str
    value: float
    middle: float | None
    low: float | None
    high: float | None
    value_as_forecast: float
    of_best_share: float
    how: str
    spent_minor: int
    spent_low_minor: int | None
    spent_high_minor: int | None
    unit_minor: float | None


@dataclass(frozen=True)
class Spread:
    """What the portfolio reaches when others pass its messages on.

    Attributes:
        reach: people reached in two steps, each once.
        direct, second: expected to see a message of the picks, and by way of others alone.
        second_low, second_high: ends of the middle 80 % of the runs.
        standard_error: of `second`.
        certain_share: at least this part of the best possible; what is known of who passes on
            taken as given.
        doubt: the chance that this is too much.
        beside: what simple rankings reach for the same money.
        n_passers: accounts known to pass on.
        passes_loaded_share: part of the reposts and quotes that is loaded; None: not known.
        n_sets, n_runs: sets drawn to choose by, and messages let run to check.
        n_seen: creators and passers of whose audience it is known how many see one message;
            assumed_share: what is taken for the others.
    """

    reach: float
    direct: float
    second: float
    second_low: float
    second_high: float
    standard_error: float
    certain_share: float
    doubt: float
    beside: Mapping[str, float]
    n_passers: int
    passes_loaded_share: float | None
    n_sets: int
    n_runs: int
    n_seen: int
    assumed_share: float


@dataclass(frozen=True)
class Total:
    """A measure added up over the picks; views and the like, not people.

    Attributes:
        measure: which.
        middle, low, high: sums; the ends are those of the interval of the sum.
        n_known: picks of which it is known.
        n_picks: picks.
    """

    measure: str
    middle: float
    low: float | None
    high: float | None
    n_known: int
    n_picks: int


@dataclass(frozen=True)
class CurvePoint:
    """The best result for one budget, and who would be in."""

    budget_minor: int
    value: float | None
    spent_minor: int | None
    n_picks: int | None
    account_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Alternative:
    """Another portfolio that is nearly as good."""

    account_ids: tuple[str, ...]
    new_ids: tuple[str, ...]
    value: float
    of_best_share: float
    spent_minor: int


@dataclass(frozen=True)
class Scenario:
    """One way to spend the same money.

    Attributes:
        name: celebrity, micro_group or mixed.
        account_ids: who would be in; empty where it cannot be had.
        value, middle, low, high: the result, in units of the objective.
        spent_minor: what it costs.
        p_best: chance that it brings the most of all scenarios.
        beats: chance that it brings more than each of the others, by their names.
        missing: why it cannot be had; empty where it can.
    """

    name: str
    account_ids: tuple[str, ...] = ()
    value: float | None = None
    middle: float | None = None
    low: float | None = None
    high: float | None = None
    spent_minor: int | None = None
    p_best: float | None = None
    beats: Mapping[str, float] = field(default_factory=dict)
    missing: str = ""


@dataclass(frozen=True)
class Compared:
    """How likely one way to spend the money brings more than another.

    Attributes:
        one, other: the two ways.
        p_more: chance that the first brings more; None where one of them cannot be had.
        more, more_low, more_high: by how much, in units of the objective: middle and 80 %.
        verdict: clear, leans, open or not_known.
        check: what is changed to see what the answer depends on; empty for the brief as it is.
    """

    one: str
    other: str
    p_more: float | None
    more: float | None
    more_low: float | None
    more_high: float | None
    verdict: str
    check: str = ""


@dataclass(frozen=True)
class Shared:
    """What the audiences of two picks share."""

    left: str
    right: str
    share_left: float | None
    share_right: float | None


@dataclass(frozen=True)
class AdBuy:
    """What the same money buys on one advertising platform."""

    channel: str
    market: str
    measure: str
    bought: float | None
    bought_low: float | None
    bought_high: float | None
    source: str | None
    dated_on: date | None
    date_basis: str | None


@dataclass(frozen=True)
class Conflict:
    """One wish that stands in the way.

    Attributes:
        way: 0 for the wishes that exclude each other; 1 and on: one way out each.
        wish: budget, creators, must_have, a wish of diversity, or a field of the brief.
        name: of whom or what.
        side: most or least.
        wished, nearest: as wished and the nearest that can be had, in words or numbers.
        is_money: whether these are amounts in minor units.
        n_creators: who could be chosen from then; None where not counted.
        spent_minor: what the nearest costs; None where not priced.
    """

    way: int
    wish: str
    name: str = ""
    side: str = ""
    wished: float | None = None
    nearest: float | None = None
    is_money: bool = False
    n_creators: int | None = None
    spent_minor: int | None = None


@dataclass(frozen=True)
class Plan:
    """What is planned for a brief, whether it should be done, and what else could be.

    Attributes:
        brief: what was asked.
        fit: whether this way of marketing suits it.
        occasions: what falls in its days, or is prepared for then.
        picks: the portfolio; empty where the brief cannot be met.
        result: what it may bring; None where there is no portfolio.
        totals: measures added up over the picks.
        conflicts: why it cannot be met, and the nearest that can; empty where it can.
        left_out: who is not in, and why.
        alternatives, curve, scenarios: what else could be.
        compared: the scenarios two by two, and what that depends on; empty where no interval of
            the result is known.
        shared: audiences of the picks, pair by pair.
        loaded_share: part of the followers on which that rests.
        ads: what the same money buys on ad platforms.
        subjects: how the subject was understood, and how far it was widened.
        topic_names: names of topics by language.
        counts: accounts at each stage: found, fitting, shortlisted, vetted, credible, offers.
        notes: what else has to be known, as keys of the words `plan_notes`.
        run_id, as_of, made_at: what it rests on, and when it was made.
        vetting_id: where the vetting is kept; empty where it is not.
        book_id: where the forecasts of the picks are kept; empty where they are not.
        sources: whose figures prices and ads rest on.
        spread: what it reaches in two steps; None where only direct reach counts.
    """

    brief: Brief
    fit: Fit
    occasions: tuple[Happening, ...]
    picks: tuple[Pick, ...]
    result: Result | None
    totals: tuple[Total, ...]
    conflicts: tuple[Conflict, ...]
    left_out: tuple[LeftOut, ...]
    alternatives: tuple[Alternative, ...]
    curve: tuple[CurvePoint, ...]
    scenarios: tuple[Scenario, ...]
    shared: tuple[Shared, ...]
    loaded_share: float | None
    ads: tuple[AdBuy, ...]
    subjects: tuple[str, ...]
    topic_names: Mapping[str, Mapping[str, str]]
    counts: Mapping[str, int]
    notes: tuple[str, ...]
    run_id: str
    as_of: datetime
    made_at: datetime
    vetting_id: str = ""
    book_id: str = ""
    sources: tuple[str, ...] = ()
    spread: Spread | None = None
    compared: tuple[Compared, ...] = ()

    @property
    def is_possible(self) -> bool:
        """Whether some portfolio meets the brief."""
        return bool(self.picks)
