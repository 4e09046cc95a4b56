"""What is known when a brief is asked whether it suits, and what an answer's rows look like."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True)
class FitLimits:
    """How a brief is judged; every number is our judgement.

    Attributes:
        base: points that a brief begins with.
        dont_below: points below which the answer is don't.
        care_below: points below which it is with care.
        forbidden: taken where law or a platform's rules say don't, the days are over, or
            nothing can be bought.
        care: taken for each rule that asks for care.
        weak_sector: taken where such purchases are hardly decided by what others show.
        contradiction: taken for each contradiction between the brand's claims and facts, where
            it buys trust; half as much else.
        line_from: severity of a red line of its own from which a trade contradicts it.
        lead_days: days from now to the first post, to agree, make and approve it.
        too_soon: taken where there are fewer.
        trust_days: days that a campaign for credibility or trust needs at least.
        sales_days: days that one for sales needs at least.
        too_short: taken where there are fewer.
        mourning: taken where days of mourning fall in the campaign.
        few_share: part of the creators wanted that must be there at least twice over; few are
            too few to choose from.
        few: taken where there are few.
        bar_share: part of those vetted that passes the bar, below which few are credible.
        thin_bar: taken where fewer pass.
        celebrity_for_trust: taken where trust is bought of celebrities only.
        nano_for_reach: taken where reach is bought of the smallest only.
        dearer_times: how many times the price of the same views on ad platforms is too dear,
            where reach is bought.
        dearer: taken where it is dearer.
        sales_loss: taken where even the high end of expected sales leaves less than the budget.
        large_minor_usd: budget in US cents from which a celebrity is worth a look for reach.
    """

    base: float = 100.0
    dont_below: float = 50.0
    care_below: float = 85.0
    forbidden: float = 100.0
    care: float = 20.0
    weak_sector: float = 20.0
    contradiction: float = 20.0
    line_from: float = 0.6
    lead_days: int = 14
    too_soon: float = 20.0
    trust_days: int = 28
    sales_days: int = 7
    too_short: float = 20.0
    mourning: float = 20.0
    few_share: float = 2.0
    few: float = 20.0
    bar_share: float = 0.3
    thin_bar: float = 20.0
    celebrity_for_trust: float = 25.0
    nano_for_reach: float = 10.0
    dearer_times: float = 5.0
    dearer: float = 16.0
    sales_loss: float = 60.0
    large_minor_usd: float = 5_000_000.0

    def __post_init__(self) -> None:
        """Check the order of the two lines."""
        if not self.dont_below <= self.care_below <= self.base:
            raise ValueError("dont_below, care_below and base must rise")


@dataclass(frozen=True)
class FitEvidence:
    """What is known besides the brief; None is not known, and then nothing is said of it.

    Attributes:
        on: the day of asking.
        n_matching: accounts loaded that fit subject and audience.
        n_vetted: of those, how many were vetted.
        n_credible: of those vetted, how many pass the bar.
        n_offers: of those that pass, how many have a price and a forecast.
        cheapest_minor: what the fewest creators wanted cost at least.
        red_lines: the brand's red lines: severity by subject.
        n_contradictions: claims of the brand that its own facts contradict.
        small_ratio: engagement of small accounts against large ones on the user's own data.
        small_ratio_low, small_ratio_high: its interval.
        paid_cpm_minor: what a thousand views of the plan cost.
        ad_cpm_minor: what a thousand views cost on ad platforms.
        margin_high_minor: high end of what the expected sales leave.
        budget_minor_usd: the budget in US cents.
    """

    on: date
    n_matching: int | None = None
    n_vetted: int | None = None
    n_credible: int | None = None
    n_offers: int | None = None
    cheapest_minor: int | None = None
    red_lines: Mapping[str, float] | None = None
    n_contradictions: int | None = None
    small_ratio: float | None = None
    small_ratio_low: float | None = None
    small_ratio_high: float | None = None
    paid_cpm_minor: float | None = None
    ad_cpm_minor: float | None = None
    margin_high_minor: float | None = None
    budget_minor_usd: float | None = None


@dataclass(frozen=True)
class FitFinding:
    """One reason for or against.

    Attributes:
        finding: its name, as in `fit_sentences.toml`.
        status: raised, clear or not_assessed.
        contribution: points, 0 or below; above only for a clamp.
        observed, expected: the numbers compared; None where there are none.
        unit: of both: days, accounts, share, times, money, points; empty for none.
        about: what it is of: a rule, a trade, an occasion; empty for the whole.
        advice: which of several sentences is meant, where a finding advises.
        countries: where it holds; empty for everywhere.
        texts: a rule's own words by language; empty where the sentence says it.
        source: where a rule comes from, by language; empty for our judgement.
        missing: what would have to be known, where it was not assessed.
    """

    finding: str
    status: str
    contribution: float = 0.0
    observed: float | None = None
    expected: float | None = None
    unit: str = ""
    about: str = ""
    advice: str = ""
    countries: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    source: Mapping[str, str] = field(default_factory=dict)
    missing: str = ""
