"""The questions that a brief is asked, one function each; `fit.QUESTIONS` is their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.plan.asking.fit_evidence import FitFinding
from mawj.plan.asking.occasions import occasions_between
from mawj.plan.asking.sectors import rules_for, sector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.plan.asking.brief import Brief
    from mawj.plan.asking.fit_evidence import FitEvidence, FitLimits

_SALES = ("sales_online", "sales_shops")
_SMALLEST = {"nano"}


def sector_rules(
    brief: Brief, evidence: FitEvidence, limits: FitLimits
) -> Iterator[FitFinding]:
    """What law and the platforms' rules say of the trade where the audience is."""
    del evidence
    if not brief.sector:
        yield _unknown("sector_rules", "sector")
        return
    met = rules_for(
        brief.sector, brief.audience.countries, kinds=brief.kinds, least_age=_least_age(brief)
    )
    for rule, countries in met:
        taken = limits.forbidden if rule.says == "dont" else limits.care
        yield FitFinding(
            "sector_rules", "raised", -taken, about=rule.key, advice=rule.says,
            countries=countries, texts=rule.texts, source=rule.source,
        )  # fmt: skip
    if not brief.audience.countries:
        yield _unknown("sector_rules", "audience.countries")
    elif not met:
        yield FitFinding(
            "sector_rules", "clear", about=brief.sector, countries=brief.audience.countries
        )


def sector_suits(
    brief: Brief, evidence: FitEvidence, limits: FitLimits
) -> Iterator[FitFinding]:
    """Whether such purchases are decided by what people see others use and say."""
    del evidence
    if not brief.sector:
        yield _unknown("sector_suits", "sector")
        return
    is_weak = sector(brief.sector).suits == "weak"
    status = "raised" if is_weak else "clear"
    taken = limits.weak_sector if is_weak else 0.0
    yield FitFinding("sector_suits", status, -taken, about=brief.sector)


def against_own_lines(
    brief: Brief, evidence: FitEvidence, limits: FitLimits
) -> Iterator[FitFinding]:
    """Whether the brand's own red lines forbid what the campaign sells."""
    if evidence.red_lines is None or not brief.sector:
        yield _unknown("against_own_lines", "brand.file" if brief.sector else "sector")
        return
    subject = sector(brief.sector).subject
    severity = evidence.red_lines.get(subject, 0.0) if subject else 0.0
    is_crossed = severity >= limits.line_from
    yield FitFinding(
        "against_own_lines", "raised" if is_crossed else "clear",
        -limits.forbidden if is_crossed else 0.0, severity, limits.line_from, "points",
        about=subject,
    )  # fmt: skip


def own_contradictions(
    brief: Brief, evidence: FitEvidence, limits: FitLimits
) -> Iterator[FitFinding]:
    """Whether the brand's own claims stand against its facts, which others will find (M13)."""
    n = evidence.n_contradictions
    if n is None:
        yield _unknown("own_contradictions", "brand.file")
        return
    each = limits.contradiction * (1.0 if brief.function == "trust" else 0.5)
    yield _compared("own_contradictions", n > 0, each * n, (n, 0), "count")


def dates_ahead(brief: Brief, evidence: FitEvidence, limits: FitLimits) -> Iterator[FitFinding]:
    """Whether there is time to agree, make and approve before the first post."""
    days = (brief.starts_on - evidence.on).days
    if brief.ends_on < evidence.on:
        over = (evidence.on - brief.ends_on).days
        yield FitFinding(
            "dates_ahead", "raised", -limits.forbidden, over, 0, "days", advice="over"
        )
        return
    is_soon = days < limits.lead_days
    yield _compared(
        "dates_ahead", is_soon, limits.too_soon, (max(days, 0), limits.lead_days), "days"
    )


def time_for_goal(
    brief: Brief, evidence: FitEvidence, limits: FitLimits
) -> Iterator[FitFinding]:
    """Whether the campaign lasts long enough for what it is for."""
    del evidence
    least = 1
    if brief.goal in _SALES:
        least = limits.sales_days
    if brief.goal == "credibility" or (brief.function == "trust" and brief.goal not in _SALES):
        least = limits.trust_days
    is_short = brief.n_days < least
    yield _compared("time_for_goal", is_short, limits.too_short, (brief.n_days, least), "days")


def mourning_days(
    brief: Brief, evidence: FitEvidence, limits: FitLimits
) -> Iterator[FitFinding]:
    """Whether days of mourning fall in the campaign, where the audience is."""
    del evidence
    if not brief.audience.countries:
        yield _unknown("mourning_days", "audience.countries")
        return
    met = occasions_between(brief.starts_on, brief.ends_on, brief.audience.countries)
    days = [one for one in met if one.occasion.kind == "mourning"]
    if not days:
        yield FitFinding("mourning_days", "clear")
        return
    # One finding for all of them: Ashura is the last of the ten days before it.
    yield FitFinding(
        "mourning_days", "raised", -limits.mourning, about=days[0].occasion.key,
        texts=days[0].occasion.names, source=days[0].occasion.source,
    )  # fmt: skip


def audience_here(
    brief: Brief, evidence: FitEvidence, limits: FitLimits
) -> Iterator[FitFinding]:
    """Whether the loaded data hold accounts for this subject and audience at all."""
    n = evidence.n_matching
    if n is None:
        yield _unknown("audience_here", "accounts")
    elif n == 0:
        yield FitFinding("audience_here", "raised", -limits.forbidden, 0, 1, "accounts",
                         advice="none")  # fmt: skip
    else:
        wanted = brief.least_creators * limits.few_share
        yield _compared("audience_here", n < wanted, limits.few, (n, wanted), "accounts")


def bar_passed(brief: Brief, evidence: FitEvidence, limits: FitLimits) -> Iterator[FitFinding]:
    """Whether enough of those vetted are credible."""
    if brief.least_credibility is None or not evidence.n_vetted:
        missing = "creators.least_credibility" if brief.least_credibility is None else "vet"
        yield _unknown("bar_passed", missing)
        return
    n = evidence.n_credible or 0
    if n < brief.least_creators:
        yield FitFinding("bar_passed", "raised", -limits.forbidden, n, brief.least_creators,
                         "accounts", advice="none")  # fmt: skip
        return
    share = n / evidence.n_vetted
    is_thin = share < limits.bar_share
    yield _compared("bar_passed", is_thin, limits.thin_bar, (share, limits.bar_share), "share")


def budget_suffices(
    brief: Brief, evidence: FitEvidence, limits: FitLimits
) -> Iterator[FitFinding]:
    """Whether the budget buys even the cheapest honest portfolio."""
    if evidence.cheapest_minor is None:
        yield _unknown("budget_suffices", "prices")
        return
    is_below = brief.budget_minor < evidence.cheapest_minor
    numbers = (brief.budget_minor, evidence.cheapest_minor)
    yield _compared("budget_suffices", is_below, limits.forbidden, numbers, "money")


def kind_for_function(
    brief: Brief, evidence: FitEvidence, limits: FitLimits
) -> Iterator[FitFinding]:
    """Whether the kinds and sizes wanted can do what is bought (M4)."""
    del evidence
    wants_trust = brief.function == "trust" or brief.goal == "credibility"
    if wants_trust and brief.kinds and set(brief.kinds) == {"celebrity"}:
        yield FitFinding("kind_for_function", "raised", -limits.celebrity_for_trust,
                         advice="celebrity_for_trust")  # fmt: skip
    elif brief.function == "reach" and brief.tiers and set(brief.tiers) <= _SMALLEST:
        yield FitFinding("kind_for_function", "raised", -limits.nano_for_reach,
                         advice="nano_for_reach")  # fmt: skip
    else:
        yield FitFinding("kind_for_function", "clear")


def whom(brief: Brief, evidence: FitEvidence, limits: FitLimits) -> Iterator[FitFinding]:
    """Celebrities or specialists: advice from goal and function, beside the user's own data."""
    is_large = (evidence.budget_minor_usd or 0.0) >= limits.large_minor_usd
    is_trusted = bool(brief.sector) and sector(brief.sector).is_trust_high
    if brief.function == "content":
        advice = "content"
    elif brief.goal == "awareness_market" and brief.function == "reach":
        advice = "mixed" if is_large and not is_trusted else "many_small"
    else:
        advice = "specialists"
    yield FitFinding(
        "whom", "clear", observed=evidence.small_ratio, expected=1.0, unit="times",
        advice=advice, about=_disputed(evidence),
    )  # fmt: skip


def cheaper_elsewhere(
    brief: Brief, evidence: FitEvidence, limits: FitLimits
) -> Iterator[FitFinding]:
    """Whether the same views cost much less on ad platforms, where reach is what is bought."""
    if brief.function != "reach":
        yield FitFinding("cheaper_elsewhere", "clear", advice="not_reach")
        return
    paid, ads = evidence.paid_cpm_minor, evidence.ad_cpm_minor
    if paid is None or not ads:
        yield _unknown("cheaper_elsewhere", "prices")
        return
    times = paid / ads
    numbers = (times, limits.dearer_times)
    yield _compared(
        "cheaper_elsewhere", times > limits.dearer_times, limits.dearer, numbers, "times"
    )


def sales_pay(brief: Brief, evidence: FitEvidence, limits: FitLimits) -> Iterator[FitFinding]:
    """Whether even the high end of expected sales brings back what is spent."""
    if brief.goal not in _SALES:
        yield FitFinding("sales_pay", "clear", advice="not_sales")
        return
    if evidence.margin_high_minor is None:
        yield _unknown("sales_pay", "sales.order, sales.margin, sales.conversion")
        return
    is_loss = evidence.margin_high_minor < brief.budget_minor
    numbers = (evidence.margin_high_minor, brief.budget_minor)
    yield _compared("sales_pay", is_loss, limits.sales_loss, numbers, "money")


def _disputed(evidence: FitEvidence) -> str:
    """What the user's own data say of small against large: small, large, open or unknown."""
    low, high = evidence.small_ratio_low, evidence.small_ratio_high
    if low is None or high is None:
        return "unknown"
    if low > 1:
        return "small"
    return "large" if high < 1 else "open"


def _compared(
    finding: str, is_raised: bool, points: float, numbers: tuple[float, float], unit: str
) -> FitFinding:
    status = "raised" if is_raised else "clear"
    observed, expected = numbers
    return FitFinding(finding, status, -points if is_raised else 0.0, observed, expected, unit)


def _unknown(finding: str, missing: str) -> FitFinding:
    return FitFinding(finding, "not_assessed", missing=missing)


def _least_age(brief: Brief) -> int | None:
    ages = [int(age.rstrip("+").partition("-")[0]) for age in brief.audience.ages]
    return min(ages) if ages else None
